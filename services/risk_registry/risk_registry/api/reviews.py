"""The grading review as an entity: blind until it closes."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Citation, Info

from risk_registry.api import loaders
from risk_registry.api.assessments import GradingAssessment
from risk_registry.api.enums import RiskGrade
from risk_registry.api.references import Person, person
from risk_registry.api.types import RiskPoint
from risk_registry.domain.anchors import Factor
from risk_registry.domain.assessment import ReviewKind
from risk_registry.domain.grading import Scheme, tally_of
from risk_registry.domain.reviews import CastVote, Review
from risk_registry.storage.anchors import anchors
from risk_registry.storage.assessments import assessed_of
from risk_registry.storage.schemes import scheme


@strawberry.type(description="How members voted on one grade.")
class GradeTally:
    grade: RiskGrade
    votes: int


@strawberry.type(description="One vote; dissent is kept under its member's name.")
class GradeVote:
    member: Person
    grade: RiskGrade
    likelihood: int | None
    severity: int | None
    opinion: str
    cast_at: datetime

    @classmethod
    def of(cls, cast: CastVote) -> "GradeVote":
        return cls(
            member=person(cast.vote.person_id),
            grade=cast.vote.grade,
            likelihood=cast.vote.likelihood,
            severity=cast.vote.severity,
            opinion=cast.opinion,
            cast_at=cast.cast_at,
        )


@strawberry.type(
    description="How a review ended. Without a grade the panel was split and the old grade stands."
)
class GradingOutcome:
    grade: RiskGrade | None
    proposed: RiskGrade | None = strawberry.field(
        description="What the method gave, if members voted on factors."
    )
    effective_from: date
    reason: str
    closed_by: Person
    closed_at: datetime
    tally: list[GradeTally]


@strawberry.type(description="What one value of a factor means; read it before voting (S1-053…055).")
class GradingAnchor:
    factor: Factor
    value: int
    word_zh: str
    word_en: str
    citation: Citation


@strawberry.type(description="The method: factors 1–5, where MEDIUM and HIGH begin, and the quorum.")
class GradingScheme:
    version: strawberry.Private[str]
    family: str = strawberry.field(description="Whose scheme: three colours, or high, medium, low (C-02).")
    method: str
    medium_from: int
    high_from: int
    grid: list[str] = strawberry.field(
        description="`grid[likelihood - 1][severity - 1]` is L, M or H; empty for MAX."
    )
    quorum: int
    second_round_over: int = strawberry.field(description="A wider spread asks for a second round.")
    factors_only: bool
    citation: Citation

    @classmethod
    def of(cls, rules: Scheme) -> "GradingScheme":
        return cls(
            version=rules.version,
            family=rules.family,
            method=rules.method,
            grid=list(rules.grid),
            medium_from=rules.medium_from,
            high_from=rules.high_from,
            quorum=rules.quorum,
            second_round_over=rules.second_round_over,
            factors_only=rules.factors_only,
            citation=Citation(text=rules.citation, version=rules.version),
        )

    @strawberry.field(description="What each value of likelihood and severity means.")
    async def anchors(self, info: Info) -> list[GradingAnchor]:
        async with info.context.read() as conn:
            found = await anchors(conn, self.version)
        return [
            GradingAnchor(
                factor=each.factor,
                value=each.value,
                word_zh=each.word_zh,
                word_en=each.word_en,
                citation=Citation(text=each.citation, version=self.version),
            )
            for each in found
        ]


@strawberry.federation.type(keys=["id"], description="集体评查: a panel grades one risk point.")
class GradingReview:
    review: strawberry.Private[Review]
    id: strawberry.ID
    opened_by: Person
    opened_at: datetime
    closed: bool
    members: list[Person]
    recused: list[Person]
    kind: ReviewKind

    @classmethod
    def of(cls, review: Review) -> "GradingReview":
        return cls(
            review=review,
            id=strawberry.ID(review.id),
            opened_by=person(review.opened_by),
            opened_at=review.opened_at,
            closed=review.closing is not None,
            members=[person(each) for each in sorted(review.members)],
            recused=[person(each) for each in sorted(review.recused)],
            kind=review.kind,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "GradingReview | None":
        found = await loaders.review(info.context, id)
        return cls.of(found) if found else None

    @strawberry.field(
        description="The proposal that the review answers; one of evidence for head and discipline lead alone."
    )
    async def proposal_id(self, info: Info) -> strawberry.ID | None:
        found = self.review.proposal_id or await loaders.evidence_answered(info.context, self.review)
        return strawberry.ID(found) if found else None

    @strawberry.field(description="The point under review; null for a member who may not read it.")
    async def point(self, info: Info) -> RiskPoint | None:
        found = await loaders.point(info.context, self.review.point_id, info.context.today)
        return RiskPoint.of(found) if found else None

    @strawberry.field
    async def scheme(self, info: Info) -> GradingScheme:
        async with info.context.read() as conn:
            return GradingScheme.of(await scheme(conn, self.review.scheme))

    @strawberry.field
    async def votes_cast(self, info: Info) -> int:
        return await loaders.votes_cast(info.context, self.review)

    @strawberry.field(
        description="Every vote once the review is closed or its grade is up for signature; until then your own."
    )
    async def votes(self, info: Info) -> list[GradeVote]:
        return [GradeVote.of(each) for each in await loaders.votes(info.context, self.review.id)]

    @strawberry.field(
        description="Null in a review of a bare grade, unless that is HIGH and has to be signed."
    )
    async def assessment(self, info: Info) -> GradingAssessment | None:
        if self.review.kind is ReviewKind.GRADE:
            async with info.context.read() as conn:
                if await assessed_of(conn, self.review.id) is None:
                    return None
        return GradingAssessment(review=self.review)

    @strawberry.field(description="Null while the review is open.")
    async def outcome(self, info: Info) -> GradingOutcome | None:
        closing = self.review.closing
        if closing is None:
            return None
        cast = await loaders.votes(info.context, self.review.id)
        tally = tally_of([each.vote for each in cast])
        return GradingOutcome(
            grade=closing.grade,
            proposed=closing.proposed,
            effective_from=closing.effective_from,
            reason=closing.reason,
            closed_by=person(closing.closed_by),
            closed_at=closing.closed_at,
            tally=[GradeTally(grade=grade, votes=count) for grade, count in tally.items()],
        )
