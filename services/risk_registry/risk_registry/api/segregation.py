"""Segregation over GraphQL: findings, remedies, exceptions."""

from datetime import date, datetime
from typing import Any

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.api import loaders
from risk_registry.api.references import Person, Post, Unit, person, post, unit
from risk_registry.policies import POLICY, finding_resource
from risk_registry.storage.findings import Finding, findings
from risk_registry.use_cases import segregation as use


@strawberry.type(
    description="Incompatible duties of one person, or an office against its template, and where the remedy stands (S2-016)."
)
class SegregationFinding:
    id: strawberry.ID
    rule: str = strawberry.field(description="The rule, or the template of the office.")
    person: Person | None = strawberry.field(
        description="Null where an office is at fault and nobody sits in two seats."
    )
    unit: Unit | None = strawberry.field(description="The office that is held against a template.")
    posts: list[Post]
    duties: list[str] = strawberry.field(description="Of an office: the fault, then the seats.")
    found_at: datetime
    state: str = strawberry.field(description="OPEN, ASSIGNED, COMPENSATED or CLOSED.")
    note: str
    control: str
    due_on: date | None

    @classmethod
    def of(cls, found: Finding) -> "SegregationFinding":
        return cls(
            id=strawberry.ID(found.id),
            rule=found.violation.rule,
            person=person(found.violation.holder) if found.violation.holder else None,
            unit=unit(found.violation.unit) if found.violation.unit else None,
            posts=[post(each) for each in found.violation.posts],
            duties=list(found.violation.duties),
            found_at=found.found_at,
            state=found.remedy.state,
            note=found.remedy.note,
            control=found.remedy.control,
            due_on=found.remedy.due_on,
        )


@strawberry.input
class ScanSegregationInput:
    client_mutation_id: str


@strawberry.input(
    description="COMPENSATED names a control in force; CLOSED is refused while the duties remain."
)
class RemedySegregationInput:
    client_mutation_id: str
    finding_id: strawberry.ID
    state: str
    note: str
    control: str = ""
    due_on: date | None = None


@strawberry.input
class GrantSegregationExceptionInput:
    client_mutation_id: str
    rule: str
    person_id: strawberry.ID
    control: str
    reason: str
    expires_on: date


@strawberry.type
class ScanSegregationPayload:
    opened: int
    closed: int
    open: int
    user_errors: list[UserError]


@strawberry.type
class SegregationPayload:
    id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class SegregationQuery:
    @strawberry.field(description="Findings of the bureau; for those who may know where it is weak.")
    async def segregation_findings(self, info: Info, closed: bool = False) -> list[SegregationFinding]:
        bureau = loaders.bureau_of(info.context)
        who = await loaders.reader_on(info.context, info.context.today)
        async with info.context.runtime.db.read(who) as conn:
            found = await findings(conn, bureau, closed=closed)
        allowed = POLICY.decide(who, "read", [finding_resource(each.id, bureau) for each in found])
        return [SegregationFinding.of(each) for each, yes in zip(found, allowed, strict=True) if yes]


@strawberry.type
class SegregationMutation:
    @strawberry.mutation(description="Scan the whole bureau.")
    async def scan_segregation(self, info: Info, input: ScanSegregationInput) -> ScanSegregationPayload:
        done, errors = await run(info, use.scan, use.ScanSegregation(), input.client_mutation_id)
        return ScanSegregationPayload(
            opened=done.opened if done else 0,
            closed=done.closed if done else 0,
            open=done.open if done else 0,
            user_errors=errors,
        )

    @strawberry.mutation(description="The next step of a remedy.")
    async def remedy_segregation(self, info: Info, input: RemedySegregationInput) -> SegregationPayload:
        command = use.RemedyFinding(input.finding_id, input.state, input.note, input.control, input.due_on)
        return await _payload(info, use.remedy_finding, command, input.client_mutation_id)

    @strawberry.mutation(description="An exception that expires, with a control behind it (SoD-12).")
    async def grant_segregation_exception(
        self, info: Info, input: GrantSegregationExceptionInput
    ) -> SegregationPayload:
        command = use.GrantException(
            input.rule, input.person_id, input.control, input.reason, input.expires_on
        )
        return await _payload(info, use.grant_exception, command, input.client_mutation_id)


async def _payload(info: Info, use_case: Any, command: Any, key: str) -> SegregationPayload:
    done, errors = await run(info, use_case, command, key)
    return SegregationPayload(id=strawberry.ID(done.id) if done else None, user_errors=errors)
