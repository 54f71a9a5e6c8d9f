"""CPU of a subgraph for 20 entities: our whole schema, caches warm, beside graphql-core executing the parsed document.

Both run the same resolvers on the same loader, in one process, turn by turn; only CPU time is counted.
"""

import gc
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from inspect import isawaitable
from types import SimpleNamespace
from typing import Any, cast

import strawberry
from graphql import ExecutionResult, GraphQLSchema, execute, parse
from plumbline_shared.clock import SystemClock
from plumbline_shared.graphql import Context, Info, build_schema
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime

ENTITIES, REPEATS, ROUNDS = 20, 300, 9
QUERY = """query($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Product { id name weight price } }
}"""
VARIABLES = {"representations": [{"__typename": "Product", "id": f"p{n}"} for n in range(ENTITIES)]}


@strawberry.federation.type(keys=["id"])
class Product:
    id: strawberry.ID
    name: str
    weight: int
    price: float

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Product | None":
        return await info.context.loader(load_products).load(id)


@strawberry.type
class Query:
    @strawberry.field
    def ping(self) -> str:
        return "pong"


async def load_products(context: Context, keys: list[str]) -> Sequence[Product]:
    """From memory: what a database costs is in both figures or in neither."""
    return [Product(id=strawberry.ID(key), name=f"Product {key}", weight=3, price=9.5) for key in keys]


async def measure() -> tuple[float, float]:
    """Milliseconds of CPU a request: ours, and graphql-core's; medians of alternating rounds."""
    schema = build_schema(Query, types=[Product])
    document = parse(QUERY)
    core_schema = cast(GraphQLSchema, vars(schema)["_schema"])

    async def ours() -> None:
        found = await schema.execute(QUERY, VARIABLES, context_value=_context())
        _check(found.data, found.errors)

    async def core() -> None:
        result = execute(core_schema, document, variable_values=VARIABLES, context_value=_context())
        found = await result if isawaitable(result) else result
        assert isinstance(found, ExecutionResult)
        _check(found.data, found.errors)

    rounds = [(await _cpu(ours), await _cpu(core)) for _ in range(ROUNDS)]
    return statistics.median(one for one, _ in rounds), statistics.median(one for _, one in rounds)


async def _cpu(act: Callable[[], Awaitable[None]]) -> float:
    await act()
    gc.collect()
    began = time.process_time()
    for _ in range(REPEATS):
        await act()
    return (time.process_time() - began) / REPEATS * 1000


def _context() -> Context:
    return Context(cast(Runtime, SimpleNamespace(clock=SystemClock())), system("D01"))


def _check(data: Mapping[str, Any] | None, errors: object) -> None:
    if errors or data is None or len(data["_entities"]) != ENTITIES:
        raise SystemExit(f"the subgraph's answer is not what was asked: {errors}")
