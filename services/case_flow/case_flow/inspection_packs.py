"""The inspection rules that ship with the service, parsed once; a field too many or too few is an error."""

from functools import cache
from importlib.resources import files

import msgspec

from case_flow.domain.inspection_pack import InspectionPack


@cache
def inspection_pack(name: str = "inspection_2026") -> InspectionPack:
    """The published rules by file name. Raises msgspec.ValidationError for a faulty pack."""
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=InspectionPack)
