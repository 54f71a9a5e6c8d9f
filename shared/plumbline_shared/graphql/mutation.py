"""Mutations answer with data: the object, or what the user can do about it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
import strawberry

from plumbline_shared.errors import PlumblineError, Unauthenticated, Unavailable
from plumbline_shared.graphql.context import Context, Info
from plumbline_shared.use_case import Uow, execute

Command = TypeVar("Command", bound=msgspec.Struct)
Result = TypeVar("Result")


@strawberry.federation.type(shareable=True)
class UserError:
    """Something the caller can put right. `code` is stable; `path` names the input field."""

    code: str
    message: str
    path: list[str]

    @classmethod
    def of(cls, error: PlumblineError) -> "UserError":
        return cls(code=error.code, message=error.message, path=[str(step) for step in error.path])


async def run(
    info: Info,
    use_case: Callable[[Uow, Command], Awaitable[Result]],
    command: Command,
    key: str | None,
) -> tuple[Result | None, list[UserError]]:
    """Run a use case as the caller; `key` is the input's `clientMutationId`.

    Refusals come back as user errors; being nobody or a part that is away is an error of the request.
    """
    context: Context = info.context
    runtime = context.runtime
    try:
        result = await execute(runtime.db, runtime.clock, context.principal, use_case, command, key=key)
    except (Unauthenticated, Unavailable):
        raise
    except PlumblineError as error:
        return None, [UserError.of(error)]
    return result, []
