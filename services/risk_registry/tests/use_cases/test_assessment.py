"""A review on likelihood and severity, from proposal to the two signatures that let a grade count."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pytest
import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.errors import Conflict, Invalid, NotFound, PlumblineError
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from risk_registry.domain.assessment import (
    PanelEven,
    ProposalOrigin,
    ReviewKind,
    RoundsOpen,
    VotedOtherwise,
    VotingOver,
)
from risk_registry.domain.grading import AlreadyVoted, QuorumNotReached, ReasonRequired, Recused, ReviewClosed
from risk_registry.domain.sign_off import AlreadySigned, NothingToSign, StateChanged
from risk_registry.domain.standing import standing_on
from risk_registry.storage.assessments import assessments_of, dissents_of, rounds_of, sign_offs_of
from risk_registry.storage.points import add_texts
from risk_registry.storage.reviews import load_reviews
from risk_registry.storage.standings import standings_of
from risk_registry.storage.suggested_grades import suggestions_of
from risk_registry.testing import description, put_point
from risk_registry.use_cases.cast_assessment_vote import CastAssessmentVote, cast_assessment_vote
from risk_registry.use_cases.cast_grade_vote import CastGradeVote, cast_grade_vote
from risk_registry.use_cases.close_assessment_round import CloseAssessmentRound, close_assessment_round
from risk_registry.use_cases.close_grading_review import CloseGradingReview, close_grading_review
from risk_registry.use_cases.dissent_from_grade import DissentFromGrade, dissent_from_grade
from risk_registry.use_cases.open_grading_review import OpenGradingReview, open_grading_review
from risk_registry.use_cases.propose_grade import ProposeGrade, propose_grade
from risk_registry.use_cases.put_grade_for_sign_off import PutGradeForSignOff, put_grade_for_sign_off
from risk_registry.use_cases.sign_off_grading_review import (
    GradingReviewSignedOff,
    ReviewDecided,
    SignOffGradingReview,
    sign_off_grading_review,
)

As = Callable[[str], Principal]
POINT = "D01.RP-CANCEL-CLEARANCE-01"
PANEL = [f"D01.{name}" for name in ("huang-zhen", "zhou-min", "tang-li", "ma-qing", "luo-fang")]
HEAD, LEAD = "D01.huang-zhen", "D01.ma-qing"
YEAR, FRIDAY = date(2026, 1, 1), datetime(2026, 3, 6, 10, tzinfo=SHANGHAI)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
MONDAY = date(2026, 3, 9)
L, M, H = RiskGrade.LOW, RiskGrade.MEDIUM, RiskGrade.HIGH
AGREED = [(4, 5), (4, 4), (5, 4), (4, 4), (4, 5)]
SPLIT = [(1, 4), (1, 4), (5, 4), (5, 4), (3, 4)]


class Panel:
    """A two-factor review seen from its panel."""

    def __init__(self, runtime: Runtime, act_as: As, clock: ManualClock) -> None:
        self.runtime, self.act_as, self.clock = runtime, act_as, clock

    async def open(
        self, members: Sequence[str] = PANEL, recused: Sequence[str] = (), proposal: str | None = None
    ) -> str:
        command = OpenGradingReview(POINT, list(members), list(recused), ReviewKind.FACTORS, proposal)
        return (await self.runtime.execute(self.act_as(HEAD), open_grading_review, command)).review_id

    async def vote(self, review: str, person: str, likelihood: int, severity: int, opinion: str = "") -> int:
        command = CastAssessmentVote(review, likelihood, severity, opinion)
        return (await self.runtime.execute(self.act_as(person), cast_assessment_vote, command)).round

    async def vote_all(self, review: str, votes: Sequence[tuple[int, int]]) -> None:
        for person, (likelihood, severity) in zip(PANEL, votes, strict=True):
            await self.vote(review, person, likelihood, severity, f"{likelihood}/{severity}")

    async def close(self, review: str, number: int = 1, chair: str = HEAD) -> bool:
        command = CloseAssessmentRound(review, number)
        return (await self.runtime.execute(self.act_as(chair), close_assessment_round, command)).settled

    async def put_up(
        self, review: str, grade: RiskGrade | None = None, reason: str = "", on: date = MONDAY
    ) -> str:
        command = PutGradeForSignOff(review, on, grade, reason)
        return (await self.runtime.execute(self.act_as(HEAD), put_grade_for_sign_off, command)).state_hash

    async def sign(self, review: str, state_hash: str, person: str = HEAD) -> GradingReviewSignedOff:
        command = SignOffGradingReview(review, state_hash)
        return await self.runtime.execute(self.act_as(person), sign_off_grading_review, command)

    async def grade_on(self, day: date) -> RiskGrade | None:
        async with self.runtime.db.read(system("D01")) as conn:
            found = standing_on((await standings_of(conn, [POINT]))[POINT], day)
        return found.grade if found else None

    async def ready(self, votes: Sequence[tuple[int, int]] = AGREED) -> tuple[str, str]:
        review = await self.open()
        await self.vote_all(review, votes)
        assert await self.close(review)
        return review, await self.put_up(review)


@pytest_asyncio.fixture
async def panel(runtime: Runtime, act_as: As, clock: ManualClock) -> Panel:
    clock.set(FRIDAY)
    async with runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.TO-7.clearance"], "D01.LEVY")
        await put_point(conn, "RP-CANCEL-CLEARANCE-01", L, text, YEAR, NOW)
    return Panel(runtime, act_as, clock)


async def test_high_counts_when_head_and_discipline_have_signed(panel: Panel) -> None:
    review, state_hash = await panel.ready()
    assert (await panel.sign(review, state_hash)).effective is False
    assert await panel.grade_on(MONDAY) is L
    assert (await panel.sign(review, state_hash, LEAD)).effective is True
    assert [await panel.grade_on(day) for day in (FRIDAY.date(), MONDAY)] == [L, H]
    async with panel.runtime.db.read(panel.act_as("D01.zhou-min")) as conn:
        found = (await load_reviews(conn, [review]))[review]
    assert found.closing
    assert (found.closing.grade, found.closing.proposed) == (H, H)


async def test_another_grade_takes_one_signature(panel: Panel) -> None:
    review, state_hash = await panel.ready([(3, 2)] * 5)
    assert (await panel.sign(review, state_hash, LEAD)).effective is True
    assert await panel.grade_on(MONDAY) is M


async def test_a_split_panel_votes_once_more_and_the_first_round_is_kept_without_names(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote_all(review, SPLIT)
    assert await panel.close(review) is False
    with pytest.raises(RoundsOpen):
        await panel.put_up(review)
    assert await panel.vote(review, PANEL[0], 3, 3) == 2
    for person in PANEL[1:]:
        await panel.vote(review, person, 2, 3)
    assert await panel.close(review, 2) is True
    async with panel.runtime.db.read(panel.act_as("D01.zhou-min")) as conn:
        first, second = await rounds_of(conn, review)
        own = await assessments_of(conn, review, 1)
    assert [(each.likelihood, each.severity, each.opinion) for each in first.votes] == sorted(
        (a, b, f"{a}/{b}") for a, b in SPLIT
    )
    assert (first.likelihood, first.likelihood_spread, second.likelihood, second.severity) == (3, 4.0, 2, 3)
    assert list(own) == ["D01.zhou-min"]


async def test_nobody_sees_a_vote_before_the_round_closes(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote_all(review, AGREED)
    for person in PANEL:
        async with panel.runtime.db.read(panel.act_as(person)) as conn:
            assert list(await assessments_of(conn, review, 1)) == [person]
            assert await rounds_of(conn, review) == []


async def test_a_vote_after_close_is_refused(panel: Panel) -> None:
    review, state_hash = await panel.ready()
    with pytest.raises(VotingOver):
        await panel.vote(review, PANEL[1], 1, 1)
    with pytest.raises(VotingOver):
        await panel.close(review, 2)
    await panel.sign(review, state_hash)
    await panel.sign(review, state_hash, LEAD)
    for act in (panel.vote(review, PANEL[1], 1, 1), panel.close(review), panel.put_up(review)):
        with pytest.raises(ReviewClosed):
            await act
    with pytest.raises(ReviewDecided):
        await panel.sign(review, state_hash)


async def test_a_member_votes_once_a_round_and_recused_or_strange_persons_never(panel: Panel) -> None:
    review = await panel.open([*PANEL, "D01.song-ke"], ["D01.song-ke"])
    await panel.vote(review, PANEL[0], 3, 3)
    for person, refusal in ((PANEL[0], AlreadyVoted), ("D01.song-ke", Recused), ("D01.wu-bin", NotFound)):
        with pytest.raises(refusal):
            await panel.vote(review, person, 3, 3)
    for factors in ((0, 3), (3, 6)):
        with pytest.raises(Invalid):
            await panel.vote(review, PANEL[1], *factors)
    with pytest.raises(QuorumNotReached):
        await panel.close(review)


async def test_a_panel_is_odd_and_votes_one_way(panel: Panel) -> None:
    with pytest.raises(PanelEven):
        await panel.open([*PANEL, "D01.song-ke"])
    review = await panel.open()
    for use_case, command in (
        (cast_grade_vote, CastGradeVote(review, H)),
        (close_grading_review, CloseGradingReview(review, MONDAY)),
    ):
        with pytest.raises(VotedOtherwise):
            await panel.runtime.execute(panel.act_as(HEAD), use_case, command)


async def test_a_grade_below_the_methods_needs_a_reason(panel: Panel) -> None:
    review, _hash = await panel.ready()
    with pytest.raises(ReasonRequired):
        await panel.put_up(review, M)
    state_hash = await panel.put_up(review, M, "second review since 2025")
    assert (await panel.sign(review, state_hash)).effective
    assert await panel.grade_on(MONDAY) is M


async def test_a_changed_grade_voids_what_was_signed(panel: Panel) -> None:
    review, old = await panel.ready()
    await panel.sign(review, old)
    new = await panel.put_up(review, H, "from Tuesday", date(2026, 3, 10))
    with pytest.raises(StateChanged) as refused:
        await panel.sign(review, old, LEAD)
    assert (refused.value.code, isinstance(refused.value, Conflict)) == ("STATE_CHANGED", True)
    assert (await panel.sign(review, new, LEAD)).effective is False
    assert (await panel.sign(review, new)).effective is True


async def test_a_changed_description_voids_what_was_signed(panel: Panel) -> None:
    review, old = await panel.ready()
    await panel.sign(review, old)
    async with panel.runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.TO-7.clearance"], "D01.LEVY", title_zh="注销清税把关不严（修订）")
        await add_texts(conn, "D01", [(POINT, text)], FRIDAY.date(), FRIDAY)
    with pytest.raises(StateChanged):
        await panel.sign(review, old, LEAD)
    assert await panel.grade_on(MONDAY) is L


async def test_who_signs(panel: Panel) -> None:
    review = await panel.open()
    with pytest.raises(NothingToSign):
        await panel.sign(review, "0" * 64)
    await panel.vote_all(review, AGREED)
    await panel.close(review)
    state_hash = await panel.put_up(review)
    for person in ("D01.zhou-min", "D01.wu-bin", "D02.huang-zhen"):
        with pytest.raises(NotFound):
            await panel.sign(review, state_hash, person)
    await panel.sign(review, state_hash)
    with pytest.raises(AlreadySigned):
        await panel.sign(review, state_hash)


async def test_dissent_is_kept_under_its_members_name(panel: Panel) -> None:
    review = await panel.open()

    async def dissent(person: str, reason: str) -> None:
        await panel.runtime.execute(
            panel.act_as(person), dissent_from_grade, DissentFromGrade(review, reason)
        )

    with pytest.raises(RoundsOpen):
        await dissent("D01.tang-li", "early")
    await panel.vote_all(review, AGREED)
    await panel.close(review)
    with pytest.raises(Invalid):
        await dissent("D01.tang-li", " ")
    await dissent("D01.tang-li", "系统已自动校验")
    with pytest.raises(AlreadyVoted):
        await dissent("D01.tang-li", "again")
    async with panel.runtime.db.read(panel.act_as("D01.zhou-min")) as conn:
        assert [(each.person_id, each.reason) for each in await dissents_of(conn, review)] == [
            ("D01.tang-li", "系统已自动校验")
        ]


async def test_a_proposal_from_any_context_opens_a_review_and_grades_nothing(panel: Panel) -> None:
    wanted = ProposeGrade(POINT, H, "三次迟办", ProposalOrigin.SELF_CHECK, "sc_1")
    given = await panel.runtime.execute(panel.act_as("D01.wu-bin"), propose_grade, wanted)
    assert await panel.grade_on(MONDAY) is L
    with pytest.raises(NotFound):
        await panel.open(proposal="gp_other")
    review = await panel.open(proposal=given.proposal_id)
    async with panel.runtime.db.read(system("D01")) as conn:
        assert (await load_reviews(conn, [review]))[review].proposal_id == given.proposal_id
        (kept,) = (await suggestions_of(conn, [POINT]))[POINT]
    assert (kept.origin, kept.source, kept.proposed_by) == (ProposalOrigin.SELF_CHECK, "sc_1", "D01.wu-bin")
    for person in ("D01.lin-jie", "D02.huang-zhen"):
        with pytest.raises(NotFound):
            await panel.runtime.execute(panel.act_as(person), propose_grade, wanted)


async def outcomes(*acts: object) -> list[str]:
    answers = await asyncio.gather(*acts, return_exceptions=True)  # type: ignore[arg-type]
    assert all(not isinstance(each, BaseException) or isinstance(each, PlumblineError) for each in answers)
    return sorted(type(each).__name__ for each in answers)


async def test_of_two_regrades_of_one_point_at_once_one_is_effective(panel: Panel) -> None:
    assert await outcomes(panel.open(), panel.open()) == ["ReviewAlreadyOpen", "str"]
    async with panel.runtime.db.read(system("D01")) as conn:
        review = await conn.fetchval("select id from grading_review")
    await panel.vote_all(review, [(3, 3)] * 5)
    assert await outcomes(panel.close(review), panel.close(review)) == ["VotingOver", "bool"]
    state_hash = await panel.put_up(review)
    both = (panel.sign(review, state_hash), panel.sign(review, state_hash, LEAD))
    assert await outcomes(*both) == ["GradingReviewSignedOff", "ReviewDecided"]
    async with panel.runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from grading_decision") == 1
        assert len(await sign_offs_of(conn, review)) == 1
    assert issubclass(ReviewDecided, Conflict)
