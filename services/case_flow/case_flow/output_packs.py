"""The templates of documents that ship with the service."""

from functools import cache
from importlib.resources import files

import msgspec

from case_flow.domain.output import OutputPack


@cache
def output_pack(name: str = "output_2026") -> OutputPack:
    """The published templates by file name. Raises msgspec.ValidationError for a faulty pack."""
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=OutputPack)
