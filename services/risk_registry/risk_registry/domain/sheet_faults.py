"""Cells of an `.xlsx` whose formula ended in an error (`#REF!`): the reader gives them as empty, which would lose them."""

import io
import re
import zipfile

LARGEST = 60_000_000
FIRST_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\bid="([^"]+)"')
CELL = re.compile(rb'<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")


def formula_faults(content: bytes) -> tuple[tuple[int, int, str], ...]:
    """`(row from 1, column from 0, error)` of the first sheet; empty for what is no workbook or is too large to be one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return tuple(_faults(_read(packed, _first_sheet(packed))))
    except (zipfile.BadZipFile, KeyError):
        return ()


def _first_sheet(packed: zipfile.ZipFile) -> str:
    """The part that the workbook names first, which need not be `sheet1.xml`."""
    named = FIRST_SHEET.search(_read(packed, "xl/workbook.xml"))
    if named is None:
        raise KeyError("no sheet")
    for relation in re.findall(
        rb"<(?:\w+:)?Relationship\s[^>]*>", _read(packed, "xl/_rels/workbook.xml.rels")
    ):
        if b'Id="' + named[1] + b'"' in relation:
            target = re.search(rb'Target="([^"]+)"', relation)
            return f"xl/{target[1].decode()}".replace("xl//xl/", "xl/") if target else ""
    raise KeyError("no sheet")


def _read(packed: zipfile.ZipFile, part: str) -> bytes:
    return packed.read(part) if packed.getinfo(part).file_size <= LARGEST else b""


def _faults(sheet: bytes) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for attributes, inside in CELL.findall(sheet):
        place, value = PLACE.search(attributes), VALUE.search(inside)
        if place:
            found.append((int(place[2]), _column(place[1]), value[1].decode() if value else "#"))
    return found


def _column(letters: bytes) -> int:
    """`A` is 0, `AA` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
