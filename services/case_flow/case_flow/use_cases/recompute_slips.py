"""A corrected calendar moves the last day to acknowledge the slips that are on their way, and says so on each matter."""

from datetime import date

from plumbline_org.storage.load import load_org
from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.clock import end_of_day, local_date
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain import custody
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.matter import Matter
from case_flow.storage import clock as ledger
from case_flow.storage import matter as matters
from case_flow.storage import slip as slips
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import load

RECOMPUTE_SLIPS = "slips_recomputed"
BATCH = 200


async def on_slips_recomputed(uow: Uow, timer: Timer) -> None:
    """Recompute one batch of open slips and leave the rest to the next timer."""
    bureau = timer.bureau_id or ""
    calendar = (await load_org(uow.conn, bureau)).calendar
    found = await slips.on_their_way(uow.conn, bureau, str(timer.payload["after"]), BATCH)
    for slip_id in found:
        await _recompute(uow, await slips.get(uow.conn, slip_id), calendar)
    if len(found) == BATCH:
        await uow.schedule(RECOMPUTE_SLIPS, timer.ref, uow.now, {"after": found[-1]})


async def _recompute(uow: Uow, slip: slips.Slip, calendar: WorkingCalendar) -> None:
    matter, definition = await load(uow, slip.matter_id)
    days, _ = custody.acknowledge_days(definition, matter, slip.to_unit)
    due_on = calendar.add_working_days(local_date(slip.sent_at), days).on
    if due_on == slip.due_on:
        return
    after = matter.change(row_version=matter.row_version + 1)
    detail = {"slip": slip.id, "calendar": calendar.version, "due_on": due_on, "was_due_on": slip.due_on}
    await matters.move(uow.conn, matter, after, trace(uow, "recomputeSlip", matter.id, detail))
    await slips.set_due(uow.conn, slip.id, due_on)
    entry = _entry(uow, definition, after, calendar)
    await ledger.add(uow.conn, matter.id, matter.bureau_id, entry, [(f"slip:{slip.id}", due_on)])
    await uow.cancel_timers(slip.id, clocks.UNACKNOWLEDGED)
    if not (_passed(uow, slip.due_on) and _passed(uow, due_on)):
        payload = {"matter_id": matter.id}
        await uow.schedule(clocks.UNACKNOWLEDGED, slip.id, end_of_day(due_on), payload)


def _entry(
    uow: Uow, definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar
) -> ledger.ClockEvent:
    return ledger.ClockEvent(
        seq=matter.row_version,
        clock="",
        event="RECOMPUTED",
        at=uow.now,
        by_person=None,
        due_on=None,
        days=0,
        reason=f"calendar {calendar.version}",
        rule_id=f"{definition.item}.transfer",
        rule_version=str(definition.version),
        citation=str(definition.citation),
        calendar_version=calendar.version,
    )


def _passed(uow: Uow, due_on: date) -> bool:
    return uow.today > due_on
