"""Pictures keep their words inside and apart, in Chinese and in English, and never leave a meaning to colour alone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_org.testing import linjiang
from plumbline_shared.errors import Invalid
from risk_registry.documents.allocation_picture import SAID as ALLOCATION_WORDS
from risk_registry.documents.allocation_picture import allocation_svg
from risk_registry.documents.evidence_picture import MOST_BARS, evidence_svg
from risk_registry.documents.heatmap import HeatmapAxis, HeatmapMeasure, heatmap, hidden
from risk_registry.documents.heatmap_picture import svg_of
from risk_registry.documents.rotation_picture import SAID, rotation_svg
from risk_registry.documents.svg import wide
from risk_registry.domain.allocation import Allocation, AllocationState
from risk_registry.domain.evidence import EvidenceRules, Prior
from risk_registry.domain.evidence_facts import EvidenceKind, EvidenceScheme, KindWeight
from risk_registry.domain.explanation import Piece, explain
from risk_registry.domain.grading import Method, Scheme
from risk_registry.domain.points import Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.rotation import Extension, Rotation, Tenure
from risk_registry.domain.siblings import SiblingRules
from risk_registry.domain.standing import PointState, Standing
from risk_registry.testing import description

DAY = date(2026, 4, 1)
SVG = "{http://www.w3.org/2000/svg}"
HIGH = 11.0
MATRIX = Scheme("M", Method.MATRIX, 3, 4, 5, "C-04", grid=("LLMMH", "LLMMH", "LMMHH", "MMHHH", "MMHHH"))
EVIDENCE = EvidenceScheme(
    "E", EvidenceRules((0.25, 1.0, 2.5, 6.0), 365, 0.27, 0.8, 0.6), (0.12, 0.5, 1.6, 4, 9), (1, 2, 4), (2, 3, 4),
    1.5, 3, "x", {EvidenceKind.INCIDENT: KindWeight(1.356, True)}, SiblingRules(1.0, 6, 1.25),
)  # fmt: skip
DECIDED = Standing(PointState.ACTIVE, RiskGrade.LOW, date(2025, 6, 1), datetime(2025, 6, 1, tzinfo=UTC))
NAMES = {"D01.POLICY": "税政科", "D01.TO-3": "第三税务所（重点税源）"}
UNITS = st.sampled_from(["POLICY", "TO-3", "HALL"])
CELLS = st.tuples(st.sampled_from(RiskCategory), st.sampled_from(RiskGrade), UNITS)


def words(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314


def place(each: ET.Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a text, by the width that the picture itself reckons with."""
    x, y, width = float(each.get("x", "")), float(each.get("y", "")), wide(each.text or "")
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[each.get("text-anchor", "start")]
    return left, y - HIGH + 2, left + width, y + 2


