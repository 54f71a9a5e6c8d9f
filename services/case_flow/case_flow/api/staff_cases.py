"""Paired investigation (一案双查, S2-056): leads are handed over blind, the cases about staff are discipline's alone."""

from collections.abc import Sequence
from datetime import date

import strawberry
from plumbline_shared.graphql import Context, Info, UserError, page_size, run

from case_flow.access import POLICY
from case_flow.api.control_enums import Lang
from case_flow.api.mutations import done
from case_flow.api.references import Person, person
from case_flow.domain import staff_case as rules
from case_flow.domain.staff_case import StaffCaseOutcome, StaffCaseState
from case_flow.referral_access import staff_case_resource
from case_flow.rules import REFERRAL_RULES, rules_of
from case_flow.storage import staff_case as storage
from case_flow.use_cases.hand_over_lead import HandOverLead, hand_over_lead
from case_flow.use_cases.investigate_staff import (
    ConcludeStaffCase,
    DeclineStaffCase,
    OpenStaffCase,
    conclude_staff_case,
    decline_staff_case,
    open_staff_case,
)

strawberry.enum(StaffCaseState, description="线索 LEAD, 立案 OPENED, 结案 CONCLUDED, 不予立案 DECLINED")
strawberry.enum(StaffCaseOutcome, description="无过错 NO_FAULT, 提请问责 INQUIRY_PROPOSED, 移送 REFERRED")


@strawberry.federation.type(keys=["id"], description="双查中的人员案: about staff, beside a taxpayer's case.")
class StaffCase:
    row: strawberry.Private[rules.StaffCase]
    id: strawberry.ID
    matter_id: strawberry.ID = strawberry.field(description="The taxpayer's case, by its id alone.")
    trigger: str
    lead: str
    state: StaffCaseState
    outcome: StaffCaseOutcome | None
    report: str | None
    opened_on: date | None
    closed_on: date | None

    @classmethod
    def of(cls, row: rules.StaffCase) -> "StaffCase":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            matter_id=strawberry.ID(row.matter_id),
            trigger=row.trigger,
            lead=row.lead,
            state=row.state,
            outcome=row.outcome,
            report=row.report,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "StaffCase | None":
        return await staff_case_of(info, id)

    @strawberry.field
    def subjects(self) -> list[Person]:
        return [person(one) for one in self.row.subject_ids]

    @strawberry.field
    def investigators(self) -> list[Person]:
        return [person(one) for one in self.row.investigators]

    @strawberry.field
    async def trigger_label(self, info: Info, lang: Lang = Lang.ZH) -> str:
        label = (await rules_of(info.context, REFERRAL_RULES)).paired_triggers[self.row.trigger]
        return label.zh if lang is Lang.ZH else label.en


async def staff_case_of(info: Info, case_id: str | None) -> StaffCase | None:
    """The case as the caller sees it."""
    found = await info.context.loader(_cases).load(case_id) if case_id else None
    return StaffCase.of(found) if found else None


async def _cases(context: Context, ids: Sequence[str]) -> list[rules.StaffCase | None]:
    async with context.read() as conn:
        rows = await storage.many(conn, ids)
    resources = [staff_case_resource(row) for row in rows.values()]
    decisions = POLICY.decide(context.principal, "read", resources)
    allowed = {one.id for one, yes in zip(resources, decisions, strict=True) if yes}
    return [rows[one] if one in allowed else None for one in ids]


@strawberry.input
class HandOverLeadInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    trigger: str
    subject_ids: list[strawberry.ID]
    lead: str


@strawberry.input
class OpenStaffCaseInput:
    client_mutation_id: str
    case_id: strawberry.ID
    investigators: list[strawberry.ID]


@strawberry.input
class DeclineStaffCaseInput:
    client_mutation_id: str
    case_id: strawberry.ID
    reason: str


@strawberry.input
class ConcludeStaffCaseInput:
    client_mutation_id: str
    case_id: strawberry.ID
    report: str
    outcome: StaffCaseOutcome


@strawberry.type
class HandOverLeadPayload:
    receipt: strawberry.ID | None = strawberry.field(description="Nothing can be read with it.")
    user_errors: list[UserError]


@strawberry.type
class StaffCasePayload:
    staff_case: StaffCase | None
    user_errors: list[UserError]


@strawberry.type
class StaffCaseQuery:
    @strawberry.field(description="One case about staff; null when it does not exist or is not yours to see.")
    async def staff_case(self, info: Info, id: strawberry.ID) -> StaffCase | None:
        return await staff_case_of(info, id)

    @strawberry.field(description="Cases about staff that you see, the newest first.")
    async def staff_cases(self, info: Info, first: int = 50) -> list[StaffCase]:
        async with info.context.read() as conn:
            rows = await storage.page(conn, page_size(first))
        return [StaffCase.of(row) for row in rows]


@strawberry.type
class StaffCaseMutation:
    @strawberry.mutation(description="移交人员线索 to discipline; you read no more of it.")
    async def hand_over_lead(self, info: Info, input: HandOverLeadInput) -> HandOverLeadPayload:
        command = HandOverLead(input.matter_id, input.trigger, tuple(input.subject_ids), input.lead)
        made, errors = await run(info, hand_over_lead, command, input.client_mutation_id)
        return HandOverLeadPayload(receipt=strawberry.ID(made) if made else None, user_errors=errors)

    @strawberry.mutation(description="立案, with two investigators of discipline at least.")
    async def open_staff_case(self, info: Info, input: OpenStaffCaseInput) -> StaffCasePayload:
        command = OpenStaffCase(input.case_id, tuple(input.investigators))
        return _payload(*await done(info, open_staff_case, command, input.client_mutation_id, staff_case_of))

    @strawberry.mutation(description="不予立案, with the reason.")
    async def decline_staff_case(self, info: Info, input: DeclineStaffCaseInput) -> StaffCasePayload:
        command = DeclineStaffCase(input.case_id, input.reason)
        return _payload(
            *await done(info, decline_staff_case, command, input.client_mutation_id, staff_case_of)
        )

    @strawberry.mutation(description="结案, with the report and what comes of it.")
    async def conclude_staff_case(self, info: Info, input: ConcludeStaffCaseInput) -> StaffCasePayload:
        command = ConcludeStaffCase(input.case_id, input.report, input.outcome)
        return _payload(
            *await done(info, conclude_staff_case, command, input.client_mutation_id, staff_case_of)
        )


def _payload(found: StaffCase | None, errors: list[UserError]) -> StaffCasePayload:
    return StaffCasePayload(staff_case=found, user_errors=errors)
