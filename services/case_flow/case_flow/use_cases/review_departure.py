"""The legal review of a departure (行政处罚法 Art 58)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_hold
from case_flow.domain.hold import HoldState, check_departure_actors, require_open
from case_flow.storage import hold as holds


class ReviewDeparture(msgspec.Struct, frozen=True):
    """The legal opinion, and whether it agrees."""

    hold_id: str
    opinion: str
    agrees: bool


async def review_departure(uow: Uow, command: ReviewDeparture) -> str:
    """Return the hold's id. Raises NotFound, Invalid, HoldStateRefused, DepartureNotSeparate."""
    hold = await holds.get(uow.conn, command.hold_id)
    await require_on_hold(uow, "reviewDeparture", hold)
    require_open(hold.state, [HoldState.DEPARTURE_REQUESTED])
    asked = await holds.departure(uow.conn, hold.id)
    check_departure_actors(
        [hold.person_id, *([asked.requested_by] if asked else [])], uow.principal.actor, ()
    )
    if not command.opinion.strip():
        raise Invalid("write the legal opinion", path=("opinion",))
    await holds.review_departure(
        uow.conn,
        hold.id,
        by=uow.principal.actor,
        opinion=command.opinion,
        agrees=command.agrees,
        at=uow.now,
    )
    await uow.audit("departure.reviewed", "Hold", hold.id, {"agrees": command.agrees})
    return hold.id
