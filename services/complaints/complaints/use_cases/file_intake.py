"""An intake, once: the regime's own store, a receipt, an audit row, and an answer that a repeat gets again."""

import hmac
from datetime import date, datetime, timedelta

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared import audit
from plumbline_shared.clock import start_of_day
from plumbline_shared.errors import IdempotencyMismatch, Invalid
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from complaints.domain.checks import check_intake
from complaints.domain.intake import Intake, ServiceComplaint, StaffReport
from complaints.policies import POLICY, intake_resource
from complaints.storage.intake_keys import answer_key, claim_key, forget_keys, recall_key
from complaints.storage.receipts import CaseKind
from complaints.storage.timers import schedule_once
from complaints.use_cases.file_complaint import file_complaint
from complaints.use_cases.file_report import file_report
from complaints.use_cases.receipts import resolve_receipt
from complaints.vault import vault

FORGET = "forget_intake_keys"
KEPT = timedelta(hours=24)
MAX_KEY = 200


class FileIntake(msgspec.Struct, frozen=True):
    """`actor` and `typed_by` say who is at the desk: a program has no `typed_by`."""

    actor: str
    typed_by: str | None
    key: str
    intake: Intake
    repeat_of: str | None = None


class IntakeAnswer(msgspec.Struct, frozen=True, rename="camel"):
    """All that the desk gets to see. `complaint_id` is there for service complaints only."""

    receipt_no: str
    received_at: datetime
    promised_by: date | None
    complaint_id: str | None = None


async def take_in(runtime: Runtime, caller: Principal, intake: Intake, key: str) -> IntakeAnswer:
    """File as `caller`. Raises NotFound for who may not, Invalid, Refused, IdempotencyMismatch, Unavailable."""
    POLICY.require(caller, "file", intake_resource(intake.bureau_id))
    if not 1 <= len(key) <= MAX_KEY:
        raise Invalid(f"send an idempotency key of 1 to {MAX_KEY} characters", path=["clientMutationId"])
    command = FileIntake(caller.actor, caller.person_id, key, intake, await _first_of(runtime, intake))
    # The desk may write what it may not read: the service itself does the storing.
    return await runtime.execute(system(intake.bureau_id), file_intake, command)


async def file_intake(uow: Uow, command: FileIntake) -> IntakeAnswer:
    """Store once per key; a repeat gets the first answer. Raises IdempotencyMismatch for another body."""
    box = vault()
    key_mac = box.mac("idempotency-key", f"{command.actor}|{command.key}".encode())
    fingerprint = box.mac("idempotency-body", msgspec.json.encode(command.intake))
    if not await claim_key(uow.conn, key_mac, fingerprint, uow.now, uow.now - KEPT):
        return await _recalled(uow, command, key_mac, fingerprint)
    answer = await _file(uow, command)
    sealed = box.seal_own("answer", f"{command.actor}|{command.key}", msgspec.json.encode(answer))
    await answer_key(uow.conn, key_mac, sealed)
    await _forget_later(uow)
    await _audit(uow, command)
    return answer


async def _file(uow: Uow, command: FileIntake) -> IntakeAnswer:
    intake = command.intake
    org = await load_org(uow.conn, intake.bureau_id)
    check_intake(intake, org, uow.today)
    match intake:
        case ServiceComplaint():
            complaint, receipt = await file_complaint(uow, org, intake, command.typed_by)
            shown = receipt.show(f"C-{uow.today.year}")
            return IntakeAnswer(shown, uow.now, complaint.accept_due_on, complaint.id)
        case StaffReport():
            promised, receipt = await file_report(uow, org, intake, command.typed_by, command.repeat_of)
            return IntakeAnswer(receipt.show(f"T-{uow.today.year}"), uow.now, promised)


async def _recalled(uow: Uow, command: FileIntake, key_mac: bytes, fingerprint: bytes) -> IntakeAnswer:
    known, sealed = await recall_key(uow.conn, key_mac)
    if not hmac.compare_digest(known, fingerprint):
        raise IdempotencyMismatch("this key was used for another intake: send a new key")
    answer = vault().unseal_own("answer", f"{command.actor}|{command.key}", sealed)
    return msgspec.json.decode(answer, type=IntakeAnswer)


async def _first_of(runtime: Runtime, intake: Intake) -> str | None:
    """The first report of a series, by the receipt that the caller still has (scenario 3e)."""
    if not isinstance(intake, StaffReport) or intake.previous_receipt is None:
        return None
    row = await resolve_receipt(runtime.db, intake.previous_receipt)
    if row is None or row.kind is not CaseKind.REPORT or row.bureau_id != intake.bureau_id:
        raise Invalid("this receipt is not one of a report: check its digits", path=["previousReceipt"])
    return row.case_id


async def _audit(uow: Uow, command: FileIntake) -> None:
    """One row that names neither regime nor case, dated by the day: it must not tell when a tip-off came."""
    await audit.append(
        uow.conn,
        actor=command.actor,
        action="INTAKE",
        object_type="Intake",
        object_id="",
        bureau_id=command.intake.bureau_id,
        at=start_of_day(uow.today),
        detail={},
    )


async def _forget_later(uow: Uow) -> None:
    hour = uow.now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    await schedule_once(uow.conn, FORGET, hour.isoformat(), None, hour + KEPT)


async def on_forget_intake_keys(uow: Uow, timer: Timer) -> None:
    """Delete answers after 24 hours."""
    await forget_keys(uow.conn, timer.fire_at - KEPT)
