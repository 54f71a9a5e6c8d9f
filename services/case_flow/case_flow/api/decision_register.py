"""Relief decisions that another record has, held against the process."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, page_size, run

from case_flow.access import POLICY, decision_register
from case_flow.storage import decision_register as register
from case_flow.use_cases.report_decision import ReportDecision, report_decision


@strawberry.input
class ReportDecisionInput:
    client_mutation_id: str
    decision_no: str
    unit_id: strawberry.ID
    decided_on: date
    source: str = strawberry.field(description="Where it was found.")
    matter_id: strawberry.ID = strawberry.field(
        default=strawberry.ID(""), description="The one that it names."
    )


@strawberry.type
class ReportDecisionPayload:
    new: bool | None = strawberry.field(description="False: the number was reported before.")
    user_errors: list[UserError]


@strawberry.type(description="减免税决定: one that another record has.")
class ReportedDecision:
    decision_no: str
    unit_id: strawberry.ID
    decided_on: date
    matter_id: strawberry.ID | None
    source: str
    reported_by: str = strawberry.field(description="An officer, or the program of another system.")
    reported_at: datetime


@strawberry.type
class DecisionRegisterQuery:
    @strawberry.field(description="Relief decisions that were reported, the newest first.")
    async def reported_decisions(self, info: Info, first: int = 50) -> list[ReportedDecision]:
        who, bureau = info.context.principal, info.context.principal.bureau_id or ""
        if not POLICY.allows(who, "read", decision_register(bureau)):
            return []
        async with info.context.read() as conn:
            found = await register.newest(conn, bureau, page_size(first))
        return [
            ReportedDecision(
                decision_no=one.decision_no,
                unit_id=strawberry.ID(one.unit_id),
                decided_on=one.decided_on,
                matter_id=strawberry.ID(one.matter_id) if one.matter_id else None,
                source=one.source,
                reported_by=one.reported_by,
                reported_at=one.reported_at,
            )
            for one in found
        ]


@strawberry.type
class DecisionRegisterMutation:
    @strawberry.mutation(
        description="Report a relief decision; one that no approved matter stands behind alarms."
    )
    async def report_decision(self, info: Info, input: ReportDecisionInput) -> ReportDecisionPayload:
        command = ReportDecision(
            input.decision_no, input.unit_id, input.decided_on, input.source, input.matter_id
        )
        done, errors = await run(info, report_decision, command, input.client_mutation_id)
        return ReportDecisionPayload(new=done.new if done else None, user_errors=errors)
