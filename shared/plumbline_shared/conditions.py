"""Conditions in the Common Expression Language over declared facts: a typo or a wrong type is found when it is compiled.

Facts are yes or no, or one of named values. A loop is refused: a rule that is published must end at once.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from cel_expr_python import cel


class FactType(StrEnum):
    """What a declared fact is."""

    BOOL = "BOOL"
    TEXT = "TEXT"


class ConditionError(Exception):
    """The condition does not compile, or gave no boolean for these facts."""


_TYPES = {FactType.BOOL: cel.Type.BOOL, FactType.TEXT: cel.Type.STRING}
_LOOP = re.compile(r"\.\s*(all|exists|exists_one|filter|map)\s*\(")


class Condition:
    """A compiled condition. Raises ConditionError for a fault, an unknown name, a wrong type or a loop."""

    def __init__(self, text: str, facts: Mapping[str, FactType]) -> None:
        if _LOOP.search(text):
            raise ConditionError("a condition has no loop")
        try:
            self._rule = _environment(tuple(sorted(facts.items()))).compile(text)
        except RuntimeError as error:
            raise ConditionError(_reason(error)) from None
        if self._rule.return_type() != cel.Type.BOOL:
            raise ConditionError(f"gives {self._rule.return_type().name()}, not a boolean")

    def holds(self, facts: Mapping[str, bool | str]) -> bool:
        """Whether it is true of `facts`. Raises ConditionError when it is neither true nor false."""
        value = self._rule.eval(data=dict(facts))
        if value.type() != cel.Type.BOOL:
            raise ConditionError(str(value.plain_value()))
        return bool(value.plain_value())


@cache
def _environment(facts: tuple[tuple[str, FactType], ...]) -> cel.Env:
    return cel.NewEnv(variables={name: _TYPES[kind] for name, kind in facts})


def _reason(error: RuntimeError) -> str:
    return str(error).splitlines()[0].removeprefix("INVALID_ARGUMENT: ERROR: ")
