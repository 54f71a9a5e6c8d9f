"""The end of a step: the next one opens, or the matter closes."""

from plumbline_shared.use_case import Uow

from case_flow.domain import clock, transitions
from case_flow.domain.definition import ItemDefinition, State
from case_flow.domain.errors import ExitConditionMissing
from case_flow.domain.matter import Completion, Matter
from case_flow.publications import matter_closed
from case_flow.storage import incident
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import opened, org_of
from case_flow.use_cases.post_review import enter_post_review
from case_flow.use_cases.settle_warnings import settle_warnings


async def finish_step(
    uow: Uow, definition: ItemDefinition, matter: Matter, done: Completion, *, unit_id: str | None = None
) -> Matter:
    """Store the completed step and what follows from it; `unit_id` gives the next step to another unit."""
    org = await org_of(uow, matter)
    after = transitions.complete(definition, matter, done)
    if definition.by_code[done.step].end:
        late = clock.late_days(definition, matter, uow.today, org.calendar)
        _require_reason(after, late)
        after = transitions.close(after, uow.now, uow.today, late)
    else:
        after = await opened(definition, after, org, uow, unit_id, done.payload)
    detail = {"step": done.step, "signers": list(done.signers), "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "advanceMatter", matter.id, detail), done)
    if after.closed_at is not None:
        await clocks.stop(uow, definition, after, org.calendar)
        await settle_warnings(uow, after.id)
        await enter_post_review(uow, definition, after)
        await uow.emit(after.id, matter_closed(after, await incident.of_matter(uow.conn, after.id)))
    return after


def _require_reason(after: Matter, late: int) -> None:
    """The applicant is told why: of a refusal always, of lateness too (行政许可法 Art 38; S1-045)."""
    if (late or after.outcome == State.REFUSED) and not after.reason:
        raise ExitConditionMissing(
            "a late or refusing decision needs its reason", missing=["reason"], late=late
        )
