"""The collective adjudication of a major case (重大案件集体审理, S2-060): member units, in writing first, a meeting if split."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_shared.errors import Refused

from case_flow.domain.collective import Choice, Seat, Tally, carried
from case_flow.domain.discretion import Party


class Round(StrEnum):
    """How opinions are given: on the file, or at a meeting."""

    WRITTEN = "WRITTEN"
    MEETING = "MEETING"


class AdjudicationState(StrEnum):
    """PROPOSED by the case, then a round of opinions, then DECIDED."""

    PROPOSED = "PROPOSED"
    WRITTEN = "WRITTEN"
    MEETING = "MEETING"
    DECIDED = "DECIDED"


class Adjudication(msgspec.Struct, frozen=True):
    """One adjudication of one proposal: the case may decide what was carried, and at no other amount."""

    id: str
    bureau_id: str
    matter_id: str
    state: AdjudicationState
    party: Party
    amount_fen: int
    dossier: str
    proposal: str
    proposed_by: str
    proposed_on: date
    threshold: str
    number: str | None = None
    chair: str | None = None
    convened_on: date | None = None
    quorum: int | None = None
    meeting_on: date | None = None
    minutes: str | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    carried: bool | None = None
    decided_on: date | None = None


class MemberSeat(msgspec.Struct, frozen=True):
    """Who sits for a member unit."""

    person_id: str
    unit_id: str
    recused: bool = False
    recusal_reason: str = ""
    present: bool = False

    @property
    def seat(self) -> Seat:
        """As the rules of a roll call see it."""
        return Seat(self.person_id, self.recused, self.present)


class Opinion(msgspec.Struct, frozen=True):
    """The vote of a member in a round, by name; a dissent says why (42号 Art 22)."""

    adjudication_id: str
    bureau_id: str
    round: Round
    person_id: str
    choice: Choice
    text: str
    given_at: datetime


class Ruling(msgspec.Struct, frozen=True):
    """What the latest adjudication of a case came to."""

    amount_fen: int
    carried: bool
    decided_on: date


class CommitteeInvalid(Refused):
    """A seat is not of a member unit, is given twice, or too few units are seated."""

    code = "COMMITTEE_INVALID"


class AdjudicationStateRefused(Refused):
    """The adjudication is not at the stage where this act belongs."""

    code = "ADJUDICATION_STATE"


class OpinionsSplit(Refused):
    """In writing a case is concluded only unanimously; otherwise the committee meets."""

    code = "OPINIONS_SPLIT"


class DissentWithoutReason(Refused):
    """Whoever is against says why: the dissent is kept."""

    code = "DISSENT_WITHOUT_REASON"


def check_committee(
    seats: Mapping[str, str],
    member_units: Collection[str],
    units_of: Mapping[str, Collection[str]],
    quorum: int,
) -> None:
    """Raise CommitteeInvalid unless each unit (→ person) is a member unit and the person serves in it."""
    if len(set(seats.values())) != len(seats) or len(seats) < quorum:
        raise CommitteeInvalid(f"seat at least {quorum} member units, each by another person", quorum=quorum)
    for unit, person in seats.items():
        if unit not in member_units:
            raise CommitteeInvalid(f"{unit} is not a member unit", units=sorted(member_units))
        if unit not in units_of.get(person, ()):
            raise CommitteeInvalid(f"{person} does not serve in {unit}")


def check_state(state: AdjudicationState, *wanted: AdjudicationState) -> None:
    """Raise AdjudicationStateRefused unless the adjudication is in one of the states."""
    if state not in wanted:
        raise AdjudicationStateRefused(f"the adjudication is {state}", state=state)


def check_opinion(choice: Choice, text: str) -> None:
    """Raise DissentWithoutReason for a vote against without a word."""
    if choice is Choice.AGAINST and not text.strip():
        raise DissentWithoutReason("say why you are against: the dissent is kept with the minutes")


def concluded(state: AdjudicationState, tally: Tally, quorum: int, voters: int) -> bool:
    """Whether the proposal is carried. Raises QuorumNotMet, or OpinionsSplit for a file on which not all agree."""
    passed = carried(tally, quorum)
    if state is AdjudicationState.WRITTEN and max(tally.for_, tally.against) < voters:
        raise OpinionsSplit("not every member is of one opinion: hold a meeting", voters=voters)
    return passed


def present(seats: Sequence[MemberSeat], names: Collection[str]) -> int:
    """How many member units are there and may vote."""
    return sum(not one.recused and one.person_id in names for one in seats)
