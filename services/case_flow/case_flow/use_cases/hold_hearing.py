"""Hold the hearing: who is present, a quorum of voters, and the vote is open (S1-146, S1-147)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_inquiry
from case_flow.domain.collective import Seat
from case_flow.domain.inquiry import (
    Inquiry,
    InquiryState,
    InquiryStateRefused,
    Respondent,
    check_hearing,
    move,
)
from case_flow.storage import inquiry as inquiries


class HoldHearing(msgspec.Struct, frozen=True):
    """Members of the panel who are present."""

    inquiry_id: str
    present: tuple[str, ...]


async def hold_hearing(uow: Uow, command: HoldHearing) -> str:
    """Return the inquiry's id. Raises NotFound, Invalid, InquiryStateRefused, DefenceRunning, QuorumNotMet."""
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    respondents = await inquiries.respondents(uow.conn, inquiry.id)
    require_on_inquiry(uow, "prepare", inquiry, [one.person_id for one in respondents])
    state = move(inquiry.state, InquiryState.HEARING)
    seats = _seated(await inquiries.seats(uow.conn, inquiry.id), command.present)
    if inquiry.defence_due_on is None or inquiry.quorum is None:
        raise InquiryStateRefused("serve the notices first")
    heard = await _all_heard(uow, inquiry, respondents)
    check_hearing(seats, inquiry.quorum, inquiry.defence_due_on, uow.today, heard)
    await inquiries.mark_present(uow.conn, inquiry.id, command.present)
    await inquiries.save(uow.conn, msgspec.structs.replace(inquiry, state=state, hearing_on=uow.today))
    await uow.audit("inquiry.hearing", "Inquiry", inquiry.id, {"present": len(command.present)})
    return inquiry.id


def _seated(seats: tuple[Seat, ...], present: tuple[str, ...]) -> tuple[Seat, ...]:
    strangers = frozenset(present) - frozenset(seat.person_id for seat in seats)
    if strangers:
        raise Invalid("only members of the panel sit at the hearing", path=("present",))
    return tuple(Seat(seat.person_id, seat.recused, seat.person_id in present) for seat in seats)


async def _all_heard(uow: Uow, inquiry: Inquiry, respondents: tuple[Respondent, ...]) -> bool:
    said = {one.person_id for one in await inquiries.statements(uow.conn, inquiry.id)}
    return all(one.person_id in said for one in respondents)
