"""The export has the shape that OSCAL 1.1.2 wants of a plan of action and milestones."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from risk_registry.domain.marks import Focus, Tag
from risk_registry.domain.oscal import oscal
from risk_registry.domain.points import Description, Origin, PointScope
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState

DAY, NOW = date(2026, 4, 1), datetime(2026, 4, 1, 1, 2, 3, tzinfo=UTC)
UUID = re.compile(r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}")
TOKEN = re.compile(r"[^\W\d][\w.\-]*")
LINE = re.compile(r"\S(.*\S)?")
MARKUP = re.compile(r"(?s).*\S.*")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:.+")
PROPERTY = {"name": TOKEN, "ns": URI, "value": LINE}
ACTOR = {"type": re.compile("tool|assessment-platform|party"), "actor-uuid": UUID}
FACET = {"name": TOKEN, "system": URI, "value": LINE}
RISK = {
    "uuid": UUID, "title": LINE, "description": MARKUP, "statement": MARKUP, "status": TOKEN, "props": [PROPERTY],
    "characterizations": [{"origin": {"actors": [ACTOR]}, "facets": [FACET]}],
}  # fmt: skip
ITEM = {"uuid?": UUID, "title": LINE, "description": MARKUP, "related-risks?": [{"risk-uuid": UUID}]}
METADATA = {
    "title": LINE, "last-modified": INSTANT, "version": LINE, "oscal-version": re.compile(r"1\.1\.2"),
    "parties": [{"uuid": UUID, "type": re.compile("person|organization"), "name": LINE}],
}  # fmt: skip
PLAN = {
    "plan-of-action-and-milestones": {
        "uuid": UUID, "metadata": METADATA, "system-id": {"identifier-type": URI, "id": LINE},
        "risks?": [RISK], "poam-items": [ITEM],
    }
}  # fmt: skip


def faults(value: Any, shape: Any, at: str = "") -> list[str]:
    """Where a document leaves the shape: keys marked `?` may be absent, lists hold at least one, nothing else is there."""
    if isinstance(shape, re.Pattern):
        return [] if isinstance(value, str) and shape.fullmatch(value) else [f"{at}: {value!r}"]
    if isinstance(shape, list):
        if not isinstance(value, list) or not value:
            return [f"{at}: an empty list"]
        return [
            fault for index, each in enumerate(value) for fault in faults(each, shape[0], f"{at}[{index}]")
        ]
    return _object(value, shape, at)


def _object(value: Any, shape: Mapping[str, Any], at: str) -> list[str]:
    named = {key.rstrip("?"): each for key, each in shape.items()}
    found = [f"{at}/{key}: not of the model" for key in value if key not in named]
    found += [f"{at}/{key}: missing" for key in shape if not key.endswith("?") and key not in value]
    return found + [
        fault
        for key, each in value.items()
        if key in named
        for fault in faults(each, named[key], f"{at}/{key}")
    ]


SAID = st.text(alphabet="风险点 abc\n\t<&>\"'0;", min_size=1, max_size=12).filter(lambda said: said.strip())
MAYBE = st.just("") | SAID


@st.composite
def points(draw: st.DrawFn) -> PointOnDay:
    code = f"RP-{draw(st.integers(100, 999))}"
    text = Description(
        draw(st.sampled_from(RiskCategory)), draw(st.sampled_from(PointScope)), draw(SAID), draw(MAYBE),
        posts=("D01.POLICY.chief",), process=draw(SAID), step=draw(SAID), cause=draw(MAYBE), consequence=draw(MAYBE),
        controls=draw(MAYBE), traits=draw(MAYBE), tags=(Tag.DISCRETION,), focus=(Focus.STEP,),
    )  # fmt: skip
    grade = draw(st.sampled_from(RiskGrade))
    return PointOnDay(f"D01.{code}", "D01", code, Origin.REGISTER, PointState.ACTIVE, grade, DAY, DAY, text)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(points(), max_size=5, unique_by=lambda point: point.code))
def test_every_export_has_the_shape_and_its_items_name_its_risks(register: list[PointOnDay]) -> None:
    document = oscal("D01", register, NOW)
    assert faults(document, PLAN) == []
    plan = document["plan-of-action-and-milestones"]
    risks = {each["uuid"] for each in plan.get("risks", [])}
    named = [each["risk-uuid"] for item in plan["poam-items"] for each in item.get("related-risks", [])]
    assert sorted(named) == sorted(risks)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("uuid", "no-uuid"),
        ("metadata", {}),
        ("risks", []),
        ("poam-items", []),
        ("extra", "x"),
        ("system-id", {}),
    ],
)
def test_the_shape_refuses_what_oscal_would(key: str, value: object) -> None:
    document = oscal("D01", [], NOW)
    document["plan-of-action-and-milestones"][key] = value
    assert faults(document, PLAN)
