"""The rules of service that ship with the service."""

from functools import cache
from importlib.resources import files

import msgspec

from case_flow.domain.document_service import ServicePack


@cache
def service_pack(name: str = "service_2026") -> ServicePack:
    """The published rules by file name. Raises msgspec.ValidationError for a faulty pack."""
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=ServicePack)
