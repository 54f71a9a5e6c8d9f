"""Correct what a hold stopped: the same step again with another payload; it ends the hold only if it passes."""

from typing import Any

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_hold
from case_flow.domain.hold import HoldWay, WayNotOpen, require_open, require_way
from case_flow.storage import hold as holds
from case_flow.use_cases.advance_matter import Advanced, AdvanceMatter, advance_matter


class CorrectHold(msgspec.Struct, frozen=True):
    """The corrected payload; `way` is CORRECT or CONVERT_TO_ORDINARY, which sets the procedure by itself."""

    hold_id: str
    payload: dict[str, Any]
    co_signers: tuple[str, ...] = ()
    way: HoldWay = HoldWay.CORRECT


async def correct_hold(uow: Uow, command: CorrectHold) -> Advanced:
    """Advance the held step again. Raises NotFound, HoldStateRefused, WayNotOpen, and what advancing raises."""
    hold = await holds.get(uow.conn, command.hold_id)
    await require_on_hold(uow, "correct", hold)
    require_open(hold.state)
    require_way(hold.ways, command.way)
    if hold.matter_id is None:
        raise WayNotOpen("give notice of the event for a later day and mark it held then", way=command.way)
    converted = {"procedure": "ORDINARY"} if command.way is HoldWay.CONVERT_TO_ORDINARY else {}
    again = AdvanceMatter(
        hold.matter_id, hold.step, {**command.payload, **converted}, co_signers=command.co_signers
    )
    return await advance_matter(uow, again)
