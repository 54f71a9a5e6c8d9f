"""Return a matter to an earlier step, with the reason (退回): what was done stays, the limit does not start anew."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import running_work, transitions
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load, opened, org_of
from case_flow.use_cases.claim_work import WorkTaken
from case_flow.use_cases.end_hold import give_up_hold
from case_flow.use_cases.pause_clock import require_in_charge


class ReturnMatter(msgspec.Struct, frozen=True):
    """The open step, the earlier one to do again, and why."""

    matter_id: str
    step: str
    to: str
    reason: str


async def return_matter(uow: Uow, command: ReturnMatter) -> WorkTaken:
    """The earlier step is open again; holds on the step that is left end as abandoned.

    Raises StepOutOfOrder, NotHandler for a caller who neither has the step nor leads its unit, ReturnRefused.
    """
    matter, definition = await load(uow, command.matter_id, command.step)
    left = transitions.open_step(definition, matter, command.step)
    require_in_charge(uow, matter.open_steps[:1])
    back = running_work.send_back(definition, matter, command.to, command.reason)
    after = await opened(definition, back, await org_of(uow, matter), uow)
    detail = {"step": left.code, "to": command.to, "reason": command.reason, "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "returnMatter", matter.id, detail))
    for hold in await holds.open_of(uow.conn, matter.id):
        if hold.step == left.code:
            await give_up_hold(uow, hold, command.reason)
    return WorkTaken(matter.id, after.handlers)
