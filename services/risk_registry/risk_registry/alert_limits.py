"""The limits of alerts that ship as data, by version."""

from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from risk_registry.domain.ledger import LimitRule


@cache
def versions() -> tuple[LimitRule, ...]:
    """All versions, oldest first."""
    content = files("risk_registry").joinpath("data", "alert_limits.yaml").read_bytes()
    return tuple(
        sorted(msgspec.yaml.decode(content, type=list[LimitRule]), key=lambda one: one.effective_from)
    )


def limits_on(day: date) -> LimitRule:
    """The version that counts on a day. Raises LookupError before the first."""
    begun = [one for one in versions() if one.effective_from <= day]
    if not begun:
        raise LookupError(f"no limits of alerts count on {day}")
    return begun[-1]


def limits(version: str) -> LimitRule:
    """A version by its name. Raises LookupError."""
    found = next((one for one in versions() if one.version == version), None)
    if found is None:
        raise LookupError(f"there is no version {version} of the limits")
    return found
