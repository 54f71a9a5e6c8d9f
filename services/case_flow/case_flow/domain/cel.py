"""Conditions in the Common Expression Language: compiled once, evaluated over facts, closed on any doubt.

A condition sees one variable, `facts` (text keys). An evaluation error is a truthy value in the library, so the
result's type is checked: only a boolean counts.
"""

from collections.abc import Mapping
from functools import cache

from cel_expr_python import cel

Facts = Mapping[str, object]
_ENV = cel.NewEnv(variables={"facts": cel.Type.Map(cel.Type.STRING, cel.Type.DYN)})


class CelError(Exception):
    """The condition does not compile, or gave no boolean for these facts."""


@cache
def compile_rule(when: str) -> cel.Expression:
    """Compile a condition. Raises CelError when it has a fault or cannot be a boolean."""
    try:
        rule = _ENV.compile(when)
    except RuntimeError as error:
        raise CelError(str(error).splitlines()[0].removeprefix("INVALID_ARGUMENT: ERROR: ")) from None
    if rule.return_type() not in (cel.Type.BOOL, cel.Type.DYN):
        raise CelError(f"gives {rule.return_type().name()}, not a boolean")
    return rule


def holds(when: str, facts: Facts) -> bool:
    """Whether the condition is true of `facts`. Raises CelError when it is neither true nor false."""
    value = compile_rule(when).eval(data={"facts": dict(facts)})
    if value.type() != cel.Type.BOOL:
        raise CelError(str(value.plain_value()))
    return bool(value.plain_value())
