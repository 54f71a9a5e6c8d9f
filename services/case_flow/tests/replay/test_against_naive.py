"""Both ways of replay against a naive reading of the same log, on random logs with awkward times and persons."""

import gzip
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from statistics import quantiles
from zoneinfo import ZoneInfo

import msgspec
import pytest
from case_flow.domain.matter import Regime
from case_flow.replay.alone import replay_alone
from case_flow.replay.run import Replay, replay
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.clock import SystemClock

DEFINITION = """
item: RANDOM
version: 1
name: {zh: 记录, en: Record}
order: FREE
time_zone: Europe/Rome
calendar: WEEKDAYS
citation: {source: a log}
steps: [{code: A}, {code: B}, {code: C}, {code: D}]
main_path: [A, B]
checks:
  same_person: [[A, B], [A, C]]
  precedence: [[A, B], [C, D]]
  forbidden_after: [[C, A]]
  required: [B]
  time_limit:
    - {id: days, from: A, to: B, length: 2}
    - {id: working, from: A, to: C, length: 1, unit: WORKING_DAY}
    - {id: hours, from: "@first", to: D, length: 1, by: instant}
    - {id: whole, from: A, to: "@last", length: 3}
"""
RULES = {
    "same_person": [("A", "B"), ("A", "C")],
    "precedence": [("A", "B"), ("C", "D")],
    "forbidden_after": [("C", "A")],
    "required": ["B"],
    "time_limit": [
        ("days", "A", "B", 2, "CALENDAR_DAY", False),
        ("working", "A", "C", 1, "WORKING_DAY", False),
        ("hours", "@first", "D", 1, "", True),
        ("whole", "A", "@last", 3, "CALENDAR_DAY", False),
    ],
}
ZONES = [UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-5)), timezone(timedelta(hours=8))]
START = datetime(2024, 3, 29, tzinfo=UTC)  # Good Friday, before the clocks go forward

times = st.builds(
    lambda hours, zone, micro: (START + timedelta(hours=hours, microseconds=micro)).astimezone(zone),
    st.integers(0, 150), st.sampled_from(ZONES), st.sampled_from([0, 1, 500_000]),
)  # fmt: skip
events = st.lists(st.tuples(st.sampled_from("ABCD"), times, st.sampled_from(["", "x", "y", "z"])), max_size=8)
logs = st.lists(events, max_size=6).map(lambda cases: [(f"c{n}", one) for n, one in enumerate(cases)])


def text_of(cases, log_text):
    return log_text([(name, [(act, at.isoformat(), who) for act, at, who in one]) for name, one in cases])


# The naive reading: lists in memory and loops over all pairs; it shares nothing with the service.
ZONE = ZoneInfo("Europe/Rome")


def ordered(events):
    """By time; equal times as the file has them."""
    return [one for _, one in sorted(enumerate(events), key=lambda pair: (pair[1][1], pair[0]))]


def figures(cases):
    """Counts, variants and throughput of `[(case, [(activity, at, official), …]), …]`."""
    played = [ordered(events) for _, events in cases if events]
    variants = Counter(tuple(one[0] for one in events) for events in played)
    elapsed = sorted((events[-1][1] - events[0][1]).total_seconds() for events in played)
    return {
        "cases": len(played),
        "events": sum(map(len, played)),
        "activities": len({one[0] for events in played for one in events}),
        "persons": len({one[2] for events in played for one in events if one[2]}),
        "variants": len(variants),
        "most": max(variants.values(), default=0),
        "median": _quantile(elapsed, 10, 5),
        "p90": _quantile(elapsed, 10, 9),
    }


def _quantile(elapsed, parts, which):
    if len(elapsed) < 2:
        return elapsed[0] if elapsed else 0.0
    return quantiles(elapsed, n=parts, method="inclusive")[which - 1]


def found(cases, definition):
    """For each check the cases in which it holds that something is wrong."""
    rules = {
        f"same_person:{a}/{b}": (lambda ev, a=a, b=b: _people(ev, a) & _people(ev, b))
        for a, b in definition["same_person"]
    }
    rules |= {
        f"precedence:{a}/{b}": (lambda ev, a=a, b=b: _before(ev, a, b)) for a, b in definition["precedence"]
    }
    rules |= {
        f"forbidden_after:{a}/{b}": (lambda ev, a=a, b=b: _after(ev, a, b))
        for a, b in definition["forbidden_after"]
    }
    rules |= {
        f"required:{a}": (lambda ev, a=a: all(one[0] != a for one in ev)) for a in definition["required"]
    }
    rules |= {
        f"time_limit:{name}": (lambda ev, a=a, b=b, n=n, u=u, i=i: _late(ev, a, b, n, u, i))
        for name, a, b, n, u, i in definition["time_limit"]
    }
    played = [(name, ordered(events)) for name, events in cases if events]
    return {check: sorted(name for name, events in played if wrong(events)) for check, wrong in rules.items()}


def _people(events, step):
    return {who for code, _, who in events if code == step and who}


def _before(events, first, second):
    codes = [one[0] for one in events]
    return any(code == second and first not in codes[:place] for place, code in enumerate(codes))


def _after(events, closed, late):
    codes = [one[0] for one in events]
    return any(code == late and closed in codes[:place] for place, code in enumerate(codes))


def _late(events, start, until, length, unit, by_instant):
    begins = [at for code, at, _ in events if start in (code, "@first")]
    ends = [at for code, at, _ in events if until in (code, "@last")]
    if not begins or not ends:
        return False
    begin, end = begins[0], ends[-1] if until == "@last" else ends[0]
    if by_instant:
        return (end - begin).total_seconds() > length * 86_400
    day, last = begin.astimezone(ZONE).date(), end.astimezone(ZONE).date()
    if unit == "CALENDAR_DAY":
        return last.toordinal() - day.toordinal() > length
    left = length
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return last > day


@given(cases=logs, packed=st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_report_says_what_a_naive_reading_says(tmp_path, log_text, cases, packed):
    log, text = tmp_path / "log", text_of(cases, log_text).encode()
    log.write_bytes(gzip.compress(text) if packed else text)
    report = replay_alone(Replay(log, DEFINITION, "D01", Regime.OBSERVE))
    naive = figures(cases)
    assert naive == {
        "cases": report.cases,
        "events": report.events,
        "activities": report.activities,
        "persons": report.persons,
        "variants": report.variants.count,
        "most": max((one.cases for one in report.variants.most_frequent), default=0),
        "median": pytest.approx(report.throughput.median_seconds),
        "p90": pytest.approx(report.throughput.p90_seconds),
    }
    assert found(cases, RULES) == {one.check: list(one.case_ids) for one in report.checks}
    assert report.log.empty_cases == sum(not one for _, one in cases)


@given(
    cases=st.lists(events, min_size=1, max_size=5), regime=st.sampled_from([Regime.OBSERVE, Regime.ENFORCE])
)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_without_a_database_the_report_is_the_same(tmp_path, log_text, cases, regime, db):
    log = tmp_path / "log.xes"
    log.write_text(text_of([(f"c{n}", one) for n, one in enumerate(cases)], log_text), encoding="utf-8")
    wanted = Replay(log, DEFINITION, "D01", regime)
    stored = await replay(db, SystemClock(), wanted)
    assert msgspec.json.encode(replay_alone(wanted)) == msgspec.json.encode(stored)
