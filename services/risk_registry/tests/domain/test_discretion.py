"""A standard that is accepted covers every day once for everybody; each kind of fault is named with its tiers."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plumbline_shared.conditions import Condition
from plumbline_shared.errors import PlumblineError
from risk_registry.discretion_packs import BadRows, shipped_standard, standard_of_table
from risk_registry.domain.discretion import Amount, Circumstance, Party, Point, Standard, Tier
from risk_registry.domain.discretion_check import (
    ConditionFault,
    OutsideStatutoryBounds,
    TierGap,
    TierNeverHolds,
    TierOverlap,
    check_point,
    check_standard,
    combinations,
)

GRAVE = {"grave": Circumstance("情节严重")}
BOUNDS = {Party.CITIZEN: (0, 1_000_000), Party.ORGANISATION: (0, 1_000_000)}


def tier(code: str, first: int, last: int | None, when: str = "", most: int = 1000, per_day: int = 0) -> Tier:
    amount = Amount(0, most, per_day)
    return Tier(code, code, code, (first, last), dict.fromkeys(BOUNDS, amount), "c", when)


def point(*tiers: Tier) -> Point:
    return Point("C", "p", "p", BOUNDS, tiers, "c", circumstances=GRAVE)


def holding(one: Point, days: int, facts: dict[str, bool | str], party: Party) -> list[str]:
    return [
        each.code
        for each in one.tiers
        if party in each.amounts
        and each.days[0] <= days
        and (each.days[1] is None or days <= each.days[1])
        and (not each.when or Condition(each.when, one.fact_types).holds(facts))
    ]


ENDS = st.one_of(st.none(), st.integers(0, 9))
TIERS = st.lists(
    st.tuples(st.integers(0, 9), ENDS, st.sampled_from(["", "grave", "!grave", "grave || after_order"])),
    min_size=1,
    max_size=5,
)
WHOLE = [
    [(0, 3, "!grave"), (4, None, "!grave"), (0, None, "grave")],
    [(0, None, "")],
    [(0, 4, ""), (5, None, "")],
]


@settings(max_examples=200, deadline=None)
@given(st.one_of(TIERS, st.sampled_from(WHOLE)))
def test_an_accepted_point_has_exactly_one_tier_for_all_facts(
    spans: list[tuple[int, int | None, str]],
) -> None:
    one = point(*(tier(f"T{n}", first, last, when) for n, (first, last, when) in enumerate(spans)))
    try:
        check_point("P", one)
    except PlumblineError:
        accepted = False
    else:
        accepted = True
    unique = all(
        len(holding(one, day, facts, party)) == 1
        for facts in combinations("P", one)
        for party in BOUNDS
        for day in range(25)
    )
    assert not accepted or unique
    if spans in WHOLE:
        assert accepted


FAULTS: list[tuple[type[PlumblineError], list[Tier], str]] = [
    (TierGap, [tier("A", 0, 5), tier("B", 7, None)], "between A and B no tier holds for days 6 to 6"),
    (TierGap, [tier("A", 1, None)], "between the beginning and A no tier holds for days 0 to 0"),
    (TierGap, [tier("A", 0, 5)], "between A and the end no tier holds for days from 6 on"),
    (TierGap, [tier("A", 0, None, "grave")], "no tier holds for days from 0 on"),
    (TierOverlap, [tier("A", 0, 5), tier("B", 4, None)], "A and B both hold for days 4 to 5"),
    (TierOverlap, [tier("A", 0, None), tier("B", 3, None)], "A and B both hold for days from 3 on"),
    (TierOverlap, [tier("A", 0, None), tier("B", 3, 4, "grave")], "A and B both hold for days 3 to 4"),
    (OutsideStatutoryBounds, [tier("A", 0, None, most=1_000_001)], "allows 0 to 1000001 fen"),
    (OutsideStatutoryBounds, [tier("A", 0, None, per_day=1)], "any sum"),
    (ConditionFault, [tier("A", 0, None, "grav")], "undeclared reference to 'grav'"),
    (ConditionFault, [tier("A", 0, None, "grave > 1")], "no matching overload"),
    (ConditionFault, [tier("A", 0, None, "grave &&")], "Syntax error"),
    (ConditionFault, [tier("A", 0, None, "[1].all(x, x > 0)")], "no loop"),
    (ConditionFault, [tier("A", 0, None, "'grave'")], "not a boolean"),
    (ConditionFault, [tier("A", 0, None, "1 / 0 == 1")], "zero"),
    (TierNeverHolds, [tier("A", 0, None), tier("B", 0, None, "grave && !grave")], "no facts lead to tier B"),
]


@pytest.mark.parametrize(("kind", "tiers", "message"), FAULTS)
def test_each_fault_is_named(kind: type[PlumblineError], tiers: list[Tier], message: str) -> None:
    with pytest.raises(kind) as refused:
        check_point("P", point(*tiers))
    assert message in str(refused.value)


@pytest.mark.parametrize("name", ["demo", "published"])
def test_what_ships_may_be_published(name: str) -> None:
    check_standard(shipped_standard(name))


def amounts(standard: Standard, code: str, party: Party) -> list[tuple[str, int, int]]:
    tiers = standard.points[code].tiers
    return [
        (one.code, one.amounts[party].min_fen, one.amounts[party].max_fen)
        for one in tiers
        if party in one.amounts
    ]


def test_the_published_rows_become_tiers_in_fen() -> None:
    found = shipped_standard("published")
    assert amounts(found, "ACCOUNTING_SYSTEM_NOT_FILED", Party.ORGANISATION) == [
        ("IN_TIME", 0, 0), ("WITHIN_15", 20000, 20000), ("WITHIN_30", 50000, 50000),
        ("AFTER_30", 100000, 100000), ("GRAVE", 200000, 1000000),
    ]  # fmt: skip
    assert amounts(found, "LATE_REGISTRATION", Party.CITIZEN) == [
        ("DUE_30_IN_TIME", 0, 0), ("DUE_30_AFTER", 2000, 5000), ("DUE_180_IN_TIME", 5000, 20000),
        ("DUE_180_AFTER", 20000, 50000), ("DUE_FROM_180", 50000, 200000),
    ]  # fmt: skip


HEADER = (
    "violation,legal_basis,tier_condition,subject,fine_min_cny,fine_max_cny,source_url,source_locator,note"
)
FIRST = "未按规定安装使用税控装置或损毁改动,60条,情节严重,纳税人"
BAD = f"""{HEADER}
{FIRST},2000,10000,u,1,
{FIRST},2000,10000,u,1,
{FIRST},2000,10001,u,1,
没有的违法,60条,很严重,外星人,1.5,x,,1,
未按规定安装使用税控装置或损毁改动,60条,期满15日内改正,纳税人,300,200,u,1,"""


def test_each_bad_row_is_named() -> None:
    with pytest.raises(BadRows) as refused:
        standard_of_table("t.csv", BAD.encode())
    found = {(row.number, row.column) for row in refused.value.rows}
    assert found == {
        (3, "subject"), (4, "fine_max_cny"), (4, "subject"), (5, "violation"), (5, "tier_condition"),
        (5, "subject"), (5, "fine_min_cny"), (5, "fine_max_cny"), (5, "source_url"), (6, "fine_max_cny"),
    }  # fmt: skip
    with pytest.raises(BadRows, match="column is missing"):
        standard_of_table("t.csv", b"violation,subject\na,b\n")


def test_a_body_comes_back_from_json_whole() -> None:
    for name in ("demo", "published"):
        found = shipped_standard(name)
        plain: Any = msgspec.json.decode(msgspec.json.encode(found))
        assert msgspec.convert(plain, type=Standard) == found
