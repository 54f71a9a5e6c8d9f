"""A collective decision (集体审议, I-006): seats, recusal, a quorum, a roll call, its totals and what they decide.

Nothing here says what is decided: an accountability inquiry and the adjudication of a major case share it.
"""

from dataclasses import dataclass
from enum import StrEnum

import msgspec
from plumbline_shared.errors import Refused


class Choice(StrEnum):
    """A vote by name."""

    FOR = "FOR"
    AGAINST = "AGAINST"
    ABSTAIN = "ABSTAIN"


class Recused(Refused):
    """A member who is recused or barred does not vote."""

    code = "VOTER_RECUSED"


class NotPresent(Refused):
    """Only a member present at the hearing votes."""

    code = "VOTER_NOT_PRESENT"


class AlreadyVoted(Refused):
    """Each member votes once."""

    code = "ALREADY_VOTED"


class QuorumNotMet(Refused):
    """Too few members who may vote."""

    code = "QUORUM_NOT_MET"


@dataclass(frozen=True)
class Seat:
    """One member of a panel."""

    person_id: str
    recused: bool
    present: bool

    @property
    def votes(self) -> bool:
        return self.present and not self.recused


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a whole, such as two thirds."""

    of: int
    parts: int

    def least(self, whole: int) -> int:
        """The smallest number of members that is at least this share of `whole`."""
        return -(-whole * self.parts // self.of)


def check_present(voters: int, quorum: int) -> None:
    """Raise QuorumNotMet when fewer than the quorum may vote."""
    if voters < quorum:
        raise QuorumNotMet(f"{quorum} members who may vote are needed, {voters} are present", quorum=quorum)


def check_voter(seat: Seat, voted: bool) -> None:
    """Raise Recused, NotPresent or AlreadyVoted unless this member may cast a vote now."""
    if seat.recused:
        raise Recused("a recused or barred member does not vote")
    if not seat.present:
        raise NotPresent("only members present at the hearing vote")
    if voted:
        raise AlreadyVoted("each member votes once")


@dataclass(frozen=True)
class Tally:
    """Totals of a vote; names stay sealed (C-14)."""

    for_: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        return self.for_ + self.against + self.abstained


def carried(tally: Tally, quorum: int) -> bool:
    """Whether the proposal has more than half of the votes cast; QuorumNotMet when too few were cast."""
    if tally.cast < quorum:
        raise QuorumNotMet(
            f"{quorum} votes are needed, {tally.cast} were cast", quorum=quorum, cast=tally.cast
        )
    return tally.for_ * 2 > tally.cast
