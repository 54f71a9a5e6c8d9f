"""Decide a departure collectively: after the legal review, by a majority of the meeting; refused, the hold stays."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_hold
from case_flow.domain.hold import (
    Hold,
    HoldState,
    HoldStateRefused,
    check_departure_actors,
    departure_granted,
    require_open,
)
from case_flow.domain.recipients import Basis, Viewer
from case_flow.storage import alert as alerts
from case_flow.storage import hold as holds


class DecideDeparture(msgspec.Struct, frozen=True):
    """Who discussed it, and how they voted."""

    hold_id: str
    members: tuple[str, ...]
    votes_for: int
    votes_against: int


async def decide_departure(uow: Uow, command: DecideDeparture) -> HoldState:
    """Grant the departure, which then waits for its co-signature, or put the hold back to RAISED.

    Returns the hold's state.

    Raises NotFound, Invalid, HoldStateRefused before the legal review, DepartureNotSeparate.
    """
    hold = await holds.get(uow.conn, command.hold_id)
    await require_on_hold(uow, "decideDeparture", hold)
    require_open(hold.state, [HoldState.DEPARTURE_REQUESTED])
    asked = await holds.departure(uow.conn, hold.id)
    if asked is None or asked.legal_by is None:
        raise HoldStateRefused("the legal review comes before the decision", state=hold.state)
    if asked.decided_at is not None:
        raise HoldStateRefused("the meeting decided: the discipline lead co-signs now", state=hold.state)
    members = frozenset(command.members)
    check_departure_actors((hold.person_id, asked.requested_by), asked.legal_by, members)
    if (
        len(members) < 3
        or min(command.votes_for, command.votes_against) < 0
        or _votes(command) > len(members)
    ):
        raise Invalid(
            "a collective discussion has at least three members, each with one vote", path=("members",)
        )
    granted = departure_granted(asked, command.votes_for, len(members))
    state = HoldState.DEPARTURE_REQUESTED if granted else HoldState.RAISED
    await holds.decide_departure(
        uow.conn,
        hold.id,
        by=uow.principal.actor,
        members=sorted(members),
        votes_for=command.votes_for,
        votes_against=command.votes_against,
        at=uow.now,
    )
    await holds.move(uow.conn, hold.id, state)
    if granted:
        await _ask_to_co_sign(uow, hold)
    await uow.audit("departure.decided", "Hold", hold.id, {"granted": granted})
    return state


async def _ask_to_co_sign(uow: Uow, hold: Hold) -> None:
    """The discipline lead, who does not see every hold, sees this one now."""
    lead = (await load_org(uow.conn, hold.bureau_id)).discipline_lead(uow.today)
    if lead is not None:
        alert = await alerts.get(uow.conn, hold.alert_id)
        await alerts.add_viewers(uow.conn, alert, [Viewer(lead, Basis.VERIFIER)], uow.now)


def _votes(command: DecideDeparture) -> int:
    return command.votes_for + command.votes_against
