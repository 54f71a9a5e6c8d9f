"""The rules of tuning that ship as data, by version."""

from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from risk_registry.domain.tuning import TuningRule


@cache
def versions() -> tuple[TuningRule, ...]:
    """All versions, oldest first."""
    content = files("risk_registry").joinpath("data", "tuning_rules.yaml").read_bytes()
    found = msgspec.yaml.decode(content, type=list[TuningRule])
    return tuple(sorted(found, key=lambda one: one.effective_from))


def rule_on(day: date) -> TuningRule:
    """The version that counts on a day. Raises LookupError before the first."""
    begun = [one for one in versions() if one.effective_from <= day]
    if not begun:
        raise LookupError(f"no rule of tuning counts on {day}")
    return begun[-1]
