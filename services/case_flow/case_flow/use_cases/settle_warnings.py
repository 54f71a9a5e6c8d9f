"""Close the warnings of a matter whose cause is gone: the slip came, the step was done, the matter closed."""

from collections.abc import Sequence

from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.alert_publications import alert_resolved
from case_flow.domain.alert import AlertState
from case_flow.storage import alert as alerts


async def settle_warnings(uow: Uow, matter_id: str, kinds: Sequence[str] | None = None) -> None:
    """Have the open EX_ANTE alerts of the matter closed at once; `kinds` None means all of them.

    Whoever ends the cause may not see its warning, so the service itself closes it, right after this transaction.
    """
    wanted = {"matter_id": matter_id, "kinds": list(kinds) if kinds is not None else None}
    await uow.schedule("warnings_settled", f"warnings:{matter_id}", uow.now, wanted)


async def on_warnings_settled(uow: Uow, timer: Timer) -> None:
    """The cause is gone."""
    for alert in await alerts.open_warnings(uow.conn, timer.payload["matter_id"], timer.payload["kinds"]):
        await alerts.set_state(uow.conn, alert.id, AlertState.CLOSED, uow.now)
        act = alerts.AlertAct(alert.id, uow.now, uow.principal.actor, "SETTLED", AlertState.CLOSED, "")
        await alerts.add_act(uow.conn, alert.bureau_id, act)
        await uow.emit(alert.id, alert_resolved(alert, "SETTLED", uow.now))
