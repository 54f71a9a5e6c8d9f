"""Ask for an export; it is written page by page, each in a transaction of its own, as whoever asked."""

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from plumbline_org.parts import PersonStatus
from plumbline_org.principal import principal_of
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import local_date
from plumbline_shared.database import identify
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.principal import Principal
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.log_export import ExportPart, ExportRunning, ExportState, LogExport, LogForm
from case_flow.export import ocel, xes
from case_flow.principal import with_reach
from case_flow.storage import exported
from case_flow.storage import item as items
from case_flow.storage import log_export as store
from case_flow.storage.exported import ExportedSteps
from case_flow.use_cases.acting import person

PAGE_TIMER, FORGET_TIMER = "log_export_page", "log_export_forget"
KEPT = timedelta(days=7)


class RequestLogExport(msgspec.Struct, frozen=True):
    """Matters of `item` accepted in [since, until); without dates all of them."""

    item: str
    form: LogForm
    since: date | None = None
    until: date | None = None


class LogExportRequested(msgspec.Struct, frozen=True):
    """The export that is being written."""

    export_id: str


async def request_log_export(uow: Uow, command: RequestLogExport) -> LogExportRequested:
    """Raises NotFound for an unknown item, Invalid for an empty period, ExportRunning."""
    who, bureau = person(uow), uow.principal.bureau_id or ""
    if command.since and command.until and command.since >= command.until:
        raise Invalid(
            "`until` is a later day than `since`; its own day does not count", path=("input", "until")
        )
    await items.in_force(uow.conn, bureau, command.item, uow.today)
    one = LogExport(
        id=new_id("lx"),
        bureau_id=bureau,
        person_id=who,
        item_code=command.item,
        form=command.form,
        since=command.since,
        until=command.until,
        state=ExportState.RUNNING,
        total=0,
        requested_at=uow.now,
    )
    total = await exported.count(uow.conn, one.item_code, one.period)
    if not await store.add(uow.conn, msgspec.structs.replace(one, total=total)):
        raise ExportRunning("your last export is still being written: wait for it")
    await uow.schedule(PAGE_TIMER, one.id, uow.now)
    await uow.schedule(FORGET_TIMER, one.id, uow.now + KEPT)
    await uow.audit("requestLogExport", "LogExport", one.id, {"item": command.item, "form": command.form})
    return LogExportRequested(one.id)


async def on_export_page(uow: Uow, timer: Timer) -> None:
    """The next page, with the rights of this moment; the last one finds nothing more."""
    one = await store.get(uow.conn, timer.ref)
    reader = await _reader(uow, one)
    if reader is None:
        await store.end(uow.conn, one.id, ExportState.FAILED, uow.now)
        return
    await identify(uow.conn, reader)
    page = await exported.page_of(uow.conn, one.item_code, one.period, None, one.last_id)
    await identify(uow.conn, uow.principal)
    if not page:
        await store.end(uow.conn, one.id, ExportState.READY, uow.now)
        return
    written = part_of(one.form, one.item_code, page)
    await store.add_part(uow.conn, one.id, written, len(page), page[-1][0].id)
    await uow.schedule(PAGE_TIMER, one.id, uow.now)


async def on_export_forgotten(uow: Uow, timer: Timer) -> None:
    """Seven days later it is gone."""
    await store.forget(uow.conn, timer.ref)


def part_of(form: LogForm, item: str, page: Sequence[ExportedSteps]) -> ExportPart:
    """A page as text. Those of OCEL follow each other after a comma."""
    if form is LogForm.XES:
        return ExportPart("".join(xes.trace(matter, steps) for matter, steps in page), "")
    done = [one for _matter, steps in page for one in steps]
    units = {matter.unit_id for matter, _steps in page} | {one.unit_id for one in done if one.unit_id}
    return ExportPart(
        ",\n".join(ocel.matter_object(item, matter) for matter, _steps in page),
        ",\n".join(ocel.event(one) for one in done),
        tuple({signer for one in done for signer in one.signers}),
        tuple(units),
        tuple({one.step for one in done}),
    )


async def _reader(uow: Uow, one: LogExport) -> Principal | None:
    org, on = await load_org(uow.conn, one.bureau_id), local_date(uow.now)
    if org.status_of(one.person_id, on) in (None, PersonStatus.LEFT):
        return None
    return with_reach(principal_of(org, one.person_id, on), org, on)
