"""The Post Risk Handbook (S2-011) as data: pure, so that the same register gives the same bytes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

import msgspec
from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.display import GradeDisplay
from risk_registry.domain.marks import FOCUS_WORDS, TAG_WORDS
from risk_registry.domain.points import PointScope
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE

CATEGORY_WORDS = {
    RiskCategory.TAX_OPERATIONS: "业务 Tax operations",
    RiskCategory.ADMINISTRATION: "政务 Administration",
    RiskCategory.PARTY_AFFAIRS: "党务 Party affairs",
}
SCOPE_WORDS = {PointScope.COMMON: "共性 common to the post", PointScope.INDIVIDUAL: "个性 of one individual"}
ORDER = (RiskGrade.HIGH, RiskGrade.MEDIUM, RiskGrade.LOW)
Displays = Mapping[RiskGrade, GradeDisplay]


class Diagram(msgspec.Struct, frozen=True):
    """A flow diagram to print; `height` in points."""

    title: str
    svg: str
    height: int


def book_of(
    subject: str, on: date, points: Iterable[PointOnDay], shown: Displays, diagrams: Sequence[Diagram] = ()
) -> str:
    """Everything that the template prints, as JSON. Points in force only, gravest first inside a process."""
    graded = [(each, each.grade) for each in points if each.state in IN_FORCE and each.grade]
    kept = sorted(graded, key=lambda pair: (pair[0].description.process, ORDER.index(pair[1]), pair[0].code))
    lines = [_line(point, shown[grade]) for point, grade in kept]
    content: dict[str, object] = {
        "title": "岗位风险手册 Post Risk Handbook",
        "subject": subject,
        "edition": on.isoformat(),
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "points": lines,
        "grades": [_shown(shown[grade]) for grade in ORDER],
        "totals": _totals(kept),
        "chapters": [
            {"title": process or "—", "points": list(group)}
            for process, group in groupby(lines, key=lambda line: line["process"])
        ],
        "diagrams": diagrams,
    }
    return msgspec.json.encode(content).decode()


def _line(point: PointOnDay, shown: GradeDisplay) -> dict[str, str]:
    text = point.description
    return {
        "title": f"{text.title_zh} {text.title_en}".strip(),
        "code": point.code,
        "process": text.process,
        "category": CATEGORY_WORDS[text.category],
        "place": f"{text.process} / {text.step}",
        "posts": ", ".join(text.posts) or text.post_named,
        "traits": "；".join(filter(None, (SCOPE_WORDS[text.scope], text.traits))),
        "cause": text.cause,
        "consequence": text.consequence,
        "controls": text.controls,
        "tags": " · ".join(" ".join(TAG_WORDS[tag]) for tag in text.tags),
        "focus": " · ".join(" ".join(FOCUS_WORDS[focus]) for focus in text.focus),
        **_shown(shown),
    }


def _shown(display: GradeDisplay) -> dict[str, str]:
    return {"colour": display.colour, "grade": f"{display.word_zh} {display.word_en}"}


def _totals(graded: Sequence[tuple[PointOnDay, RiskGrade]]) -> list[dict[str, object]]:
    def count(category: RiskCategory, grade: RiskGrade) -> int:
        return sum(point.description.category is category and its is grade for point, its in graded)

    rows = [(CATEGORY_WORDS[each], [count(each, grade) for grade in ORDER]) for each in RiskCategory]
    return [{"category": word, "counts": counts, "sum": sum(counts)} for word, counts in rows]
