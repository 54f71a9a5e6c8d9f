"""The rule packs that ship with the service. A pack is parsed once; a field too many or too few is an error."""

from functools import cache
from importlib.resources import files

import msgspec

from case_flow.domain.control_pack import ControlPack

DEFAULT_PACK = "demo_2026"


@cache
def control_pack(name: str = DEFAULT_PACK) -> ControlPack:
    """The published control rules by file name. Raises msgspec.ValidationError for a faulty pack."""
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=ControlPack)
