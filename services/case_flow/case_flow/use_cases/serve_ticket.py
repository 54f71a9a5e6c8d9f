"""People in the hall: called to a window, served there, or handed over to another of its class."""

from datetime import datetime
from enum import StrEnum

import msgspec
from plumbline_shared.clock import local_date
from plumbline_shared.use_case import Uow

from case_flow.domain import window as domain
from case_flow.domain.hall_service import require_drawn_before
from case_flow.domain.window import TicketRefused, Windows
from case_flow.hall_access import POLICY, hall_resource
from case_flow.storage import ticket as tickets
from case_flow.storage import window as windows


class TicketEnd(StrEnum):
    """How a ticket ends."""

    SERVED = "SERVED"
    LEFT = "LEFT"


class CallTicket(msgspec.Struct, frozen=True):
    """Call a ticket of a queue to a window; with the instant it was drawn at, where the machine says so."""

    number: str
    queue: str
    window: str
    drawn_at: datetime | None = None


class EndTicket(msgspec.Struct, frozen=True):
    """The ticket was served, or its holder left."""

    number: str
    how: TicketEnd


class HandOverTicket(msgspec.Struct, frozen=True):
    """The ticket goes on to another window of its class."""

    number: str
    window: str


class TicketAt(msgspec.Struct, frozen=True):
    """Where the ticket is; nowhere once it ended."""

    number: str
    window: str | None


async def call_ticket(uow: Uow, command: CallTicket) -> TicketAt:
    """Raises NotFound, WrongWindow, TicketRefused, TicketTime."""
    bureau, hall = await _hall(uow)
    drawn = command.drawn_at or uow.now
    require_drawn_before(command.drawn_at, uow.now, (local_date(drawn), uow.today))
    domain.call(hall, command.window, command.number, command.queue)
    new = await tickets.call(
        uow.conn,
        *(bureau, uow.today, command.number, command.queue, command.window),
        *(uow.now, uow.principal.actor, command.drawn_at),
    )
    if not new:
        raise TicketRefused(f"{command.number} was called before today", ticket=command.number)
    return TicketAt(command.number, command.window)


async def end_ticket(uow: Uow, command: EndTicket) -> TicketAt:
    """Raises NotFound, TicketRefused."""
    bureau, hall = await _hall(uow)
    domain.end(hall, command.number)
    await tickets.end(uow.conn, bureau, command.number, uow.now, command.how)
    return TicketAt(command.number, None)


async def hand_over_ticket(uow: Uow, command: HandOverTicket) -> TicketAt:
    """Raises NotFound, TicketRefused, WrongWindow."""
    bureau, hall = await _hall(uow)
    domain.hand_over(hall, command.number, command.window)
    await tickets.move(uow.conn, bureau, [command.number], command.window)
    return TicketAt(command.number, command.window)


async def _hall(uow: Uow) -> tuple[str, Windows]:
    bureau = uow.principal.bureau_id or ""
    unit = await windows.unit_of(uow.conn, bureau)
    POLICY.require(uow.principal, "queue", hall_resource(bureau, unit))
    return bureau, await windows.lock(uow.conn, bureau)
