"""The alert behind an incident follows its rectification: RECTIFYING while an order is open, then CLOSED."""

from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.alert import AlertState, move
from case_flow.storage import alert as alerts
from case_flow.storage import incident as incidents
from case_flow.storage import rectification as orders


async def follow_incident(uow: Uow, incident_id: str | None) -> None:
    """Bring the alert up to date right after this transaction: whoever rectifies may not see it."""
    if incident_id is not None:
        await uow.schedule(
            "incident_followed", f"incident:{incident_id}", uow.now, {"incident_id": incident_id}
        )


async def on_incident_followed(uow: Uow, timer: Timer) -> None:
    """An order of the incident was issued or accepted."""
    incident = await incidents.get(uow.conn, timer.payload["incident_id"])
    alert = await alerts.lock(uow.conn, incident.alert_id)
    done = await orders.all_verified(uow.conn, incident.id)
    state = AlertState.CLOSED if done else AlertState.RECTIFYING
    if alert.state in (state, AlertState.CLOSED):
        return
    await alerts.set_state(uow.conn, alert.id, move(alert.state, state), uow.now)
    act = alerts.AlertAct(alert.id, uow.now, uow.principal.actor, state, state, "")
    await alerts.add_act(uow.conn, alert.bureau_id, act)
