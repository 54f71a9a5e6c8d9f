"""Every error a client can meet here, each with a stable `extensions.code`."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError
from plumbline_shared.errors import PlumblineError

ErrorDict = dict[str, Any]


class RequestError(Exception):
    """The request is refused as a whole: nothing was executed. `status` is the HTTP status it deserves."""

    def __init__(
        self, errors: Sequence[ErrorDict], status: int = 400, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__("; ".join(str(error["message"]) for error in errors))
        self.errors = list(errors)
        self.status = status
        self.headers = dict(headers or {})

    @classmethod
    def of(cls, code: str, message: str, status: int = 400, **extensions: str | int) -> "RequestError":
        """One error with `code`."""
        return cls([error(code, message, None, **extensions)], status)

    @classmethod
    def graphql(cls, code: str, errors: Sequence[GraphQLError]) -> "RequestError":
        """The errors of a parser, validator or variable check."""
        return cls([{**found.formatted, "extensions": {"code": code}} for found in errors])

    @classmethod
    def plumbline(cls, refused: PlumblineError) -> "RequestError":
        """A typed error of the shared library, such as a token that does not hold."""
        return cls.of(refused.code, refused.message, refused.status)


def error(
    code: str, message: str, path: Sequence[str | int] | None = None, **extensions: str | int
) -> ErrorDict:
    """One GraphQL error as the client sees it."""
    found: ErrorDict = {"message": message, "extensions": {"code": code, **extensions}}
    if path:
        found["path"] = list(path)
    return found
