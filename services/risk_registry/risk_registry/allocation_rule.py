"""The rule that ships for holding effort against risk."""

from functools import cache
from importlib.resources import files

import msgspec

from risk_registry.domain.allocation import AllocationRule

CODE = "ALLOCATION"


class Shipped(msgspec.Struct, frozen=True):
    """The rule with its version."""

    version: str
    rule: AllocationRule


@cache
def shipped_rule() -> Shipped:
    """It, until a bureau has its own."""
    content = files("risk_registry").joinpath("data", "allocation_rule.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=Shipped)
