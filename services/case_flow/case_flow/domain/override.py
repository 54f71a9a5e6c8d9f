"""Where somebody's hand took the place of a rule: each is an exception with who, why and whose approval (S2-030)."""

from datetime import datetime
from enum import StrEnum

import msgspec


class OverrideKind(StrEnum):
    """What was overridden: a hold collectively, a rule's assignment, a limit, an electronic assessment, a list of signers."""

    HOLD_OVERRIDDEN = "HOLD_OVERRIDDEN"
    ASSIGNMENT_CHANGED = "ASSIGNMENT_CHANGED"
    LIMIT_EXTENDED = "LIMIT_EXTENDED"
    ASSESSED_BY_HAND = "ASSESSED_BY_HAND"
    SIGNER_REMOVED = "SIGNER_REMOVED"


class Override(msgspec.Struct, frozen=True):
    """One exception. `id` names the record that it is, `person_id` asked for it, `approved_by` are others who agreed."""

    id: str
    kind: OverrideKind
    bureau_id: str
    at: datetime
    person_id: str
    reason: str
    approved_by: tuple[str, ...] = ()
    matter_id: str | None = None
    step: str | None = None


class Share(msgspec.Struct, frozen=True):
    """How often it was done by hand, out of how many that the rule governed, in a period."""

    kind: OverrideKind
    by_hand: int
    out_of: int
