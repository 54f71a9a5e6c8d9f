"""Sign a pledge: one's own, in the version that was read (S1-020)."""

import msgspec
from plumbline_shared.use_case import Uow

from education.domain.assignment import PledgeChanged
from education.domain.curriculum import Kind
from education.publications import completed
from education.storage.outcomes import add_completion
from education.use_cases.own import assignment_for


class SignPledge(msgspec.Struct, frozen=True):
    """`version` is the version of the text that the signer has read."""

    assignment_id: str
    version: int


class PledgeSigned(msgspec.Struct, frozen=True):
    """The signed assignment."""

    assignment_id: str


async def sign_pledge(uow: Uow, command: SignPledge) -> PledgeSigned:
    """Refuses with NOT_FOUND, WRONG_KIND, ASSIGNMENT_CLOSED or PLEDGE_CHANGED."""
    assignment = await assignment_for(uow, command.assignment_id, "sign")
    assignment.require_open(Kind.PLEDGE)
    if command.version != assignment.curriculum_version:
        raise PledgeChanged(
            f"sign version {assignment.curriculum_version}, not {command.version}: read it first"
        )
    await add_completion(uow.conn, assignment, None, uow.now)
    message = completed(assignment, uow.now, None)
    await uow.emit(assignment.id, message, bureau_id=assignment.bureau_id)
    await uow.audit("sign_pledge", "Assignment", assignment.id, {"version": command.version})
    return PledgeSigned(assignment.id)
