"""Send the paper file to another unit with a slip (传递单)."""

from datetime import date

import msgspec
from plumbline_shared.clock import end_of_day
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain import custody, transitions
from case_flow.domain.errors import SlipRefused
from case_flow.storage import matter as matters
from case_flow.storage import slip as slips
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import load, org_of, person


class TransferMatter(msgspec.Struct, frozen=True):
    """Paper with this barcode goes to `to_unit`; without one, to the unit whose step is open.

    `document_hash`: the electronic file that goes with it, as the 64 hex digits of its SHA-256 (S1-137).
    """

    matter_id: str
    paper_barcode: str
    to_unit: str | None = None
    document_hash: str = ""


class SlipSent(msgspec.Struct, frozen=True):
    """The slip, and the last day to acknowledge it."""

    slip_id: str
    matter_id: str
    due_on: date


async def transfer_matter(uow: Uow, command: TransferMatter) -> SlipSent:
    """Send a slip; custody stays with the sender until it is acknowledged. Raises SlipRefused, MatterIsClosed."""
    matter, definition = await load(uow, command.matter_id)
    transitions.require_open(matter)
    org = await org_of(uow, matter)
    to_unit = command.to_unit or matter.unit_id
    if org.unit(to_unit) is None:
        raise SlipRefused(f"the bureau has no unit {to_unit}", to_unit=to_unit)
    mine = [unit for unit in matter.units if unit in org.units_of(person(uow), uow.today)]
    from_unit = custody.require_sendable(matter, command.paper_barcode, mine[-1] if mine else None, to_unit)
    days, point = custody.acknowledge_days(definition, matter, to_unit)
    slip = slips.Slip(
        id=new_id("sl"),
        matter_id=matter.id,
        bureau_id=matter.bureau_id,
        from_unit=from_unit,
        to_unit=to_unit,
        point=point,
        sent_by=person(uow),
        sent_at=uow.now,
        barcode_hash=custody.barcode_hash(matter.id, command.paper_barcode),
        due_on=org.calendar.add_working_days(uow.today, days).on,
        document_hash=custody.document_digest(command.document_hash),
    )
    after = matter.change(
        slip_id=slip.id, units=transitions.joined(matter.units, to_unit), row_version=matter.row_version + 1
    )
    detail = {"slip": slip.id, "to": to_unit, "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "transferMatter", matter.id, detail))
    await slips.send(uow.conn, slip)
    await uow.schedule(clocks.UNACKNOWLEDGED, slip.id, end_of_day(slip.due_on), {"matter_id": matter.id})
    return SlipSent(slip.id, matter.id, slip.due_on)
