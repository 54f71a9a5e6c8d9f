"""Abandon what a hold stopped: the step is not taken; the hold ends with its reason on record (invariant 12)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_hold
from case_flow.domain.hold import HoldState, require_open
from case_flow.storage import hold as holds
from case_flow.use_cases.end_hold import end_hold


class AbandonHold(msgspec.Struct, frozen=True):
    """Why the act is given up."""

    hold_id: str
    reason: str


async def abandon_hold(uow: Uow, command: AbandonHold) -> str:
    """Return the hold's id. Raises NotFound, Invalid, HoldStateRefused."""
    hold = await holds.get(uow.conn, command.hold_id)
    await require_on_hold(uow, "abandon", hold)
    require_open(hold.state)
    if not command.reason.strip():
        raise Invalid("say why the act is given up", path=("reason",))
    await end_hold(uow, hold, HoldState.ABANDONED, command.reason)
    return hold.id
