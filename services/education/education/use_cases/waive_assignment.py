"""Lift an assignment with a reason; it stays in the record and counts neither as done nor as overdue."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from education.domain.assignment import AssignmentClosed
from education.publications import waived
from education.storage.outcomes import add_waiver
from education.use_cases.own import assignment_for


class WaiveAssignment(msgspec.Struct, frozen=True):
    """`reason` is kept with the assignment."""

    assignment_id: str
    reason: str


class AssignmentLifted(msgspec.Struct, frozen=True):
    """The lifted assignment."""

    assignment_id: str


async def waive_assignment(uow: Uow, command: WaiveAssignment) -> AssignmentLifted:
    """Refuses with NOT_FOUND, INVALID_INPUT or ASSIGNMENT_CLOSED."""
    assignment = await assignment_for(uow, command.assignment_id, "waive")
    reason = command.reason.strip()
    if not reason:
        raise Invalid("say why the assignment is lifted", path=("reason",))
    if assignment.closed:
        raise AssignmentClosed("this assignment is done or waived already")
    await add_waiver(uow.conn, assignment, reason, uow.principal.actor, uow.now)
    message = waived(assignment, uow.now)
    await uow.emit(assignment.id, message, bureau_id=assignment.bureau_id)
    await uow.audit("waive_assignment", "Assignment", assignment.id)
    return AssignmentLifted(assignment.id)
