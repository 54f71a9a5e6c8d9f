"""Lists that others published: each row carries its source; nothing of it is in force here until a review.

The list's own colours are those of S1 (C-02); they become the proposed grade.
"""

from collections import Counter

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.entries import (
    CATEGORIES,
    CellError,
    Cells,
    Entry,
    RegisterFile,
    repeated_codes,
    shape_errors,
)
from risk_registry.domain.points import CODE, Description, Origin, PointScope, Source
from risk_registry.domain.sheet import Table

COLUMNS = (
    "row_id", "row_kind", "domain", "process", "step", "post", "risk_point", "grade_raw", "grade_norm",
    "consequence_tier", "control", "control_family", "derivation", "source_id", "source_title", "source_url",
    "source_locator", "note",
)  # fmt: skip
TAKEN = "risk_point"
S1_COLOURS: dict[str, RiskGrade | None] = {
    "red": RiskGrade.HIGH, "yellow": RiskGrade.MEDIUM, "orange": RiskGrade.LOW, "": None,
}  # fmt: skip


def is_published(table: Table) -> bool:
    """Whether the sheet has the columns that mark a published list."""
    return {"row_id", "row_kind", "grade_norm"} <= set(table.header)


def read_published(table: Table) -> RegisterFile:
    """The risk points of the list; other kinds of rows are counted, not taken."""
    errors: list[CellError] = shape_errors(table, COLUMNS, COLUMNS)
    entries: list[Entry] = []
    skipped: Counter[str] = Counter()
    for row in table.rows:
        kind = row.cells.get("row_kind", "")
        if kind != TAKEN:
            skipped[kind] += 1
            continue
        cells = Cells(row)
        entries.append(_entry(cells))
        errors += cells.errors
    errors += repeated_codes(entries)
    return RegisterFile(Origin.PUBLISHED, tuple(entries), tuple(errors), skipped=dict(skipped))


def _entry(cells: Cells) -> Entry:
    code = cells.text("row_id", required=True)
    if code and not CODE.fullmatch(code):
        cells.refuse("row_id", code, "BAD_CODE", "3 to 40 of A-Z, 0-9 and '-'")
    grade = cells.one_of("grade_norm", S1_COLOURS, None)
    return Entry(cells.row.number, code, grade, _description(cells))


def _description(cells: Cells) -> Description:
    return Description(
        category=cells.one_of("domain", CATEGORIES, RiskCategory.TAX_OPERATIONS),
        scope=PointScope.COMMON,
        title_zh=cells.text("risk_point", required=True),
        post_named=cells.text("post"),
        process=cells.text("process", required=True),
        step=cells.text("step", required=True),
        consequence=cells.text("consequence_tier"),
        controls=cells.text("control"),
        source=Source(
            cells.text("source_title", required=True),
            cells.text("source_url", required=True),
            cells.text("source_locator", required=True),
        ),
    )
