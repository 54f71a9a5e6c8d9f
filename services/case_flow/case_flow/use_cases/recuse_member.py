"""A member of the panel steps back for a declared interest (公务员法 Art 76)."""

import msgspec
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.use_case import Uow

from case_flow.domain.collective import AlreadyVoted
from case_flow.storage import inquiry as inquiries


class RecuseMember(msgspec.Struct, frozen=True):
    """Why the calling member takes no part."""

    inquiry_id: str
    reason: str


async def recuse_member(uow: Uow, command: RecuseMember) -> str:
    """Return the inquiry's id. Raises NotFound for anybody not on the panel, Invalid, AlreadyVoted."""
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    if not command.reason.strip():
        raise Invalid("declare the interest", path=("reason",))
    if await inquiries.has_voted(uow.conn, inquiry.id, uow.principal.actor):
        raise AlreadyVoted("a member who has voted cannot step back")
    if not await inquiries.recuse(uow.conn, inquiry.id, uow.principal.actor, command.reason):
        raise NotFound("there is no such inquiry, or it is not yours; check the id", path=("inquiryId",))
    await uow.audit("inquiry.recused", "Inquiry", inquiry.id)
    return inquiry.id
