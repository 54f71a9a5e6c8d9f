"""Writes: one input with its `clientMutationId`, one payload with user errors."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.api.assessment_mutations import AssessmentMutation, GradingReviewPayload
from risk_registry.api.authority import AuthorityMutation
from risk_registry.api.avoidance import AvoidanceMutation
from risk_registry.api.bpmn import BpmnMutation
from risk_registry.api.catalogue import CatalogueMutation
from risk_registry.api.deviations import DeviationMutation
from risk_registry.api.disclosure import DisclosureMutation
from risk_registry.api.discretion import DiscretionMutation
from risk_registry.api.documents import DocumentMutation
from risk_registry.api.entry_drafts import EntryDraftMutation
from risk_registry.api.enums import RiskGrade
from risk_registry.api.gaps import GapMutation
from risk_registry.api.grading import GradingMutation
from risk_registry.api.imports import ImportRegisterInput, ImportRegisterPayload, take
from risk_registry.api.indicators import IndicatorMutation
from risk_registry.api.processes import ProcessMutation
from risk_registry.api.risk_proposals import RiskProposalMutation
from risk_registry.api.rotation_audits import RotationAuditMutation
from risk_registry.api.rotation_mutations import RotationMutation
from risk_registry.api.segregation import SegregationMutation
from risk_registry.api.selection_mutations import SelectionMutation
from risk_registry.api.self_checks import SelfCheckMutation
from risk_registry.api.tuning import TuningMutation
from risk_registry.domain.assessment import ReviewKind
from risk_registry.use_cases.cast_grade_vote import CastGradeVote, cast_grade_vote
from risk_registry.use_cases.choose_display_profile import ChooseDisplayProfile, choose_display_profile
from risk_registry.use_cases.close_grading_review import CloseGradingReview, close_grading_review
from risk_registry.use_cases.open_grading_review import OpenGradingReview, open_grading_review


@strawberry.input
class OpenGradingReviewInput:
    client_mutation_id: str
    point_id: strawberry.ID
    members: list[strawberry.ID]
    recused: list[strawberry.ID] = strawberry.field(default_factory=list[strawberry.ID])
    kind: ReviewKind = ReviewKind.GRADE
    proposal_id: strawberry.ID | None = None


@strawberry.input(description="A grade, or likelihood and severity from 1 to 5, or all three.")
class CastGradeVoteInput:
    client_mutation_id: str
    review_id: strawberry.ID
    grade: RiskGrade | None = None
    likelihood: int | None = None
    severity: int | None = None
    opinion: str = ""


@strawberry.input
class CloseGradingReviewInput:
    client_mutation_id: str
    review_id: strawberry.ID
    effective_from: date
    reason: str = ""
    upper_opinion: str = ""


@strawberry.input
class ChooseDisplayProfileInput:
    client_mutation_id: str
    profile: str
    effective_from: date


@strawberry.type
class ChooseDisplayProfilePayload:
    profile: str | None
    user_errors: list[UserError]


@strawberry.type
class Mutation(
    AssessmentMutation,
    AuthorityMutation,
    AvoidanceMutation,
    BpmnMutation,
    CatalogueMutation,
    DeviationMutation,
    EntryDraftMutation,
    DisclosureMutation,
    DiscretionMutation,
    DocumentMutation,
    GapMutation,
    GradingMutation,
    IndicatorMutation,
    ProcessMutation,
    RiskProposalMutation,
    RotationAuditMutation,
    RotationMutation,
    SegregationMutation,
    SelectionMutation,
    SelfCheckMutation,
    TuningMutation,
):
    @strawberry.mutation(description="Take over a register: all of it or nothing (scenario 12).")
    async def import_register(self, info: Info, input: ImportRegisterInput) -> ImportRegisterPayload:
        return await take(info, input)

    @strawberry.mutation(description="Open a collective review; holders of the point are recused.")
    async def open_grading_review(self, info: Info, input: OpenGradingReviewInput) -> GradingReviewPayload:
        command = OpenGradingReview(
            input.point_id, list(input.members), list(input.recused), input.kind, input.proposal_id
        )
        done, errors = await run(info, open_grading_review, command, input.client_mutation_id)
        return await GradingReviewPayload.of(info, done.review_id if done else None, errors)

    @strawberry.mutation(description="One member, one vote, blind until the review closes.")
    async def cast_grade_vote(self, info: Info, input: CastGradeVoteInput) -> GradingReviewPayload:
        command = CastGradeVote(input.review_id, input.grade, input.likelihood, input.severity, input.opinion)
        done, errors = await run(info, cast_grade_vote, command, input.client_mutation_id)
        return await GradingReviewPayload.of(info, done.review_id if done else None, errors)

    @strawberry.mutation(
        description="The median decides; the grade counts from `effectiveFrom`, HIGH when head and discipline have signed."
    )
    async def close_grading_review(self, info: Info, input: CloseGradingReviewInput) -> GradingReviewPayload:
        command = CloseGradingReview(input.review_id, input.effective_from, input.reason, input.upper_opinion)
        done, errors = await run(info, close_grading_review, command, input.client_mutation_id)
        return await GradingReviewPayload.of(info, done.review_id if done else None, errors)

    @strawberry.mutation(description="Choose colours and words for grades (C-01).")
    async def choose_display_profile(
        self, info: Info, input: ChooseDisplayProfileInput
    ) -> ChooseDisplayProfilePayload:
        command = ChooseDisplayProfile(input.profile, input.effective_from)
        done, errors = await run(info, choose_display_profile, command, input.client_mutation_id)
        return ChooseDisplayProfilePayload(profile=done.profile if done else None, user_errors=errors)
