"""An export comes in again as it was; two days compare; OSCAL keeps ids and facets (I-009)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from risk_registry.domain.changes import Marker, changes
from risk_registry.domain.entries import Places
from risk_registry.domain.marks import Focus, Tag
from risk_registry.domain.oscal import oscal
from risk_registry.domain.points import Description, Origin, PointScope, Source
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.register_format import read_register
from risk_registry.domain.sheet import read_table
from risk_registry.domain.standing import PointState
from risk_registry.domain.totals import Totals, disagreements
from risk_registry.domain.workbook import write_register

DAY = date(2026, 4, 1)
PLACES = Places(
    "D01", {"D01.POLICY.chief": "D01.POLICY", "D01.TO-2.clearance": "D01.TO-2"}, frozenset({"D01.POLICY"})
)
TEXT = (
    st.text(alphabet="风险点审批税 abc=+-@'\"<&>0123.,;\n_x0041#", min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
POSTS = st.lists(st.sampled_from(sorted(PLACES.posts)), min_size=1, unique=True).map(
    lambda p: tuple(sorted(p))
)


MarkT = TypeVar("MarkT", Tag, Focus)


def marks(kind: type[MarkT]) -> st.SearchStrategy[tuple[MarkT, ...]]:
    return st.sets(st.sampled_from(kind)).map(lambda found: tuple(each for each in kind if each in found))


@st.composite
def points(draw: st.DrawFn) -> PointOnDay:
    posts = draw(POSTS)
    number = draw(st.integers(100, 999))
    text = Description(
        category=draw(st.sampled_from(RiskCategory)), scope=draw(st.sampled_from(PointScope)), title_zh=draw(TEXT),
        title_en=draw(TEXT), posts=posts, units=tuple(sorted({PLACES.posts[p] for p in posts})),
        owner_unit=draw(st.sampled_from(["", "D01.POLICY"])), process=draw(TEXT), step=draw(TEXT), cause=draw(TEXT),
        consequence=draw(TEXT), controls=draw(TEXT), source=Source(draw(TEXT), draw(TEXT), draw(TEXT)),
        traits=draw(st.just("") | TEXT), tags=draw(marks(Tag)), focus=draw(marks(Focus)),
        item=draw(st.just("") | TEXT), power=draw(st.just("") | TEXT),
    )  # fmt: skip
    grade = draw(st.sampled_from(RiskGrade))
    code = f"RP-{number}"
    return PointOnDay(f"D01.{code}", "D01", code, Origin.REGISTER, PointState.ACTIVE, grade, DAY, DAY, text)


RELAXED = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
REGISTERS = st.lists(points(), max_size=6, unique_by=lambda point: point.code)


@RELAXED
@given(REGISTERS)
def test_an_export_comes_in_again_without_loss(register: list[PointOnDay]) -> None:
    file = read_register(read_table("register.xlsx", write_register(register)), PLACES)
    assert file.errors == ()
    assert [(e.code, e.grade, e.description) for e in file.entries] == [
        (p.code, p.grade, p.description) for p in register
    ]
    found = Totals.count((p.description.category, p.grade) for p in register if p.grade)
    assert file.declared.complete
    assert disagreements(file.declared, found) == []


@RELAXED
@given(REGISTERS, REGISTERS)
def test_every_point_of_either_day_has_one_marker(before: list[PointOnDay], after: list[PointOnDay]) -> None:
    found = {each.code: each for each in changes(before, after)}
    old, new = {p.code: p for p in before}, {p.code: p for p in after}
    assert found.keys() == old.keys() | new.keys()
    assert {c for c, e in found.items() if e.marker is Marker.NEW} == new.keys() - old.keys()
    assert {c for c, e in found.items() if e.marker is Marker.DROPPED} == old.keys() - new.keys()
    same = {c for c in old.keys() & new.keys() if old[c] == new[c]}
    assert {c for c, e in found.items() if e.marker is Marker.SAME} == same


@RELAXED
@given(points())
def test_a_regrade_is_the_grade_alone(point: PointOnDay) -> None:
    other = RiskGrade.LOW if point.grade is RiskGrade.HIGH else RiskGrade.HIGH
    (change,) = changes([point], [replace(point, grade=other)])
    assert (change.marker, change.fields) == (Marker.CHANGED, ("grade",))


@RELAXED
@given(REGISTERS)
def test_oscal_names_each_point_once_and_the_same_each_time(register: list[PointOnDay]) -> None:
    now = datetime(2026, 4, 1, tzinfo=UTC)
    document = oscal("D01", register, now)["plan-of-action-and-milestones"]
    assert document == oscal("D01", register, now)["plan-of-action-and-milestones"]
    assert len({risk["uuid"] for risk in document.get("risks", [])}) == len(register)
    grades = [risk["characterizations"][0]["facets"][0]["value"] for risk in document.get("risks", [])]
    assert grades == [str(point.grade) for point in register]
    assert document["poam-items"]
