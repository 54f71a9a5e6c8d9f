"""What is counted of new taxpayers, as it ships with the service."""

from functools import cache
from importlib.resources import files

import msgspec

from case_flow.domain.settlement import SettlementPack


@cache
def settlement_pack(name: str = "settlement_2026") -> SettlementPack:
    """The published rules by file name. Raises msgspec.ValidationError for a faulty pack."""
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=SettlementPack)
