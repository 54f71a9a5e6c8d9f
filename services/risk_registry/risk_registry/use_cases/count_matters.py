"""How much work there was: matters accepted and finished by month, so that a rate of alerts has something to stand on."""

from datetime import date

from google.protobuf.message import Message
from plumbline_contracts.case_flow.v1 import MatterAccepted, MatterClosed
from plumbline_shared.use_case import Uow

from risk_registry.domain.work import Counted
from risk_registry.storage.matter_counts import count_matter

MATTER_EVENTS = (MatterAccepted, MatterClosed)


async def on_matter(uow: Uow, event: Message) -> None:
    """Count it; the matter itself is none of the registry's business."""
    await count_matter(uow.conn, counted(event))


def counted(event: Message) -> Counted:
    """What an event counts."""
    if isinstance(event, MatterAccepted):
        on, closed = event.accepted_on, False
    elif isinstance(event, MatterClosed):
        on, closed = event.closed_on, True
    else:
        raise TypeError(f"{type(event).__name__} counts no matter")
    return Counted(event.bureau_id, (event.unit_id, event.item_code), date.fromisoformat(on), closed)
