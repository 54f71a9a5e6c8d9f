"""Bytes of a `.csv` or `.xlsx` into rows of text, with the row numbers that the sender sees."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plumbline_shared.errors import Invalid, TooLarge
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, ZipError

from risk_registry.domain.sheet_faults import formula_faults

MAX_BYTES = 4_000_000
MAX_ROWS = 20_000
DECLARATION = "#declared"


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet (from 1), its cells by column, and by letter what lies beyond the header."""

    number: int
    cells: dict[str, str]
    surplus: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A header and its rows; `declared` holds the rows `#declared, part, name, count` of the file.

    `faults` are `(row, column, error)` of cells whose formula has no value.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    declared: tuple[tuple[int, tuple[str, ...]], ...] = ()
    merged: tuple[str, ...] = ()
    header_row: int = 1
    faults: tuple[tuple[int, str, str], ...] = ()


def read_table(file_name: str, content: bytes) -> Table:
    """Read the first sheet. Raises Invalid (naming what is wrong with the file) and TooLarge."""
    if len(content) > MAX_BYTES:
        raise TooLarge(f"the file is over {MAX_BYTES // 1_000_000} MB: split the register")
    if file_name.lower().endswith(".xlsx"):
        return _read_xlsx(content)
    if file_name.lower().endswith(".csv"):
        return _table(_csv_lines(content), ())
    raise Invalid("the file must be .xlsx or .csv", path=("file", "name"))


def _csv_lines(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("the .csv is not UTF-8: save it as 'CSV UTF-8'", path=("file", "content")) from None
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise Invalid(f"the .csv cannot be read: {error}", path=("file", "content")) from None


def _read_xlsx(content: bytes) -> Table:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, PasswordError, ZipError) as error:
        raise Invalid(f"the .xlsx cannot be read: {type(error).__name__}", path=("file", "content")) from None
    table = _table([[_text(value) for value in line] for line in cells], _merged(sheet))
    faults = tuple((row, _named(table.header, column), said) for row, column, said in formula_faults(content))
    return replace(table, faults=faults)


def _named(header: Sequence[str], column: int) -> str:
    return header[column] if column < len(header) else _letters(column)


def _merged(sheet: CalamineSheet) -> tuple[str, ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple(f"{_cell_name(*start)}:{_cell_name(*end)}" for start, end in ranges)


def _cell_name(row: int, column: int) -> str:
    return f"{_letters(column)}{row + 1}"


def _letters(column: int) -> str:
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _table(lines: Sequence[Sequence[str]], merged: tuple[str, ...]) -> Table:
    if len(lines) > MAX_ROWS:
        raise TooLarge(f"the sheet has over {MAX_ROWS} rows: split the register")
    numbered = [
        (number, [cell.strip() for cell in line]) for number, line in enumerate(lines, start=1) if any(line)
    ]
    declared = tuple((number, tuple(line[1:4])) for number, line in numbered if line[0] == DECLARATION)
    body = [(number, line) for number, line in numbered if line[0] != DECLARATION]
    if not body:
        raise Invalid("the sheet is empty: the first row names the columns", path=("file", "content"))
    header = tuple(body[0][1])
    while header and not header[-1]:
        header = header[:-1]
    return Table(
        header, tuple(_row(header, number, line) for number, line in body[1:]), declared, merged, body[0][0]
    )


def _row(header: Sequence[str], number: int, line: Sequence[str]) -> Row:
    beyond = enumerate(line[len(header) :], start=len(header))
    surplus = tuple((_letters(column), cell) for column, cell in beyond if cell)
    return Row(number, dict(zip(header, line, strict=False)), surplus)
