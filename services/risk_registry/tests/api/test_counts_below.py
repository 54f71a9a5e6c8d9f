"""A bureau with all below it: sums of what each register shows, and not one number more."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.points import Origin, point_id
from risk_registry.domain.standing import PointState, Standing
from risk_registry.domain.suppression import Suppressed, added, suppress
from risk_registry.domain.totals import Totals
from risk_registry.storage.points import add_points, add_texts
from risk_registry.storage.standings import add_standings
from risk_registry.testing import description

As = Callable[[str], Principal]
DAY, NOW = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
CELLS = [(category, grade) for category in RiskCategory for grade in RiskGrade]
REGISTER = st.fixed_dictionaries({cell: st.integers(0, 40) for cell in CELLS}).map(Totals)
BELOW = """
query ($bureau: ID!) { registerCountsBelow(bureauId: $bureau) { registers facets { size cells { count } } } }
"""


def numbers(seen: Suppressed) -> list[int | None]:
    return [*seen.cells.values(), *seen.categories.values(), *seen.grades.values(), seen.size]


@given(registers=st.lists(REGISTER, min_size=1, max_size=4))
def test_a_sum_is_shown_when_every_addend_is(registers: list[Totals]) -> None:
    parts = [numbers(suppress(each)) for each in registers]
    for shown, *addends in zip(numbers(added(registers)), *parts, strict=True):
        known = [each for each in addends if each is not None]
        assert shown == (sum(known) if len(known) == len(addends) else None)


async def put_register(
    runtime: Runtime, bureau: str, cells: dict[tuple[RiskCategory, RiskGrade], int]
) -> None:
    rows = [cell for cell, count in cells.items() for _ in range(count)]
    names = [(point_id(bureau, f"RP-{n:03d}"), f"RP-{n:03d}", Origin.REGISTER) for n in range(len(rows))]
    ids = [id_ for id_, _code, _origin in names]
    texts = [description(category=category) for category, _grade in rows]
    standings = [Standing(PointState.ACTIVE, grade, DAY, NOW) for _category, grade in rows]
    async with runtime.db.transaction(system(bureau)) as conn:
        await add_points(conn, bureau, names, NOW)
        await add_texts(conn, bureau, list(zip(ids, texts, strict=True)), DAY, NOW)
        await add_standings(conn, bureau, list(zip(ids, standings, strict=True)))


async def test_the_city_adds_up_its_districts(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> None:
    await put_register(runtime, "D01", dict.fromkeys(CELLS, 6))
    await put_register(runtime, "D02", dict.fromkeys(CELLS, 7))
    found = (await graphql(runtime, act_as("C01.city-head"), BELOW, {"bureau": "C01"}))["data"][
        "registerCountsBelow"
    ]
    assert (found["registers"], found["facets"]["size"]) == (2, 117)
    assert {cell["count"] for cell in found["facets"]["cells"]} == {13}


async def test_what_one_district_hides_is_hidden_above(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    await put_register(runtime, "D01", dict.fromkeys(CELLS, 9))
    await put_register(runtime, "D02", {**dict.fromkeys(CELLS, 9), CELLS[0]: 2})
    found = (await graphql(runtime, act_as("C01.city-head"), BELOW, {"bureau": "C01"}))["data"][
        "registerCountsBelow"
    ]
    counts = [cell["count"] for cell in found["facets"]["cells"]]
    assert counts[0] is None
    assert set(counts) <= {None, 18}


@pytest.mark.parametrize(
    ("who", "bureau"), [("D01.wu-bin", "D01"), ("D01.huang-zhen", "C01"), ("D01.gu-ping", "D01")]
)
async def test_others_do_not_add_up(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, who: str, bureau: str
) -> None:
    answer = await graphql(runtime, act_as(who), BELOW, {"bureau": bureau})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
