"""The heat map: sums that agree, and small numbers that cannot be had, not even by difference."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.documents.heatmap import TABLE, HeatmapAxis, heatmap, hidden, svg_of
from risk_registry.domain.points import Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState
from risk_registry.testing import description, put_point

DAY = date(2026, 1, 1)
UNITS = ("POLICY", "LEVY", "TO-3", "HALL")
AXES = st.lists(st.sampled_from(HeatmapAxis), min_size=1, unique=True)
ASK = """
query ($by: [HeatmapAxis!]!, $bureau: ID) { riskHeatmap(by: $by, bureauId: $bureau) {
  suppressed size svg cells { keys count ratePer1000 suppressed } } }
"""


@st.composite
def register(draw: st.DrawFn) -> list[PointOnDay]:
    cells = st.tuples(st.sampled_from(RiskCategory), st.sampled_from(RiskGrade), st.sampled_from(UNITS))
    many = draw(st.dictionaries(cells, st.integers(0, 15)))
    return [
        PointOnDay(
            f"D01.RP-{place}-{n}", "D01", f"RP-{place}-{n}", Origin.REGISTER, PointState.ACTIVE, grade, DAY, DAY,
            description([f"D01.{unit}.x"], category=category),
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
    assert all(count >= 5 for count in shown)


@given(register(), st.sampled_from([HeatmapAxis.UNIT, HeatmapAxis.PROCESS]))
def test_what_a_line_leaves_over_is_of_two_cells_and_five_points(
    points: list[PointOnDay], axis: HeatmapAxis
) -> None:
    whole, found = heatmap(points, [axis]), hidden(points, [axis])
    gone = [whole.cells[key] or 0 for key, count in found.cells.items() if count is None]
    if gone and any(count is not None for count in found.cells.values()):
        assert len(gone) >= 2
        assert sum(gone) >= 5


@given(register(), AXES)
def test_a_finer_table_is_hidden_whole(points: list[PointOnDay], axes: list[HeatmapAxis]) -> None:
    if len(axes) > 1 and frozenset(axes) != TABLE:
        assert set(hidden(points, axes).cells.values()) <= {None}


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
    assert counts(above) == {"D01.POLICY": None, "D01.LEVY": None}
    assert above["data"]["riskHeatmap"]["suppressed"]  # type: ignore[index]
    assert set(counts(await ask("C01.city-head", ["UNIT", "GRADE"], "D01")).values()) == {None}
    assert (await ask("D02.huang-zhen", ["UNIT"], "D01"))["errors"]
    assert (await ask("D01.huang-zhen", ["UNIT", "UNIT"]))["errors"]
