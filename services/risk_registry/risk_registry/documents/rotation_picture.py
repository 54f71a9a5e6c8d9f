"""Who has held which post how long, and until when: one bar a holding, today as a dashed line (S2-021)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from plumbline_org.model import Org

from risk_registry.documents.svg import box, line, picture, text, wide
from risk_registry.documents.words import GRADE_WORDS
from risk_registry.domain.rotation import Rotation, RotationState

ROW, TOP, PLOT, GAP, LEGEND = 20.0, 56.0, 560.0, 12.0, 26.0
TITLE, NOTHING = "轮岗时间线 Rotation timeline", "没有可显示的任职 No holding to show"
COLOUR: Mapping[RotationState, str] = {
    RotationState.IN_TIME: "#7fb3d5",
    RotationState.DUE_SOON: "#f5b041",
    RotationState.OVERDUE: "#c0392b",
    RotationState.EXTENDED: "#bb8fce",
}
SAID: Mapping[RotationState, str] = {
    RotationState.IN_TIME: "任期内 in time",
    RotationState.DUE_SOON: "将到期 due soon",
    RotationState.OVERDUE: "超期 overdue",
    RotationState.EXTENDED: "延期 extended",
}


def rotation_svg(org: Org, found: Sequence[Rotation], on: date) -> str:
    """Holdings in the order given, each with its state in words and its days; a bar ends with its limit, or today."""
    title = f"{TITLE} · {on}"
    sides = [_holding(org, each) for each in found]
    words = [_standing(each, on) for each in found] or [NOTHING]
    left = GAP * 2 + max((wide(each) for each in sides), default=0.0)
    right = left + PLOT + GAP
    scale = _Scale(found, on, left)
    base = TOP + ROW * max(1, len(words))
    parts = [text(GAP, 20, title, bold=True), *_legend(), *_years(scale, base)]
    for row, (one, side) in enumerate(zip(found, sides, strict=True)):
        y = TOP + ROW * row
        first, limit = scale.at(one.tenure.since), scale.at(one.limit_on)
        end = max(limit, scale.at(on)) if one.state(on) is RotationState.OVERDUE else limit
        parts += [
            text(left - GAP, y + 14, side, "end"),
            box(first, y + 3, max(1.0, end - first), ROW - 6, COLOUR[one.state(on)]),
            line(limit, y + 1, limit, y + ROW - 1, "#333"),
        ]
    parts += [text(right, TOP + ROW * row + 14, word) for row, word in enumerate(words)]
    parts.append(line(scale.at(on), TOP - 4, scale.at(on), base, "#c0392b", "4 3"))
    return picture(right + max(map(wide, words)) + GAP, base + 24, title, parts)


class _Scale:
    """Days from left to right: from the earliest holding to a month after the last limit."""

    def __init__(self, found: Sequence[Rotation], on: date, left: float) -> None:
        self.first = min([on, *(each.tenure.since for each in found)])
        self.last = max([on, *(each.limit_on for each in found)]) + timedelta(days=30)
        self._left, self._day = left, PLOT / (self.last - self.first).days

    def at(self, day: date) -> float:
        return self._left + self._day * (day - self.first).days


def _holding(org: Org, one: Rotation) -> str:
    person, post = org.person(one.tenure.person_id), org.post(one.tenure.post_id)
    name = f"{person.name} {person.name_en}".strip() if person else one.tenure.person_id
    title = f"{post.title} {post.title_en}".strip() if post else one.tenure.post_id
    return f"{name} · {title} · {GRADE_WORDS[one.grade]}"


def _standing(one: Rotation, on: date) -> str:
    left = (one.limit_on - on).days
    days = f"剩 {left} 天 {left} days left" if left >= 0 else f"超 {-left} 天 {-left} days over"
    return f"{SAID[one.state(on)]} · {one.tenure.since} → {one.limit_on} · {days}"


def _legend() -> Iterator[str]:
    x = GAP
    for state, said in SAID.items():
        yield box(x, 28, 10, 10, COLOUR[state])
        yield text(x + 14, 37, said)
        x += LEGEND + wide(said)


def _years(scale: _Scale, base: float) -> Iterator[str]:
    """A line at each turn of the year; its number where there is room."""
    free = 0.0
    for year in range(scale.first.year + 1, scale.last.year + 1):
        x, word = scale.at(date(year, 1, 1)), str(year)
        yield line(x, TOP - 2, x, base, "#e5e7e9")
        if x > free and x + wide(word) <= scale.at(scale.last):
            yield text(x, base + 14, word)
            free = x + wide(word) + 4
