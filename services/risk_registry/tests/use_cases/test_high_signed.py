"""HIGH counts when head and discipline lead have both signed, however it was voted; a proposal ends with its review."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.assessment import ProposalOrigin, SuggestedGrade, VotingOver
from risk_registry.domain.proposals import ProposalDecided
from risk_registry.domain.reviews import Closing
from risk_registry.domain.sign_off import AlreadySigned, StateChanged
from risk_registry.domain.standing import standing_on
from risk_registry.storage.evidence_proposals import EvidenceProposal, add_evidence_proposal
from risk_registry.storage.proposal_answers import evidence_answered_by
from risk_registry.storage.reviews import add_decision, load_reviews, votes_of
from risk_registry.storage.standings import standings_of
from risk_registry.storage.suggested_grades import add_suggestion
from risk_registry.testing import description, put_point
from risk_registry.use_cases.cast_grade_vote import CastGradeVote, cast_grade_vote
from risk_registry.use_cases.close_grading_review import (
    CloseGradingReview,
    GradingReviewClosed,
    close_grading_review,
)
from risk_registry.use_cases.open_grading_review import OpenGradingReview, open_grading_review
from risk_registry.use_cases.sign_off_grading_review import SignOffGradingReview, sign_off_grading_review

As = Callable[[str], Principal]
PANEL = [f"D01.{name}" for name in ("huang-zhen", "zhou-min", "tang-li", "ma-qing", "luo-fang", "song-ke")]
HEAD, LEAD, MEMBER = "D01.huang-zhen", "D01.ma-qing", "D01.zhou-min"
YEAR, START = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
FRIDAY, MONDAY = datetime(2026, 3, 6, 10, tzinfo=SHANGHAI), date(2026, 3, 9)
L, M, H = RiskGrade.LOW, RiskGrade.MEDIUM, RiskGrade.HIGH
POINT = "D01.RP-1"
SEE = "query ($id: ID!) { gradingReview(id: $id) { proposalId assessment { stateHash forSignOff { grade byMethod } } } }"
PROPOSED = "{ evidenceProposals { id status reviewId outcome } }"
SUGGESTED = "query ($id: ID!) { suggestedGrades(pointId: $id) { id status reviewId outcome } }"


class Panel:
    """A review of a bare grade, and what it answers."""

    def __init__(self, runtime: Runtime, act_as: As, graphql: RunGraphQL) -> None:
        self.runtime, self.act_as, self.graphql = runtime, act_as, graphql

    async def do(self, who: str, use_case: Any, command: Any) -> Any:
        return await self.runtime.execute(self.act_as(who), use_case, command)

    async def ask(self, who: str, document: str, id_: str = POINT) -> Any:
        answer = await self.graphql(self.runtime, self.act_as(who), document, {"id": id_})
        assert "errors" not in answer
        return next(iter(answer["data"].values()))

    async def voted(self, grades: Sequence[RiskGrade] = (H,) * 5, proposal: str | None = None) -> str:
        wanted = OpenGradingReview(POINT, PANEL, [], proposal_id=proposal)
        review = (await self.do(HEAD, open_grading_review, wanted)).review_id
        for person, grade in zip(PANEL, grades, strict=False):
            await self.do(person, cast_grade_vote, CastGradeVote(review, grade))
        return review

    async def close(self, review: str, reason: str = "") -> GradingReviewClosed:
        return await self.do(HEAD, close_grading_review, CloseGradingReview(review, MONDAY, reason))

    async def sign(self, who: str, review: str, state_hash: str) -> bool:
        done = await self.do(who, sign_off_grading_review, SignOffGradingReview(review, state_hash))
        return done.effective

    async def grade(self) -> RiskGrade | None:
        async with self.runtime.db.read(system("D01")) as conn:
            found = standing_on((await standings_of(conn, [POINT]))[POINT], MONDAY)
        return found.grade if found else None


@pytest_asyncio.fixture
async def panel(runtime: Runtime, act_as: As, clock: ManualClock, graphql: RunGraphQL) -> Panel:
    clock.set(FRIDAY)
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-1", L, description(["D01.TO-7.clearance"], "D01.LEVY"), YEAR, START)
        (standing,) = (await standings_of(conn, [POINT]))[POINT]
        made = EvidenceProposal("ep_1", POINT, "D01", standing.sequence, L, H, 0.9, "EVIDENCE-1", START)
        await add_evidence_proposal(conn, made)
        by = SuggestedGrade("gp_1", POINT, "D01", M, ProposalOrigin.OFFICER, "", "why", "D01.wu-bin", START)
        await add_suggestion(conn, by)
    return Panel(runtime, act_as, graphql)


async def test_a_bare_vote_for_high_counts_when_both_have_signed(panel: Panel) -> None:
    review = await panel.voted()
    done = await panel.close(review)
    assert (done.grade, await panel.grade()) == (H, L)
    seen = (await panel.ask(HEAD, SEE, review))["assessment"]
    assert seen == {"stateHash": done.state_hash, "forSignOff": {"grade": "HIGH", "byMethod": None}}
    assert await panel.sign(HEAD, review, done.state_hash) is False
    with pytest.raises(AlreadySigned):
        await panel.sign(HEAD, review, done.state_hash)
    with pytest.raises(NotFound):
        await panel.sign(MEMBER, review, done.state_hash)
    assert await panel.grade() is L
    assert await panel.sign(LEAD, review, done.state_hash) is True
    assert await panel.grade() is H


async def test_both_may_sign_at_once(panel: Panel) -> None:
    review = await panel.voted()
    state_hash = (await panel.close(review)).state_hash
    both = (panel.sign(HEAD, review, state_hash), panel.sign(LEAD, review, state_hash))
    assert sorted(await asyncio.gather(*both)) == [False, True]
    assert await panel.grade() is H


async def test_a_vote_after_the_ballots_were_opened_is_refused(panel: Panel) -> None:
    review = await panel.voted()
    await panel.close(review)
    async with panel.runtime.db.read(panel.act_as(MEMBER)) as conn:
        assert len((await votes_of(conn, [review]))[review]) == 5
    with pytest.raises(VotingOver):
        await panel.do("D01.song-ke", cast_grade_vote, CastGradeVote(review, L))


async def test_closing_again_voids_what_was_signed(panel: Panel) -> None:
    review = await panel.voted()
    old = (await panel.close(review)).state_hash
    await panel.sign(HEAD, review, old)
    new = (await panel.close(review, "补充理由")).state_hash
    with pytest.raises(StateChanged):
        await panel.sign(LEAD, review, old)
    assert [await panel.sign(who, review, new) for who in (LEAD, HEAD)] == [False, True]


async def test_the_database_refuses_a_high_that_nobody_signed(panel: Panel) -> None:
    review = await panel.voted()
    async with panel.runtime.db.read(system("D01")) as conn:
        kept = (await load_reviews(conn, [review]))[review]
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with panel.runtime.db.transaction(panel.act_as(HEAD)) as conn:
            await add_decision(conn, kept, Closing(H, None, MONDAY, "", HEAD, FRIDAY))


async def test_a_review_answers_what_evidence_proposes_and_its_panel_does_not_learn_of_it(
    panel: Panel,
) -> None:
    review = await panel.voted(proposal="ep_1")
    under = {"id": "ep_1", "status": "UNDER_REVIEW", "reviewId": review, "outcome": None}
    assert await panel.ask(LEAD, PROPOSED) == [under]
    seen = {who: (await panel.ask(who, SEE, review))["proposalId"] for who in (HEAD, LEAD, *PANEL[1:3])}
    assert seen == {HEAD: "ep_1", LEAD: "ep_1", MEMBER: None, "D01.tang-li": None}
    async with panel.runtime.db.read(panel.act_as(MEMBER)) as conn:
        assert (await load_reviews(conn, [review]))[review].proposal_id is None
        assert await evidence_answered_by(conn, review) is None
    state_hash = (await panel.close(review)).state_hash
    assert await panel.ask(LEAD, PROPOSED) == [under]
    await panel.sign(HEAD, review, state_hash)
    await panel.sign(LEAD, review, state_hash)
    assert await panel.ask(HEAD, PROPOSED) == [under | {"status": "DECIDED", "outcome": "HIGH"}]


async def test_a_proposal_is_answered_once_and_a_split_panel_answers_none(
    panel: Panel, clock: ManualClock
) -> None:
    split = await panel.voted([L, L, L, M, M, M], "gp_1")
    assert (await panel.ask("D01.wu-bin", SUGGESTED))[0]["status"] == "UNDER_REVIEW"
    await panel.close(split)
    waiting = {"id": "gp_1", "status": "OPEN", "reviewId": split, "outcome": None}
    assert await panel.ask("D01.wu-bin", SUGGESTED) == [waiting]
    again = await panel.voted([L] * 5, "gp_1")
    await panel.close(again)
    done = {"id": "gp_1", "status": "DECIDED", "reviewId": again, "outcome": "LOW"}
    assert await panel.ask("D01.wu-bin", SUGGESTED) == [done]
    clock.set(datetime(2026, 3, 9, 9, tzinfo=SHANGHAI))
    with pytest.raises(ProposalDecided):
        await panel.voted(proposal="gp_1")
    with pytest.raises(NotFound):
        await panel.voted(proposal="ep_none")
