"""Scenarios 1 and 5 of the requirements: the exact dates, people and events."""

import json
from collections import Counter
from datetime import date, timedelta

from education.app import definition
from education.domain.assignment import Assignment
from education.domain.curriculum import Kind
from education.storage.assignments import AssignmentFilter, list_assignments
from education.subscriptions import TIMERS
from education.testing import CLEARANCE, As, answers
from education.use_cases.sign_pledge import SignPledge, sign_pledge
from education.use_cases.submit_quiz import SubmitQuiz, submit_quiz
from google.protobuf.message import Message
from plumbline_contracts.case_flow.v1 import AccountabilityForm as Form
from plumbline_contracts.case_flow.v1 import AppealDecided, InquiryDecided
from plumbline_contracts.common.v1 import RiskGrade
from plumbline_contracts.risk_registry.v1 import RiskPointRegraded, SelfCheckSubmitted
from plumbline_shared.clock import ManualClock, start_of_day
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.timers import run_due
from plumbline_shared.use_case import Uow

POINT = "D01.RP-CANCEL-CLEARANCE-01"


def regraded(to_grade: RiskGrade = RiskGrade.RISK_GRADE_HIGH) -> RiskPointRegraded:
    return RiskPointRegraded(
        point_id=POINT,
        bureau_id="D01",
        from_grade=RiskGrade.RISK_GRADE_LOW,
        to_grade=to_grade,
        effective_from="2026-03-09",
        review_id="rv_1",
        holders=[
            RiskPointRegraded.Holder(person_id=f"D01.{name}", unit_id=f"D01.{unit}")
            for name, unit in CLEARANCE.items()
        ],
    )


def decided() -> InquiryDecided:
    forms = {
        "D01.lin-jie": ("D01.POLICY", Form.ACCOUNTABILITY_FORM_WRITTEN_SELF_CRITICISM),
        "D01.sun-hao": ("D01.TO-3", Form.ACCOUNTABILITY_FORM_CRITICISM_EDUCATION),
        "D01.chen-gang": ("D01.POLICY", Form.ACCOUNTABILITY_FORM_CRITICISM_EDUCATION),
        "D01.li-wei": ("D01.TO-3", Form.ACCOUNTABILITY_FORM_NONE),
    }
    return InquiryDecided(
        inquiry_id="AI-2026-03",
        incident_id="in_1",
        incident_kind="TIME_LIMIT_MISSED",
        bureau_id="D01",
        decided_on="2026-06-04",
        outcomes=[
            InquiryDecided.Outcome(person_id=person, unit_id=unit, form=form)
            for person, (unit, form) in forms.items()
        ],
    )


async def deliver(runtime: Runtime, message: Message) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        handler = definition.subscriptions[type(message)]
        await handler(Uow(conn, system("D01"), runtime.clock.now()), message)


async def assigned(runtime: Runtime) -> list[Assignment]:
    async with runtime.db.read(system("D01")) as conn:
        everything = AssignmentFilter(date(2026, 1, 1))
        return await list_assignments(conn, "D01", everything, (date.min, ""), 100)


async def sent(runtime: Runtime) -> Counter[str]:
    async with runtime.db.read(system()) as conn:
        rows = await conn.fetch("select subject from outbox")
    return Counter(row["subject"].rpartition(".")[2] for row in rows)


async def data_of(runtime: Runtime, name: str) -> list[dict[str, object]]:
    async with runtime.db.read(system()) as conn:
        rows = await conn.fetch(
            "select data from outbox where subject = $1 order by id", f"education.v1.{name}"
        )
    return [json.loads(row["data"]) for row in rows]


async def do_all(runtime: Runtime, act_as: As, undone: set[str]) -> None:
    """Everybody but `undone` passes the lesson; everybody signs the pledge."""
    async with runtime.db.read(system("D01")) as conn:
        sheet = await answers(conn)
    for one in await assigned(runtime):
        who = act_as(one.person_id)
        if one.kind is Kind.PLEDGE:
            await runtime.execute(who, sign_pledge, SignPledge(one.id, 1))
        elif one.person_id not in undone:
            await runtime.execute(who, submit_quiz, SubmitQuiz(one.id, sheet))


async def test_holders_of_a_point_that_became_high_get_pledge_and_lesson(
    runtime: Runtime, clock: ManualClock
) -> None:
    clock.set(start_of_day(date(2026, 3, 9)))
    await deliver(runtime, regraded())
    found = await assigned(runtime)
    assert Counter((one.kind, one.due_on) for one in found) == {
        (Kind.PLEDGE, date(2026, 3, 16)): 7,
        (Kind.LESSON, date(2026, 3, 23)): 7,
    }
    assert len({one.batch_id for one in found}) == 1
    assert {one.person_id for one in found} == {f"D01.{name}" for name in CLEARANCE}
    assert await sent(runtime) == {"AssignmentCreated": 14}


def checked(post: str, cycle: str = "ic_1", check: str = "sc_1") -> SelfCheckSubmitted:
    return SelfCheckSubmitted(
        check_id=check, bureau_id="D01", cycle_id=cycle, person_id="D01.he-jun", unit_id="D01.TO-5",
        post_id=post, submitted_on="2026-03-09",
    )  # fmt: skip


