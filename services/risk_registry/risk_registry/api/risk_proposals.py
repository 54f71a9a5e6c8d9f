"""New risks proposed at any time, from any context (S2-047)."""

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.api import loaders
from risk_registry.api.enums import RiskGrade
from risk_registry.api.self_checks import SelfCheckItemInput
from risk_registry.api.types import RiskPoint
from risk_registry.domain.assessment import ProposalOrigin
from risk_registry.use_cases.enter_proposed import CheckItem
from risk_registry.use_cases.propose_risk import ProposeRisk, propose_risk


@strawberry.input(description="`source` names what it rests on: an alert, a run, an order.")
class ProposeRiskInput:
    client_mutation_id: str
    post: strawberry.ID
    risk: SelfCheckItemInput
    grade: RiskGrade
    reason: str
    origin: ProposalOrigin = ProposalOrigin.OFFICER
    source: str = ""


@strawberry.type
class ProposeRiskPayload:
    risk_point: RiskPoint | None
    proposal_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class RiskProposalMutation:
    @strawberry.mutation(description="Propose a new risk on a post, with its grade; a review decides.")
    async def propose_risk(self, info: Info, input: ProposeRiskInput) -> ProposeRiskPayload:
        one = input.risk
        risk = CheckItem(one.title, one.process, one.step, one.cause, one.scope, one.category)
        command = ProposeRisk(input.post, risk, input.grade, input.reason, input.origin, input.source)
        done, errors = await run(info, propose_risk, command, input.client_mutation_id)
        point = await loaders.point(info.context, done.point_id, info.context.today) if done else None
        return ProposeRiskPayload(
            risk_point=RiskPoint.of(point) if point else None,
            proposal_id=strawberry.ID(done.proposal_id) if done else None,
            user_errors=errors,
        )
