"""How holds end. Corrected ones are counted: the third within the window is an alert of its own (SR-02)."""

from datetime import timedelta

from plumbline_shared.clock import start_of_day
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.alert_publications import alert_resolved
from case_flow.control_publications import hold_corrected
from case_flow.domain.alert import AlertState, move
from case_flow.domain.hold import OPEN, Hold, HoldState
from case_flow.rules import CONTROL_RULES
from case_flow.storage import alert as alerts
from case_flow.storage import hold as holds
from case_flow.use_cases.raise_alert import raise_alert


async def end_hold(uow: Uow, hold: Hold, state: HoldState, note: str = "") -> None:
    """End an open hold as CORRECTED, OVERRIDDEN or ABANDONED; its alert ends with it."""
    alert = await alerts.lock(uow.conn, hold.alert_id)
    ended = move(alert.state, AlertState(state))
    await holds.end(uow.conn, hold.id, state, uow.now, uow.principal.actor, note)
    await alerts.set_state(uow.conn, alert.id, ended, uow.now)
    act = alerts.AlertAct(alert.id, uow.now, uow.principal.actor, state, ended, note)
    await alerts.add_act(uow.conn, alert.bureau_id, act)
    await uow.cancel_timers(alert.id)
    await uow.emit(alert.id, alert_resolved(alert, state, uow.now))
    await uow.audit(f"hold.{state.lower()}", "Hold", hold.id, {"code": hold.code})
    if state is HoldState.CORRECTED:
        await _count(uow, hold)


async def settle_hold(uow: Uow, hold: Hold) -> None:
    """The held step passes now."""
    await _settle(uow, hold, _passed(hold))


async def give_up_hold(uow: Uow, hold: Hold, reason: str) -> None:
    """What was held is not done any more."""
    await _settle(uow, hold, HoldState.ABANDONED, reason)


async def _settle(uow: Uow, hold: Hold, state: HoldState, note: str = "") -> None:
    """The hold of another officer, who may have left, is ended by the service itself."""
    if hold.person_id == uow.principal.person_id:
        await end_hold(uow, hold, state, note)
    else:
        await uow.schedule("hold_settled", hold.id, uow.now, {"state": state, "note": note})


async def on_hold_settled(uow: Uow, timer: Timer) -> None:
    """Somebody else took the held act past its controls, or gave it up."""
    hold = await holds.get(uow.conn, timer.ref)
    if hold.state in OPEN:
        await end_hold(uow, hold, HoldState(timer.payload["state"]), str(timer.payload["note"]))


def _passed(hold: Hold) -> HoldState:
    return HoldState.OVERRIDDEN if hold.state is HoldState.DEPARTURE_GRANTED else HoldState.CORRECTED


async def _count(uow: Uow, hold: Hold) -> None:
    rule = (await CONTROL_RULES.of(uow)).repeated_holds
    since = start_of_day(uow.today - timedelta(days=rule.window_days - 1))
    corrected = await holds.corrected_since(uow.conn, hold.person_id, since)
    await uow.emit(hold.id, hold_corrected(hold, uow.now, corrected))
    if corrected >= rule.limit:
        await raise_alert(
            uow,
            kind="REPEATED_HOLDS",
            at=uow.now,
            subject_person_ids=[hold.person_id],
            unit_ids=[hold.unit_id],
            facts={"count": corrected, "window_days": rule.window_days},
            key=f"repeated:{hold.id}",
        )
