"""Cast a roll-call vote: by name, once, sealed (S1-148, C-14)."""

import msgspec
from plumbline_shared.errors import NotFound
from plumbline_shared.use_case import Uow

from case_flow.domain.collective import Choice, check_voter
from case_flow.domain.inquiry import InquiryState, InquiryStateRefused
from case_flow.storage import inquiry as inquiries

_VOTING = frozenset({InquiryState.HEARING, InquiryState.DELIBERATION})


class CastRollCallVote(msgspec.Struct, frozen=True):
    """The calling member's own choice."""

    inquiry_id: str
    choice: Choice


async def cast_roll_call_vote(uow: Uow, command: CastRollCallVote) -> str:
    """Return the inquiry's id.

    Raises NotFound for anybody not on the panel, InquiryStateRefused, Recused, NotPresent, AlreadyVoted.
    """
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    seats = await inquiries.seats(uow.conn, inquiry.id)
    seat = next((one for one in seats if one.person_id == uow.principal.person_id), None)
    if seat is None:
        raise NotFound("there is no such inquiry, or it is not yours; check the id", path=("inquiryId",))
    if inquiry.state not in _VOTING:
        raise InquiryStateRefused(f"the vote is held at the hearing; the inquiry is {inquiry.state}")
    check_voter(seat, await inquiries.has_voted(uow.conn, inquiry.id, seat.person_id))
    await inquiries.cast(uow.conn, inquiry, seat.person_id, command.choice, uow.now)
    if inquiry.state is InquiryState.HEARING:
        await inquiries.save(uow.conn, msgspec.structs.replace(inquiry, state=InquiryState.DELIBERATION))
    await uow.audit("inquiry.voted", "Inquiry", inquiry.id)
    return inquiry.id
