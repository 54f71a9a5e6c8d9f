"""The Post Risk Handbook (S2-011) as data: pure, so that the same register gives the same bytes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from plumbline_org.grades import RiskGrade

from risk_registry.documents.chapters import ORDER, Chapter
from risk_registry.documents.words import CATEGORY_WORDS, OVERSIGHT_WORDS, named
from risk_registry.domain.display import GradeDisplay
from risk_registry.domain.marks import FOCUS_WORDS, TAG_WORDS
from risk_registry.domain.points import PointScope
from risk_registry.domain.register import PointOnDay

SCOPE_WORDS = {PointScope.COMMON: "共性 common to the post", PointScope.INDIVIDUAL: "个性 of one individual"}
Displays = Mapping[RiskGrade, GradeDisplay]
Names = Mapping[str, str]


class Volume(msgspec.Struct, frozen=True):
    """A volume as the first one names it, so that the seal of the first seals them all."""

    number: int
    sha256: str
    points: int
    first: str
    last: str


@dataclass(frozen=True)
class Cover:
    """Whose handbook, of which day, which of how many volumes; `others` are those that come after the first."""

    subject: str
    on: date
    shown: Displays
    names: Names
    whole: bool = False
    number: int = 1
    volumes: int = 1
    others: Sequence[Volume] = ()


def book_of(cover: Cover, chapters: Sequence[Chapter], everything: Sequence[Chapter]) -> str:
    """What the template prints of one volume, as JSON; the numbers on the cover are those of all volumes."""
    points = [point for chapter in everything for point in chapter.points]
    content: dict[str, object] = {
        "title": "岗位风险手册 Post Risk Handbook",
        "subject": cover.subject,
        "edition": cover.on.isoformat(),
        "year": cover.on.year,
        "month": cover.on.month,
        "day": cover.on.day,
        "size": len(points),
        "number": cover.number,
        "volumes": cover.volumes,
        "others": cover.others,
        "grades": [{**_shown(cover.shown[grade]), "oversight": OVERSIGHT_WORDS[grade]} for grade in ORDER],
        "whole": cover.whole,
        "totals": _totals(points),
        "map": _map(cover, points),
        "chapters": [_chapter(cover, each) for each in chapters],
    }
    return msgspec.json.encode(content).decode()


def _chapter(cover: Cover, chapter: Chapter) -> dict[str, object]:
    named = chapter.diagram.title if chapter.diagram else ""
    title = chapter.process if named in ("", chapter.process) else f"{named} · {chapter.process}"
    return {
        "title": f"{title}（续 continued）" if chapter.continued else title,
        "points": [_line(cover, point) for point in chapter.points],
        "diagram": chapter.diagram,
    }


def _line(cover: Cover, point: PointOnDay) -> dict[str, str]:
    text = point.description
    return {
        "title": f"{text.title_zh} {text.title_en}".strip(),
        "code": point.code,
        "category": CATEGORY_WORDS[text.category],
        "step": text.step,
        "posts": "、".join(named(cover.names, post) for post in text.posts) or text.post_named,
        "traits": "；".join(filter(None, (SCOPE_WORDS[text.scope], text.traits))),
        "cause": text.cause,
        "consequence": text.consequence,
        "controls": text.controls,
        "tags": " · ".join(" ".join(TAG_WORDS[tag]) for tag in text.tags),
        "focus": " · ".join(" ".join(FOCUS_WORDS[focus]) for focus in text.focus),
        **_shown(cover.shown[point.grade or RiskGrade.LOW]),
    }


def _shown(display: GradeDisplay) -> dict[str, str]:
    return {"colour": display.colour, "grade": f"{display.word_zh} {display.word_en}"}


def _totals(points: Sequence[PointOnDay]) -> list[dict[str, object]]:
    rows = Counter((CATEGORY_WORDS[each.description.category], each.grade) for each in points)
    return _rows(rows, CATEGORY_WORDS.values())


def _map(cover: Cover, points: Sequence[PointOnDay]) -> list[dict[str, object]]:
    """The heat map: units for the bureau, processes for a post or an officer; a point on two units counts on each."""
    places = [
        (named(cover.names, place), each.grade)
        for each in points
        for place in ((each.description.units or ("—",)) if cover.whole else (each.description.process,))
    ]
    return _rows(Counter(places), sorted({place for place, _grade in places}))


def _rows(counts: Counter[tuple[str, RiskGrade | None]], names: Iterable[str]) -> list[dict[str, object]]:
    """`shades` are from 0 to 1, of the largest number of the table."""
    largest = max(counts.values(), default=1)
    return [
        {
            "name": name,
            "counts": [counts[name, grade] for grade in ORDER],
            "shades": [counts[name, grade] / largest for grade in ORDER],
            "sum": sum(counts[name, grade] for grade in ORDER),
        }
        for name in names
    ]
