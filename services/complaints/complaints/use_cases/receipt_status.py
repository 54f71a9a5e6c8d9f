"""What somebody who holds a receipt may know: how far it is, and what was promised."""

from dataclasses import dataclass
from datetime import date

from plumbline_shared.clock import local_date
from plumbline_shared.database import Connection, Database
from plumbline_shared.principal import system

from complaints.domain.report import Report
from complaints.storage.complaints import find_complaints
from complaints.storage.receipts import CaseKind, StoredReceipt
from complaints.storage.reports import find_handed, find_report
from complaints.use_cases.receipts import resolve_receipt


@dataclass(frozen=True)
class Status:
    """`state`: RECEIVED, ACCEPTED, DECIDED, FED_BACK, IN_HAND, CLOSED or HANDED_OVER."""

    state: str
    received_on: date
    promised_by: date | None


async def receipt_status(db: Database, text: str) -> Status | None:
    """None for every receipt that does not hold. Raises Unavailable when too many are checked at once."""
    receipt = await resolve_receipt(db, text)
    if receipt is None:
        return None
    async with db.read(system(receipt.bureau_id)) as conn:
        return await _status(conn, receipt)


async def _status(conn: Connection, receipt: StoredReceipt) -> Status | None:
    match receipt.kind:
        case CaseKind.COMPLAINT:
            complaint = (await find_complaints(conn, [receipt.case_id])).get(receipt.case_id)
            if complaint is None:
                return None
            promised = complaint.decide_due_on or complaint.accept_due_on
            return Status(complaint.state, complaint.received_on, promised)
        case CaseKind.REPORT:
            report = await find_report(conn, receipt.case_id)
            return None if report is None else _of_report(report)
        case CaseKind.HANDED:
            handed = await find_handed(conn, receipt.case_id)
            return None if handed is None else Status("HANDED_OVER", local_date(handed.received_at), None)


def _of_report(report: Report) -> Status:
    if report.closed_on is not None:
        return Status("CLOSED", report.received_on, report.result_due_on)
    begun = report.notice_sent_on is not None or report.disposition is not None
    return Status("IN_HAND" if begun else "RECEIVED", report.received_on, report.notice_due_on)
