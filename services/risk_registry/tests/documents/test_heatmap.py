"""The heat map: sums that agree, and small numbers that cannot be had, not even by difference."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.documents.heatmap import TABLE, HeatmapAxis, heatmap, hidden
from risk_registry.documents.heatmap_picture import svg_of
from risk_registry.domain.alerts import Alert, AlertPhase
from risk_registry.domain.points import Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState
from risk_registry.domain.work import Counted
from risk_registry.storage.alerts import add_alert
from risk_registry.storage.matter_counts import count_matter
from risk_registry.testing import description, put_point

DAY = date(2026, 1, 1)
UNITS = ("POLICY", "LEVY", "TO-3", "HALL")
PROCESSES = st.sampled_from(["RELIEF-APPROVAL", "CANCEL-CLEARANCE", "OTHER"])
AXES = st.lists(st.sampled_from(HeatmapAxis), min_size=1, unique=True)
ASK = """
query ($by: [HeatmapAxis!]!, $bureau: ID) { riskHeatmap(by: $by, bureauId: $bureau) {
  suppressed size svg cells { keys count ratePer1000 suppressed } } }
"""


@st.composite
def register(draw: st.DrawFn) -> list[PointOnDay]:
    cells = st.tuples(st.sampled_from(RiskCategory), st.sampled_from(RiskGrade), st.sampled_from(UNITS))
    many = draw(st.dictionaries(cells, st.integers(0, 15)))
    process = draw(PROCESSES)
    return [
        PointOnDay(
            f"D01.RP-{place}-{n}", "D01", f"RP-{place}-{n}", Origin.REGISTER, PointState.ACTIVE, grade, DAY, DAY,
            description([f"D01.{unit}.x"], category=category, process=process if unit == "LEVY" else "OTHER"),
        )
        for place, ((category, grade, unit), count) in enumerate(many.items())
        for n in range(count)
    ]  # fmt: skip


@given(register(), AXES)
def test_every_table_sums_to_the_register(points: list[PointOnDay], axes: list[HeatmapAxis]) -> None:
    found = heatmap(points, axes)
    assert sum(count or 0 for count in found.cells.values()) == found.size == len(points)


@given(register(), AXES)
def test_no_small_number_is_written(points: list[PointOnDay], axes: list[HeatmapAxis]) -> None:
    shown = [count for count in hidden(points, axes).cells.values() if count is not None]
    assert all(count > 5 for count in shown)


@given(register(), AXES)
def test_units_and_processes_are_hidden_with_their_names(
    points: list[PointOnDay], axes: list[HeatmapAxis]
) -> None:
    if not set(axes) <= TABLE:
        assert hidden(points, axes).cells == {}


@given(register(), AXES)
def test_the_picture_is_xml_and_says_each_number(points: list[PointOnDay], axes: list[HeatmapAxis]) -> None:
    found = hidden(points, axes)
    words = [each.text for each in ET.fromstring(svg_of(found)).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
    assert words.count("隐 hidden") == sum(count is None for count in found.cells.values())
    assert all(str(count) in words for count in found.cells.values() if count is not None)


async def test_each_reader_has_the_numbers_that_are_theirs(
    runtime: Runtime, act_as: Callable[[str], Principal], graphql: RunGraphQL
) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    async with runtime.db.transaction(system("D01")) as conn:
        for n in range(7):
            await put_point(conn, f"RP-P-{n}", RiskGrade.LOW, description(), DAY, at)
        await put_point(conn, "RP-L-1", RiskGrade.HIGH, description(["D01.LEVY.chief"]), DAY, at)

    async def ask(who: str, by: list[str], bureau: str | None = None) -> dict[str, object]:
        return await graphql(runtime, act_as(who), ASK, {"by": by, "bureau": bureau})

    def counts(answer: dict[str, object]) -> dict[str, int | None]:
        cells = answer["data"]["riskHeatmap"]["cells"]  # type: ignore[index]
        return {".".join(cell["keys"]): cell["count"] for cell in cells}

    assert counts(await ask("D01.huang-zhen", ["UNIT"])) == {"D01.POLICY": 7, "D01.LEVY": 1}
    assert counts(await ask("D01.song-ke", ["UNIT"])) == {"D01.LEVY": 1}
    above = await ask("C01.city-head", ["UNIT"], "D01")
    assert counts(above) == {}
    assert above["data"]["riskHeatmap"]["suppressed"]  # type: ignore[index]
    assert counts(await ask("C01.city-head", ["UNIT", "GRADE"], "D01")) == {}
    assert (await ask("D02.huang-zhen", ["UNIT"], "D01"))["errors"]
    assert (await ask("D01.huang-zhen", ["UNIT", "UNIT"]))["errors"]


RATE = """
query ($measure: HeatmapMeasure!, $period: HeatmapPeriod, $bureau: ID) {
  riskHeatmap(by: [GRADE], measure: $measure, period: $period, bureauId: $bureau) {
    suppressed svg cells { keys count alerts ratePer1000 suppressed } } }