async def test_a_self_check_brings_its_lesson_once_a_cycle(runtime: Runtime, clock: ManualClock) -> None:
    """S2-006: whoever checks two posts learns once, and again in the next cycle."""
    clock.set(start_of_day(date(2026, 3, 9)))
    for told in (
        checked("D01.TO-5.admin"),
        checked("D01.TO-5.admin"),
        checked("D01.TO-5.deputy", check="sc_2"),
    ):
        await deliver(runtime, told)
    (lesson,) = await assigned(runtime)
    assert (lesson.person_id, lesson.curriculum, lesson.due_on, lesson.point_id) == (
        "D01.he-jun", "SELF_CHECK_LESSON", date(2026, 3, 23), None,
    )  # fmt: skip
    await deliver(runtime, checked("D01.TO-5.admin", cycle="ic_2", check="sc_3"))
    assert len(await assigned(runtime)) == 2


async def test_a_regrade_told_again_assigns_nothing_again(runtime: Runtime) -> None:
    for _ in range(3):
        await deliver(runtime, regraded())
    assert len(await assigned(runtime)) == 14


async def test_a_regrade_to_medium_assigns_nothing(runtime: Runtime) -> None:
    await deliver(runtime, regraded(RiskGrade.RISK_GRADE_MEDIUM))
    assert await assigned(runtime) == []


async def test_the_undone_lesson_is_overdue_on_the_24th(
    runtime: Runtime, clock: ManualClock, act_as: As
) -> None:
    clock.set(start_of_day(date(2026, 3, 9)) + timedelta(hours=10))
    await deliver(runtime, regraded())
    await do_all(runtime, act_as, undone={"D01.wu-bin"})
    clock.set(start_of_day(date(2026, 3, 24)) - timedelta(seconds=1))
    await run_due(runtime.db, clock, TIMERS)
    assert "EducationOverdue" not in await sent(runtime)

    clock.set(start_of_day(date(2026, 3, 24)) + timedelta(hours=8))
    await run_due(runtime.db, clock, TIMERS)
    (late,) = await data_of(runtime, "EducationOverdue")
    assert (late["personId"], late["dueOn"], late["overdueFrom"]) == (
        "D01.wu-bin",
        "2026-03-23",
        "2026-03-24",
    )
    (share,) = await data_of(runtime, "BatchUnitOverdue")
    assert (share["unitId"], share["total"], share["overdue"]) == ("D01.TO-7", 2, 1)
    assert late["kind"] == "ASSIGNMENT_KIND_LESSON"


async def test_late_work_still_carries_the_true_instant(runtime: Runtime, clock: ManualClock) -> None:
    clock.set(start_of_day(date(2026, 3, 9)))
    await deliver(runtime, regraded())
    clock.set(start_of_day(date(2026, 4, 30)))
    await run_due(runtime.db, clock, TIMERS)
    async with runtime.db.read(system("D01")) as conn:
        raised = {row["raised_at"] for row in await conn.fetch("select raised_at from education_alert")}
    assert raised == {start_of_day(date(2026, 3, 17)), start_of_day(date(2026, 3, 24))}


async def test_respondents_of_an_inquiry_get_the_lesson_of_their_incident(
    runtime: Runtime, clock: ManualClock
) -> None:
    clock.set(start_of_day(date(2026, 6, 4)) + timedelta(hours=17))
    for _ in range(2):
        await deliver(runtime, decided())
    found = await assigned(runtime)
    assert {one.person_id for one in found} == {"D01.lin-jie", "D01.sun-hao", "D01.chen-gang"}
    assert {(one.curriculum, one.due_on) for one in found} == {("TIME_LIMITS_AND_CUSTODY", date(2026, 6, 18))}
    assert {one.incident_id for one in found} == {"in_1"}
    assert await sent(runtime) == {"AssignmentCreated": 3}


def appealed(*, upheld: bool) -> AppealDecided:
    return AppealDecided(
        inquiry_id="AI-2026-03", incident_id="in_1", bureau_id="D01", upheld=upheld, decided_on="2026-07-01"
    )


async def test_a_decision_set_aside_on_appeal_withdraws_its_open_lessons(
    runtime: Runtime, clock: ManualClock, act_as: As
) -> None:
    clock.set(start_of_day(date(2026, 6, 4)))
    await deliver(runtime, decided())
    async with runtime.db.read(system("D01")) as conn:
        sheet = await answers(conn, lesson=("TIME_LIMITS_AND_CUSTODY", 1))
    (done,) = [one.id for one in await assigned(runtime) if one.person_id == "D01.chen-gang"]
    await runtime.execute(act_as("D01.chen-gang"), submit_quiz, SubmitQuiz(done, sheet))
    await deliver(runtime, appealed(upheld=True))
    assert "AssignmentWaived" not in await sent(runtime)
    for _ in range(2):
        await deliver(runtime, appealed(upheld=False))
    assert {row["personId"] for row in await data_of(runtime, "AssignmentWaived")} == {
        "D01.lin-jie",
        "D01.sun-hao",
    }
    found = {one.person_id: one.status(date(2026, 6, 30)) for one in await assigned(runtime)}
    assert found == {"D01.lin-jie": "WAIVED", "D01.sun-hao": "WAIVED", "D01.chen-gang": "COMPLETED"}
    clock.set(start_of_day(date(2026, 6, 30)))
    await run_due(runtime.db, clock, TIMERS)
    assert "EducationOverdue" not in await sent(runtime)


async def test_the_due_date_of_a_bureau_not_yet_heard_of_uses_the_published_calendar(
    runtime: Runtime,
) -> None:
    message = regraded()
    message.bureau_id = "D09"
    async with runtime.db.transaction(system("D09")) as conn:
        await definition.subscriptions[RiskPointRegraded](
            Uow(conn, system("D09"), runtime.clock.now()), message
        )
        due = await conn.fetch("select distinct due_on from assignment order by due_on")
    assert [row["due_on"] for row in due] == [date(2026, 3, 16), date(2026, 3, 23)]
