"""New editions: after a regrade of those that print the point (scenario 5), and of each when its cycle ends."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec
import pytest
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import SHANGHAI, ManualClock, local_date
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.timers import run_due
from plumbline_shared.use_case import Uow
from risk_registry.documents.editions import Edition, HandbookScope
from risk_registry.documents.workshop import workshop
from risk_registry.storage.handbooks import latest_edition
from risk_registry.subscriptions import TIMERS
from risk_registry.testing import description, put_point
from risk_registry.use_cases import renew_handbooks
from risk_registry.use_cases.cast_grade_vote import CastGradeVote, cast_grade_vote
from risk_registry.use_cases.close_grading_review import CloseGradingReview, close_grading_review
from risk_registry.use_cases.issue_handbook import HandbookIssued, IssueHandbook, issue_handbook
from risk_registry.use_cases.open_grading_review import OpenGradingReview, open_grading_review
from risk_registry.use_cases.plan_editions import ChooseHandbookRule, choose_handbook_rule
from risk_registry.use_cases.renew_handbooks import RENEWAL
from risk_registry.use_cases.sign_off_grading_review import SignOffGradingReview, sign_off_grading_review

As = Callable[[str], Principal]
HEAD, POST = "D01.huang-zhen", "D01.POLICY.reviewer"
PANEL = [f"D01.{name}" for name in ("huang-zhen", "zhou-min", "tang-li", "ma-qing", "luo-fang", "song-ke")]
FRIDAY, MONDAY = datetime(2026, 3, 6, 10, tzinfo=SHANGHAI), datetime(2026, 3, 9, 1, tzinfo=SHANGHAI)


async def edition(
    runtime: Runtime, subject: str, scope: HandbookScope = HandbookScope.POST
) -> Edition | None:
    async with runtime.db.read(system("D01")) as conn:
        return await latest_edition(conn, "D01", scope, subject, None)


async def test_a_regrade_renews_the_editions_that_print_its_point(
    runtime: Runtime, act_as: As, clock: ManualClock
) -> None:
    clock.set(FRIDAY)
    async with runtime.db.transaction(system("D01")) as conn:
        point = await put_point(
            conn, "RP-1", RiskGrade.LOW, description([POST], "D01.LEVY"), date(2026, 1, 1), FRIDAY
        )
        await put_point(
            conn, "RP-2", RiskGrade.LOW, description(["D01.LEVY.chief"]), date(2026, 1, 1), FRIDAY
        )
    head = act_as(HEAD)
    for post in (POST, "D01.LEVY.chief"):
        await runtime.execute(head, issue_handbook, IssueHandbook(HandbookScope.POST, post, FRIDAY.date()))
    review = (await runtime.execute(head, open_grading_review, OpenGradingReview(point, PANEL, []))).review_id
    for person in PANEL:
        await runtime.execute(act_as(person), cast_grade_vote, CastGradeVote(review, RiskGrade.HIGH))
    before = await edition(runtime, POST)
    closing = CloseGradingReview(review, MONDAY.date(), "集体评查")
    state_hash = (await runtime.execute(head, close_grading_review, closing)).state_hash
    for who in (head, act_as("D01.ma-qing")):
        await runtime.execute(who, sign_off_grading_review, SignOffGradingReview(review, state_hash))
    assert await edition(runtime, POST) == before
    clock.set(MONDAY)
    await run_due(runtime.db, clock, TIMERS)
    after, other = await edition(runtime, POST), await edition(runtime, "D01.LEVY.chief")
    assert before
    assert after
    assert other
    assert (after.as_of, other.as_of) == (MONDAY.date(), FRIDAY.date())
    assert after.sha256 != before.sha256
    assert await edition(runtime, "D01", HandbookScope.BUREAU) is None
    await workshop().close()


class Due(msgspec.Struct, frozen=True):
    points: list[str]
    at: datetime


async def due(uow: Uow, command: Due) -> Due:
    """What a regrade of each point leaves behind."""
    for each in command.points:
        await uow.schedule(RENEWAL, each, command.at)
    return command


async def test_points_that_change_at_one_instant_are_printed_once(
    runtime: Runtime, act_as: As, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.set(FRIDAY)
    async with runtime.db.transaction(system("D01")) as conn:
        points = [
            await put_point(conn, f"RP-{n}", RiskGrade.LOW, description([POST]), date(2026, 1, 1), FRIDAY)
            for n in range(3)
        ]
    wanted = IssueHandbook(HandbookScope.POST, POST, FRIDAY.date())
    await runtime.execute(act_as(HEAD), issue_handbook, wanted)
    made: list[IssueHandbook] = []

    async def counted(uow: Uow, command: IssueHandbook) -> HandbookIssued:
        made.append(command)
        return await issue_handbook(uow, command)

    monkeypatch.setattr(renew_handbooks, "issue_handbook", counted)
    for at in (MONDAY, MONDAY + timedelta(hours=3)):
        async with runtime.db.transaction(system("D01")) as conn:
            await put_point(conn, f"RP-{at:%H}", RiskGrade.LOW, description([POST]), date(2026, 1, 1), at)
        await runtime.execute(system("D01"), due, Due(points, at))
        clock.set(at)
        await run_due(runtime.db, clock, TIMERS)
    assert made == [IssueHandbook(HandbookScope.POST, POST, MONDAY.date())] * 2
    await workshop().close()


async def test_an_edition_is_renewed_at_the_end_of_the_cycle_that_the_head_chose(
    runtime: Runtime, act_as: As, clock: ManualClock
) -> None:
    clock.set(FRIDAY)
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-1", RiskGrade.LOW, description([POST]), date(2026, 1, 1), FRIDAY)
    head, left = act_as(HEAD), "D01.old-hand"
    february = date(2026, 2, 6)
    for scope, subject, on in (
        (HandbookScope.POST, POST, FRIDAY.date()),
        (HandbookScope.PERSON, left, february),
    ):
        await runtime.execute(head, issue_handbook, IssueHandbook(scope, subject, on))
    assert await planned(runtime) == {f"POST:{POST}": date(2027, 3, 6), f"PERSON:{left}": date(2027, 2, 6)}
    chosen = await runtime.execute(
        head, choose_handbook_rule, ChooseHandbookRule(3, 1000, 100, "本局规定: 每季一版")
    )
    assert chosen.planned == 2
    assert await planned(runtime) == {f"POST:{POST}": date(2026, 6, 6), f"PERSON:{left}": date(2026, 5, 6)}
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-2", RiskGrade.HIGH, description([POST]), date(2026, 5, 1), FRIDAY)
    clock.set(datetime(2026, 12, 10, 9, tzinfo=SHANGHAI))
    await run_due(runtime.db, clock, TIMERS)
    renewed, gone = await edition(runtime, POST), await edition(runtime, left, HandbookScope.PERSON)
    assert renewed
    assert gone
    assert (renewed.as_of, renewed.points) == (date(2026, 12, 6), 2)
    assert gone.as_of == february
    assert await planned(runtime) == {f"POST:{POST}": date(2027, 3, 6)}
    await workshop().close()


async def planned(runtime: Runtime) -> dict[str, date]:
    """When each handbook is due."""
    async with runtime.db.read(system("D01")) as conn:
        rows = await conn.fetch("select ref, fire_at from timer where kind = 'handbook_cycle'")
    return {row["ref"]: local_date(row["fire_at"]) for row in rows}
