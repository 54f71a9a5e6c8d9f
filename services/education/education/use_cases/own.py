"""The assignment that a use case is about, locked and allowed."""

from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from education.domain.assignment import Assignment
from education.policies import POLICY, assignment_resource
from education.storage.assignments import lock_assignment


async def assignment_for(uow: Uow, assignment_id: str, action: str) -> Assignment:
    """Raises NotFound when it does not exist, is not to be seen, or the action is not the caller's."""
    found = await lock_assignment(uow.conn, assignment_id)
    if found is None:
        raise absent("Assignment")
    POLICY.require(uow.principal, action, assignment_resource(found))
    return found
