"""Open a collective grading review: the panel is named, holders of the point are recused."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import ReviewKind, VotedOtherwise, check_odd
from risk_registry.domain.grading import NotEligible, Scheme, check_panel
from risk_registry.domain.proposals import ProposalDecided, ProposalStatus, status_of
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.reviews import Review
from risk_registry.domain.standing import OPENED, Standing
from risk_registry.domain.visibility import votes_on_grades
from risk_registry.policies import POLICY, point_resource
from risk_registry.storage.evidence_proposals import evidence_proposals
from risk_registry.storage.proposal_answers import add_evidence_answer, answers_of
from risk_registry.storage.reviews import add_review
from risk_registry.storage.schemes import scheme_on
from risk_registry.storage.standings import add_standings, lock_point, standings_of
from risk_registry.storage.suggested_grades import suggestions_of
from risk_registry.use_cases.panel import holders_of, point_of

MAX_PANEL = 50


class ReviewAlreadyOpen(Conflict):
    """One review of a point at a time: close the open one first."""

    code = "REVIEW_ALREADY_OPEN"


class GradePending(Conflict):
    """A decided grade has not begun to count: review the point again from its day on."""

    code = "GRADE_PENDING"


class OpenGradingReview(msgspec.Struct, frozen=True):
    """`members` are the whole panel; `recused` those of them who do not vote for a reason of their own.

    `proposal_id` names the proposal that the review answers.
    """

    point_id: str
    members: list[str]
    recused: list[str] = []
    kind: ReviewKind = ReviewKind.GRADE
    proposal_id: str | None = None


class ReviewOpened(msgspec.Struct, frozen=True):
    """The new review."""

    review_id: str


async def open_grading_review(uow: Uow, command: OpenGradingReview) -> ReviewOpened:
    """Refuses with NOT_FOUND, REVIEW_ALREADY_OPEN, GRADE_PENDING, NOT_ELIGIBLE, PANEL_TOO_SMALL, PANEL_EVEN or
    PROPOSAL_DECIDED.
    """
    await lock_point(uow.conn, command.point_id)
    point = await point_of(uow, command.point_id, uow.today)
    POLICY.require(uow.principal, "open_review", point_resource(point))
    if point.state not in OPENED:
        raise ReviewAlreadyOpen(
            f"the point is {point.state}: only a point that is not under review can be reviewed"
        )
    await _check_pending(uow, point)
    org = await load_org(uow.conn, point.bureau_id)
    scheme = await scheme_on(uow.conn, point.bureau_id, uow.today)
    review = _review(uow, org, point, command, scheme.version)
    _check_kind(review, scheme)
    answers_evidence = await _answers_evidence(uow, review)
    await add_review(uow.conn, replace(review, proposal_id=None) if answers_evidence else review)
    if answers_evidence and review.proposal_id:
        await add_evidence_answer(uow.conn, review, review.proposal_id)
    await add_standings(uow.conn, point.bureau_id, [(point.id, _opened(uow, point, review))])
    await uow.audit("open_grading_review", "GradingReview", review.id, {"point": point.id})
    return ReviewOpened(review.id)


async def _check_pending(uow: Uow, point: PointOnDay) -> None:
    history = (await standings_of(uow.conn, [point.id])).get(point.id, [])
    if later := [each.valid_from for each in history if each.valid_from > uow.today]:
        raise GradePending(f"a decided state begins to count on {min(later)}: open a review from then on")


def _review(uow: Uow, org: Org, point: PointOnDay, command: OpenGradingReview, scheme: str) -> Review:
    members = frozenset(command.members)
    _check_members(org, point, command.members, command.recused, uow)
    holders = {person for person, _unit in holders_of(org, point.description, uow.today)}
    return Review(
        id=new_id("gr"),
        point_id=point.id,
        bureau_id=point.bureau_id,
        scheme=scheme,
        members=members,
        recused=members & (holders | set(command.recused)),
        opened_by=uow.principal.actor,
        opened_at=uow.now,
        kind=command.kind,
        proposal_id=command.proposal_id,
    )


def _check_kind(review: Review, rules: Scheme) -> None:
    if rules.factors_only and review.kind is ReviewKind.GRADE:
        raise VotedOtherwise(
            f"{rules.version} grades by likelihood and severity alone: open a review of FACTORS"
        )
    check_panel(review.panel, rules)
    if review.kind is ReviewKind.FACTORS:
        check_odd(review.panel)


async def _answers_evidence(uow: Uow, review: Review) -> bool:
    """Whether the named proposal is one of evidence. Raises NotFound for one that the chair may not know of."""
    if review.proposal_id is None:
        return False
    suggested = (await suggestions_of(uow.conn, [review.point_id])).get(review.point_id, [])
    by_evidence = await evidence_proposals(uow.conn, review.bureau_id)
    found = {each.id: False for each in suggested}
    found |= {each.id: True for each in by_evidence if each.point_id == review.point_id}
    if review.proposal_id not in found:
        raise absent("grade proposal")
    answers = (await answers_of(uow.conn, [review.proposal_id])).get(review.proposal_id, [])
    if status_of(answers) is ProposalStatus.DECIDED:
        raise ProposalDecided("a review has answered this proposal", path=("proposalId",))
    return found[review.proposal_id]


def _check_members(
    org: Org, point: PointOnDay, members: Sequence[str], recused: Sequence[str], uow: Uow
) -> None:
    if len(members) > MAX_PANEL:
        raise Invalid(f"a panel has at most {MAX_PANEL} members", path=("members",))
    for index, person in enumerate(members):
        if org.person(person) is None:
            raise Invalid("there is no such person in this bureau", path=("members", index))
        if not votes_on_grades(org, person, point.description.owner_unit, uow.today):
            raise NotEligible(f"{person} has no role that votes on grades", path=("members", index))
    if outside := set(recused) - set(members):
        raise Invalid(f"{len(outside)} recused persons are not on the panel", path=("recused",))


def _opened(uow: Uow, point: PointOnDay, review: Review) -> Standing:
    return Standing(
        OPENED[point.state], point.grade, uow.today, uow.now, review_id=review.id, reason="review opened"
    )
