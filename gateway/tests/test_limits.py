"""Everything over a limit is refused before a subgraph hears of it."""

import msgspec
import pytest
from conftest import World
from graphql import get_operation_ast, parse
from hypothesis import given
from hypothesis import strategies as st
from plumbline_gateway.errors import RequestError
from plumbline_gateway.limits import Measure
from plumbline_gateway.rate import RateLimit
from plumbline_gateway.settings import Limits

DEEP = '{ person(id: "p1") ' + "{ deputy " * 20 + "{ name }" + " }" * 21
WIDE = "{ " + " ".join(f'a{n}: person(id: "p{n}") {{ id }}' for n in range(30)) + " }"
ALIASES = '{ person(id: "p1") { ' + " ".join(f"a{n}: name" for n in range(70)) + " } }"
TOKENS = "{ " + "__typename " * 5000 + "}"
BOMB = (
    "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(40))
    + " fragment F40 on Query { persons { name } }"
)
PYRAMID = (
    '{ person(id: "p1") { ...F0 } } '
    + " ".join(
        f"fragment F{n} on Person {{ deputy {{ ...F{n + 1} }} x: deputy {{ ...F{n + 1} }} }}"
        for n in range(14)
    )
    + " fragment F14 on Person { name }"
)
NESTED = "{ " + "... { " * 500 + "__typename" + " }" * 501


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (DEEP, "QUERY_TOO_DEEP"),
        (WIDE, "TOO_MANY_ROOT_FIELDS"),
        (ALIASES, "TOO_MANY_ALIASES"),
        (TOKENS, "TOO_MANY_TOKENS"),
        (BOMB, "TOO_MANY_ROOT_FIELDS"),
        (PYRAMID, "TOO_MANY_ALIASES"),
        (NESTED, "QUERY_TOO_DEEP"),
        ("{ a " * 1500, "QUERY_TOO_DEEP"),
    ],
)
async def test_limits(bureau: World, query: str, code: str) -> None:
    for name in bureau.subgraphs:
        bureau.sent(name)
    answer = await bureau.ask(query)
    assert answer["status"] == 400
    assert [one["extensions"]["code"] for one in answer["errors"]] == [code]
    assert all(bureau.sent(name) == [] for name in bureau.subgraphs)


async def test_circular_fragments_are_named_by_validation(bureau: World) -> None:
    answer = await bureau.ask("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")
    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@given(st.integers(1, 6), st.integers(1, 4))
def test_the_cost_is_the_number_of_fields_with_fragments_expanded(depth: int, width: int) -> None:
    fragments = [
        f"fragment F{n} on T {{ {' '.join(f'...F{n + 1}' for _ in range(width))} }}" for n in range(depth)
    ]
    document = parse(f"{{ root {{ ...F0 }} }} {' '.join(fragments)} fragment F{depth} on T {{ leaf }}")
    operation = get_operation_ast(document)
    assert operation is not None
    generous = Limits(max_fields=10_000)
    assert Measure(document, generous).check(operation) == 1 + width**depth
    tight = Limits(max_fields=width**depth)
    with pytest.raises(RequestError, match="fields"):
        Measure(document, tight).check(operation)


def test_the_rate_limit_refills_and_tells_how_long_to_wait() -> None:
    now = [0.0]
    rate = RateLimit(10, 20, clock=lambda: now[0])
    rate.charge("a", 15)
    with pytest.raises(RequestError) as refused:
        rate.charge("a", 15)
    assert refused.value.status == 429
    assert refused.value.headers == {"retry-after": "2"}
    rate.charge("b", 15)
    now[0] = 1.5
    rate.charge("a", 15)


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(1, 30)), max_size=50))
def test_no_principal_gets_more_than_its_rate(steps: list[tuple[float, int]]) -> None:
    now, spent = [0.0], 0
    rate = RateLimit(10, 20, clock=lambda: now[0])
    for wait, cost in steps:
        now[0] += wait
        try:
            rate.charge("a", cost)
        except RequestError:
            continue
        spent += min(cost, 20)
    assert spent <= 20 + 10 * now[0] + 1e-6


async def test_too_many_entities(bureau: World) -> None:
    gateway = bureau.app.gateway
    before, gateway.settings = gateway.settings, _with_entities(gateway.settings, 1)
    try:
        answer = await bureau.ask("{ persons { name badge } }")
    finally:
        gateway.settings = before
    assert answer["errors"][0]["extensions"] == {"code": "TOO_MANY_ENTITIES", "limit": 1}


def _with_entities(settings: object, limit: int) -> object:
    return msgspec.structs.replace(settings, limits=Limits(max_representations=limit))
