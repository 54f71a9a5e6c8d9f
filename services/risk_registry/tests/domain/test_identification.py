"""Duty → power → risk: each line rests on one of the step before, and nothing comes out before all three (S1-047)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid
from risk_registry.domain.identification import Line, Saved, Step, StepMissing, check_lines, risks

NOW = datetime(2026, 4, 1, tzinfo=UTC)
CODES = ["A", "B", "C"]
LINES = st.lists(
    st.builds(
        Line, st.sampled_from(CODES), st.just("x"), of=st.sampled_from(["", *CODES]), process=st.just("p"),
        place=st.just("s"), cause=st.just("c"),
    ),
    min_size=1, max_size=3,
)  # fmt: skip


@given(LINES, LINES, LINES)
def test_what_comes_out_rests_on_a_power_that_rests_on_a_duty(
    duties: list[Line], powers: list[Line], found: list[Line]
) -> None:
    saved = {
        step: Saved(step, tuple(lines), NOW)
        for step, lines in zip(Step, (duties, powers, found), strict=True)
    }
    try:
        out = risks(saved)
    except Invalid:
        out = None
    held = {line.code for line in duties}
    borne = {line.code for line in powers}
    whole = (
        {line.of for line in duties} == {""}
        and {line.of for line in powers} <= held
        and {line.of for line in found} <= borne
        and all(len({line.code for line in each}) == len(each) for each in (duties, powers, found))
    )
    assert (out == tuple(found)) if whole else (out is None)


def test_no_step_before_its_time_and_no_empty_line() -> None:
    duty, power = Line("D", "x"), Line("P", "x", of="D")
    with pytest.raises(StepMissing, match="DUTIES"):
        check_lines(Step.POWERS, [power], {})
    kept = {Step.DUTIES: Saved(Step.DUTIES, (duty,), NOW)}
    check_lines(Step.POWERS, [power], kept)
    with pytest.raises(StepMissing, match="POWERS"):
        risks(kept)
    for step, lines in [
        (Step.DUTIES, []),
        (Step.DUTIES, [Line("D", " ")]),
        (Step.RISKS, [Line("R", "x", of="P", process="p", place="s")]),
    ]:
        with pytest.raises(Invalid):
            check_lines(step, lines, {**kept, Step.POWERS: Saved(Step.POWERS, (power,), NOW)})
