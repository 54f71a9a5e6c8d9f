"""Pass a step that is beyond one's authority to whoever decides its amount (S2-012): a way out of its hold."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_hold
from case_flow.domain import transitions
from case_flow.domain.authority import narrowed, place
from case_flow.domain.hold import HoldWay, WayNotOpen, require_open, require_way
from case_flow.domain.matter import joined
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load
from case_flow.use_cases.check_authority import rule_at


class PassToAuthority(msgspec.Struct, frozen=True):
    """The hold of the act that was beyond the caller's authority."""

    hold_id: str


async def pass_to_authority(uow: Uow, command: PassToAuthority) -> str:
    """The step waits in the queue of those who decide the amount held; the hold ends when one of them completes it.

    Return the hold's id. Raises NotFound, HoldStateRefused, WayNotOpen, StepOutOfOrder when the step has gone on.
    """
    hold = await holds.get(uow.conn, command.hold_id)
    await require_on_hold(uow, "correct", hold)
    require_open(hold.state)
    require_way(hold.ways, HoldWay.PASS_ON)
    matter, definition = await load(uow, hold.matter_id or "", hold.step)
    step = transitions.open_step(definition, matter, hold.step)
    rule = await rule_at(uow, matter, step.code)
    if rule is None:
        raise WayNotOpen("the step has no rule of authority any more: complete it", way=HoldWay.PASS_ON)
    row = rule.row(int(hold.facts["amount_fen"]))
    unit = place(row, step, matter)
    after = transitions.into_queue(matter, narrowed(step, row), unit, matter.stage_due_on)
    detail = {"step": step.code, "unit": unit, "roles": list(row.roles), "hold": hold.id}
    # Whoever passes it on had a part in it, and goes on seeing it.
    people = joined(matter.people, uow.principal.actor)
    after = after.change(people=people, row_version=matter.row_version + 1)
    await matters.move(uow.conn, matter, after, trace(uow, "passToAuthority", matter.id, detail))
    return hold.id
