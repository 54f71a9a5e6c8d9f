"""The rules of work orders that ship with the service, parsed once; a field too many or too few is an error."""

from functools import cache
from importlib.resources import files

import msgspec

from case_flow.domain.work_order_pack import WorkOrderPack


@cache
def work_order_pack(name: str = "work_order_2026") -> WorkOrderPack:
    """The published rules by file name. Raises msgspec.ValidationError for a faulty pack."""
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=WorkOrderPack)
