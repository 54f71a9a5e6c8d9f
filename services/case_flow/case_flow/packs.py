"""The rule packs that ship with the service. A pack is parsed once; a field too many or too few is an error."""

from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from case_flow.domain.accountability import Scheme
from case_flow.domain.control_pack import ControlPack
from case_flow.domain.supervision_pack import SupervisionPack

DEFAULT_PACK = "demo_2026"

Pack = TypeVar("Pack")


@cache
def control_pack(name: str = DEFAULT_PACK) -> ControlPack:
    """The published control rules by file name. Raises msgspec.ValidationError for a faulty pack."""
    return _parse(name, ControlPack)


@cache
def scheme(name: str = "accountability_2026") -> Scheme:
    """The published scheme of accountability by file name. Raises msgspec.ValidationError for a faulty pack."""
    return _parse(name, Scheme)


@cache
def supervision_pack(name: str = "supervision_2026") -> SupervisionPack:
    """The published rules of supervised events by file name. Raises msgspec.ValidationError for a faulty pack."""
    return _parse(name, SupervisionPack)


def _parse(name: str, kind: type[Pack]) -> Pack:
    text = files("case_flow").joinpath("rule_packs", f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=kind)
