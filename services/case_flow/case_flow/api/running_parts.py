"""The parts of a matter that tell what happened to its open work."""

from datetime import datetime
from enum import Enum

import strawberry

from case_flow.api.references import Person, person
from case_flow.storage import signer_change


@strawberry.enum(description="加签 or 减签.")
class SignerAct(Enum):
    ADDED = "ADDED"
    REMOVED = "REMOVED"


@strawberry.type(description="Somebody was asked to sign in addition, or no longer.")
class SignerChange:
    step: str
    person: Person
    act: SignerAct
    by: Person
    at: datetime
    reason: str

    @classmethod
    def of(cls, row: signer_change.SignerChange) -> "SignerChange":
        return cls(
            step=row.step,
            person=person(row.person),
            act=SignerAct(row.act),
            by=person(row.by_person),
            at=row.at,
            reason=row.reason,
        )
