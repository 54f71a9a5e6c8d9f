"""Decide a matter: approve or refuse, with the reason where the applicant must be told."""

from typing import Any

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import Outcome
from case_flow.domain.errors import StepOutOfOrder
from case_flow.use_cases.acting import load
from case_flow.use_cases.advance_matter import Advanced, AdvanceMatter, advance_matter


class DecideMatter(msgspec.Struct, frozen=True):
    """The outcome of the deciding step that is open."""

    matter_id: str
    outcome: Outcome
    reason: str = ""
    payload: dict[str, Any] = {}
    co_signers: tuple[str, ...] = ()


async def decide_matter(uow: Uow, command: DecideMatter) -> Advanced:
    """Complete the open step with an outcome. Raises StepOutOfOrder when the open step decides nothing."""
    matter, definition = await load(uow, command.matter_id)
    step = definition.by_code.get(matter.step or "")
    if step is None or not step.decides:
        raise StepOutOfOrder(
            f"the open step is {matter.step}, where nothing is decided", open_step=matter.step
        )
    payload = {**command.payload, "outcome": command.outcome, "reason": command.reason}
    return await advance_matter(uow, AdvanceMatter(matter.id, step.code, payload, command.co_signers))
