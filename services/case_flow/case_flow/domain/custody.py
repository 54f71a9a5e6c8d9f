"""Custody of the paper file: it moves when the receiver acknowledges the slip, not when it is sent (S1-122)."""

import hashlib
import hmac
from enum import StrEnum

from plumbline_shared.errors import Invalid

from case_flow.domain.definition import ItemDefinition
from case_flow.domain.errors import SlipRefused
from case_flow.domain.matter import Matter


def barcode_hash(matter_id: str, barcode: str) -> bytes:
    """What is kept of the paper's barcode."""
    return hashlib.sha256(f"{matter_id}|{barcode.strip()}".encode()).digest()


class Mismatch(StrEnum):
    """What came is not what was sent."""

    BARCODE = "BARCODE_MISMATCH"
    DOCUMENT = "DOCUMENT_MISMATCH"


def document_digest(text: str, name: str = "documentHash") -> bytes | None:
    """The SHA-256 of an electronic file from its 64 hex digits; None without any. Raises Invalid."""
    if not text:
        return None
    if len(text) != 64 or set(text.lower()) - set("0123456789abcdef"):
        raise Invalid("the hash of the electronic file is its SHA-256, 64 hex digits", path=(name,))
    return bytes.fromhex(text)


def mismatches(
    matter_id: str, barcode: str, barcode_kept: bytes, document: bytes | None, document_kept: bytes | None
) -> tuple[Mismatch, ...]:
    """What of the paper and the file in hand differs from what was sent (S1-137).

    Raises SlipRefused when the sender's slip has a file and the receiver gives no hash.
    """
    if document_kept is not None and document is None:
        raise SlipRefused("the slip has an electronic file: give its hash too", missing=["documentHash"])
    paper = hmac.compare_digest(barcode_hash(matter_id, barcode), barcode_kept)
    file = document_kept is None or hmac.compare_digest(document or b"", document_kept)
    return (*(() if paper else (Mismatch.BARCODE,)), *(() if file else (Mismatch.DOCUMENT,)))


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
