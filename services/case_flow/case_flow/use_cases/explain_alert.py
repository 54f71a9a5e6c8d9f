"""Explain an alert: its subject says how it came about; that never decides it (I-014)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_alert
from case_flow.domain.alert import AlertState, AlertStateRefused
from case_flow.storage import alert as alerts


class ExplainAlert(msgspec.Struct, frozen=True):
    """The explanation in the subject's own words."""

    alert_id: str
    explanation: str


async def explain_alert(uow: Uow, command: ExplainAlert) -> str:
    """Return the alert's id. Raises NotFound, Invalid, AlertStateRefused."""
    alert = await alerts.lock(uow.conn, command.alert_id)
    await require_on_alert(uow, "explain", alert)
    if not command.explanation.strip():
        raise Invalid("write your explanation", path=("explanation",))
    if alert.state is AlertState.CLOSED:
        raise AlertStateRefused("the alert is closed", state=alert.state)
    act = alerts.AlertAct(
        alert.id, uow.now, uow.principal.actor, "EXPLANATION", alert.state, command.explanation
    )
    await alerts.add_act(uow.conn, alert.bureau_id, act)
    await uow.audit("alert.explained", "Alert", alert.id)
    return alert.id
