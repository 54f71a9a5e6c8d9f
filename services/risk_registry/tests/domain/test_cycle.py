"""The cycle of internal control: four stages in their order, and how far what was found has come (S2-002, S2-046)."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.catalogue import Control, ControlFamily
from risk_registry.domain.points import Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.self_checks import Cycle, Reached, Stage, progress
from risk_registry.domain.standing import PointState
from risk_registry.testing import description

DAY, NOW = date(2026, 4, 1), datetime(2026, 4, 1, tzinfo=UTC)


@given(st.integers(1, len(Stage)))
def test_a_stage_lasts_until_the_next_and_the_cycle_until_its_end(stages: int) -> None:
    reached = tuple(
        Reached(stage, NOW + timedelta(days=at), "D01.a") for at, stage in enumerate(list(Stage)[:stages])
    )
    cycle = Cycle("ic", "t", DAY, DAY, reached)
    assert cycle.stage is reached[-1].stage
    assert [cycle.ended(each.stage) for each in reached] == [*(each.began_at for each in reached[1:]), None]
    assert (cycle.ended_at is None) == (stages < len(Stage))


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=6))
def test_each_number_of_a_cycles_progress_holds_the_next(marks: list[tuple[bool, bool, bool]]) -> None:
    points, controls, tested = list[PointOnDay](), dict[str, Control](), set[str]()
    for number, (graded, controlled, works) in enumerate(marks):
        state = PointState.ACTIVE if graded else PointState.PROPOSED
        code = f"RP-{number}"
        at = PointOnDay(f"D01.{code}", "D01", code, Origin.REGISTER, state, None, DAY, DAY, description())
        points.append(at)
        if controlled:
            controls[f"CT-{number}"] = Control(
                "c", ControlFamily.SYSTEM, AlertPhase.EX_POST, "R#1", points=(f"RP-{number}",)
            )
        if works:
            tested.add(f"CT-{number}")
    expected = (
        len(marks), sum(a for a, _b, _c in marks), sum(a and b for a, b, _c in marks), sum(all(each) for each in marks)
    )  # fmt: skip
    found = progress(points, controls, tested)
    assert (found.identified, found.assessed, found.controlled, found.monitored) == expected
