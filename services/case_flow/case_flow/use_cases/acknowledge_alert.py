"""Acknowledge an alert: somebody of its line has taken note; with a verifier assigned, verification begins."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_alert
from case_flow.alert_publications import alert_acknowledged
from case_flow.domain.alert import after_acknowledgement
from case_flow.storage import alert as alerts


class AcknowledgeAlert(msgspec.Struct, frozen=True):
    """Which alert."""

    alert_id: str


async def acknowledge_alert(uow: Uow, command: AcknowledgeAlert) -> str:
    """Return the alert's id. Raises NotFound, AlertStateRefused."""
    alert = await alerts.lock(uow.conn, command.alert_id)
    await require_on_alert(uow, "acknowledge", alert)
    state = after_acknowledgement(alert.state, verifies=alert.verifier is not None)
    actor = uow.principal.actor
    await alerts.acknowledge(uow.conn, alert.id, state, uow.now, actor)
    await alerts.add_act(
        uow.conn, alert.bureau_id, alerts.AlertAct(alert.id, uow.now, actor, "ACKNOWLEDGED", state, "")
    )
    await uow.cancel_timers(alert.id, "alert_unacknowledged")
    await uow.emit(alert.id, alert_acknowledged(alert, uow.now))
    await uow.audit("alert.acknowledged", "Alert", alert.id)
    return alert.id
