"""Checks of a record: persons are sets, dates local, and the order of a file decides between equal times."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from case_flow.domain import checks, transitions
from case_flow.domain.definition import TimeLimit
from case_flow.domain.matter import Completion, Matter, Regime
from case_flow.domain.parsing import parse
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.deadline import DayUnit
from plumbline_shared.errors import Refused

LOG = parse(
    """
item: OBSERVED
version: 1
name: {zh: 记录, en: Record}
order: FREE
citation: {source: a log}
steps: [{code: A}, {code: B}, {code: C}]
checks:
  same_person: [[A, B]]
  precedence: [[A, B]]
  forbidden_after: [[C, A]]
  required: [B]
  time_limit:
    - {id: in-time, from: A, to: B, length: 2}
    - {id: fact, from: "@deadline", to: "@last"}
"""
)
CALENDAR = seed_calendar()
START = datetime(2026, 4, 1, 9, tzinfo=UTC)


def play(events, facts=None):
    """Findings of `(step, person, hours)` events, in order."""
    one = Matter(
        id="mt", bureau_id="D01", case_ref="r", item_code="OBSERVED", item_version=1, item_hash="h", title="t",
        unit_id="u", people=(), units=(), accepted_at=START, accepted_on=START.date(), regime=Regime.OBSERVE,
        facts=facts or {},
    )  # fmt: skip
    found = []
    for step, person, hours in events:
        at = START + timedelta(hours=hours)
        done = Completion(step=step, signers=(person,) if person else (), at=at, local_on=at.date())
        found += checks.at_step(LOG, one, done, CALENDAR)
        one = transitions.record(LOG, one, done)
    return [finding.check for finding in (*found, *checks.at_end(LOG, one, CALENDAR))]


def test_every_check_finds_what_it_is_for():
    assert play([("A", "x", 0), ("B", "y", 1)]) == []
    assert play([("A", "x", 0), ("B", "x", 1)]) == ["same_person:A/B"]
    assert play([("B", "y", 0)]) == ["precedence:A/B"]
    assert play([("A", "x", 0), ("C", "x", 1), ("A", "x", 2), ("B", "y", 3)]) == ["forbidden_after:C/A"]
    assert play([("A", "x", 0)]) == ["required:B"]
    assert play([("A", "x", 0), ("B", "y", 73)]) == ["time_limit:in-time"]


def test_a_limit_counts_local_days_not_hours():
    assert play([("A", "x", 0), ("B", "y", 62)]) == []
    assert play([("A", "x", 0), ("B", "y", 63)]) == ["time_limit:in-time"]


def test_a_fact_that_is_no_time_says_nothing():
    ordinary = [("A", "x", 0), ("B", "y", 1)]
    for late in ("2026-03-01T00:00:00+08:00", "2026-03-01"):
        assert play(ordinary, {"deadline": late}) == ["time_limit:fact"]
    for odd in ("soon", "", 7, None, "0001-01-01T00:00:00+08:00"):
        assert play(ordinary, {"deadline": odd}) == []


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xyz")), min_size=2, max_size=8))
def test_same_person_is_set_semantics(events):
    did = {step: {person for one, person in events if one == step} for step in "AB"}
    found = play([(step, person, 0) for step, person in events])
    assert ("same_person:A/B" in found) == bool(did["A"] & did["B"])


def test_unknown_persons_are_nobody():
    assert play([("A", None, 0), ("B", None, 1)]) == []


@given(st.integers(-14, 14), st.integers(0, 48))
def test_within_by_instant_does_not_depend_on_the_offset(offset, hours):
    limit = TimeLimit(id="x", start="A", until="B", length=1, by_instant=True)
    zone = timezone(timedelta(hours=offset))
    until = (START + timedelta(hours=hours)).astimezone(zone)
    assert checks.within(limit, (START, START.date()), (until, until.date()), CALENDAR) == (hours <= 24)


def test_working_days_follow_the_calendar():
    limit = TimeLimit(id="x", start="A", until="B", length=20, unit=DayUnit.WORKING_DAY)
    start = (START, date(2026, 4, 1))
    for day, kept in ((date(2026, 4, 30), True), (date(2026, 5, 1), False)):
        assert checks.within(limit, start, (START, day), CALENDAR) is kept


@pytest.mark.parametrize("check", checks.check_ids(LOG))
def test_every_check_can_refuse(check):
    refusal = checks.Finding(check=check, step="B", people=("x",)).refusal()
    assert isinstance(refusal, Refused)
    assert refusal.details["check"] == check
