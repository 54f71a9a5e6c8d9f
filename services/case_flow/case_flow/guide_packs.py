"""What guides say beside their items, as it ships with the service."""

from functools import cache
from importlib.resources import files

import msgspec

from case_flow.domain.guide import GuidePack


@cache
def guide_pack(name: str = "guide_2026") -> GuidePack:
    """The published texts by file name. Raises msgspec.ValidationError for a faulty pack."""
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=GuidePack)