"""


async def test_a_rate_is_alerts_of_the_period_for_each_1000_points(
    runtime: Runtime, act_as: Callable[[str], Principal], graphql: RunGraphQL
) -> None:
    raised = [
        datetime(2026, 2, 1, tzinfo=UTC),
        datetime(2026, 2, 28, tzinfo=UTC),
        datetime(2026, 3, 1, tzinfo=UTC),
    ]
    async with runtime.db.transaction(system("D01")) as conn:
        for n in range(8):
            await put_point(
                conn, f"RP-{n}", RiskGrade.LOW, description(), DAY, datetime(2026, 1, 1, tzinfo=UTC)
            )
        for n, at in enumerate(raised):
            alert = Alert(
                f"al_{n}", f"D01.RP-{n}", "D01", "D01.POLICY", "mt_1", "X", AlertPhase.EX_POST, None, at
            )
            await add_alert(conn, alert)

    async def ask(who: str, period: dict[str, str] | None) -> dict[str, Any]:
        variables = {"measure": "RATE_PER_1000", "period": period, "bureau": "D01"}
        return await graphql(runtime, act_as(who), RATE, variables)

    february = {"from": "2026-02-01", "to": "2026-02-28"}
    found = (await ask("D01.huang-zhen", february))["data"]["riskHeatmap"]
    low = next(cell for cell in found["cells"] if cell["keys"] == ["LOW"])
    assert (low["count"], low["alerts"], low["ratePer1000"], low["suppressed"]) == (8, 2, 250.0, False)
    assert "250.0 ‰" in found["svg"]
    assert all(cell["ratePer1000"] is None for cell in found["cells"] if cell["keys"] != ["LOW"])
    above = (await ask("C01.city-head", february))["data"]["riskHeatmap"]
    assert all(
        cell["suppressed"] and cell["alerts"] is None and cell["ratePer1000"] is None
        for cell in above["cells"]
    )
    for bad in (None, {"from": "2026-02-02", "to": "2026-02-01"}):
        assert (await ask("D01.huang-zhen", bad))["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


WORK = st.dictionaries(
    st.tuples(st.sampled_from([f"D01.{unit}" for unit in UNITS]), PROCESSES), st.integers(0, 500)
)


@given(register(), AXES, WORK)
def test_a_cell_has_the_matters_of_its_processes_and_of_its_unit(
    points: list[PointOnDay], axes: list[HeatmapAxis], work: dict[tuple[str, str], int]
) -> None:
    found = heatmap(points, axes, {}, work)
    matters = found.matters or {}
    carried = {each.description.process for each in points}
    everywhere = sum(count for (_unit, process), count in work.items() if process in carried)
    assert all(count <= everywhere for count in matters.values())
    if axes == [HeatmapAxis.PROCESS]:
        assert sum(matters.values()) == everywhere
    if axes == [HeatmapAxis.UNIT]:
        for (unit,), count in matters.items():
            of_unit = {each.description.process for each in points if unit in each.description.units}
            assert count == sum(
                n for (where, process), n in work.items() if where == unit and process in of_unit
            )


MATTERS = """
query ($by: [HeatmapAxis!]!, $period: HeatmapPeriod, $bureau: ID) {
  riskHeatmap(by: $by, measure: RATE_PER_1000_MATTERS, period: $period, bureauId: $bureau) {
    svg cells { keys count alerts matters ratePer1000Matters suppressed } } }
"""


async def test_a_rate_is_alerts_for_each_1000_matters_of_whole_months(
    runtime: Runtime, act_as: Callable[[str], Principal], graphql: RunGraphQL
) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-1", RiskGrade.LOW, description(), DAY, at)
        for n in range(3):
            raised = datetime(2026, 2, 10 + n, tzinfo=UTC)
            alert = Alert(
                f"al_{n}", "D01.RP-1", "D01", "D01.POLICY", "mt_1", "X", AlertPhase.EX_POST, None, raised
            )
            await add_alert(conn, alert)
        for unit, process in (
            ("POLICY", "RELIEF-APPROVAL"),
            ("LEVY", "RELIEF-APPROVAL"),
            ("POLICY", "OTHER"),
        ):
            for day in range(1, 21):
                one = Counted("D01", (f"D01.{unit}", process), date(2026, 2, day), closed=True)
                await count_matter(conn, one)

    async def ask(who: str, by: str, period: dict[str, str]) -> dict[str, Any]:
        variables = {"by": [by], "period": period, "bureau": "D01"}
        return await graphql(runtime, act_as(who), MATTERS, variables)

    february = {"from": "2026-02-01", "to": "2026-02-28"}
    for by, matters, rate in (("GRADE", 40, 75.0), ("UNIT", 20, 150.0), ("PROCESS", 40, 75.0)):
        found = (await ask("D01.huang-zhen", by, february))["data"]["riskHeatmap"]
        cell = next(each for each in found["cells"] if each["count"])
        assert (cell["alerts"], cell["matters"], cell["ratePer1000Matters"]) == (3, matters, rate)
        assert f"{rate} ‰" in found["svg"]
    chief = (await ask("D01.chen-gang", "PROCESS", february))["data"]["riskHeatmap"]["cells"][0]
    assert (chief["alerts"], chief["matters"]) == (3, 20)
    above = (await ask("C01.city-head", "GRADE", february))["data"]["riskHeatmap"]["cells"]
    assert [(each["matters"], each["ratePer1000Matters"], each["suppressed"]) for each in above] == [
        (None, None, True)
    ] * 3
    half = await ask("D01.huang-zhen", "GRADE", {"from": "2026-02-01", "to": "2026-02-20"})
    assert half["errors"][0]["extensions"]["code"] == "INVALID_INPUT"
