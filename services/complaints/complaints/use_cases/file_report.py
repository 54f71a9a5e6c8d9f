"""A tip-off arrives: routed past the subject's line, sealed for those who are left, or carried by hand."""

from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from complaints.domain.errors import ContentMustNotBeTyped, NoReceiver, NoSealingKey
from complaints.domain.intake import StaffReport
from complaints.domain.receipt import Receipt
from complaints.domain.report import Report, notice_due
from complaints.domain.routing import HandCarry, Sealed, route
from complaints.storage.keys import Part, Wrap, public_keys
from complaints.storage.receipts import CaseKind
from complaints.storage.reports import Handed, add_handed, add_report
from complaints.use_cases.receipts import issue_receipt
from complaints.vault.officers import wrap
from complaints.vault.payload import binding, new_key, seal, split
from complaints.vault.vault import sealed_id


class Content(msgspec.Struct, frozen=True, rename="camel"):
    """What the handlers read once they open it."""

    text: str
    subject_id: str | None = None
    unit_id: str | None = None
    risk_point_id: str | None = None
    occurred_on: date | None = None


async def file_report(
    uow: Uow, org: Org, intake: StaffReport, typed_by: str | None, repeat_of: str | None
) -> tuple[date | None, Receipt]:
    """(day of the promised notice, receipt). Raises Invalid, ContentMustNotBeTyped, NoReceiver, NoSealingKey."""
    match route(org, intake.subject_id, intake.unit_id, typed_by, uow.today):
        case HandCarry(to):
            return None, await _hand_over(uow, intake, to)
        case Sealed() as sealed:
            return await _seal(uow, org, intake, sealed, repeat_of)
        case None:
            raise NoReceiver(
                "nothing was stored: nobody of this bureau may take it; send the caller to the bureau above",
                path=["subjectId"],
            )


async def _hand_over(uow: Uow, intake: StaffReport, to: str) -> Receipt:
    typed = [intake.text, intake.informant, intake.occurred_on, intake.risk_point_id, intake.previous_receipt]
    if any(part is not None for part in typed):
        raise ContentMustNotBeTyped(
            "nothing was stored: the subject is managed one level up. Send bureau, unit and subject alone, "
            "and carry the report by hand (Art 15)",
            path=["text"],
        )
    handed = Handed(sealed_id("hc"), intake.bureau_id, uow.now, to)
    await add_handed(uow.conn, handed)
    return await issue_receipt(uow, CaseKind.HANDED, handed.id, intake.bureau_id)


async def _seal(
    uow: Uow, org: Org, intake: StaffReport, sealed: Sealed, repeat_of: str | None
) -> tuple[date | None, Receipt]:
    if intake.text is None:
        raise Invalid("say what happened", path=["text"])
    named = intake.informant is not None
    report = Report(
        id=sealed_id("sr"),
        bureau_id=intake.bureau_id,
        received_on=uow.today,
        named=named,
        handlers=sealed.handlers,
        repeat_of=repeat_of,
        notice_due_on=notice_due(named, repeat_of is not None, uow.today, org.calendar),
    )
    keys = await public_keys(uow.conn, sealed.handlers | sealed.first | sealed.second)
    content, content_wraps = _seal_content(report, intake, intake.text, keys)
    identity, identity_wraps = _seal_identity(report, intake, sealed, keys)
    await add_report(uow.conn, report, content, identity, content_wraps + identity_wraps)
    return report.notice_due_on, await issue_receipt(uow, CaseKind.REPORT, report.id, intake.bureau_id)


Wraps = list[Wrap]


def _seal_content(
    report: Report, intake: StaffReport, text: str, keys: dict[str, bytes]
) -> tuple[bytes, Wraps]:
    content = Content(text, intake.subject_id, intake.unit_id, intake.risk_point_id, intake.occurred_on)
    key, bound_to = new_key(), binding(Part.CONTENT, report.id)
    wraps = _wraps(key, report, Part.CONTENT, report.handlers, keys)
    return seal(key, bound_to, msgspec.json.encode(content)), wraps


def _seal_identity(
    report: Report, intake: StaffReport, sealed: Sealed, keys: dict[str, bytes]
) -> tuple[bytes | None, Wraps]:
    """A key of its own, in two shares: the first for those who ask, the second for those who agree."""
    if intake.informant is None:
        return None, []
    key = new_key()
    first, second = split(key)
    wraps = _wraps(first, report, Part.IDENTITY_FIRST, sealed.first, keys)
    wraps += _wraps(second, report, Part.IDENTITY_SECOND, sealed.second, keys)
    return seal(key, binding("IDENTITY", report.id), msgspec.json.encode(intake.informant)), wraps


def _wraps(
    secret: bytes, report: Report, part: Part, people: frozenset[str], keys: dict[str, bytes]
) -> Wraps:
    bound_to = binding(part, report.id)
    wraps = [
        Wrap(person, part, wrap(secret, keys[person], bound_to))
        for person in sorted(people)
        if person in keys
    ]
    if not wraps:
        raise NoSealingKey(
            "nothing was stored: those who may take this have no sealing key yet; ask them to make one, "
            "and let the caller come again or bring it in person"
        )
    return wraps