def assert_legible(svg: str) -> None:
    root = ET.fromstring(svg)  # noqa: S314
    places = [place(each) for each in words(svg)]
    for left, top, right, bottom in places:
        assert left >= 0
        assert top >= 0
        assert right <= float(root.get("width", "0")) + 0.5
        assert bottom <= float(root.get("height", "0"))
    for one, other in combinations(places, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@given(
    many=st.dictionaries(CELLS, st.integers(1, 12), max_size=8),
    axes=st.lists(st.sampled_from(HeatmapAxis), min_size=1, unique=True),
    measure=st.sampled_from(HeatmapMeasure), cleared=st.booleans(),
)  # fmt: skip
def test_a_heat_map_is_legible(
    many: dict[tuple[RiskCategory, RiskGrade, str], int], axes: Sequence[HeatmapAxis], measure: HeatmapMeasure,
    *, cleared: bool,
) -> None:  # fmt: skip
    points = [
        PointOnDay(
            f"D01.RP-{at}-{n}", "D01", f"RP-{at}-{n}", Origin.REGISTER, PointState.ACTIVE, grade, DAY, DAY,
            description([f"D01.{unit}.x"], category=category),
        )
        for at, ((category, grade, unit), count) in enumerate(many.items())
        for n in range(count)
    ]  # fmt: skip
    found = heatmap(points, axes, {each.id: 1 for each in points[::3]}) if cleared else hidden(points, axes)
    svg = svg_of(found, measure, NAMES)
    assert_legible(svg)
    said = [each.text or "" for each in words(svg)]
    assert not {str(each) for each in (*RiskCategory, *RiskGrade)} & set(said)
    if cleared and measure is HeatmapMeasure.COUNT:
        assert all(str(count) in said for count in found.cells.values())


@given(
    panel=st.tuples(st.integers(1, 5), st.integers(1, 5)), ages=st.lists(st.integers(0, 900), max_size=45),
    grade=st.sampled_from(RiskGrade), mean=st.floats(0.05, 9), years=st.floats(0.2, 4),
)  # fmt: skip
def test_an_estimate_is_legible_and_names_grades_in_both_languages(
    panel: tuple[int, int], ages: list[int], grade: RiskGrade, mean: float, years: float
) -> None:
    pieces = [Piece(EvidenceKind.INCIDENT, str(at), DAY - timedelta(age)) for at, age in enumerate(ages)]
    of = explain(DECIDED, grade, panel, Prior(mean, years), None, pieces, DAY, MATRIX, EVIDENCE)
    svg = evidence_svg(of)
    assert_legible(svg)
    said = [each.text or "" for each in words(svg)]
    assert any(each.startswith("其余") for each in said) == (len(ages) > MOST_BARS)
    assert not {str(each) for each in RiskGrade} & set(said)


DATES = st.dates(date(1985, 1, 1), date(2030, 1, 1))


@given(
    held=st.lists(
        st.tuples(st.integers(0, 30), DATES, st.integers(1, 900), st.sampled_from(RiskGrade), st.booleans()),
        max_size=8,
    ),
    on=DATES,
)  # fmt: skip
def test_a_timeline_is_legible_and_leaves_no_state_to_colour(
    held: list[tuple[int, date, int, RiskGrade, bool]], on: date
) -> None:
    org = linjiang("D01")
    people = sorted(org.persons)
    found = [
        Rotation(
            Tenure(people[who % len(people)], f"D01.X.{who}", "D01.X", min(since, on), None),
            grade, min(since, on) + timedelta(days), (90, 30),
            Extension(on, min(since, on) + timedelta(days + 60)) if longer else None,
        )
        for who, since, days, grade, longer in held
    ]  # fmt: skip
    svg = rotation_svg(org, found, on)
    assert_legible(svg)
    said = [each.text or "" for each in words(svg)]
    for each in found:
        standing = f"{SAID[each.state(on)]} · {each.tenure.since} → {each.limit_on} · "
        assert any(word.startswith(standing) for word in said)
    assert ("没有可显示的任职 No holding to show" in said) == (not found)


@pytest.mark.parametrize("lost", ["🦄", "\ue000"])
def test_a_heat_map_with_a_name_that_has_no_glyph_is_refused_by_name(lost: str) -> None:
    text = description(["D01.POLICY.x"])
    point = PointOnDay(
        "D01.RP-1", "D01", "RP-1", Origin.REGISTER, PointState.ACTIVE, RiskGrade.LOW, DAY, DAY, text
    )
    found = heatmap([point], [HeatmapAxis.UNIT], {})
    assert "税政科" in svg_of(found, HeatmapMeasure.COUNT, {"D01.POLICY": "税政科"})
    with pytest.raises(Invalid, match=lost):
        svg_of(found, HeatmapMeasure.COUNT, {"D01.POLICY": f"税政{lost}科"})


SHARE = st.floats(0, 1)


@given(
    units=st.lists(
        st.tuples(SHARE, SHARE, st.one_of(st.none(), st.floats(0, 99)), st.sampled_from(AllocationState)),
        max_size=9,
    )
)
def test_effort_against_risk_is_legible_and_leaves_no_state_to_colour(
    units: list[tuple[float, float, float | None, AllocationState]],
) -> None:
    names = {"D01.U1": "第三税务所（重点税源）", "D01.U2": "税政科"}
    found = [
        Allocation(f"D01.U{at}", {}, {}, risk, effort, ratio, state)
        for at, (risk, effort, ratio, state) in enumerate(units)
    ]
    svg = allocation_svg("监督力量与风险 Effort against risk", found, names)
    assert_legible(svg)
    said = [each.text or "" for each in words(svg)]
    for each in found:
        assert any(word.startswith(ALLOCATION_WORDS[each.state]) for word in said)
    assert ("没有可显示的单位 No unit to show" in said) == (not found)
