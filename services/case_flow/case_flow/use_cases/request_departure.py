"""Request a departure from the benchmark: it takes a legal review and a collective discussion (§6.3)."""

import msgspec
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_hold
from case_flow.domain.hold import Departure, HoldState, HoldStateRefused, HoldWay, require_open, require_way
from case_flow.domain.recipients import Basis, Viewer
from case_flow.storage import alert as alerts
from case_flow.storage import hold as holds


class RequestDeparture(msgspec.Struct, frozen=True):
    """The reasons for the amount that was held."""

    hold_id: str
    reason: str


async def request_departure(uow: Uow, command: RequestDeparture) -> str:
    """Return the hold's id; legal officers see the hold from now on.

    Raises NotFound, Invalid, HoldStateRefused, and WayNotOpen for a hard block.
    """
    hold = await holds.get(uow.conn, command.hold_id)
    await require_on_hold(uow, "requestDeparture", hold)
    require_open(hold.state, [HoldState.RAISED])
    require_way(hold.ways, HoldWay.REQUEST_DEPARTURE)
    if not command.reason.strip():
        raise Invalid("give the reasons for departing from the tier", path=("reason",))
    if await holds.departure(uow.conn, hold.id) is not None:
        raise HoldStateRefused(
            "this departure was refused already: correct the act or give it up", state=hold.state
        )
    asked = Departure(hold.id, command.reason, uow.principal.actor, uow.now)
    await holds.ask_departure(uow.conn, hold.bureau_id, asked)
    await holds.move(uow.conn, hold.id, HoldState.DEPARTURE_REQUESTED)
    org = await load_org(uow.conn, hold.bureau_id)
    alert = await alerts.get(uow.conn, hold.alert_id)
    legal = [Viewer(one, Basis.VERIFIER) for one in org.persons_with_role(Role.LEGAL_OFFICER, uow.today)]
    await alerts.add_viewers(uow.conn, alert, legal, uow.now)
    await uow.audit("departure.requested", "Hold", hold.id)
    return hold.id
