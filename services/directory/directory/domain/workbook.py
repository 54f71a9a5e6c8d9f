"""A workbook's cells into typed rows, with a named problem for every cell that does not fit."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import FieldInfo
from plumbline_shared.errors import Invalid, TooLarge
from python_calamine import CalamineError, CalamineWorkbook

from directory.domain.cells import BadCell, Cell, plain, value_of
from directory.domain.rows import SHEET_TITLES, SHEETS, Problem, Row, Sheets

MAX_FILE = 10 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024

Cells = Mapping[str, Sequence[Sequence[Cell]]]


def read_cells(file: bytes) -> Cells:
    """The cells of every sheet. Raises Invalid for anything but an `.xlsx`, TooLarge over 10 MB (200 unpacked)."""
    try:
        _refuse_too_large(file)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file))
        return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    except (CalamineError, zipfile.BadZipFile, OSError, KeyError):
        raise Invalid("this is not a readable .xlsx file: save it again as .xlsx", path=["file"]) from None


def _refuse_too_large(file: bytes) -> None:
    if len(file) > MAX_FILE:
        raise TooLarge("the file is over 10 MB: split it by bureau", path=["file"])
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise TooLarge("the file is over 200 MB when unpacked: split it by bureau", path=["file"])


def read_sheets(cells: Cells) -> tuple[Sheets, list[Problem]]:
    """Typed rows and what did not fit; a row with a problem is left out."""
    rows: dict[str, Any] = {}
    problems: list[Problem] = []
    for title, lines in cells.items():
        name = SHEET_TITLES.get(title, title)
        if name not in SHEETS:
            problems.append(Problem(title, 0, "", f"unknown sheet: use {', '.join(SHEETS)}"))
        elif name in rows:
            problems.append(Problem(title, 0, "", "this sheet is there twice, in English and in Chinese"))
        else:
            rows[name] = tuple(_read_sheet(name, lines, problems))
    return Sheets(**rows), problems


def _read_sheet(name: str, lines: Sequence[Sequence[Cell]], problems: list[Problem]) -> list[tuple[int, Row]]:
    filled = [(number, [plain(cell) for cell in line]) for number, line in enumerate(lines, 1)]
    filled = [(number, line) for number, line in filled if any(cell is not None for cell in line)]
    if not filled:
        return []
    columns = _columns(name, filled[0], problems)
    if columns is None:
        return []
    read = ((number, _read_row(name, number, columns, line, problems)) for number, line in filled[1:])
    return [(number, row) for number, row in read if row is not None]


def _columns(
    name: str, header: tuple[int, list[Cell]], problems: list[Problem]
) -> list[FieldInfo | None] | None:
    """The field under each column, or None when the header does not fit."""
    fields = _fields(SHEETS[name])
    found = [fields.get(str(cell)) if cell is not None else None for cell in header[1]]
    wrong = [
        Problem(name, header[0], str(cell), "unknown column: see docs/how-to/import-directory.md")
        for cell, field in zip(header[1], found, strict=True)
        if cell is not None and field is None
    ]
    names = [field.name for field in found if field]
    wrong += [Problem(name, header[0], one, "this column is there twice") for one in _repeated(names)]
    wrong += [
        Problem(name, header[0], field.name, "this column is missing")
        for field in msgspec.structs.fields(SHEETS[name])
        if field.required and field.name not in names
    ]
    problems.extend(wrong)
    return None if wrong else found


def _fields(row: type[Row]) -> Mapping[str, FieldInfo]:
    """Fields by their English and Chinese column names."""
    fields = msgspec.structs.fields(row)
    titles = {_title(field): field for field in fields}
    return {**titles, **{field.name: field for field in fields}}


def _title(field: FieldInfo) -> str:
    extra = next(one for one in field.type.__metadata__ if isinstance(one, msgspec.Meta))
    return extra.title or field.name


def _read_row(
    name: str, number: int, columns: list[FieldInfo | None], line: list[Cell], problems: list[Problem]
) -> Row | None:
    values: dict[str, object] = {}
    wrong: list[Problem] = []
    for field, cell in zip(columns, line, strict=False):
        if field is None or cell is None:
            continue
        try:
            values[field.name] = value_of(cell, field.type)
        except BadCell as error:
            wrong.append(Problem(name, number, field.name, f"“{cell}”: {error}"))
    wrong += [
        Problem(name, number, field.name, "must be filled")
        for field in columns
        if field and field.required and field.name not in values and not _named(wrong, field.name)
    ]
    problems.extend(wrong)
    return None if wrong else SHEETS[name](**values)


def _named(problems: list[Problem], column: str) -> bool:
    return any(one.column == column for one in problems)


def _repeated(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}
