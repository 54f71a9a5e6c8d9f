"""Interests and recusals (回避): who has something to do with a party keeps off its matters (征管法 Art 12; I-016)."""

from datetime import datetime
from enum import StrEnum

import msgspec
from plumbline_shared.errors import Invalid, Refused


class Relation(StrEnum):
    """What ties an officer to a party (税收征收管理法实施细则 Art 8)."""

    KIN = "KIN"
    FINANCIAL = "FINANCIAL"
    FORMER_WORK = "FORMER_WORK"
    OTHER = "OTHER"


class InterestRefused(Refused):
    """It was declared before, has ended, or is not for this person to decide."""

    code = "INTEREST_REFUSED"


class Interest(msgspec.Struct, frozen=True):
    """An officer's interest in a party, or in one matter alone. `reason` is for those with clearance."""

    id: str
    bureau_id: str
    person_id: str
    relation: Relation
    reason: str
    declared_by: str
    declared_at: datetime
    party: str | None = None
    matter_id: str | None = None
    request_id: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    end_reason: str = ""


class RecusalRequest(msgspec.Struct, frozen=True):
    """A party asks that an officer, as the party knows them, keeps off; the head decides who that is."""

    id: str
    matter_id: str
    bureau_id: str
    officer: str
    grounds: str
    asked_by: str
    asked_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    upheld: bool | None = None
    people: tuple[str, ...] = ()
    reason: str = ""


def party_key(party: str) -> str:
    """How a party is compared: the registration number or the name, without case and outer blanks."""
    return party.strip().lower()


def require_said(**given: str) -> None:
    """Raise Invalid for the first text that is blank."""
    for name, text in given.items():
        if not text.strip():
            raise Invalid(f"'{name}' is needed: say it in words", path=(name,))


def require_one_object(party: str, matter_id: str) -> None:
    """Raise Invalid unless the interest is in a party or in a matter."""
    if bool(party.strip()) == bool(matter_id):
        raise Invalid("an interest is in a party, or in one matter: give one of the two", path=("party",))


def require_undecided(request: RecusalRequest) -> None:
    """Raise InterestRefused for a request that was decided."""
    if request.decided_at is not None:
        raise InterestRefused("this request was decided already", request=request.id)
