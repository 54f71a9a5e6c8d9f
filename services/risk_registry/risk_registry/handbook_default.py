"""The cycle and the volume size that ship."""

from functools import cache
from importlib.resources import files

import msgspec

from risk_registry.domain.handbook_rule import HandbookRule


@cache
def shipped_handbook_rule() -> HandbookRule:
    """What counts for a bureau that has chosen nothing."""
    data = files("risk_registry").joinpath("data", "handbook_rule.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=HandbookRule)
