"""A heat map to look at: words and a number in every cell, so that nothing depends on its colour alone."""

from collections.abc import Mapping

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.documents.heatmap import Heatmap, HeatmapAxis, HeatmapMeasure
from risk_registry.documents.svg import box, picture, text, wide
from risk_registry.documents.words import CATEGORY_WORDS, GRADE_WORDS

ROW, TOP, GAP, NARROWEST = 24, 62, 12, 76
HIDDEN, EMPTY = "#d5d8dc", "#f8f9f9"
ORDER = [*map(str, RiskCategory), *map(str, RiskGrade)]
NOTHING = "没有可显示的数字 No number to show"
AXIS_WORDS = {
    HeatmapAxis.CATEGORY: "类别 Category",
    HeatmapAxis.GRADE: "等级 Grade",
    HeatmapAxis.UNIT: "单位 Unit",
    HeatmapAxis.PROCESS: "流程 Process",
}
MEASURE_WORDS = {
    HeatmapMeasure.COUNT: "风险点数 Points",
    HeatmapMeasure.RATE_PER_1000: "每千风险点预警数 Alerts for each 1,000 points",
    HeatmapMeasure.RATE_PER_1000_MATTERS: "每千办件预警数 Alerts for each 1,000 matters",
}
Names = Mapping[str, str]
Key = tuple[str, ...]


def svg_of(found: Heatmap, measure: HeatmapMeasure = HeatmapMeasure.COUNT, names: Names | None = None) -> str:
    """The last axis across, the others down; a hidden number is named so. `names` are those of units."""
    title = f"{' × '.join(AXIS_WORDS[axis] for axis in found.axes)} · {MEASURE_WORDS[measure]}"
    said = {key: found.value(key, measure) for key in found.cells}
    if not said:
        return picture(
            max(wide(title), wide(NOTHING)) + 2 * GAP,
            TOP,
            title,
            [text(GAP, 20, title, bold=True), text(GAP, 44, NOTHING)],
        )
    across = sorted({key[-1] for key in said}, key=_place)
    down = sorted({key[:-1] for key in said}, key=lambda key: [_place(each) for each in key])
    heads = [_named(found.axes[-1], name, names or {}) for name in across]
    sides = [
        " · ".join(map(lambda axis, name: _named(axis, name, names or {}), found.axes, key)) for key in down
    ]
    left = max(wide(each or "全部 All") for each in sides) + 2 * GAP
    cell = max(NARROWEST, *(wide(each) + GAP for each in heads))
    parts = [text(GAP, 20, title, bold=True)]
    parts += [text(left + cell * (at + 0.5), TOP - 8, head, "middle") for at, head in enumerate(heads)]
    largest = max((number for number in said.values() if number), default=1)
    for row, (key, side) in enumerate(zip(down, sides, strict=True)):
        parts.append(text(left - GAP, TOP + ROW * row + 16, side or "全部 All", "end"))
        for column, name in enumerate(across):
            at = (left + cell * column, TOP + ROW * row, cell)
            parts += _cell(at, found, (*key, name), said.get((*key, name)), largest, measure)
    end = TOP + ROW * len(down)
    width = max(left + cell * len(across), wide(title) + GAP, left + 330) + GAP
    return picture(width, end + 40, title, [*parts, *_legend(left, end + 12)])


def _named(axis: HeatmapAxis, name: str, names: Names) -> str:
    if axis is HeatmapAxis.CATEGORY:
        return CATEGORY_WORDS[RiskCategory(name)]
    if axis is HeatmapAxis.GRADE:
        return GRADE_WORDS[RiskGrade(name)]
    return f"{names[name]} {name.partition('.')[2]}" if name in names else name


def _place(name: str) -> tuple[int, str]:
    return (ORDER.index(name) if name in ORDER else 0, name)


def _cell(
    at: tuple[float, float, float], found: Heatmap, key: Key, number: float | None, largest: float,
    measure: HeatmapMeasure,
) -> list[str]:  # fmt: skip
    left, top, width = at
    hidden = key in found.cells and found.cells[key] is None
    word = "隐 hidden" if hidden else _word(number, measure)
    fill = HIDDEN if hidden else EMPTY if number is None else _shade(number / largest)
    return [box(left, top, width - 2, ROW - 2, fill), text(left + width / 2 - 1, top + 15, word, "middle")]


def _word(number: float | None, measure: HeatmapMeasure) -> str:
    """A cell without points has no rate."""
    if number is None:
        return "0" if measure is HeatmapMeasure.COUNT else "–"
    return str(number) if measure is HeatmapMeasure.COUNT else f"{number} ‰"


def _shade(share: float) -> str:
    return f"rgb(255,{round(245 - 130 * share)},{round(235 - 175 * share)})"


def _legend(left: float, top: float) -> list[str]:
    """From few to many, and what grey means."""
    shades = [box(left + 54 + 18 * each, top, 16, 12, _shade(each / 4)) for each in range(5)]
    many = left + 54 + 18 * 5
    words = [text(left, top + 10, "少 fewer"), text(many + 4, top + 10, "多 more")]
    return [
        *words,
        *shades,
        box(many + 70, top, 16, 12, HIDDEN),
        text(many + 90, top + 10, "不显示 not shown"),
    ]
