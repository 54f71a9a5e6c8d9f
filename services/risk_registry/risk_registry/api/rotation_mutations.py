"""Writes about rotation: plan, ask for an extension, decide it, scan."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.use_cases import extend_rotation as extending
from risk_registry.use_cases import keep_rotation_rule as ruling
from risk_registry.use_cases.check_rotation import ScanRotation, scan_rotation
from risk_registry.use_cases.plan_rotation import PlanRotation, plan_rotation


@strawberry.input(description="From 1 January, or within the year with a reason (C-08).")
class PlanRotationInput:
    client_mutation_id: str
    person_id: strawberry.ID
    to_post: str
    effective_from: date
    reason: str = ""


@strawberry.input(description="`control` is the special audit that stands in, carried out by `auditOn`.")
class AskRotationExtensionInput:
    client_mutation_id: str
    person_id: strawberry.ID
    post: str
    extended_until: date
    reason: str
    control: str
    audit_on: date


@strawberry.input
class DecideRotationExtensionInput:
    client_mutation_id: str
    extension_id: strawberry.ID
    approved: bool
    reason: str


@strawberry.input
class ScanRotationInput:
    client_mutation_id: str


@strawberry.input(description="Months by grade; the head approves what HR proposes.")
class ProposeRotationRuleInput:
    client_mutation_id: str
    name: str
    effective_from: date
    months_high: int
    months_medium: int
    months_low: int
    extension_months: int
    citation: str
    notice_days: list[int] = strawberry.field(default_factory=lambda: [90, 30])


@strawberry.input
class ApproveRotationRuleInput:
    client_mutation_id: str
    version: str


@strawberry.type
class RotationRulePayload:
    version: str | None
    user_errors: list[UserError]


@strawberry.type
class RotationPayload:
    id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class ScanRotationPayload:
    holdings: int
    user_errors: list[UserError]


@strawberry.type
class RotationMutation:
    @strawberry.mutation(description="Propose a rotation; refused where kin must avoid one another.")
    async def plan_rotation(self, info: Info, input: PlanRotationInput) -> RotationPayload:
        command = PlanRotation(input.person_id, input.to_post, input.effective_from, input.reason)
        done, errors = await run(info, plan_rotation, command, input.client_mutation_id)
        return RotationPayload(id=strawberry.ID(done.id) if done else None, user_errors=errors)

    @strawberry.mutation(description="Ask the head to extend a limit.")
    async def ask_rotation_extension(self, info: Info, input: AskRotationExtensionInput) -> RotationPayload:
        command = extending.AskExtension(
            input.person_id, input.post, input.extended_until, input.reason, input.control, input.audit_on
        )
        done, errors = await run(info, extending.ask_extension, command, input.client_mutation_id)
        return RotationPayload(id=strawberry.ID(done.id) if done else None, user_errors=errors)

    @strawberry.mutation(description="Decide an extension that somebody else asked for.")
    async def decide_rotation_extension(
        self, info: Info, input: DecideRotationExtensionInput
    ) -> RotationPayload:
        command = extending.DecideExtension(input.extension_id, input.approved, input.reason)
        done, errors = await run(info, extending.decide_extension, command, input.client_mutation_id)
        return RotationPayload(id=strawberry.ID(done.id) if done else None, user_errors=errors)

    @strawberry.mutation(description="Check everybody's posts now.")
    async def scan_rotation(self, info: Info, input: ScanRotationInput) -> ScanRotationPayload:
        done, errors = await run(info, scan_rotation, ScanRotation(), input.client_mutation_id)
        return ScanRotationPayload(holdings=done.holdings if done else 0, user_errors=errors)

    @strawberry.mutation(description="Propose limits of the bureau's own; a version is never changed.")
    async def propose_rotation_rule(self, info: Info, input: ProposeRotationRuleInput) -> RotationRulePayload:
        command = ruling.ProposeRotationRule(
            input.name, input.effective_from, input.months_high, input.months_medium, input.months_low,
            input.extension_months, input.citation, tuple(input.notice_days),
        )  # fmt: skip
        done, errors = await run(info, ruling.propose_rotation_rule, command, input.client_mutation_id)
        return RotationRulePayload(version=done.version if done else None, user_errors=errors)

    @strawberry.mutation(description="Approve limits that somebody else proposed.")
    async def approve_rotation_rule(self, info: Info, input: ApproveRotationRuleInput) -> RotationRulePayload:
        command = ruling.ApproveRotationRule(input.version)
        done, errors = await run(info, ruling.approve_rotation_rule, command, input.client_mutation_id)
        return RotationRulePayload(version=done.version if done else None, user_errors=errors)
