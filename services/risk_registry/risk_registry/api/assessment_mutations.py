"""Writes of a two-factor review; each answers with the review as the caller may see it."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.api import loaders
from risk_registry.api.assessments import ProposeGradeInput, ProposeGradePayload, propose
from risk_registry.api.enums import RiskGrade
from risk_registry.api.reviews import GradingReview
from risk_registry.use_cases.cast_assessment_vote import CastAssessmentVote, cast_assessment_vote
from risk_registry.use_cases.close_assessment_round import CloseAssessmentRound, close_assessment_round
from risk_registry.use_cases.dissent_from_grade import DissentFromGrade, dissent_from_grade
from risk_registry.use_cases.put_grade_for_sign_off import PutGradeForSignOff, put_grade_for_sign_off
from risk_registry.use_cases.sign_off_grading_review import SignOffGradingReview, sign_off_grading_review


@strawberry.input(description="Likelihood and severity from 1 to 5.")
class CastAssessmentVoteInput:
    client_mutation_id: str
    review_id: strawberry.ID
    likelihood: int
    severity: int
    opinion: str = ""


@strawberry.input
class CloseAssessmentRoundInput:
    client_mutation_id: str
    review_id: strawberry.ID
    round: int


@strawberry.input(
    description="The method's grade unless another is given; a lower one needs a reason (C-04)."
)
class PutGradeForSignOffInput:
    client_mutation_id: str
    review_id: strawberry.ID
    effective_from: date
    grade: RiskGrade | None = None
    reason: str = ""
    upper_opinion: str = ""


@strawberry.input
class DissentFromGradeInput:
    client_mutation_id: str
    review_id: strawberry.ID
    reason: str


@strawberry.input(description="`stateHash` is that of the state which you have read.")
class SignOffGradingReviewInput:
    client_mutation_id: str
    review_id: strawberry.ID
    state_hash: str


@strawberry.type
class GradingReviewPayload:
    grading_review: GradingReview | None
    user_errors: list[UserError]

    @classmethod
    async def of(cls, info: Info, review_id: str | None, errors: list[UserError]) -> "GradingReviewPayload":
        seen = await loaders.review(info.context, review_id) if review_id else None
        return cls(grading_review=GradingReview.of(seen) if seen else None, user_errors=errors)


@strawberry.type
class AssessmentMutation:
    @strawberry.mutation(description="Say what a point's grade should be; a review decides.")
    async def propose_grade(self, info: Info, input: ProposeGradeInput) -> ProposeGradePayload:
        return await propose(info, input)

    @strawberry.mutation(description="One vote a round on both factors, without a name to the others.")
    async def cast_assessment_vote(self, info: Info, input: CastAssessmentVoteInput) -> GradingReviewPayload:
        command = CastAssessmentVote(input.review_id, input.likelihood, input.severity, input.opinion)
        done, errors = await run(info, cast_assessment_vote, command, input.client_mutation_id)
        return await GradingReviewPayload.of(info, done.review_id if done else None, errors)

    @strawberry.mutation(description="Close a round; where the panel is of two minds it votes once more.")
    async def close_assessment_round(
        self, info: Info, input: CloseAssessmentRoundInput
    ) -> GradingReviewPayload:
        command = CloseAssessmentRound(input.review_id, input.round)
        done, errors = await run(info, close_assessment_round, command, input.client_mutation_id)
        return await GradingReviewPayload.of(info, done.review_id if done else None, errors)

    @strawberry.mutation(description="Put a grade up for signature; what was signed before is void.")
    async def put_grade_for_sign_off(
        self, info: Info, input: PutGradeForSignOffInput
    ) -> GradingReviewPayload:
        command = PutGradeForSignOff(
            input.review_id, input.effective_from, input.grade, input.reason, input.upper_opinion
        )
        done, errors = await run(info, put_grade_for_sign_off, command, input.client_mutation_id)
        return await GradingReviewPayload.of(info, done.review_id if done else None, errors)

    @strawberry.mutation(description="A member would have graded otherwise, and says why.")
    async def dissent_from_grade(self, info: Info, input: DissentFromGradeInput) -> GradingReviewPayload:
        command = DissentFromGrade(input.review_id, input.reason)
        done, errors = await run(info, dissent_from_grade, command, input.client_mutation_id)
        return await GradingReviewPayload.of(info, done.review_id if done else None, errors)

    @strawberry.mutation(description="Sign exactly the state of `stateHash`; HIGH takes head and discipline.")
    async def sign_off_grading_review(
        self, info: Info, input: SignOffGradingReviewInput
    ) -> GradingReviewPayload:
        command = SignOffGradingReview(input.review_id, input.state_hash)
        done, errors = await run(info, sign_off_grading_review, command, input.client_mutation_id)
        return await GradingReviewPayload.of(info, done.review_id if done else None, errors)
