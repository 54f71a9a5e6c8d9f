"""SR-10 as a pure function of what is known of a process."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from performance.domain.effects import effects
from performance.domain.facts import Evidence, Fact, ProcessIncident, ProcessReformed, QuietPassed
from performance.domain.reform import quiet_day
from performance.use_cases.publish_rule_set import packaged

RULES = {one.version: one for one in packaged()}
JUNE = date(2026, 6, 1)
DAYS = st.dates(date(2026, 5, 1), date(2027, 6, 1))


def reform(version: str = "pv_2", removed: int = 7, first: date = JUNE) -> ProcessReformed:
    return ProcessReformed(
        bureau_id="D01",
        version_id=version,
        process="P",
        unit_id="LEVY",
        effective_from=first,
        removed=removed,
    )


def incident(on: date) -> ProcessIncident:
    return ProcessIncident(bureau_id="D01", incident_id=f"in-{on}", process="P", occurred_on=on)


def reached(day: date, version: str = "pv_2") -> QuietPassed:
    return QuietPassed(bureau_id="D01", version_id=version, process="P", day=day)


def points(*facts: Fact) -> dict[date, Decimal]:
    proofs = [Evidence(one.identity, "DEMO-2026", one) for one in facts]  # type: ignore[attr-defined]
    return {one.occurred_on: one.points for one in effects(proofs, RULES)}


def test_seven_steps_bring_three_and_a_half_at_the_end_of_ninety_quiet_days() -> None:
    end = date(2026, 8, 30)
    assert points(reform()) == {}
    assert points(reform(), reached(end - timedelta(days=1))) == {}
    assert points(reform(), reached(end)) == {end: Decimal("3.5")}


def test_nine_steps_bring_four_and_so_does_the_same_step_removed_again() -> None:
    end = date(2026, 8, 30)
    assert points(reform(removed=9), reached(end)) == {end: Decimal("4.0")}
    again = reform("pv_4", 7, date(2026, 9, 1))
    both = points(reform(), again, reached(end), reached(date(2026, 11, 30), "pv_4"))
    assert both == {end: Decimal("3.5"), date(2026, 11, 30): Decimal("0.5")}
    third = reform("pv_6", 7, date(2026, 12, 1))
    assert len(points(reform(), again, third, reached(date(2027, 6, 1)))) == 2


def test_an_incident_restarts_the_count_and_takes_back_what_was_awarded_too_early() -> None:
    end, last = date(2026, 8, 30), date(2026, 8, 29)
    assert points(reform(), reached(end), incident(last)) == {}
    later = date(2026, 11, 28)
    assert points(reform(), reached(end), incident(last), reached(later)) == {later: Decimal("3.5")}
    assert points(reform(), reached(end), incident(date(2026, 5, 31))) == {end: Decimal("3.5")}
    assert points(reform(), reached(end), incident(end)) == {end: Decimal("3.5")}


@given(st.lists(DAYS, max_size=12), st.randoms(use_true_random=False))
def test_the_quiet_ends_after_as_many_days_without_incident_in_whatever_order_they_are_known(
    incidents: list[date], random
) -> None:
    end = quiet_day(JUNE, 90, incidents)
    quiet = {end - timedelta(days=back) for back in range(1, 91)}
    assert quiet.isdisjoint(incidents)
    assert min(quiet) >= JUNE
    starts = [JUNE, *(day + timedelta(days=1) for day in incidents if day >= JUNE)]
    free = [s for s in starts if not any(s <= day < s + timedelta(days=90) for day in incidents)]
    assert end == min(free) + timedelta(days=90)
    shuffled = list(incidents)
    random.shuffle(shuffled)
    assert quiet_day(JUNE, 90, shuffled) == end
