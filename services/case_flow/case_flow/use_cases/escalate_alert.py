"""Nobody acknowledged or verified in time: one tier up hears of it (§5.2 d), and whoever may give it to somebody else."""

from collections.abc import Sequence

from plumbline_org.storage.load import load_org
from plumbline_shared.clock import local_date
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.alert import Alert, AlertState
from case_flow.domain.leaders import free_leader
from case_flow.domain.recipients import Basis, Concern, Viewer, next_tier
from case_flow.storage import alert as alerts

_ANSWERABLE = frozenset({Basis.MANAGER, Basis.SUPERIOR})


async def on_alert_unacknowledged(uow: Uow, timer: Timer) -> None:
    """The acknowledge limit has passed."""
    alert = await alerts.lock(uow.conn, timer.ref)
    if alert.state is AlertState.RAISED:
        await _escalate(uow, alert, "UNACKNOWLEDGED")


async def on_alert_unverified(uow: Uow, timer: Timer) -> None:
    """The verification limit has passed."""
    alert = await alerts.lock(uow.conn, timer.ref)
    if alert.state in (AlertState.RAISED, AlertState.ACKNOWLEDGED, AlertState.VERIFYING):
        org = await load_org(uow.conn, alert.bureau_id)
        leader = free_leader(org, alert.subject_ids, local_date(uow.now))
        await _escalate(uow, alert, "UNVERIFIED", [Viewer(leader, Basis.ESCALATION)] if leader else [])


async def _escalate(uow: Uow, alert: Alert, why: str, more: Sequence[Viewer] = ()) -> None:
    org = await load_org(uow.conn, alert.bureau_id)
    seen = (await alerts.viewers_of(uow.conn, [alert.id]))[alert.id]
    managers = [one.person_id for one in seen if one.basis in _ANSWERABLE]
    concern = Concern(alert.subject_ids, alert.unit_ids, alert.grade, alert.domain, None, local_date(uow.now))
    await alerts.escalate(uow.conn, alert.id, uow.now)
    await alerts.add_viewers(uow.conn, alert, [*next_tier(org, managers, concern), *more], uow.now)
    await alerts.add_act(
        uow.conn,
        alert.bureau_id,
        alerts.AlertAct(alert.id, uow.now, uow.principal.actor, why, alert.state, ""),
    )
