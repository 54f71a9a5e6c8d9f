"""What the demonstration promises, line by line: expected beside actual."""

from pathlib import Path
from typing import Any, cast

import msgspec
import orjson

Value = Any


class Expectation(msgspec.Struct, frozen=True):
    """One line of the report."""

    id: str
    what: str
    expected: Value
    actual: Value
    ok: bool


class Report(msgspec.Struct, frozen=True):
    """`ok` holds only if every expectation does and there is at least one."""

    ok: bool
    expectations: list[Expectation]


class Expectations:
    """Collects lines. Nothing raises: a line that does not hold is a result too."""

    def __init__(self) -> None:
        self.lines: list[Expectation] = []

    def equal(self, id: str, what: str, expected: Value, actual: Value) -> bool:
        """Records whether `actual` is `expected`; sets are compared without order."""
        left, right = plain(expected), plain(actual)
        if any(line.id == id for line in self.lines):
            raise ValueError(f"two expectations are called {id}")
        self.lines.append(Expectation(id, what, left, right, left == right))
        return self.lines[-1].ok

    def report(self) -> Report:
        return Report(bool(self.lines) and all(line.ok for line in self.lines), list(self.lines))

    def write(self, file: Path) -> Report:
        """Writes the report as JSON and returns it."""
        report = self.report()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
        return report


def plain(value: Value) -> Value:
    """JSON values: sets become sorted lists, dates and decimals text."""
    return orjson.loads(orjson.dumps(value, default=_plain_one, option=orjson.OPT_NON_STR_KEYS))


def _plain_one(value: Any) -> Value:
    if isinstance(value, set | frozenset):
        return sorted(map(plain, cast(set[Any], value)), key=str)
    return str(value)
