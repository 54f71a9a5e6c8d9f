"""What a register file says, row by row, and what is wrong with it, cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.points import Description, Origin
from risk_registry.domain.sheet import Row, Table
from risk_registry.domain.totals import Declared

CATEGORIES = {
    "TAX_OPERATIONS": RiskCategory.TAX_OPERATIONS, "业务": RiskCategory.TAX_OPERATIONS, "業務": RiskCategory.TAX_OPERATIONS,
    "ADMINISTRATION": RiskCategory.ADMINISTRATION, "政务": RiskCategory.ADMINISTRATION, "政務": RiskCategory.ADMINISTRATION,
    "PARTY_AFFAIRS": RiskCategory.PARTY_AFFAIRS, "党务": RiskCategory.PARTY_AFFAIRS, "黨務": RiskCategory.PARTY_AFFAIRS,
}  # fmt: skip
GRADES = {
    "HIGH": RiskGrade.HIGH, "高": RiskGrade.HIGH,
    "MEDIUM": RiskGrade.MEDIUM, "中": RiskGrade.MEDIUM,
    "LOW": RiskGrade.LOW, "低": RiskGrade.LOW,
}  # fmt: skip


T = TypeVar("T")


@dataclass(frozen=True)
class CellError:
    """One cell that cannot be taken: where it is, what it holds, and what to do about it."""

    row: int
    column: str
    value: str
    code: str
    message: str


@dataclass(frozen=True)
class Entry:
    """One point as a file gives it. A point without a grade enters as a proposal."""

    row: int
    code: str
    grade: RiskGrade | None
    description: Description


@dataclass(frozen=True)
class Places:
    """The posts and units of the bureau on the effective date: post id → unit id, and the unit ids."""

    bureau_id: str
    posts: Mapping[str, str]
    units: frozenset[str]

    def resolve(self, name: str) -> str:
        """`POLICY.chief` is short for `D01.POLICY.chief`."""
        return name if name.startswith(f"{self.bureau_id}.") else f"{self.bureau_id}.{name}"


def _no_kinds() -> dict[str, int]:
    return {}


@dataclass(frozen=True)
class RegisterFile:
    """A file as read: entries to take, kinds of rows that were left out (with their number), and every error."""

    origin: Origin
    entries: tuple[Entry, ...]
    errors: tuple[CellError, ...] = ()
    declared: Declared = field(default_factory=Declared)
    skipped: Mapping[str, int] = field(default_factory=_no_kinds)


class Cells:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.errors: list[CellError] = []

    def text(self, column: str, *, required: bool = False, longest: int = 1_000) -> str:
        value = self.row.cells.get(column, "")
        if required and not value:
            self.refuse(column, value, "MISSING", "this cell must be filled")
        elif len(value) > longest:
            self.refuse(column, value[:40] + "…", "TOO_LONG", f"at most {longest} characters")
        elif any(ord(char) < 32 and char not in "\n\t" for char in value):
            self.refuse(column, "", "CONTROL_CHARACTER", "the cell holds an unprintable character")
        return value

    def one_of(self, column: str, words: Mapping[str, T], default: T) -> T:
        value = self.row.cells.get(column, "")
        if value not in words:
            self.refuse(column, value, "UNKNOWN_WORD", f"one of: {', '.join(words)}")
            return default
        return words[value]

    def many_of(self, column: str, words: Mapping[str, T]) -> tuple[T, ...]:
        """Words of one cell, apart by `;`; each once, in the order of `words`."""
        names = [name.strip() for name in self.text(column).replace("；", ";").split(";")]
        for name in filter(None, names):
            if name not in words:
                self.refuse(column, name, "UNKNOWN_WORD", f"one or more of: {', '.join(words)}")
        found = {words[name] for name in names if name in words}
        return tuple(dict.fromkeys(value for value in words.values() if value in found))

    def refuse(self, column: str, value: str, code: str, message: str) -> None:
        self.errors.append(CellError(self.row.number, column, value, code, message))


def shape_errors(table: Table, columns: Sequence[str], required: Sequence[str]) -> list[CellError]:
    """Missing, unknown and repeated columns, merged cells, faults of formulas, and cells beyond the header."""
    header = table.header_row
    found = [
        CellError(header, name, "", "MISSING_COLUMN", "add this column")
        for name in required
        if name not in table.header
    ]
    found += [
        CellError(header, name, name, "UNKNOWN_COLUMN", "remove or rename this column")
        for name in table.header
        if name not in columns
    ]
    found += [
        CellError(header, name, name, "REPEATED_COLUMN", "keep this column once")
        for name in sorted({name for name in table.header if table.header.count(name) > 1})
    ]
    found += [
        CellError(0, area, "", "MERGED_CELLS", "unmerge these cells and fill each") for area in table.merged
    ]
    found += [
        CellError(row, column, said, "FORMULA_FAULT", "the formula ends in an error: write the value")
        for row, column, said in table.faults
    ]
    return found + [
        CellError(row.number, column, cell, "BEYOND_HEADER", "this cell is right of the last column")
        for row in table.rows
        for column, cell in row.surplus
    ]


def repeated_codes(entries: list[Entry]) -> list[CellError]:
    """A code names one point: each repetition is an error that names the first row."""
    first: dict[str, int] = {}
    errors: list[CellError] = []
    for entry in entries:
        if first.setdefault(entry.code, entry.row) != entry.row:
            message = f"row {first[entry.code]} has this code already"
            errors.append(CellError(entry.row, "code", entry.code, "DUPLICATE_CODE", message))
    return errors
