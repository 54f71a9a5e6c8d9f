"""What became of an alert: somebody took note, and it has its outcome; each is kept once."""

from datetime import UTC

from plumbline_contracts.case_flow.v1 import AlertAcknowledged, AlertOutcome, AlertResolved
from plumbline_contracts.registry import label
from plumbline_shared.use_case import Uow

from risk_registry.domain.ledger import AlertOutcome as Outcome
from risk_registry.storage.ledger import acknowledged, resolved
from risk_registry.use_cases.record_deviation import record_deviation
from risk_registry.use_cases.regulation_gap import ask_for_rule


async def on_alert_acknowledged(uow: Uow, event: AlertAcknowledged) -> None:
    """Lateness of acknowledging counts up to this instant."""
    await acknowledged(uow.conn, event.bureau_id, event.alert_id, event.acknowledged_at.ToDatetime(UTC))


async def on_alert_resolved(uow: Uow, event: AlertResolved) -> None:
    """The alert is over: what it proved is a deviation, and a confirmed one asks whether a rule is missing (S2-053)."""
    outcome, at = Outcome(label(AlertOutcome, event.outcome)), event.resolved_at.ToDatetime(UTC)
    new = await resolved(uow.conn, event.bureau_id, event.alert_id, at, outcome, event.incident_id or None)
    await record_deviation(uow, event.alert_id)
    if new and outcome is Outcome.CONFIRMED:
        await ask_for_rule(uow, event)
