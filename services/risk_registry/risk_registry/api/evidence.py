"""Why a point is graded so: `gradeExplanation` in two renderings, and proposals for those who may know of them."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Citation, Info
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.enums import RiskGrade
from risk_registry.documents.evidence_picture import evidence_svg
from risk_registry.domain.evidence_facts import EvidenceKind
from risk_registry.domain.explanation import Explanation, words
from risk_registry.domain.proposals import Answer, outcome_of
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.siblings import Siblings
from risk_registry.domain.standing import PointState
from risk_registry.policies import POLICY, point_resource
from risk_registry.storage.evidence_proposals import EvidenceProposal as Proposal
from risk_registry.storage.evidence_proposals import evidence_proposals as proposals_of_bureau
from risk_registry.storage.proposal_answers import answers_of
from risk_registry.use_cases.weigh_evidence import explanation_of

strawberry.enum(EvidenceKind, description="告警 事故 投诉 检查发现 信号")


@strawberry.type(
    description="A Gamma estimate of how often the risk comes true: its mean a year, worth so many years."
)
class RateEstimate:
    mean: float
    years: float


@strawberry.type(
    description="同一目录风险点 in other bureaus: their open evidence together, and never that of one of them."
)
class SiblingPrior:
    mean: float
    years: float
    bureaus_at_least: int
    as_of: date

    @classmethod
    def of(cls, siblings: Siblings) -> "SiblingPrior":
        return cls(
            mean=siblings.mean,
            years=siblings.years,
            bureaus_at_least=siblings.count,
            as_of=siblings.day,
        )


@strawberry.type(description="P(the method's grade is this one or higher).")
class GradeChance:
    grade: RiskGrade
    prior: float
    posterior: float


@strawberry.type(description="What one fact added. Which one it was is null without clearance.")
class EvidenceShare:
    share: float
    verified: bool
    kind: EvidenceKind | None
    reference: str | None
    occurred_on: date | None


@strawberry.type(description="评级说明. Without clearance: open evidence alone, and never a source.")
class GradeExplanation:
    point_id: strawberry.ID
    as_of: date
    known_at: datetime
    grade: RiskGrade
    graded_from: date
    review_id: strawberry.ID | None = strawberry.field(description="The review that decided the grade.")
    method: Citation
    scheme: Citation
    propose_at: float
    release_at: float
    likelihood: int
    severity: int
    panel_prior: RateEstimate
    sibling_prior: SiblingPrior | None = strawberry.field(
        description="Null while too few bureaus have the same catalogue point."
    )
    prior: RateEstimate = strawberry.field(description="The panel's and the siblings' as one.")
    posterior: RateEstimate
    chances: list[GradeChance]
    shares: list[EvidenceShare]
    proposed: RiskGrade | None = strawberry.field(
        description="The higher grade that all evidence proposes; always null without clearance."
    )
    words: str
    words_en: str
    svg: str

    @classmethod
    def of(
        cls, point: PointOnDay, on: date, known_at: datetime, of: Explanation, *, cleared: bool
    ) -> "GradeExplanation":
        chinese, english = words(of)
        shares = [
            EvidenceShare(
                share=each.share,
                verified=each.verified,
                kind=each.piece.kind if cleared else None,
                reference=each.piece.source_id if cleared else None,
                occurred_on=each.piece.occurred_on if cleared else None,
            )
            for each in sorted(of.shares, key=lambda one: (-one.share, one.verified))
        ]
        return cls(
            point_id=strawberry.ID(point.id),
            as_of=on,
            known_at=known_at,
            grade=of.grade,
            graded_from=of.decided.valid_from,
            review_id=strawberry.ID(of.decided.review_id) if of.decided.review_id else None,
            method=Citation(text=of.method.citation, version=of.method.version),
            scheme=Citation(text=of.scheme.citation, version=of.scheme.version),
            propose_at=of.scheme.rules.propose_at,
            release_at=of.scheme.rules.release_at,
            likelihood=of.likelihood,
            severity=of.severity,
            panel_prior=RateEstimate(mean=of.panel.mean, years=of.panel.years),
            sibling_prior=SiblingPrior.of(of.siblings) if of.siblings else None,
            prior=RateEstimate(mean=of.prior.mean, years=of.prior.years),
            posterior=RateEstimate(mean=of.found.shape / of.found.rate, years=of.found.rate),
            chances=[GradeChance(grade=c.grade, prior=c.prior, posterior=c.posterior) for c in of.chances],
            shares=shares,
            proposed=of.proposed if cleared else None,
            words=chinese,
            words_en=english,
            svg=evidence_svg(of),
        )


@strawberry.type(
    description="证据建议: a higher grade that evidence proposes; `openGradingReview` takes it up."
)
class EvidenceProposal:
    id: strawberry.ID
    point_id: strawberry.ID
    present: RiskGrade
    proposed: RiskGrade
    probability: float
    scheme: str
    opened_at: datetime
    status: str = strawberry.field(
        description="OPEN, UNDER_REVIEW, RELEASED (the estimate fell again), DECIDED (graded since)."
    )
    review_id: strawberry.ID | None = strawberry.field(description="The last review that answers it.")
    outcome: RiskGrade | None = strawberry.field(description="The grade that its panel gave.")


async def grade_explanation(
    info: Info, point_id: str, as_of: date | None, known_at: datetime | None
) -> GradeExplanation | None:
    """The explanation for its reader; None for a point that is not theirs to read, or has no grade."""
    context = info.context
    on = loaders.day_of(context, as_of)
    point = await loaders.point(context, point_id, on)
    if point is None:
        return None
    instant = min(known_at or context.now, context.now)
    who = await loaders.reader_on(context, context.today)
    cleared = POLICY.allows(who, "read_evidence", point_resource(point))
    async with context.runtime.db.read(system(point.bureau_id)) as conn:
        found = await explanation_of(conn, point, on, instant, sealed=cleared)
    return GradeExplanation.of(point, on, instant, found, cleared=cleared) if found else None


async def evidence_proposals(info: Info) -> list[EvidenceProposal]:
    """Proposals about points that the reader may know the evidence of; for everybody else there is none."""
    context = info.context
    bureau = loaders.bureau_of(context)
    who = await loaders.reader_on(context, context.today)
    async with context.runtime.db.read(who) as conn:
        found = await proposals_of_bureau(conn, bureau)
    shown = [(each, await loaders.point(context, each.point_id, context.today)) for each in found]
    return [
        await _proposal(info, each, point)
        for each, point in shown
        if point and POLICY.allows(who, "read_evidence", point_resource(point))
    ]


async def _proposal(info: Info, made: Proposal, point: PointOnDay) -> EvidenceProposal:
    context = info.context
    async with context.runtime.db.read(system(made.bureau_id)) as conn:
        found = await explanation_of(conn, point, context.today, context.now, sealed=True)
        answers = (await answers_of(conn, [made.id])).get(made.id, [])
    return EvidenceProposal(
        id=strawberry.ID(made.id),
        point_id=strawberry.ID(made.point_id),
        present=made.present,
        proposed=made.proposed,
        probability=made.probability,
        scheme=made.scheme,
        opened_at=made.opened_at,
        status=_status(made, point, found, answers),
        review_id=strawberry.ID(answers[-1].review_id) if answers else None,
        outcome=outcome_of(answers),
    )


def _status(made: Proposal, point: PointOnDay, found: Explanation | None, answers: Sequence[Answer]) -> str:
    if found is None or found.decided.sequence != made.standing or outcome_of(answers):
        return "DECIDED"
    if point.state is PointState.UNDER_REVIEW:
        return "UNDER_REVIEW"
    chance = next(each.posterior for each in found.chances if each.grade is made.proposed)
    return "OPEN" if chance >= found.scheme.rules.release_at else "RELEASED"


@strawberry.type
class EvidenceQuery:
    @strawberry.field(
        description="Why a point is graded so on a day, as known at an instant; null unless yours to read."
    )
    async def grade_explanation(
        self, info: Info, point_id: strawberry.ID, as_of: date | None = None, known_at: datetime | None = None
    ) -> GradeExplanation | None:
        return await grade_explanation(info, point_id, as_of, known_at)

    @strawberry.field(
        description="What evidence proposes, for head and discipline lead; empty for everybody else."
    )
    async def evidence_proposals(self, info: Info) -> list[EvidenceProposal]:
        return await evidence_proposals(info)
