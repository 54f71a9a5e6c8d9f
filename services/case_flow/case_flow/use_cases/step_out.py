"""Whoever has an interest steps out of what they have in hand; it goes to others by rule. The trail gives no reason."""

from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain import step_out as domain
from case_flow.domain.recusal import Interest
from case_flow.storage import interest as interests
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load, opened, org_of

STEP_OUT = "interest_declared"


async def schedule_step_out(uow: Uow, interest: Interest) -> None:
    """Right after this transaction the service itself moves the work: it sees every matter of the party."""
    await uow.schedule(STEP_OUT, interest.id, uow.now, {"person": interest.person_id})


async def on_interest_declared(uow: Uow, timer: Timer) -> None:
    """Take the person out of every open step from which they keep off now."""
    person = timer.payload["person"]
    for matter_id in await interests.open_work_of(uow.conn, person):
        await _step_out(uow, matter_id, person)


async def _step_out(uow: Uow, matter_id: str, person: str) -> None:
    matter, definition = await load(uow, matter_id)
    if person not in matter.recused:
        return
    steps = [one.step for one in matter.open_steps if person in one.hands]
    left = domain.step_out(definition, matter, person)
    after = await opened(definition, left, await org_of(uow, matter), uow)
    detail = {"person": person, "steps": steps, "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "stepOut", matter.id, detail))
