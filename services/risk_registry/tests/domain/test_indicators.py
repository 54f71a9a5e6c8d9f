"""An indicator counts with a clause, a sound condition and cases that say the same; history is never rewritten."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid, Refused
from risk_registry.domain.catalogue import clauses_in_force
from risk_registry.domain.indicators import (
    Indicator,
    IndicatorVersion,
    Retirement,
    check_shape,
    in_force,
    outcome,
    prove,
)
from risk_registry.indicator_packs import shipped_indicators, shipped_regulations

START = datetime(2026, 1, 1, tzinfo=UTC)
BODY = shipped_indicators()["DEADLINE-MISSED"]
CLAUSES = {"RELIEF-MEASURES#10"}


def changed(**fields: Any) -> Indicator:
    return msgspec.structs.replace(BODY, **fields)


def test_what_ships_is_proved_by_its_own_cases_and_cites_its_own_clauses() -> None:
    clauses = clauses_in_force(shipped_regulations().regulations.items(), date(2026, 1, 1))
    for body in shipped_indicators().values():
        assert prove(body, clauses) == body.cases
    kinds = [body.alert_kind for body in shipped_indicators().values()]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize(
    ("fields", "code", "says"),
    [
        ({"basis": "RELIEF-MEASURES#99"}, "UNCITED_RULE", "RELIEF-MEASURES#99 is no clause in force"),
        ({"when": "day_past_due >= 1"}, "CONDITION_FAULT", "line 1, column 1: undeclared reference"),
        ({"when": "days_past_due >= 'x'"}, "CONDITION_FAULT", "no matching overload"),
        ({"when": "[1].exists(n, n == days_past_due)"}, "CONDITION_FAULT", "line 1, column 4: a condition"),
        ({"cases": BODY.cases[:1]}, "NO_TEST_EVIDENCE", "one that does not"),
        ({"cases": ()}, "NO_TEST_EVIDENCE", "one that does not"),
        ({"when": "days_past_due >= 2"}, "CASES_FAIL", "次日零时: does not raise"),
        (
            {"when": "2 / days_past_due >= 1"},
            "CASES_FAIL",
            "最后一日: cannot be said",
        ),
    ],
)
def test_what_may_not_count_is_refused_by_name(fields: dict[str, Any], code: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        prove(changed(**fields), CLAUSES)
    assert refused.value.code == code
    assert says in refused.value.message


@pytest.mark.parametrize(
    "fields",
    [{"title_en": " "}, {"alert_kind": "late"}, {"facts": {"Tage": "INT"}}, {"cases": BODY.cases * 2}],
)
def test_a_body_without_shape_is_no_draft(fields: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        check_shape(changed(**fields))


@given(days=st.one_of(st.integers(-400, 400), st.booleans(), st.text(max_size=3)))
def test_a_fact_of_another_type_gives_no_answer(days: bool | int | str) -> None:
    given_ = outcome(BODY.condition, BODY.facts, {"days_past_due": days})
    assert given_ is (days >= 1 if type(days) is int else None)


VERSIONS = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 30), st.integers(0, 30)), max_size=6)
RETIRED = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 30), st.integers(0, 30)), max_size=3)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def history(
    given_: list[tuple[str, int, int]], ended: list[tuple[str, int, int]]
) -> tuple[list[IndicatorVersion], list[Retirement]]:
    versions = [
        IndicatorVersion(
            f"iv_{n}", "D01", code, n, BODY, "a", START, date(2026, 1, 1) + timedelta(days), "b", at(known)
        )
        for n, (code, days, known) in enumerate(given_, start=1)
    ]
    return versions, [Retirement(c, date(2026, 1, 1) + timedelta(d), at(k)) for c, d, k in ended]


@given(given_=VERSIONS, ended=RETIRED, on=st.integers(0, 31), known=st.integers(0, 31), later=VERSIONS)
def test_what_was_known_then_is_not_changed_by_what_came_later(
    given_: list[tuple[str, int, int]],
    ended: list[tuple[str, int, int]],
    on: int,
    known: int,
    later: list[tuple[str, int, int]],
) -> None:
    versions, retirements = history(given_, ended)
    day, instant = date(2026, 1, 1) + timedelta(on), at(known)
    before = in_force(versions, retirements, day, instant)
    added, _ = history([*given_, *((c, d, k + known + 1) for c, d, k in later)], [])
    more = [*retirements, *(Retirement(c, day, at(known + 1)) for c in "AB")]
    assert in_force(added, more, day, instant) == before
    for one in before:
        assert one.effective_from is not None
        assert one.effective_from <= day
        assert one.activated_at is not None
        assert one.activated_at <= instant
    assert len({one.code for one in before}) == len(before)


def test_a_retired_code_counts_again_with_a_new_version() -> None:
    versions, _ = history([("A", 0, 0), ("A", 20, 15)], [])
    ended = [Retirement("A", date(2026, 1, 11), at(9))]
    days = {day: in_force(versions, ended, date(2026, 1, day)) for day in (10, 11, 20, 21)}
    assert [len(found) for found in days.values()] == [1, 0, 0, 1]
    assert days[21][0].version == 2
