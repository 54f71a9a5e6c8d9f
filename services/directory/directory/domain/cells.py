"""One cell into one typed value."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import UnionType
from typing import Annotated, get_args, get_origin

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_YES = frozenset({"yes", "true", "1", "y", "是"})
_NO = frozenset({"no", "false", "0", "n", "否"})
_SEPARATORS = str.maketrans("，、；;", ",,,,")


class BadCell(ValueError):
    """The cell does not hold what its column needs; the message says what it needs."""


def plain(cell: Cell) -> Cell:
    """The cell without the accidents of spreadsheets: blanks, whole numbers as floats, dates as midnights."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, datetime):
        return cell.date()
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def value_of(cell: Cell, kind: object) -> object:
    """A filled cell as `kind`. Raises BadCell."""
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _member(cell, kind)
    return _READERS[kind](cell)


def _bare(kind: object) -> object:
    """The type itself, without annotation or `| None`."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) is UnionType:
        return next(one for one in get_args(kind) if one is not type(None))
    return kind


def _member(cell: Cell, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(str(cell).strip().upper())
    except ValueError:
        raise BadCell(f"use one of {', '.join(kind)}") from None


def _text(cell: Cell) -> str:
    return str(cell)


def _words(cell: Cell) -> frozenset[str]:
    parts = str(cell).translate(_SEPARATORS).split(",")
    return frozenset(word.strip().upper() for word in parts if word.strip())


def _whole(cell: Cell) -> int:
    text = str(cell).strip()
    if not text.isdecimal() or int(text) == 0:
        raise BadCell("use a whole number from 1")
    return int(text)


def _flag(cell: Cell) -> bool:
    word = str(cell).strip().lower()
    if word not in _YES | _NO:
        raise BadCell("use yes or no (是 / 否)")
    return word in _YES


def _day(cell: Cell) -> date:
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        raise BadCell("use a date that exists, as a date cell or text like 2026-03-09") from None


_READERS: Mapping[object, Callable[[Cell], object]] = {
    str: _text,
    int: _whole,
    bool: _flag,
    date: _day,
    frozenset[str]: _words,
}
