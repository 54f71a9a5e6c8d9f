"""A sealed signal puts its whole point under heightened monitoring (scenario 3, step 7)."""

from plumbline_contracts.complaints.v1 import RiskSignalRaised
from plumbline_shared.clock import local_date
from plumbline_shared.use_case import Uow

from risk_registry.storage.signals import add_signal
from risk_registry.use_cases.weigh_evidence import await_batch


async def on_risk_signal_raised(uow: Uow, event: RiskSignalRaised) -> None:
    """Keep the point and the day of the batch. Nothing is published, and no audit row names the signal."""
    occurred = uow.event.occurred_at if uow.event else uow.now
    await add_signal(uow.conn, event.signal_id, event.point_id, event.bureau_id, local_date(occurred))
    await await_batch(uow, event.bureau_id)
