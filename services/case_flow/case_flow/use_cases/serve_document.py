"""Record the service of a document (送达); from that day the party's periods run, in the ledger of clocks (I-015)."""

from datetime import date

import msgspec
from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.document_service import (
    Manner,
    Period,
    ServedAlready,
    ServiceRecord,
    kind_of,
    periods,
    served_on,
)
from case_flow.domain.matter import Matter
from case_flow.domain.recusal import require_said
from case_flow.rules import SERVICE_RULES
from case_flow.storage import clock as ledger
from case_flow.storage import document_service as services
from case_flow.storage import matter as matters
from case_flow.storage.clock import ClockEvent
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load, org_of, person, require_part


class ServeDocument(msgspec.Struct, frozen=True):
    """Which document, how, on whom, and the receipt of service (送达回证) as the file names it."""

    matter_id: str
    kind: str
    document_no: str
    manner: Manner
    recipient: str
    evidence: str
    handed_on: date | None = None


async def serve_document(uow: Uow, command: ServeDocument) -> ServiceRecord:
    """Keep the service of a document of an open or closed matter, and start the periods of its kind.

    Raises NotHandler for somebody without a part in it, Invalid, ServedAlready.
    """
    matter, _definition = await load(uow, command.matter_id)
    require_part(uow, matter)
    require_said(document_no=command.document_no, recipient=command.recipient, evidence=command.evidence)
    pack, calendar = (await SERVICE_RULES.of(uow)), (await org_of(uow, matter)).calendar
    handed_on = command.handed_on or uow.today
    served = served_on(pack, command.manner, handed_on, matter.accepted_on, uow.today)
    record = ServiceRecord(
        id=new_id("sv"),
        matter_id=matter.id,
        seq=matter.row_version + 1,
        bureau_id=matter.bureau_id,
        kind=command.kind,
        document_no=command.document_no.strip(),
        manner=command.manner,
        recipient=command.recipient,
        evidence=command.evidence,
        handed_on=handed_on,
        served_on=served,
        clocks=periods(kind_of(pack, command.kind), served, calendar),
        pack=f"{pack.id}/{pack.version}",
        recorded_by=person(uow),
        recorded_at=uow.now,
    )
    if not await services.add(uow.conn, record):
        raise ServedAlready(f"{record.kind} {record.document_no} was served before: its periods run already")
    detail = {"kind": record.kind, "document": record.document_no, "served_on": served.isoformat()}
    after = matter.change(row_version=record.seq)
    note = trace(uow, "serveDocument", matter.id, {**detail, "version": record.seq})
    await matters.move(uow.conn, matter, after, note)
    for one in record.clocks:
        await _start(uow, after, record, one, calendar)
    return record


async def _start(
    uow: Uow, matter: Matter, record: ServiceRecord, one: Period, calendar: WorkingCalendar
) -> None:
    entry = ClockEvent(
        seq=matter.row_version,
        clock="",
        event="STARTED",
        at=uow.now,
        by_person=record.recorded_by,
        due_on=None,
        days=0,
        reason=f"{record.kind} {record.document_no} served on {record.served_on.isoformat()}",
        rule_id=one.id,
        rule_version=record.pack.rpartition("/")[2],
        citation=one.citation,
        calendar_version=calendar.version,
    )
    clock = f"service:{record.id}:{one.id}"
    await ledger.add(uow.conn, matter.id, matter.bureau_id, entry, [(clock, one.due_on)])
