"""The register as OSCAL (plan of action and milestones, 1.1.2): each point a risk, its grade a facet by origin."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE

NAMESPACE = UUID("6f0d5c0e-6b0e-4c37-9c0e-4a0f6d1f7a11")
SYSTEM = "https://plumbline.example/ns/oscal"


def oscal(bureau_id: str, points: Iterable[PointOnDay], now: datetime) -> dict[str, Any]:
    """The same points give the same ids on every export. An empty list is no OSCAL: without points one item says so."""
    wanted = [point for point in points if point.state in IN_FORCE]
    risks = {"risks": [_risk(point) for point in wanted]} if wanted else {}
    empty = {"title": "空", "description": "No risk point is in force."}
    return {
        "plan-of-action-and-milestones": {
            "uuid": _id(bureau_id),
            "metadata": {
                "title": f"廉政风险登记 {bureau_id}",
                "last-modified": now.isoformat(),
                "version": now.date().isoformat(),
                "oscal-version": "1.1.2",
                "parties": [{"uuid": _id(bureau_id, "panel"), "type": "organization", "name": bureau_id}],
            },
            "system-id": {"identifier-type": SYSTEM, "id": bureau_id},
            **risks,
            "poam-items": [_item(point) for point in wanted] or [empty],
        }
    }


def _risk(point: PointOnDay) -> dict[str, Any]:
    text = point.description
    return {
        "uuid": _id(point.id),
        "title": _one_line(text.title_zh),
        "description": text.title_en or text.title_zh,
        "statement": f"{text.cause} → {text.consequence}"
        if text.consequence
        else text.cause or text.title_zh,
        "props": [{"name": name, "ns": SYSTEM, "value": value} for name, value in _props(point)],
        "status": "open",
        "characterizations": [_characterization(point)],
    }


def _props(point: PointOnDay) -> list[tuple[str, str]]:
    text = point.description
    named = [("code", point.code), ("category", str(text.category)), ("scope", str(text.scope))]
    named += [("process", text.process), ("step", text.step)]
    named += [("traits", text.traits), ("item", text.item), ("power", text.power)]
    marks = [("tag", str(tag)) for tag in text.tags] + [("focus", str(focus)) for focus in text.focus]
    posts = [("post", post) for post in text.posts]
    said = ((name, _one_line(value)) for name, value in named + marks + posts)
    return [(name, value) for name, value in said if value]


def _characterization(point: PointOnDay) -> dict[str, Any]:
    return {
        "origin": {"actors": [{"type": "party", "actor-uuid": _id(point.bureau_id, "panel")}]},
        "facets": [{"name": "grade", "system": SYSTEM, "value": str(point.grade)}],
    }


def _item(point: PointOnDay) -> dict[str, Any]:
    return {
        "uuid": _id(point.id, "item"),
        "title": _one_line(point.description.title_zh),
        "description": point.description.controls or point.description.title_zh,
        "related-risks": [{"risk-uuid": _id(point.id)}],
    }


def _one_line(said: str) -> str:
    """Titles and properties of OSCAL have no line breaks and no blanks at their ends."""
    return " ".join(said.split())


def _id(*parts: str) -> str:
    return str(uuid5(NAMESPACE, "/".join(parts)))
