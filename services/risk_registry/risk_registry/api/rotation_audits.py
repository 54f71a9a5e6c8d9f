"""Special audits that stand in for a rotation: what is to be audited by when, and what was found (SoD-12)."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.references import Person, Post, person, post
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import audit_resource
from risk_registry.storage.rotation import AskedExtension, extensions
from risk_registry.storage.rotation_audits import AuditResult, audits
from risk_registry.storage.rotation_audits import RotationAudit as Audit
from risk_registry.use_cases.record_rotation_audit import RecordRotationAudit, record_rotation_audit

strawberry.enum(AuditResult, name="RotationAuditResult", description="无问题 CLEAR, 发现问题 FINDINGS")


@strawberry.type(description="专项审计: stands in for a rotation whose limit was extended.")
class RotationAudit:
    extension_id: strawberry.ID
    person: Person
    post: Post
    control: str
    due_on: date
    overdue: bool = strawberry.field(description="Its day has passed, and there is no result.")
    result: AuditResult | None = strawberry.field(description="Null until it is carried out.")
    finding: str | None
    audited_on: date | None
    audited_by: Person | None

    @classmethod
    def of(cls, asked: AskedExtension, made: Audit | None, on: date) -> "RotationAudit":
        return cls(
            extension_id=strawberry.ID(asked.id),
            person=person(asked.person_id),
            post=post(asked.post_id),
            control=asked.control,
            due_on=asked.audit_on,
            overdue=made is None and asked.audit_on < on,
            result=made.result if made else None,
            finding=made.finding if made else None,
            audited_on=made.audited_on if made else None,
            audited_by=person(made.audited_by) if made else None,
        )


@strawberry.type
class RotationAuditQuery:
    @strawberry.field(
        description="Special audits in place of rotations, for head, discipline lead, HR and audit."
    )
    async def rotation_audits(self, info: Info) -> list[RotationAudit]:
        context = info.context
        bureau, who = loaders.bureau_of(context), await loaders.reader_on(context, context.today)
        if not POLICY.allows(who, "read", audit_resource("all", bureau)):
            return []
        async with context.runtime.db.read(who) as conn:
            made = await audits(conn, bureau)
        async with context.runtime.db.read(system(bureau)) as conn:
            granted = [each for each in await extensions(conn, bureau) if each.approved]
        return [RotationAudit.of(each, made.get(each.id), context.today) for each in granted]


@strawberry.input(description="`finding` is needed where something was found.")
class RecordRotationAuditInput:
    client_mutation_id: str
    extension_id: strawberry.ID
    result: AuditResult
    audited_on: date
    finding: str = ""


@strawberry.type
class RotationAuditPayload:
    extension_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class RotationAuditMutation:
    @strawberry.mutation(description="Say what the special audit found; by internal audit, once.")
    async def record_rotation_audit(
        self, info: Info, input: RecordRotationAuditInput
    ) -> RotationAuditPayload:
        command = RecordRotationAudit(input.extension_id, input.result, input.audited_on, input.finding)
        done, errors = await run(info, record_rotation_audit, command, input.client_mutation_id)
        kept = strawberry.ID(done.extension_id) if done else None
        return RotationAuditPayload(extension_id=kept, user_errors=errors)
