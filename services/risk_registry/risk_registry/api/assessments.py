"""How a panel assessed likelihood and severity, what was put up for signature, and who signed it."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.enums import RiskGrade
from risk_registry.api.references import Person, person
from risk_registry.domain.assessment import (
    AssessedGrade,
    Assessment,
    ProposalOrigin,
    ReviewKind,
    Round,
    SuggestedGrade,
    current_round,
)
from risk_registry.domain.proposals import Answer, ProposalStatus, outcome_of, status_of
from risk_registry.domain.reviews import Review
from risk_registry.domain.sign_off import Seat, SignOff
from risk_registry.policies import POLICY, point_resource
from risk_registry.storage.assessments import (
    assessed_of,
    assessments_of,
    dissents_of,
    rounds_of,
    sign_offs_of,
)
from risk_registry.storage.proposal_answers import answers_of
from risk_registry.storage.suggested_grades import suggestions_of
from risk_registry.use_cases.decided_state import state_of
from risk_registry.use_cases.propose_grade import ProposeGrade, propose_grade

strawberry.enum(ReviewKind, name="GradingReviewKind", description="评等级 GRADE, 评两因素 FACTORS")
strawberry.enum(ProposalStatus, description="待评查 OPEN, 评查中 UNDER_REVIEW, 已评定 DECIDED")
strawberry.enum(Seat, name="GradingSeat", description="局长 HEAD, 纪检组长 DISCIPLINE")
strawberry.enum(
    ProposalOrigin,
    name="SuggestedGradeOrigin",
    description="干部提议 OFFICER, 自查 SELF_CHECK, 证据 EVIDENCE, 检查 INSPECTION, 投诉 COMPLAINT, 过错 INCIDENT, "
    "控制测试 CONTROL_TEST, 流程再造 REFORM",
)


@strawberry.type(description="Likelihood and severity, 1 to 5, and why. Whose it is, nobody is told.")
class FactorVote:
    likelihood: int
    severity: int
    opinion: str

    @classmethod
    def of(cls, vote: Assessment) -> "FactorVote":
        return cls(likelihood=vote.likelihood, severity=vote.severity, opinion=vote.opinion)


@strawberry.type(description="A factor over all votes of a round: median, and interquartile range.")
class FactorResult:
    median: int
    spread: float


@strawberry.type(description="A closed round; unless it is settled, the panel votes once more.")
class AssessmentRound:
    number: int
    likelihood: FactorResult
    severity: FactorResult
    votes: list[FactorVote]
    settled: bool
    closed_at: datetime

    @classmethod
    def of(cls, closed: Round) -> "AssessmentRound":
        return cls(
            number=closed.number,
            likelihood=FactorResult(median=closed.likelihood, spread=closed.likelihood_spread),
            severity=FactorResult(median=closed.severity, spread=closed.severity_spread),
            votes=[FactorVote.of(each) for each in closed.votes],
            settled=closed.settled,
            closed_at=closed.closed_at,
        )


@strawberry.type(description="A member who would have graded otherwise, and why.")
class GradeDissent:
    member: Person
    reason: str
    recorded_at: datetime


@strawberry.type(
    description="The grade that is up for signature, beside what the method makes of the medians."
)
class GradeForSignOff:
    grade: RiskGrade
    by_method: RiskGrade | None
    effective_from: date
    reason: str
    upper_opinion: str

    @classmethod
    def of(cls, given: AssessedGrade) -> "GradeForSignOff":
        return cls(
            grade=given.grade,
            by_method=given.by_method,
            effective_from=given.effective_from,
            reason=given.reason,
            upper_opinion=given.upper_opinion,
        )


@strawberry.type(description="A signature; void when the state has changed since.")
class GradeSignOff:
    seat: Seat
    person: Person
    state_hash: str
    signed_at: datetime
    void: bool

    @classmethod
    def of(cls, given: SignOff, state_hash: str | None) -> "GradeSignOff":
        return cls(
            seat=given.seat,
            person=person(given.person_id),
            state_hash=given.state_hash,
            signed_at=given.signed_at,
            void=given.state_hash != state_hash,
        )


@strawberry.type(
    description="两因素评查: rounds, dissent, and signatures bound to the state that was decided."
)
class GradingAssessment:
    review: strawberry.Private[Review]

    @strawberry.field(description="The round that members vote in now; null once the last one is closed.")
    async def open_round(self, info: Info) -> int | None:
        return current_round(await self._rounds(info))

    @strawberry.field(description="How many members have voted in the open round.")
    async def votes_cast(self, info: Info) -> int:
        number = current_round(await self._rounds(info))
        async with info.context.runtime.db.read(system(self.review.bureau_id)) as conn:
            return len(await assessments_of(conn, self.review.id, number)) if number else 0

    @strawberry.field(description="Your own vote in the open round.")
    async def own_vote(self, info: Info) -> FactorVote | None:
        number = current_round(await self._rounds(info))
        async with info.context.read() as conn:
            mine = await assessments_of(conn, self.review.id, number) if number else {}
        found = mine.get(info.context.principal.person_id or "")
        return FactorVote.of(found) if found else None

    @strawberry.field
    async def rounds(self, info: Info) -> list[AssessmentRound]:
        return [AssessmentRound.of(each) for each in await self._rounds(info)]

    @strawberry.field
    async def dissents(self, info: Info) -> list[GradeDissent]:
        async with info.context.read() as conn:
            found = await dissents_of(conn, self.review.id)
        return [
            GradeDissent(member=person(each.person_id), reason=each.reason, recorded_at=each.recorded_at)
            for each in found
        ]

    @strawberry.field
    async def for_sign_off(self, info: Info) -> GradeForSignOff | None:
        async with info.context.read() as conn:
            found = await assessed_of(conn, self.review.id)
        return GradeForSignOff.of(found) if found else None

    @strawberry.field(description="SHA-256 of exactly the state that is, or was, decided.")
    async def state_hash(self, info: Info) -> str | None:
        return await self._hash(info)

    @strawberry.field
    async def sign_offs(self, info: Info) -> list[GradeSignOff]:
        now = await self._hash(info)
        async with info.context.read() as conn:
            found = await sign_offs_of(conn, self.review.id)
        return [GradeSignOff.of(each, now) for each in found]

    async def _rounds(self, info: Info) -> list[Round]:
        async with info.context.read() as conn:
            return await rounds_of(conn, self.review.id)

    async def _hash(self, info: Info) -> str | None:
        """Of a decided review the hash that was signed last: the point may have moved on since."""
        async with info.context.runtime.db.read(system(self.review.bureau_id)) as conn:
            if self.review.closing:
                return (await sign_offs_of(conn, self.review.id))[-1].state_hash
            state = await state_of(conn, self.review, info.context.today)
        return state.hash if state else None


@strawberry.type(name="SuggestedGrade", description="A grade that somebody would give, and on what it rests.")
class SuggestedGradeNode:
    id: strawberry.ID
    grade: RiskGrade
    origin: ProposalOrigin
    source: str
    reason: str
    proposed_by: Person
    proposed_at: datetime
    status: ProposalStatus
    review_id: strawberry.ID | None = strawberry.field(description="The last review that answers it.")
    outcome: RiskGrade | None = strawberry.field(description="The grade that its panel gave.")

    @classmethod
    def of(cls, given: SuggestedGrade, answers: Sequence[Answer]) -> "SuggestedGradeNode":
        return cls(
            id=strawberry.ID(given.id),
            grade=given.grade,
            origin=given.origin,
            source=given.source,
            reason=given.reason,
            proposed_by=person(given.proposed_by),
            proposed_at=given.proposed_at,
            status=status_of(answers),
            review_id=strawberry.ID(answers[-1].review_id) if answers else None,
            outcome=outcome_of(answers),
        )


async def _proposals(info: Info, point_id: str) -> list[SuggestedGradeNode]:
    point = await loaders.point(info.context, point_id, info.context.today)
    who = await loaders.reader_on(info.context, info.context.today) if point else None
    if point is None or who is None or not POLICY.allows(who, "read", point_resource(point)):
        return []
    async with info.context.runtime.db.read(who) as conn:
        found = (await suggestions_of(conn, [point_id])).get(point_id, [])
    async with info.context.runtime.db.read(system(point.bureau_id)) as conn:
        answers = await answers_of(conn, [each.id for each in found])
    return [SuggestedGradeNode.of(each, answers.get(each.id, [])) for each in found]


@strawberry.type
class AssessmentQuery:
    @strawberry.field(description="Proposals about a point's grade, the latest first, for its readers.")
    async def suggested_grades(self, info: Info, point_id: strawberry.ID) -> list[SuggestedGradeNode]:
        loaders.bureau_of(info.context)
        return await _proposals(info, point_id)


@strawberry.input
class ProposeGradeInput:
    client_mutation_id: str
    point_id: strawberry.ID
    grade: RiskGrade
    reason: str
    origin: ProposalOrigin = ProposalOrigin.OFFICER
    source: str = ""


@strawberry.type
class ProposeGradePayload:
    proposal: SuggestedGradeNode | None
    user_errors: list[UserError]


async def propose(info: Info, input: ProposeGradeInput) -> ProposeGradePayload:
    """Record the proposal and show it as its author may see it."""
    command = ProposeGrade(input.point_id, input.grade, input.reason, input.origin, input.source)
    done, errors = await run(info, propose_grade, command, input.client_mutation_id)
    seen = await _proposals(info, input.point_id) if done else []
    mine = next((each for each in seen if done and each.id == done.proposal_id), None)
    return ProposeGradePayload(proposal=mine, user_errors=errors)
