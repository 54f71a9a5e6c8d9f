"""The special audit that stands in for a rotation is carried out, and what it found is kept (SoD-12; 财会〔2012〕21号)."""

from datetime import date

import msgspec
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import audit_resource
from risk_registry.storage.rotation import extensions
from risk_registry.storage.rotation_audits import AuditResult, RotationAudit, add_audit
from risk_registry.use_cases.extend_rotation import OwnRotation


class AuditRecorded(Conflict):
    """There is a result already."""

    code = "AUDIT_RECORDED"


class RecordRotationAudit(msgspec.Struct, frozen=True):
    """`finding` says what was found, and is needed where something was."""

    extension_id: str
    result: AuditResult
    audited_on: date
    finding: str = ""


class AuditKept(msgspec.Struct, frozen=True):
    """The extension."""

    extension_id: str


async def record_rotation_audit(uow: Uow, command: RecordRotationAudit) -> AuditKept:
    """Refuses with NOT_FOUND, INVALID_INPUT, SOD_OWN_ROTATION or AUDIT_RECORDED."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    POLICY.require(uow.principal, "audit", audit_resource(command.extension_id, bureau))
    finding = checked(command.finding, "finding").strip()
    await identify(uow.conn, system(bureau))
    found = await extensions(uow.conn, bureau, command.extension_id)
    await identify(uow.conn, uow.principal)
    if not found or not found[0].approved or found[0].decided_on is None:
        raise absent("Rotation")
    if by in (found[0].person_id, found[0].requested_by, found[0].decided_by):
        raise OwnRotation("somebody else audits this post")
    if not found[0].decided_on <= command.audited_on <= uow.today:
        raise Invalid(
            "the audit is carried out after the approval, and not later than today", path=("auditedOn",)
        )
    if command.result is AuditResult.FINDINGS and not finding:
        raise Invalid("say what was found", path=("finding",))
    made = RotationAudit(command.extension_id, command.result, finding, command.audited_on, by, uow.now)
    if not await add_audit(uow.conn, bureau, made):
        raise AuditRecorded("this audit has its result")
    await uow.audit("record_rotation_audit", "Rotation", found[0].rotation_id, {"result": command.result})
    return AuditKept(command.extension_id)
