"""The rules of penalties that ship with the service, parsed once; a field too many or too few is an error."""

from functools import cache
from importlib.resources import files

import msgspec

from case_flow.domain.penalty_pack import PenaltyPack


@cache
def penalty_pack(name: str = "penalty_2026") -> PenaltyPack:
    """The published rules by file name. Raises msgspec.ValidationError for a faulty pack."""
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=PenaltyPack)
