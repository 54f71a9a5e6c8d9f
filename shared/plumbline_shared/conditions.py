"""Conditions in the Common Expression Language over declared facts: a typo or a wrong type is found when it is compiled.

Facts are yes or no, a whole number, a word, or an open record whose fields are only known when it is evaluated. A loop is
refused, and so is a text without end: a rule that is published must end at once. An evaluation error is a truthy value in
the library, so the result's type is checked: only a boolean counts.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from cel_expr_python import cel

LONGEST = 1_000
FactValue = bool | int | str


class FactType(StrEnum):
    """What a declared fact is; OPEN is a record with text keys and any values."""

    BOOL = "BOOL"
    INT = "INT"
    TEXT = "TEXT"
    OPEN = "OPEN"


class ConditionError(Exception):
    """The condition does not compile, or gave no boolean for these facts. `line` and `column` count from 1; 0: none."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"line {line}, column {column}: {message}" if line else message)
        self.line, self.column = line, column


_TYPES = {
    FactType.BOOL: cel.Type.BOOL,
    FactType.INT: cel.Type.INT,
    FactType.TEXT: cel.Type.STRING,
    FactType.OPEN: cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
}
_PYTHON = {FactType.BOOL: bool, FactType.INT: int, FactType.TEXT: str, FactType.OPEN: dict}
_BOOLEAN = (cel.Type.BOOL, cel.Type.DYN)
_LOOP = re.compile(r"\.\s*(all|exists|exists_one|filter|map)\s*\(")
_FAULT = re.compile(r"(?:INVALID_ARGUMENT: )?ERROR: <input>:(\d+):(\d+): (.*)")


class Condition:
    """A compiled condition. Raises ConditionError for a fault, an unknown name, a wrong type, a loop or an endless text."""

    def __init__(self, text: str, facts: Mapping[str, FactType]) -> None:
        if len(text) > LONGEST:
            raise ConditionError(f"a condition has at most {LONGEST} characters")
        if loop := _LOOP.search(text):
            raise ConditionError("a condition has no loop", *_place(text, loop.start()))
        try:
            self._rule = _environment(tuple(sorted(facts.items()))).compile(text)
        except RuntimeError as error:
            raise _fault(error) from None
        if self._rule.return_type() not in _BOOLEAN:
            raise ConditionError(f"gives {self._rule.return_type().name()}, not a boolean")

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Whether it is true of `facts`. Raises ConditionError when it is neither true nor false."""
        value = self._rule.eval(data=dict(facts))
        if value.type() != cel.Type.BOOL:
            raise ConditionError(str(value.plain_value()))
        return bool(value.plain_value())


def is_of(kind: FactType, value: object) -> bool:
    """Whether a value is one of this type; a bool is no number."""
    return type(value) is _PYTHON[kind]


@cache
def _environment(facts: tuple[tuple[str, FactType], ...]) -> cel.Env:
    return cel.NewEnv(variables={name: _TYPES[kind] for name, kind in facts})


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _fault(error: RuntimeError) -> ConditionError:
    first = str(error).splitlines()[0]
    found = _FAULT.match(first)
    if found is None:
        return ConditionError(first)
    return ConditionError(found[3], int(found[1]), int(found[2]))
