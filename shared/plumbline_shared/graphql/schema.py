"""The federation schema base: limits, caches, and errors that carry a code and nothing of the row."""

import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any

import strawberry
from graphql import ExecutionResult as CoreResult
from graphql import GraphQLError
from strawberry.extensions import (
    AddValidationRules,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    ParserCache,
    QueryDepthLimiter,
    SchemaExtension,
    ValidationCache,
)
from strawberry.federation import Schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import ExecutionContext, ExecutionResult

from plumbline_shared.errors import PlumblineError
from plumbline_shared.ids import new_id

log = logging.getLogger(__name__)

FEDERATION_VERSION = "2.9"
MAX_TOKENS = 4_000
MAX_ALIASES = 60
MAX_DEPTH = 14
MAX_REPRESENTATIONS = 100
CACHED_DOCUMENTS = 512
# Made once: the validation cache keys on the rules, so limiters made per request would never hit it.
LIMITS = [
    *MaxAliasesLimiter(max_alias_count=MAX_ALIASES).validation_rules,
    *QueryDepthLimiter(max_depth=MAX_DEPTH).validation_rules,
]


class TooManyRepresentations(PlumblineError):
    """More entities in one request than a subgraph loads at once."""

    code = "TOO_MANY_REPRESENTATIONS"
    status = 400


class FederatedSchema(Schema):
    """A subgraph's schema that loads at most 100 representations a request."""

    def entities_resolver(self, info: strawberry.Info, representations: Any) -> Any:
        if len(representations) > MAX_REPRESENTATIONS:
            raise TooManyRepresentations(f"ask for at most {MAX_REPRESENTATIONS} entities in one request")
        copies: Any = [dict(one) for one in representations]
        return super().entities_resolver(info, copies)

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing: `TypedErrors` logs what is unexpected, and no other text of an error reaches a log."""


# Strawberry reads the argument types of `_entities` from this function.
FederatedSchema.entities_resolver.__annotations__ |= Schema.entities_resolver.__annotations__


class TypedErrors(SchemaExtension):
    """Our own errors keep message and code; any other is logged under an id and masked."""

    def on_operation(self) -> Iterator[None]:
        yield
        result = self.execution_context.result
        if isinstance(result, (CoreResult, ExecutionResult)) and result.errors:
            result.errors = [typed_error(error) for error in result.errors]

    def on_stream_result(self, result: Any) -> Iterator[None]:
        if getattr(result, "errors", None):
            result.errors = [typed_error(error) for error in result.errors]
        yield


def typed_error(error: GraphQLError) -> GraphQLError:
    """The error as a client may see it, with `extensions.code`."""
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        error.message = _without_value(error.message)
        error.extensions = {"code": "GRAPHQL_VALIDATION_FAILED", **(error.extensions or {})}
        return error
    if isinstance(original, PlumblineError):
        extensions = {"code": original.code, **original.details}
        return GraphQLError(original.message, nodes=error.nodes, path=error.path, extensions=extensions)
    reference = new_id("err")
    log.error("unexpected error %s", reference, exc_info=original)
    message = f"something went wrong on our side; quote {reference}"
    return GraphQLError(message, nodes=error.nodes, path=error.path, extensions={"code": "INTERNAL"})


# Place and expected type come from the schema; what follows them in the message repeats what was sent.
INVALID_VARIABLE = re.compile(
    r"(Variable '\$\w+' has invalid value(?: at [\w.\[\]]+)?: )"
    r"(Expected value of type '[\w!\[\]]+'(?: to include required field '\w+')?)?",
    re.ASCII,
)


def _without_value(message: str) -> str:
    """The message without a variable's value: it may be somebody's telephone number."""
    found = INVALID_VARIABLE.match(message)
    return f"{found[1]}{found[2] or 'see its type in the schema'}" if found else message


def build_schema(
    query: type,
    mutation: type | None = None,
    subscription: type | None = None,
    types: Iterable[type] = (),
) -> FederatedSchema:
    """A subgraph from its root types and entities, with every limit on. Documents are parsed once."""
    return FederatedSchema(
        query=query,
        mutation=mutation,
        subscription=subscription,
        types=types,
        federation_version=FEDERATION_VERSION,
        config=StrawberryConfig(disable_field_suggestions=True),
        extensions=[
            TypedErrors,
            lambda: ParserCache(maxsize=CACHED_DOCUMENTS),
            lambda: ValidationCache(maxsize=CACHED_DOCUMENTS),
            lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
            lambda: AddValidationRules(LIMITS),
        ],
    )
