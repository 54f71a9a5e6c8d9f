"""A signature is bound to the SHA-256 of exactly the state that was decided; a changed state voids it (S1-057…059)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Conflict, Refused

from risk_registry.domain.assessment import AssessedGrade, Round
from risk_registry.domain.grading import Scheme
from risk_registry.domain.points import Description


class Seat(StrEnum):
    """Who signs: the bureau head 局长, the discipline lead 纪检组长."""

    HEAD = "HEAD"
    DISCIPLINE = "DISCIPLINE"


class StateChanged(Conflict):
    """The state is not the one that the hash names; what was signed of it is void: read it again, and sign that."""

    code = "STATE_CHANGED"


class NothingToSign(Refused):
    """No grade was put up for signature yet."""

    code = "NOTHING_TO_SIGN"


class AlreadySigned(Conflict):
    """This seat has signed this state, or this person has in another seat: two seats are two persons."""

    code = "ALREADY_SIGNED"


class UpperOpinionRequired(Refused):
    """A leader who holds the point does not sign: name the opinion of the bureau above in their place (C-05)."""

    code = "UPPER_OPINION_REQUIRED"


@dataclass(frozen=True)
class SignOff:
    """One signature, with the state that was signed."""

    seat: Seat
    person_id: str
    state_hash: str
    signed_at: datetime


@dataclass(frozen=True)
class DecidedState:
    """Everything that a signature stands for; `tally` counts the votes of a review on a bare grade."""

    point_id: str
    description: Description
    rounds: tuple[Round, ...]
    assessed: AssessedGrade
    rules: Scheme
    tally: Mapping[RiskGrade, int] = field(default_factory=dict[RiskGrade, int])

    @property
    def canonical(self) -> str:
        """The state as JSON: keys in order, no space, days and instants in ISO 8601."""
        return json.dumps(
            asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_text
        )

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return sha256(self.canonical.encode()).hexdigest()


def seats_required(
    grade: RiskGrade, leaders: dict[Seat, str | None], recused: Iterable[str], upper_opinion: str
) -> frozenset[Seat]:
    """HIGH takes both seats, any other grade one of them. Raises UpperOpinionRequired where a leader is recused."""
    free = frozenset(seat for seat in Seat if leaders.get(seat) not in set(recused))
    if grade is RiskGrade.HIGH and free != frozenset(Seat) and not upper_opinion.strip():
        raise UpperOpinionRequired("a leader is recused: name the opinion of the bureau above")
    return free


def complete(grade: RiskGrade, required: frozenset[Seat], signed: Sequence[SignOff]) -> bool:
    """Whether the signatures on one state are enough for it to take effect."""
    given = {each.seat for each in signed}
    return bool(given) and (given >= required or grade is not RiskGrade.HIGH)


def seat_for(roles: Iterable[str], person_id: str, signed: Sequence[SignOff], free: frozenset[Seat]) -> Seat:
    """The seat in which a person signs. Raises AlreadySigned when no seat is left to them."""
    held = set(roles)
    mine = [seat for seat, role in _ROLES.items() if role in held and seat in free]
    open_ = [seat for seat in mine if seat not in {each.seat for each in signed}]
    if not open_ or person_id in {each.person_id for each in signed}:
        raise AlreadySigned("this state is signed already in your seat; the other seat is another person's")
    return open_[0]


_ROLES = {Seat.HEAD: "BUREAU_HEAD", Seat.DISCIPLINE: "DISCIPLINE_LEAD"}


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")
