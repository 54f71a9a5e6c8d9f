"""The queue machine reports how many wait; a queue that is too long brings a proposal (S1-093)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.window import proposed
from case_flow.hall_access import POLICY, hall_resource
from case_flow.rules import HALL_RULES
from case_flow.storage import window as windows
from case_flow.storage.window import Proposal


class ReportQueue(msgspec.Struct, frozen=True):
    """How many wait for a class of windows now."""

    queue: str
    waiting: int


class QueueReported(msgspec.Struct, frozen=True):
    """The proposal that waits for a decision, if the queue is too long."""

    proposal_id: str | None = None


async def report_queue(uow: Uow, command: ReportQueue) -> QueueReported:
    """Raises NotFound for a program without the scope, Invalid for a queue that the hall does not have."""
    bureau, pack = uow.principal.bureau_id or "", (await HALL_RULES.of(uow))
    unit = await windows.unit_of(uow.conn, bureau)
    POLICY.require(uow.principal, "queue", hall_resource(bureau, unit))
    if command.queue not in pack.classes or command.waiting < 0:
        raise Invalid(f"a queue is one of {', '.join(pack.classes)}, with 0 or more waiting", path=("input",))
    await windows.report(uow.conn, bureau, command.queue, command.waiting, uow.now)
    hall = await windows.lock(uow.conn, bureau)
    known = await windows.open_for(uow.conn, bureau, command.queue)
    waiting = await windows.waiting(uow.conn, bureau, uow.now)
    chosen = proposed(hall, waiting, command.queue, pack.waiting_threshold, pack.waiting_per_window)
    if known or not chosen:
        return QueueReported(known)
    proposal = Proposal(
        id=new_id("wp"),
        bureau_id=bureau,
        unit_id=unit,
        windows=chosen,
        queue=command.queue,
        waiting=command.waiting,
        threshold=pack.waiting_threshold,
        pack=pack.ref,
        proposed_by=uow.principal.actor,
        proposed_at=uow.now,
    )
    await windows.propose(uow.conn, proposal)
    await uow.audit("proposeSwitch", "WindowProposal", proposal.id, {"windows": list(chosen)})
    return QueueReported(proposal.id)
