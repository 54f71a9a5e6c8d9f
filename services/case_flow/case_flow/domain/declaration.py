"""The taxpayer's declaration that what they hand in is true, as the exit condition of a step (S1-139)."""

import re
from collections.abc import Mapping
from datetime import date

import msgspec
from plumbline_shared.errors import Invalid

from case_flow.domain.definition import Step
from case_flow.domain.errors import ExitConditionMissing

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signed when; `document` is the SHA-256 of the signed sheet, as hex. The text is that of the step's version."""

    signed_by: str
    signed_on: date
    document: str


def require_declared(step: Step, payload: Mapping[str, object], on: date) -> None:
    """Raise ExitConditionMissing without the declaration that the step asks for, Invalid for one that is none."""
    if step.declaration is None:
        return
    if payload.get("declaration") in (None, "", {}):
        raise ExitConditionMissing(
            f"step {step.code} needs the declaration: {step.declaration.text.en}", missing=["declaration"]
        )
    path = ("input", "payload", "declaration")
    try:
        given = msgspec.convert(payload["declaration"], Declared)
    except msgspec.ValidationError as error:
        raise Invalid(f"a declaration is {{signed_by, signed_on, document}}: {error}", path=path) from None
    if not 0 < len(given.signed_by.strip()) <= 200 or not _DIGEST.fullmatch(given.document):
        raise Invalid("it names who signed, and the sheet by the 64 hex digits of its SHA-256", path=path)
    if given.signed_on > on:
        raise Invalid("a declaration is not signed in the future", path=(*path, "signed_on"))
