"""Scenario 5: five votes to one lift LOW to HIGH, and seven holders hear of it on the day it begins to count."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pytest
import pytest_asyncio
from google.protobuf.message import Message
from plumbline_contracts.common.v1 import RiskGrade as GradeContract
from plumbline_contracts.registry import label
from plumbline_contracts.risk_registry.v1 import RiskPointPublished, RiskPointRegraded
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.errors import Conflict, Invalid, NotFound, PlumblineError, Refused
from plumbline_shared.events import message_of, subject_of
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.timers import run_due
from risk_registry.domain.grading import (
    AlreadyVoted,
    EffectiveInPast,
    NotEligible,
    NotOnPanel,
    PanelTooSmall,
    QuorumNotReached,
    ReasonRequired,
    Recused,
    ReviewClosed,
)
from risk_registry.domain.sign_off import UpperOpinionRequired
from risk_registry.domain.standing import PointState, periods
from risk_registry.storage.reviews import load_reviews, votes_of
from risk_registry.storage.standings import standings_of
from risk_registry.subscriptions import TIMERS
from risk_registry.testing import description, put_point
from risk_registry.use_cases.cast_grade_vote import CastGradeVote, cast_grade_vote
from risk_registry.use_cases.close_grading_review import (
    CloseGradingReview,
    GradingReviewClosed,
    close_grading_review,
)
from risk_registry.use_cases.open_grading_review import (
    GradePending,
    OpenGradingReview,
    ReviewAlreadyOpen,
    open_grading_review,
)
from risk_registry.use_cases.sign_off_grading_review import SignOffGradingReview, sign_off_grading_review

As = Callable[[str], Principal]
POINT = "D01.RP-CANCEL-CLEARANCE-01"
PANEL = [f"D01.{name}" for name in ("huang-zhen", "zhou-min", "tang-li", "ma-qing", "luo-fang", "song-ke")]
YEAR = date(2026, 1, 1)
FRIDAY = datetime(2026, 3, 6, 10, tzinfo=SHANGHAI)
MONDAY = date(2026, 3, 9)
HEAD, LEAD = "D01.huang-zhen", "D01.ma-qing"
L, M, H = RiskGrade.LOW, RiskGrade.MEDIUM, RiskGrade.HIGH


class Panel:
    """A review seen from its panel: opens, votes and closes as the persons themselves."""

    def __init__(self, runtime: Runtime, act_as: As, clock: ManualClock) -> None:
        self.runtime, self.act_as, self.clock = runtime, act_as, clock

    async def open(
        self,
        members: Sequence[str] = PANEL,
        recused: Sequence[str] = (),
        chair: str = "huang-zhen",
        point: str = POINT,
    ) -> str:
        command = OpenGradingReview(point, list(members), list(recused))
        who = self.act_as(f"D01.{chair}" if "." not in chair else chair)
        return (await self.runtime.execute(who, open_grading_review, command)).review_id

    async def vote(self, review: str, person: str, grade: RiskGrade | None = None, **factors: int) -> None:
        await self.runtime.execute(
            self.act_as(person), cast_grade_vote, CastGradeVote(review, grade, **factors)
        )

    async def vote_all(self, review: str, grades: Sequence[RiskGrade]) -> None:
        for person, grade in zip(PANEL, grades, strict=False):
            await self.vote(review, person, grade)

    async def close(
        self, review: str, on: date = MONDAY, reason: str = "", chair: str = HEAD, upper: str = ""
    ) -> GradingReviewClosed:
        command = CloseGradingReview(review, on, reason, upper)
        return await self.runtime.execute(self.act_as(chair), close_grading_review, command)

    async def sign(self, review: str, state_hash: str, *seats: str) -> bool:
        """Sign in each seat; whether the grade counts with the last signature."""
        done = [
            await self.runtime.execute(
                self.act_as(person), sign_off_grading_review, SignOffGradingReview(review, state_hash)
            )
            for person in seats or (HEAD, LEAD)
        ]
        return done[-1].effective

    async def decide(self, review: str, on: date = MONDAY) -> RiskGrade | None:
        """Close, and sign what is HIGH."""
        done = await self.close(review, on)
        assert not done.state_hash or await self.sign(review, done.state_hash)
        return done.grade

    async def published(self, kind: type[Message]) -> list[Message]:
        async with self.runtime.db.read(system("D01")) as conn:
            rows = await conn.fetch(
                "select data from outbox where subject = $1 order by id", subject_of(kind)
            )
        return [message_of(kind, row["data"].encode()) for row in rows]

    async def tick(self, instant: datetime) -> None:
        self.clock.set(instant)
        await run_due(self.runtime.db, self.clock, TIMERS)


@pytest_asyncio.fixture
async def panel(runtime: Runtime, act_as: As, clock: ManualClock) -> Panel:
    clock.set(FRIDAY)
    posts = [f"D01.{unit}.clearance" for unit in ("TO-2", "TO-4", "TO-6", "TO-7")]
    async with runtime.db.transaction(system("D01")) as conn:
        text = description(posts, "D01.LEVY", title_zh="注销清税把关不严", process="CANCEL-CLEARANCE")
        await put_point(conn, "RP-CANCEL-CLEARANCE-01", L, text, YEAR, datetime(2026, 1, 1, tzinfo=UTC))
    return Panel(runtime, act_as, clock)


async def test_five_to_one_lifts_low_to_high_from_monday(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote_all(review, [H, H, H, H, H, L])
    assert await panel.decide(review) is H
    assert await panel.published(RiskPointRegraded) == []
    await panel.tick(datetime(2026, 3, 9, 0, 0, tzinfo=SHANGHAI))
    (event,) = await panel.published(RiskPointRegraded)
    assert isinstance(event, RiskPointRegraded)
    assert (label(GradeContract, event.from_grade), label(GradeContract, event.to_grade)) == ("LOW", "HIGH")
    assert (event.point_id, event.code, event.effective_from) == (
        POINT,
        "RP-CANCEL-CLEARANCE-01",
        "2026-03-09",
    )
    assert (event.review_id, event.process) == (review, "CANCEL-CLEARANCE")
    assert [(each.person_id, each.unit_id) for each in event.holders] == [
        ("D01.cai-ling", "D01.TO-2"), ("D01.dai-yang", "D01.TO-2"), ("D01.feng-bo", "D01.TO-4"),
        ("D01.guan-xin", "D01.TO-4"), ("D01.hou-jie", "D01.TO-6"), ("D01.wu-bin", "D01.TO-7"),
        ("D01.yuan-qi", "D01.TO-7"),
    ]  # fmt: skip
    await panel.tick(datetime(2026, 3, 10, tzinfo=SHANGHAI))
    assert len(await panel.published(RiskPointRegraded)) == 1


async def test_the_event_carries_the_instant_of_the_effective_day(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote_all(review, [H] * 5)
    await panel.decide(review)
    await panel.tick(datetime(2026, 3, 12, tzinfo=SHANGHAI))
    async with panel.runtime.db.read(system("D01")) as conn:
        at = await conn.fetchval("select occurred_at from outbox where subject like '%Regraded'")
    assert at == datetime(2026, 3, 9, tzinfo=SHANGHAI)


async def test_history_keeps_every_state_in_both_times(panel: Panel) -> None:
    review = await panel.open()
    async with panel.runtime.db.read(system("D01")) as conn:
        open_ = (await standings_of(conn, [POINT]))[POINT]
    await panel.vote_all(review, [H] * 6)
    await panel.decide(review)
    async with panel.runtime.db.read(system("D01")) as conn:
        closed = (await standings_of(conn, [POINT]))[POINT]
    assert closed[: len(open_)] == open_
    assert [
        (each.standing.state, each.standing.grade, each.standing.valid_from) for each in periods(closed)
    ] == [
        (PointState.ACTIVE, L, YEAR),
        (PointState.ACTIVE, L, FRIDAY.date()),
        (PointState.ACTIVE, H, MONDAY),
    ]
    assert open_[-1].state is PointState.UNDER_REVIEW


async def test_a_grade_from_today_is_published_at_once(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote_all(review, [M] * 5)
    await panel.close(review, FRIDAY.date())
    assert len(await panel.published(RiskPointRegraded)) == 1


async def test_a_split_panel_leaves_the_grade_and_says_nothing(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote_all(review, [L, L, L, H, H, H])
    assert (await panel.close(review)).grade is None
    await panel.tick(datetime(2026, 3, 10, tzinfo=SHANGHAI))
    assert await panel.published(RiskPointRegraded) == []
    assert await panel.open()


async def test_the_same_grade_again_is_no_regrade(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote_all(review, [L] * 5)
    await panel.close(review, FRIDAY.date())
    assert await panel.published(RiskPointRegraded) == []


async def test_a_proposed_point_enters_the_register_by_its_first_review(panel: Panel) -> None:
    async with panel.runtime.db.transaction(system("D01")) as conn:
        point = await put_point(conn, "RP-001", None, description(), YEAR, datetime(2026, 1, 1, tzinfo=UTC))
    review = await panel.open(PANEL[:5], point=point)
    await panel.vote_all(review, [M] * 5)
    await panel.close(review, FRIDAY.date())
    (event,) = await panel.published(RiskPointPublished)
    assert isinstance(event, RiskPointPublished)
    assert (event.point_id, label(GradeContract, event.grade)) == (point, "MEDIUM")


async def test_factors_make_a_grade_and_a_proposal_and_lowering_needs_a_reason(panel: Panel) -> None:
    review = await panel.open()
    for person in PANEL[:2]:
        await panel.vote(review, person, likelihood=2, severity=5)
    for person in PANEL[2:]:
        await panel.vote(review, person, M, likelihood=2, severity=4)
    with pytest.raises(ReasonRequired):
        await panel.close(review)
    done = await panel.close(review, reason="compensating control since 2025")
    assert (done.grade, done.proposed) == (M, H)


async def test_votes_are_blind_until_the_review_closes(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote_all(review, [H] * 5)

    async def seen(person: str) -> list[str]:
        async with panel.runtime.db.read(panel.act_as(person)) as conn:
            return [each.vote.person_id for each in (await votes_of(conn, [review])).get(review, [])]

    assert await seen("D01.zhou-min") == ["D01.zhou-min"]
    assert await seen("D01.huang-zhen") == ["D01.huang-zhen"]
    assert await seen("D01.song-ke") == []
    await panel.close(review)
    assert await seen("D01.song-ke") == sorted(PANEL[:5])
    assert await seen("D01.wu-bin") == []


async def test_nobody_votes_twice(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote(review, "D01.ma-qing", H)
    with pytest.raises(AlreadyVoted):
        await panel.vote(review, "D01.ma-qing", L)


async def test_a_member_who_is_recused_does_not_vote(panel: Panel) -> None:
    review = await panel.open(recused=["D01.tang-li"])
    with pytest.raises(Recused):
        await panel.vote(review, "D01.tang-li", H)


async def test_a_holder_on_the_panel_is_recused_by_itself(panel: Panel) -> None:
    async with panel.runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.LEVY.chief"], "D01.LEVY")
        point = await put_point(conn, "RP-LEVY-1", L, text, YEAR, datetime(2026, 1, 1, tzinfo=UTC))
    review = await panel.open(point=point)
    async with panel.runtime.db.read(system("D01")) as conn:
        assert (await load_reviews(conn, [review]))[review].recused == {"D01.song-ke"}
    with pytest.raises(Recused):
        await panel.vote(review, "D01.song-ke", L)
    with pytest.raises(PanelTooSmall):
        await panel.open(PANEL[1:], point=await another(panel, ["D01.LEVY.chief"]))


async def another(panel: Panel, posts: list[str]) -> str:
    async with panel.runtime.db.transaction(system("D01")) as conn:
        text = description(posts, "D01.LEVY")
        return await put_point(conn, "RP-LEVY-2", L, text, YEAR, datetime(2026, 1, 1, tzinfo=UTC))


async def test_who_is_not_on_the_panel_does_not_vote(panel: Panel) -> None:
    review = await panel.open(PANEL[1:], chair="huang-zhen")
    with pytest.raises(NotOnPanel):
        await panel.vote(review, "D01.huang-zhen", H)
    with pytest.raises(NotFound):
        await panel.vote(review, "D01.wu-bin", L)
    with pytest.raises(NotFound):
        await panel.vote(review, "D02.huang-zhen", L)


@pytest.mark.parametrize(
    ("members", "refusal"),
    [
        (PANEL[:4], PanelTooSmall),
        ([PANEL[0]] * 6, PanelTooSmall),
        ([*PANEL, "D01.lin-jie"], NotEligible),
        ([*PANEL, "D01.chen-gang"], NotEligible),
        ([*PANEL, "D02.luo-fang"], Invalid),
        ([*PANEL, "D01.nobody"], Invalid),
    ],
)
async def test_who_may_be_named(panel: Panel, members: list[str], refusal: type[PlumblineError]) -> None:
    with pytest.raises(refusal):
        await panel.open(members)


@pytest.mark.parametrize(
    ("chair", "point"),
    [
        ("D01.zhou-min", POINT),
        ("D01.wu-bin", POINT),
        ("D02.huang-zhen", POINT),
        ("D01.huang-zhen", "D01.RP-NONE"),
    ],
)
async def test_who_may_open(panel: Panel, chair: str, point: str) -> None:
    with pytest.raises(NotFound):
        await panel.open(chair=chair, point=point)


async def test_one_review_of_a_point_at_a_time_and_none_before_a_decided_grade_begins(panel: Panel) -> None:
    review = await panel.open()
    with pytest.raises(ReviewAlreadyOpen) as refused:
        await panel.open()
    assert isinstance(refused.value, Conflict)
    await panel.vote_all(review, [H] * 5)
    await panel.decide(review)
    with pytest.raises(GradePending, match="2026-03-09"):
        await panel.open()
    panel.clock.set(datetime(2026, 3, 9, 9, tzinfo=SHANGHAI))
    assert await panel.open()


@pytest.mark.parametrize(
    ("grades", "on", "refusal"),
    [([H] * 4, MONDAY, QuorumNotReached), ([H] * 5, date(2026, 3, 5), EffectiveInPast)],
)
async def test_a_refused_close_leaves_the_review_open(
    panel: Panel, grades: list[RiskGrade], on: date, refusal: type[Refused]
) -> None:
    review = await panel.open()
    await panel.vote_all(review, grades)
    with pytest.raises(refusal):
        await panel.close(review, on)
    await panel.vote(review, "D01.song-ke", H)
    assert await panel.decide(review) is H


async def test_a_closed_review_takes_no_vote_and_no_second_decision(panel: Panel) -> None:
    review = await panel.open()
    await panel.vote_all(review, [H] * 5)
    await panel.decide(review)
    with pytest.raises(ReviewClosed):
        await panel.vote(review, "D01.song-ke", L)
    with pytest.raises(ReviewClosed):
        await panel.close(review)


async def test_who_is_recused_does_not_close(panel: Panel) -> None:
    review = await panel.open(recused=["D01.huang-zhen"])
    for person in PANEL[1:]:
        await panel.vote(review, person, H)
    with pytest.raises(NotFound):
        await panel.close(review)
    with pytest.raises(NotFound):
        await panel.close(review, chair="D01.zhou-min")
    done = await panel.close(review, chair=LEAD)
    with pytest.raises(UpperOpinionRequired):
        await panel.sign(review, done.state_hash, LEAD)
    done = await panel.close(review, chair=LEAD, upper="市局同意")
    assert await panel.sign(review, done.state_hash, LEAD)


@pytest.mark.parametrize(
    "vote", [{}, {"likelihood": 3}, {"likelihood": 0, "severity": 3}, {"likelihood": 3, "severity": 6}]
)
async def test_a_vote_that_says_nothing_or_too_much_is_invalid(panel: Panel, vote: dict[str, int]) -> None:
    review = await panel.open()
    with pytest.raises(Invalid):
        await panel.vote(review, "D01.ma-qing", None, **vote)


async def test_of_two_who_open_or_close_at_once_one_does(panel: Panel) -> None:
    opened = await asyncio.gather(panel.open(), panel.open(), return_exceptions=True)
    (review,) = [each for each in opened if isinstance(each, str)]
    assert [type(each) for each in opened if not isinstance(each, str)] == [ReviewAlreadyOpen]
    await panel.vote_all(review, [M] * 5)
    closed = await asyncio.gather(panel.close(review), panel.close(review, MONDAY), return_exceptions=True)
    assert sorted(type(each).__name__ for each in closed) == ["GradingReviewClosed", "ReviewClosed"]


async def test_one_member_who_votes_twice_at_once_has_one_vote(panel: Panel) -> None:
    review = await panel.open()
    both = [panel.vote(review, "D01.ma-qing", H), panel.vote(review, "D01.ma-qing", L)]
    answers = await asyncio.gather(*both, return_exceptions=True)
    assert [type(each) for each in answers if each] == [AlreadyVoted]
