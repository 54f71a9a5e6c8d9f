"""The register as an `.xlsx` that comes in again without loss, with what changed since another day beside it."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from plumbline_org.grades import RiskCategory, RiskGrade
from xlsxwriter.worksheet import Worksheet

from risk_registry.domain.changes import Change
from risk_registry.domain.places import relative
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.register_format import COLUMNS, KEYS
from risk_registry.domain.sheet import DECLARATION
from risk_registry.domain.standing import IN_FORCE
from risk_registry.domain.totals import Totals

MARKED = ("编号", "标记", "原等级", "现等级", "变更项", "风险点")
OPTIONS = {
    "in_memory": True,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
}


def write_register(points: Iterable[PointOnDay], compared: Sequence[Change] = ()) -> bytes:
    """Points in force with their declared totals; `compared` becomes a second sheet."""
    wanted = [point for point in points if point.state in IN_FORCE and point.grade]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        _fill(
            book.add_worksheet("风险点登记"),
            [*_declared(wanted), tuple(COLUMNS.values()), *map(_row, wanted)],
        )
        if compared:
            _fill(book.add_worksheet("变化"), [MARKED, *map(_marked, compared)])
    return buffer.getvalue()


def _fill(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, cell)


def _declared(points: Sequence[PointOnDay]) -> list[tuple[str, ...]]:
    found = Totals.count((point.description.category, point.grade) for point in points if point.grade)
    rows = [("size", "", found.size)]
    rows += [("category", str(each), found.category(each)) for each in RiskCategory]
    rows += [("grade", str(each), found.grade(each)) for each in RiskGrade]
    return [(DECLARATION, part, name, str(count)) for part, name, count in rows]


def _row(point: PointOnDay) -> list[str]:
    text = point.description
    said = {
        "code": point.code,
        "grade": str(point.grade),
        "posts": ";".join(relative(point.bureau_id, post) for post in text.posts),
        "owner_unit": relative(point.bureau_id, text.owner_unit),
        "tags": ";".join(text.tags),
        "focus": ";".join(text.focus),
        "source_title": text.source.title,
        "source_url": text.source.url,
        "source_locator": text.source.locator,
    }
    return [said[key] if key in said else str(getattr(text, key)) for key in KEYS]


def _marked(change: Change) -> list[str]:
    shown = change.after or change.before
    before = change.before.grade if change.before else None
    after = change.after.grade if change.after else None
    title = shown.description.title_zh if shown else ""
    return [change.code, change.marker, str(before or ""), str(after or ""), "、".join(change.fields), title]
