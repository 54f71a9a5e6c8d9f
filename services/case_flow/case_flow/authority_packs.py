"""The rules of authority that ship with the service, parsed once; faults are those of a bureau's own set."""

from functools import cache
from importlib.resources import files

from case_flow.domain.control_set import ControlSet, parse_control_set


@cache
def shipped_authority(name: str = "authority_2026") -> ControlSet:
    """The published rules by file name. Raises InvalidDefinition for a faulty pack."""
    return parse_control_set(files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_text("utf-8"))
