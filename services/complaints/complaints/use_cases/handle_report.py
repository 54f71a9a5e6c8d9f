"""The steps of a sealed case. Every one leaves a line in the sealed log and a pseudonymous one in the audit log."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import local_date, start_of_day
from plumbline_shared.errors import Invalid
from plumbline_shared.policy import absent
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from complaints.domain import report as rules
from complaints.domain.report import Disposition, Outcome, Report
from complaints.policies import POLICY, report_resource
from complaints.publications import signal
from complaints.storage.openings import log_step
from complaints.storage.reports import lock_report, save_report
from complaints.storage.signals import queue_signal, take_batch
from complaints.storage.timers import schedule_once
from complaints.vault import vault
from complaints.vault.vault import sealed_id

SIGNALS = "emit_signals"


class DisposeReport(msgspec.Struct, frozen=True):
    """`risk_point_id`: the point that a preliminary verification puts under heightened monitoring."""

    report_id: str
    disposition: Disposition
    risk_point_id: str | None = None


class CloseReport(msgspec.Struct, frozen=True):
    """What the case found."""

    report_id: str
    outcome: Outcome


class NoteReport(msgspec.Struct, frozen=True):
    """The informant was told (of the acceptance, or of the result)."""

    report_id: str


class LinkReport(msgspec.Struct, frozen=True):
    """`report_id` repeats `first_id`."""

    report_id: str
    first_id: str


async def dispose_report(uow: Uow, command: DisposeReport) -> str:
    """Choose a disposition; a verification of a risk point raises its signal with the batch of the day."""
    report = await handled_report(uow, command.report_id)
    point = command.risk_point_id
    if point is not None:
        if command.disposition is not Disposition.PRELIMINARY_VERIFICATION:
            raise Invalid("only a preliminary verification raises a signal", path=["riskPointId"])
        if not point.startswith(f"{report.bureau_id}."):
            raise Invalid("this bureau has no such risk point", path=["riskPointId"])
        await _queue(uow, report.bureau_id, point)
    return await _step(uow, report, "DISPOSE", lambda one: rules.dispose(one, command.disposition, uow.today))


async def notify_informant(uow: Uow, command: NoteReport) -> str:
    """Record that the notice of acceptance was sent. Raises NotFound, NothingToTell, WrongState."""
    report = await handled_report(uow, command.report_id)
    return await _step(uow, report, "NOTIFY", lambda one: rules.notify(one, uow.today))


async def close_report(uow: Uow, command: CloseReport) -> str:
    """Close; the result to a named informant falls due. Raises NotFound, WrongState."""
    report = await handled_report(uow, command.report_id)
    org = await load_org(uow.conn, report.bureau_id)
    return await _step(
        uow, report, "CLOSE", lambda one: rules.close(one, command.outcome, uow.today, org.calendar)
    )


async def tell_result(uow: Uow, command: NoteReport) -> str:
    """Record that the result was sent. Raises NotFound, NothingToTell, WrongState."""
    report = await handled_report(uow, command.report_id)
    return await _step(uow, report, "TELL_RESULT", lambda one: rules.tell_result(one, uow.today))


async def link_report(uow: Uow, command: LinkReport) -> str:
    """A repeat joins the first report. Raises NotFound for either, WrongState."""
    first, report = sorted([command.first_id, command.report_id]), command.report_id
    locked = {one: await handled_report(uow, one) for one in first}
    return await _step(uow, locked[report], "LINK", lambda one: rules.link(one, locked[command.first_id]))


async def handled_report(uow: Uow, report_id: str) -> Report:
    """The report, locked. Raises NotFound for whoever the routing did not let in."""
    report = await lock_report(uow.conn, report_id)
    if report is None:
        raise absent("SealedReport")
    POLICY.require(uow.principal, "handle", report_resource(report))
    return report


async def note_step(uow: Uow, report_id: str, bureau_id: str, action: str) -> None:
    """One line in the sealed log, and one under a pseudonym in the audit log."""
    await log_step(uow.conn, report_id, bureau_id, uow.principal.actor, action, uow.now)
    await uow.audit(action, "SealedReport", vault().pseudonym(report_id))


async def _step(uow: Uow, report: Report, action: str, change: Callable[[Report], Report]) -> str:
    await save_report(uow.conn, change(report))
    await note_step(uow, report.id, report.bureau_id, action)
    return report.id


async def _queue(uow: Uow, bureau_id: str, point_id: str) -> None:
    await queue_signal(uow.conn, sealed_id("sg"), bureau_id, point_id, uow.today)
    tomorrow = uow.today + timedelta(days=1)
    await schedule_once(
        uow.conn, SIGNALS, f"{bureau_id}/{uow.today.isoformat()}", bureau_id, start_of_day(tomorrow)
    )


async def on_emit_signals(uow: Uow, timer: Timer) -> None:
    """The signals of a day go out together at its end, each dated 00:00 of that day."""
    bureau_id = timer.bureau_id or ""
    until = local_date(timer.fire_at) - timedelta(days=1)
    for signal_id, point_id, day in await take_batch(uow.conn, bureau_id, until):
        await uow.emit(
            signal_id, signal(signal_id, bureau_id, point_id), bureau_id=bureau_id, time=start_of_day(day)
        )
