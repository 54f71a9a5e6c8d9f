"""No step begins before the one before it is complete, and what a control finds is kept with the act or not at all."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from case_flow.domain import transitions
from case_flow.domain.errors import ExitConditionMissing, StepOutOfOrder
from case_flow.domain.matter import Completion, Matter
from case_flow.domain.parsing import parse
from case_flow.testing import WorkedBureau
from case_flow.testing_running import published, rows
from case_flow.use_cases import raise_hold
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from hypothesis import given
from hypothesis import strategies as st

AT, ON = datetime(2026, 4, 1, tzinfo=UTC), date(2026, 4, 1)
LINKED = parse(
    """
item: LINKED
version: 1
name: {zh: 环环相扣, en: Linked}
citation: {source: a rule}
steps:
  - {code: a, name: {zh: 一, en: A}, role: REVIEWER, unit: POLICY, requires: [x], next: b}
  - {code: b, name: {zh: 二, en: B}, role: REVIEWER, unit: POLICY, requires: [x, y], split: [c, d]}
  - {code: c, name: {zh: 三, en: C}, role: REVIEWER, unit: POLICY, requires: [y], next: e}
  - {code: d, name: {zh: 四, en: D}, role: REVIEWER, unit: POLICY, next: e}
  - {code: e, name: {zh: 五, en: E}, role: REVIEWER, unit: POLICY, join: b, requires: [z], end: true}
"""
)
BEFORE = {"a": set[str](), "b": {"a"}, "c": {"b"}, "d": {"b"}, "e": {"c", "d"}}
NEEDS = {"a": {"x"}, "b": {"x", "y"}, "c": {"y"}, "d": set[str](), "e": {"z"}}
TRIES = st.lists(
    st.tuples(st.sampled_from(sorted(BEFORE)), st.frozensets(st.sampled_from(["x", "y", "z"]))), max_size=30
)
HELD = """
item: WATCHED
version: 1
name: {zh: 受控, en: Watched}
citation: {source: a rule}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, next: check}
  - code: check
    name: {zh: 核, en: Check}
    role: REVIEWER
    unit: POLICY
    end: true
    controls:
      - id: CT-LARGE
        phase: IN_PROCESS
        action: HOLD
        when: facts.amount > 1000
        message: {zh: 请复核, en: Check again}
        citation: {source: a rule}
"""


@given(TRIES)
def test_a_step_is_done_once_those_before_it_are_complete_and_only_with_what_it_needs(
    tries: list[tuple[str, frozenset[str]]],
) -> None:
    """S2-029."""
    now = Matter(
        id="mt", bureau_id="D01", case_ref="r", item_code="LINKED", item_version=1, item_hash="h", title="t",
        unit_id="D01.POLICY", people=(), units=(), accepted_at=AT, accepted_on=ON, step="a",
    )  # fmt: skip
    done = set[str]()
    for code, given_ in tries:
        now, payload = now.focused(code), dict[str, Any].fromkeys(given_, 1)
        allowed = BEFORE[code] <= done and code not in done
        try:
            step = transitions.open_step(LINKED, now, code)
            transitions.require_exit(step, payload)
        except StepOutOfOrder:
            assert not allowed
            continue
        except ExitConditionMissing:
            assert NEEDS[code] - given_
            continue
        assert allowed
        assert given_ >= NEEDS[code]
        now = transitions.complete(LINKED, now, Completion(step=code, signers=("p",), at=AT, local_on=ON))
        done.add(code)
    assert {one.step for one in now.open_steps} == {code for code in BEFORE if BEFORE[code] <= done} - done


async def test_a_hold_its_alert_and_the_act_are_one_transaction(
    bureau: WorkedBureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S2-038: a break after the alert was raised leaves neither alert nor hold, and the step can be done again."""
    await published(bureau, HELD)
    matter = (await bureau.do("wu-yan", accept_matter, AcceptMatter("WATCHED", "x"))).matter_id
    act = AdvanceMatter(matter, "check", {"amount": 2000})

    async def broken(*_args: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(raise_hold, "keep_hold", broken)
        with pytest.raises(ConnectionError):
            await bureau.do("lin-jie", advance_matter, act)
    assert await rows(bureau, "select from alert union all select from hold") == []
    assert (await bureau.do("lin-jie", advance_matter, act)).hold_id
    found = await rows(bureau, "select (select count(*) from alert) a, (select count(*) from hold) h")
    assert [(one["a"], one["h"]) for one in found] == [(1, 1)]
    assert await rows(bureau, "select from matter_step where step = 'check'") == []
    assert (
        await bureau.do("lin-jie", advance_matter, AdvanceMatter(matter, "check", {"amount": 1}))
    ).hold_id is None
