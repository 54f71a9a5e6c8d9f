"""A member of the committee gives the own opinion, or steps back for a declared interest (S2-060)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from case_flow.domain.adjudication import (
    Adjudication,
    AdjudicationState,
    MemberSeat,
    Opinion,
    Round,
    check_opinion,
    check_state,
)
from case_flow.domain.collective import AlreadyVoted, Choice, Seat, check_voter
from case_flow.storage import adjudication as adjudications

_ROUNDS = (AdjudicationState.WRITTEN, AdjudicationState.MEETING)


class GiveOpinion(msgspec.Struct, frozen=True):
    """The calling member's own vote and reasons."""

    adjudication_id: str
    choice: Choice
    text: str = ""


class RecuseFromAdjudication(msgspec.Struct, frozen=True):
    """Why the calling member takes no part (税收征收管理法 Art 12)."""

    adjudication_id: str
    reason: str


async def give_opinion(uow: Uow, command: GiveOpinion) -> str:
    """Return the adjudication's id.

    Raises NotFound for anybody not on the committee, AdjudicationStateRefused, Recused, NotPresent, AlreadyVoted,
    DissentWithoutReason.
    """
    one, seat = await _seated(uow, command.adjudication_id)
    check_state(one.state, *_ROUNDS)
    given = await adjudications.opinions(uow.conn, one.id)
    in_round = Round(one.state)
    sits = seat.seat if in_round is Round.MEETING else Seat(seat.person_id, seat.recused, present=True)
    spoken = any((o.person_id, o.round) == (seat.person_id, in_round) for o in given)
    check_voter(sits, spoken)
    check_opinion(command.choice, command.text)
    opinion = Opinion(
        one.id, one.bureau_id, in_round, seat.person_id, command.choice, command.text.strip(), uow.now
    )
    await adjudications.give(uow.conn, opinion)
    await uow.audit("adjudication.opinion", "Adjudication", one.id, {"round": in_round})
    return one.id


async def recuse_from_adjudication(uow: Uow, command: RecuseFromAdjudication) -> str:
    """Return the adjudication's id. Raises NotFound for anybody not on the committee, Invalid, AlreadyVoted."""
    one, seat = await _seated(uow, command.adjudication_id)
    check_state(one.state, *_ROUNDS)
    if not command.reason.strip():
        raise Invalid("declare the interest", path=("reason",))
    given = await adjudications.opinions(uow.conn, one.id)
    if any((o.person_id, o.round) == (seat.person_id, one.state) for o in given):
        raise AlreadyVoted("a member who has given an opinion cannot step back")
    await adjudications.recuse(uow.conn, one.id, seat.person_id, command.reason)
    await uow.audit("adjudication.recused", "Adjudication", one.id)
    return one.id


async def _seated(uow: Uow, adjudication_id: str) -> tuple[Adjudication, MemberSeat]:
    one = await adjudications.lock(uow.conn, adjudication_id)
    seats = await adjudications.seats(uow.conn, one.id)
    seat = next((each for each in seats if each.person_id == uow.principal.person_id), None)
    if seat is None:
        raise absent("adjudication")
    return one, seat
