"""Everybody looks, everybody learns: a self-check brings the lesson that goes with it, once a cycle (S2-006)."""

from datetime import date

from plumbline_contracts.risk_registry.v1 import SelfCheckSubmitted
from plumbline_shared.use_case import Uow

from education.domain.curriculum import Trigger, for_self_check
from education.storage.curricula import current_curricula
from education.use_cases.open_batch import Cause, open_batch


async def on_self_check_submitted(uow: Uow, event: SelfCheckSubmitted) -> None:
    """Whoever checks several posts in one cycle learns once; the lesson names no point, since none is graded yet."""
    submitted = date.fromisoformat(event.submitted_on)
    cause = Cause(
        Trigger.SELF_CHECK_SUBMITTED, f"{event.cycle_id}/{event.person_id}", event.bureau_id, submitted
    )
    curricula = for_self_check(await current_curricula(uow.conn, submitted))
    await open_batch(uow, cause, {event.person_id: event.unit_id}, curricula)
