"""Ask for the one extension that the item knows (行政许可法 Art 42)."""

import msgspec
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain import clock, transitions
from case_flow.domain.errors import ExtensionRefused
from case_flow.storage import extension as extensions
from case_flow.use_cases.acting import load, person
from case_flow.use_cases.pause_clock import require_in_charge


class RequestExtension(msgspec.Struct, frozen=True):
    """So many days more, with the reasons that the applicant is told."""

    matter_id: str
    days: int
    reasons: str


class ExtensionRequested(msgspec.Struct, frozen=True):
    """The request, which the approver decides before the limit expires."""

    extension_id: str
    matter_id: str


async def request_extension(uow: Uow, command: RequestExtension) -> ExtensionRequested:
    """Ask the approver. Raises NotHandler; ExtensionRefused over the cap, repeated, without reasons, or late."""
    matter, definition = await load(uow, command.matter_id)
    transitions.require_open(matter)
    require_in_charge(uow, matter.open_steps)
    clock.require_extension(definition, matter, command.days, command.reasons, uow.now)
    asked = extensions.Extension(
        id=new_id("ex"),
        matter_id=matter.id,
        bureau_id=matter.bureau_id,
        days=command.days,
        reasons=command.reasons,
        requested_by=person(uow),
        requested_at=uow.now,
    )
    if not await extensions.ask(uow.conn, asked):
        raise ExtensionRefused("another request for this matter waits for its decision")
    await uow.audit("requestExtension", "Matter", matter.id, {"extension": asked.id, "days": asked.days})
    return ExtensionRequested(asked.id, matter.id)
