"""The hall's rules that ship with the service."""

from functools import cache
from importlib.resources import files

import msgspec

from case_flow.domain.hall_pack import HallPack


@cache
def hall_pack(name: str = "hall_2026") -> HallPack:
    """The published rules by file name. Raises msgspec.ValidationError for a faulty pack."""
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=HallPack)
