"""会签: the discipline lead co-signs a departure that the meeting granted; only then the step may pass (§5.3)."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_hold
from case_flow.domain.hold import DepartureNotSeparate, HoldState, HoldStateRefused, require_open
from case_flow.storage import hold as holds


class CoSignDeparture(msgspec.Struct, frozen=True):
    """The hold whose departure was granted."""

    hold_id: str


async def co_sign_departure(uow: Uow, command: CoSignDeparture) -> str:
    """Return the hold's id. Raises NotFound, HoldStateRefused, DepartureNotSeparate."""
    hold = await holds.get(uow.conn, command.hold_id)
    await require_on_hold(uow, "coSignDeparture", hold)
    require_open(hold.state, [HoldState.DEPARTURE_REQUESTED])
    asked = await holds.departure(uow.conn, hold.id)
    if asked is None or asked.decided_at is None:
        raise HoldStateRefused("the meeting decides before the co-signature", state=hold.state)
    if uow.principal.actor in (hold.person_id, asked.legal_by, asked.decided_by):
        raise DepartureNotSeparate("whoever asked, reviewed or decided does not co-sign")
    await holds.co_sign_departure(uow.conn, hold.id, by=uow.principal.actor, at=uow.now)
    await holds.move(uow.conn, hold.id, HoldState.DEPARTURE_GRANTED)
    await uow.audit("departure.co_signed", "Hold", hold.id)
    return hold.id
