"""Everything about a point (operation 3): its controls with how well they do, what it rests on; points that nothing controls."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.catalogue import Control, ControlFamily, EntryKind, Node
from risk_registry.domain.control_tests import ControlAspect, ControlTest, DeficiencyType
from risk_registry.domain.point_controls import ControlStatus, binds, status, uncovered
from risk_registry.domain.points import Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState
from risk_registry.testing import description, put_point
from risk_registry.testing_reform import HEAD, LEGAL, old_version
from risk_registry.use_cases.check_control import CheckControl, check_control
from risk_registry.use_cases.keep_catalogue import RecordEntry, record

As = Callable[[str], Principal]
YEAR, DAY, AT = date(2026, 1, 1), date(2026, 4, 1), datetime(2026, 1, 1, tzinfo=UTC)
AUDIT, CLERK, CHIEF, DEPUTY = "D01.bai-xue", "D01.lin-jie", "D01.chen-gang", "D01.zhou-min"
POINT = """
query ($id: ID!) { riskPoint(id: $id) {
  controlsInForce { code title family phase basis design operating } regulations { code title }
} }
"""
GAPS = "query ($gap: Boolean!) { riskPoints(filter: {coverageGap: $gap}) { nodes { code } facets { size } } }"
AT_REVIEW: dict[str, Any] = {
    "title_zh": "二次复核", "family": "SEGREGATION", "phase": "IN_PROCESS", "basis": "REG-RELIEF#2",
    "nodes": [{"process": "RELIEF-APPROVAL", "step": "review"}],
}  # fmt: skip
KEY = st.sampled_from(["", "A", "B"])


@pytest_asyncio.fixture(autouse=True)
async def register(runtime: Runtime, act_as: As) -> None:
    """One point on a step with a control, one on a process without."""
    await old_version(runtime, act_as)
    async with runtime.db.transaction(system("D01")) as conn:
        placed = description(["D01.POLICY.reviewer"], process="RELIEF-APPROVAL", step="review")
        await put_point(conn, "RP-A", RiskGrade.HIGH, placed, YEAR, AT)
        loose = description(["D01.POLICY.chief"], process="OTHER", step="x")
        await put_point(conn, "RP-B", RiskGrade.LOW, loose, YEAR, AT)
    await runtime.execute(act_as(LEGAL), record, RecordEntry(EntryKind.CONTROL, "CT-1", AT_REVIEW, DAY))


@pytest.fixture
def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Callable[..., Any]:
    async def run(who: str, query: str, **variables: Any) -> Any:
        return await graphql(runtime, act_as(who), query, variables)

    return run


async def test_a_point_shows_its_controls_and_how_well_they_do(
    runtime: Runtime, act_as: As, ask: Callable[..., Any]
) -> None:
    defect = CheckControl("CT-1", ControlAspect.DESIGN, "查阅办法", DeficiencyType.DESIGN_DEFECT)
    await runtime.execute(act_as(AUDIT), check_control, defect)
    seen = (await ask(HEAD, POINT, id="D01.RP-A"))["data"]["riskPoint"]
    (control,) = seen["controlsInForce"]
    assert (control["code"], control["family"], control["design"], control["operating"]) == (
        "CT-1", "SEGREGATION", "DEFICIENT", "UNTESTED",
    )  # fmt: skip
    assert [each["code"] for each in seen["regulations"]] == ["REG-RELIEF"]
    await runtime.execute(act_as(AUDIT), check_control, CheckControl("CT-1", ControlAspect.DESIGN, "已修订"))
    again = (await ask(HEAD, POINT, id="D01.RP-A"))["data"]["riskPoint"]["controlsInForce"]
    assert again[0]["design"] == "EFFECTIVE"
    assert (await ask(HEAD, POINT, id="D01.RP-B"))["data"]["riskPoint"] == {
        "controlsInForce": [], "regulations": [],
    }  # fmt: skip


async def test_a_holder_sees_no_control_and_a_chief_no_test(ask: Callable[..., Any]) -> None:
    """C-10: what shows a weakness is for those who oversee."""
    own = (await ask(CLERK, POINT, id="D01.RP-A"))["data"]["riskPoint"]
    assert own["controlsInForce"] is None
    assert [each["code"] for each in own["regulations"]] == ["REG-RELIEF"]
    led = (await ask(CHIEF, POINT, id="D01.RP-A"))["data"]["riskPoint"]["controlsInForce"]
    assert [(each["code"], each["design"], each["operating"]) for each in led] == [("CT-1", None, None)]


async def test_points_without_a_control_are_found_by_those_who_may_know(ask: Callable[..., Any]) -> None:
    gaps = (await ask(HEAD, GAPS, gap=True))["data"]["riskPoints"]
    assert [each["code"] for each in gaps["nodes"]] == ["RP-B"]
    assert gaps["facets"]["size"] == 1
    whole = (await ask(HEAD, GAPS, gap=False))["data"]["riskPoints"]
    assert [each["code"] for each in whole["nodes"]] == ["RP-A", "RP-B"]
    refused = await ask(CLERK, GAPS, gap=True)
    assert refused["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def on_day(code: str, power: str, process: str, step: str, *, active: bool = True) -> PointOnDay:
    text = replace(description(["D01.POLICY.chief"], process=process, step=step), power=power)
    state = PointState.ACTIVE if active else PointState.DISSOLVED
    return PointOnDay(f"D01.{code}", "D01", code, Origin.REGISTER, state, RiskGrade.LOW, YEAR, DAY, text)


POINTS = st.lists(
    st.builds(on_day, st.sampled_from(["RP-1", "RP-2", "RP-3"]), KEY, KEY, KEY, active=st.booleans()),
    max_size=5,
)
CONTROLS = st.lists(
    st.builds(
        lambda points, powers, at: Control("c", ControlFamily.SYSTEM, AlertPhase.EX_POST, "R#1", points, powers, at),
        st.lists(st.sampled_from(["RP-1", "RP-2"]), max_size=1).map(tuple),
        st.lists(KEY, max_size=1).map(tuple),
        st.lists(st.builds(Node, KEY, KEY), max_size=1).map(tuple),
    ),
    max_size=3,
)  # fmt: skip


@given(POINTS, CONTROLS)
def test_what_is_uncovered_is_in_force_and_bound_by_nothing(
    points: list[PointOnDay], controls: list[Control]
) -> None:
    bare = uncovered(points, controls)
    assert bare == [
        one.code for one in points
        if one.state is PointState.ACTIVE and not any(binds(each, one) for each in controls)
    ]  # fmt: skip
    assert uncovered(points, []) == [one.code for one in points if one.state is PointState.ACTIVE]


@given(st.lists(st.tuples(st.sampled_from(ControlAspect), st.booleans()), max_size=6))
def test_the_latest_test_of_an_aspect_speaks(told: list[tuple[ControlAspect, bool]]) -> None:
    tests = [
        ControlTest(str(at), "CT-1", aspect, DeficiencyType.DESIGN_DEFECT if bad else None, "e", "p", AT)
        for at, (aspect, bad) in enumerate(told)
    ]
    for aspect in ControlAspect:
        said = [bad for each, bad in told if each is aspect]
        expected = (
            ControlStatus.UNTESTED if not said
            else ControlStatus.DEFICIENT if said[-1] else ControlStatus.EFFECTIVE
        )  # fmt: skip
        assert status("CT-1", aspect, tests) is expected
        assert status("CT-2", aspect, tests) is ControlStatus.UNTESTED
