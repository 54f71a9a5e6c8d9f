"""The hall's manager confirms or declines a proposal; windows go back by the clock or by hand (S1-093)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.window import Windows, WindowServing, switched
from case_flow.hall_access import POLICY, hall_resource
from case_flow.rules import HALL_RULES
from case_flow.storage import ticket as tickets
from case_flow.storage import window as windows
from case_flow.storage.window import Proposal, Switch

RETURN_TIMER = "window_return"


class DecideSwitch(msgspec.Struct, frozen=True):
    """Confirm or decline; `until` brings the windows back by themselves, `hand_over` takes those already called."""

    proposal_id: str
    confirm: bool
    until: datetime | None = None
    hand_over: dict[str, str] = {}


class ReturnWindows(msgspec.Struct, frozen=True):
    """The windows of a confirmed proposal go back to the class that they came from."""

    proposal_id: str
    hand_over: dict[str, str] = {}


class Switched(msgspec.Struct, frozen=True):
    """The proposal, and the windows that changed."""

    proposal_id: str
    windows: tuple[str, ...] = ()


async def decide_switch(uow: Uow, command: DecideSwitch) -> Switched:
    """All windows of the proposal or none.

    Raises NotFound, Invalid when it was decided or `until` is past, WindowServing, WrongWindow, WindowFixed.
    """
    proposal = await _managed(uow, command.proposal_id)
    if proposal.decision is not None:
        raise Invalid(f"the proposal was {proposal.decision.lower()} already", path=("input", "proposalId"))
    if command.until is not None and command.until <= uow.now:
        raise Invalid("the windows go back later than now", path=("input", "until"))
    decision = "CONFIRMED" if command.confirm else "DECLINED"
    by = uow.principal.actor
    await windows.decide(uow.conn, proposal.id, decision, by, uow.now, command.until)
    await uow.audit("decideSwitch", "WindowProposal", proposal.id, {"decision": decision})
    if not command.confirm:
        return Switched(proposal.id)
    targets = dict.fromkeys(proposal.windows, proposal.queue)
    await _switch(uow, proposal, targets, command.hand_over, command.until)
    if command.until is not None:
        await uow.schedule(RETURN_TIMER, proposal.id, command.until)
    return Switched(proposal.id, proposal.windows)


async def return_windows(uow: Uow, command: ReturnWindows) -> Switched:
    """Back before the time, or where no time was set. Raises as `decide_switch` does."""
    proposal = await _managed(uow, command.proposal_id)
    targets = await _origins(uow, proposal)
    await _switch(uow, proposal, targets, command.hand_over, None)
    await uow.cancel_timers(proposal.id, RETURN_TIMER)
    await uow.audit("returnWindows", "WindowProposal", proposal.id, {"windows": list(targets)})
    return Switched(proposal.id, tuple(targets))


async def on_window_return(uow: Uow, timer: Timer) -> None:
    """The time is over: each window goes back; one that serves somebody is asked again a little later."""
    proposal = await windows.lock_proposal(uow.conn, timer.ref)
    busy = False
    for code, home in (await _origins(uow, proposal)).items():
        try:
            await _switch(uow, proposal, {code: home}, {}, None)
        except WindowServing:
            busy = True
    if busy:
        again = uow.now + timedelta(minutes=(await HALL_RULES.of(uow)).return_retry_minutes)
        await uow.schedule(RETURN_TIMER, proposal.id, again)


async def _managed(uow: Uow, proposal_id: str) -> Proposal:
    proposal = await windows.lock_proposal(uow.conn, proposal_id)
    POLICY.require(uow.principal, "switch", hall_resource(proposal.bureau_id, proposal.unit_id))
    return proposal


async def _origins(uow: Uow, proposal: Proposal) -> dict[str, str]:
    """Windows that still serve the proposal's queue because of it, and the class each came from."""
    hall = await windows.lock(uow.conn, proposal.bureau_id)
    origins = dict[str, str]()
    for code in proposal.windows:
        last = await windows.switches(uow.conn, None, code, uow.now, 1)
        if last and last[0].proposal_id == proposal.id and hall[code].serves == proposal.queue:
            origins[code] = last[0].from_class
    return origins


async def _switch(
    uow: Uow,
    proposal: Proposal,
    targets: Mapping[str, str],
    hand_over: Mapping[str, str],
    until: datetime | None,
) -> None:
    before = after = await windows.lock(uow.conn, proposal.bureau_id)
    for code, to in targets.items():
        after = switched(after, code, to, hand_over.get(code, ""))
    await _move_tickets(uow, proposal.bureau_id, before, after)
    for code, to in targets.items():
        step = Switch(code, before[code].serves, to, uow.now, uow.principal.actor, proposal.id, until)
        await windows.switch(uow.conn, proposal.bureau_id, step)


async def _move_tickets(uow: Uow, bureau: str, before: Windows, after: Windows) -> None:
    for code, window in after.items():
        came = [one for one in window.called if one not in before[code].called]
        if came:
            await tickets.move(uow.conn, bureau, came, code)
            await uow.audit("handOverTickets", "Window", code, {"tickets": came})
