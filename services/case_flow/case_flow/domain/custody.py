"""Custody of the paper file: it moves when the receiver acknowledges the slip, not when it is sent (S1-122)."""

import hashlib
import hmac

from case_flow.domain.definition import ItemDefinition
from case_flow.domain.errors import BarcodeMismatch, SlipRefused
from case_flow.domain.matter import Matter


def barcode_hash(matter_id: str, barcode: str) -> bytes:
    """What is kept of the paper's barcode."""
    return hashlib.sha256(f"{matter_id}|{barcode.strip()}".encode()).digest()


def require_barcode(matter_id: str, barcode: str, kept: bytes) -> None:
    """Raise BarcodeMismatch unless the paper in hand is the paper that was sent (S1-137)."""
    if not hmac.compare_digest(barcode_hash(matter_id, barcode), kept):
        raise BarcodeMismatch("this barcode is not the one on the slip: compare the paper with the file")


def require_sendable(matter: Matter, barcode: str, from_unit: str | None, to_unit: str) -> str:
    """The sending unit. Raises SlipRefused when nothing can be sent."""
    if matter.slip_id is not None:
        raise SlipRefused(
            "the paper is on its way already: it must be acknowledged first", slip=matter.slip_id
        )
    if not barcode.strip():
        raise SlipRefused("give the barcode of the paper file", missing=["paperBarcode"])
    if from_unit is None:
        raise SlipRefused("only a unit that had the matter can send its paper")
    if from_unit == to_unit:
        raise SlipRefused(f"the paper is in {to_unit} already: name the unit that receives it")
    return from_unit


def acknowledge_days(definition: ItemDefinition, matter: Matter, to_unit: str) -> tuple[int, str]:
    """Working days to acknowledge in, and the risk point, from the step whose transfer leads to that unit."""
    for step in definition.steps:
        if step.transfer and f"{matter.bureau_id}.{step.transfer.to}" == to_unit:
            return step.transfer.acknowledge, step.transfer.point
    return 1, definition.limit.point if definition.limit else ""
