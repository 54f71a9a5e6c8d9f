"""行政处罚法 Art 37: the standard of the day of the violation counts, a later one only where it is lighter."""

from datetime import date, timedelta

import pytest
from case_flow.domain.discretion import (
    Amount,
    Circumstance,
    DiscretionPack,
    Measure,
    Party,
    Threshold,
    Tier,
    Violation,
    ViolationPoint,
)
from case_flow.domain.standards import Applies, Standard, applied
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid

FIRM = Party.ORGANISATION
CHANGED = date(2026, 7, 1)
LIMIT = Threshold({FIRM: 1_000_000}, "c")


def standard(number: int, since: date, low: int, high: int, code: str = "S", point: str = "P") -> Standard:
    tiers = (
        Tier("MILD", "m", "m", None, {FIRM: Amount(low, high)}, "c", when="!grave"),
        Tier("GRAVE", "g", "g", None, {FIRM: Amount(high, high)}, "c", when="grave"),
    )
    grave = {"grave": Circumstance("g")}
    one = ViolationPoint(point, "p", "p", {FIRM: 1_000_000}, tiers, "c", circumstances=grave)
    return Standard(code, number, since, DiscretionPack({point: one}, LIMIT, LIMIT, LIMIT))


def violation(on: date, **more: object) -> Violation:
    return Violation("P", FIRM, on, on, **more)  # pyright: ignore[reportArgumentType]


RANGES = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda pair: (min(pair), max(pair)))


@given(RANGES, RANGES)
def test_the_old_standard_counts_unless_the_new_one_is_lighter(
    old: tuple[int, int], new: tuple[int, int]
) -> None:
    known = [standard(1, date.min, *old), standard(2, CHANGED, *new)]
    found = applied(known, violation(CHANGED - timedelta(days=1)), CHANGED)
    lighter = (new[1], new[0]) < (old[1], old[0])
    assert found.standard.number == (2 if lighter else 1)
    assert found.applies is (Applies.LIGHTER_AT_DECISION if lighter else Applies.IN_FORCE_AT_VIOLATION)
    assert found.assessment.allowed.max_fen == min(old[1], new[1])
    after = applied(known, violation(CHANGED), CHANGED)
    assert (after.standard.number, after.applies) == (2, Applies.IN_FORCE_AT_VIOLATION)


def test_the_day_of_the_violation_is_not_that_of_the_order() -> None:
    known = [standard(1, date.min, 0, 100), standard(2, CHANGED, 0, 900)]
    ordered = violation(CHANGED, occurred_on=CHANGED - timedelta(days=9))
    assert applied(known, ordered, CHANGED).standard.number == 1


def test_a_point_that_came_later_is_decided_by_its_first_standard() -> None:
    known = [standard(1, date.min, 0, 100, point="Q"), standard(1, CHANGED, 0, 900, "T")]
    found = applied(known, violation(CHANGED - timedelta(days=1)), CHANGED)
    assert (found.standard.code, found.applies) == ("T", Applies.FIRST_PUBLISHED_SINCE)
    with pytest.raises(Invalid):
        applied(known, violation(CHANGED - timedelta(days=2)), CHANGED - timedelta(days=1))


def test_a_version_that_drops_a_point_leaves_it_to_nobody() -> None:
    known = [standard(1, date.min, 0, 100), standard(2, CHANGED, 0, 900, point="Q")]
    assert applied(known, violation(CHANGED - timedelta(days=1)), CHANGED).standard.number == 1
    with pytest.raises(Invalid):
        applied(known, violation(CHANGED), CHANGED)


def test_circumstances_choose_the_tier_and_are_checked() -> None:
    known = [standard(1, date.min, 0, 100)]
    assert (
        applied(known, violation(CHANGED, circumstances={"grave": True}), CHANGED).assessment.tier == "GRAVE"
    )
    assert applied(known, violation(CHANGED), CHANGED).assessment.tier == "MILD"
    for wrong in ({"grav": True}, {"grave": "yes"}):
        with pytest.raises(Invalid):
            applied(known, violation(CHANGED, circumstances=wrong), CHANGED)


def test_days_from_the_due_date_need_one() -> None:
    tiers = (
        Tier("EARLY", "e", "e", 30, {FIRM: Amount(1, 1)}, "c"),
        Tier("LATE", "l", "l", None, {FIRM: Amount(2, 2)}, "c", days_from=31),
    )
    one = ViolationPoint("P", "p", "p", {FIRM: 9}, tiers, "c", measure=Measure.DUE)
    known = [Standard("S", 1, date.min, DiscretionPack({"P": one}, LIMIT, LIMIT, LIMIT))]
    for days, tier in ((30, "EARLY"), (31, "LATE")):
        late = violation(CHANGED, due_on=CHANGED - timedelta(days=days))
        assert applied(known, late, CHANGED).assessment.tier == tier
    with pytest.raises(Invalid):
        applied(known, violation(CHANGED), CHANGED)
