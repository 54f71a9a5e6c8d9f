"""Effort against risk as a picture: two bars a unit, each with its share, and in words whether they agree (S1-142)."""

from collections.abc import Iterator, Mapping, Sequence

from risk_registry.documents.svg import box, picture, text, wide
from risk_registry.domain.allocation import Allocation, AllocationState

ROW, TOP, PLOT, GAP, BAR = 36.0, 62.0, 320.0, 12.0, 12.0
RISK, EFFORT = "#c0392b", "#2471a3"
LEGEND = ((RISK, "风险份额 Share of risk"), (EFFORT, "监督份额 Share of effort"))
NOTHING = "没有可显示的单位 No unit to show"
SAID: Mapping[AllocationState, str] = {
    AllocationState.UNDER: "不足 under",
    AllocationState.IN_LINE: "相称 in line",
    AllocationState.OVER: "偏多 over",
}


def allocation_svg(title: str, found: Sequence[Allocation], names: Mapping[str, str]) -> str:
    """Units in the order given; `names` are those of units."""
    sides = [_named(names, each.unit) for each in found]
    words = [_words(each) for each in found] or [NOTHING]
    left = GAP * 2 + max((wide(each) for each in sides), default=0.0)
    share = max((max(each.risk_share, each.effort_share) for each in found), default=0.0) or 1.0
    right = left + PLOT + GAP * 5
    parts = [text(GAP, 20, title, bold=True), *_legend()]
    for row, (one, side) in enumerate(zip(found, sides, strict=True)):
        y = TOP + ROW * row
        parts.append(text(left - GAP, y + 18, side, "end"))
        for step, (part, colour) in enumerate(((one.risk_share, RISK), (one.effort_share, EFFORT))):
            top = y + 2 + (BAR + 2) * step
            long = PLOT * part / share
            parts += [box(left, top, long, BAR, colour), text(left + long + 4, top + 10, f"{part:.1%}")]
    parts += [text(right, TOP + ROW * row + 18, word) for row, word in enumerate(words)]
    width = max(right + max(map(wide, words)), GAP + wide(title)) + GAP
    return picture(width, TOP + ROW * len(words) + GAP, title, parts)


def _named(names: Mapping[str, str], unit: str) -> str:
    return f"{names[unit]} {unit.partition('.')[2]}" if unit in names else unit


def _words(one: Allocation) -> str:
    times = "" if one.ratio is None else f" · {one.ratio:.2f} ×"
    return f"{SAID[one.state]}{times}"


def _legend() -> Iterator[str]:
    x = GAP
    for colour, said in LEGEND:
        yield box(x, 34, 16, 10, colour)
        yield text(x + 22, 43, said)
        x += 46 + wide(said)
