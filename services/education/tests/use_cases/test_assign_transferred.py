"""Scenario 7: five points moved, five receiving posts, one lesson each, from the day the reform takes effect."""

from datetime import date

from education.storage.assignments import AssignmentFilter, list_assignments
from education.subscriptions import SUBSCRIPTIONS, TIMERS
from plumbline_contracts.risk_registry.v1 import ProcessVersionPublished, RiskDisposition
from plumbline_shared.clock import ManualClock, start_of_day
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.timers import run_due
from plumbline_shared.use_case import Uow

POSTS = {
    "RP-1": ("HALL.window-23", "wu-yan"),
    "RP-2": ("TO-3.investigator-1", "li-wei"),
    "RP-3": ("TO-3.investigator-2", "zhao-qiang"),
    "RP-4": ("POLICY.reviewer", "lin-jie"),
    "RP-5": ("POLICY.chief", "chen-gang"),
}
JUNE = date(2026, 6, 1)
K = RiskDisposition


def published(version: str = "pv_2", effective: date = JUNE) -> ProcessVersionPublished:
    Disposition = ProcessVersionPublished.Disposition
    moved = [
        Disposition(point_id=f"D01.{point}", kind=K.RISK_DISPOSITION_TRANSFERRED_TO_POST, receiver_post_id=f"D01.{post}")
        for point, (post, _holder) in POSTS.items()
    ]  # fmt: skip
    others = [
        *(Disposition(point_id=f"D01.RP-{n}", kind=K.RISK_DISPOSITION_REDUCED) for n in (6, 7, 8)),
        Disposition(point_id="D01.RP-9", kind=K.RISK_DISPOSITION_DISSOLVED),
    ]
    return ProcessVersionPublished(
        version_id=version, bureau_id="D01", process="TAX-DEFERRAL",
        effective_from=effective.isoformat(), dispositions=[*moved, *others],
    )  # fmt: skip


async def deliver(runtime: Runtime, message: ProcessVersionPublished) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await SUBSCRIPTIONS[ProcessVersionPublished](Uow(conn, system("D01"), runtime.clock.now()), message)


async def given(runtime: Runtime) -> list[tuple[str, str | None, str, date]]:
    async with runtime.db.read(system("D01")) as conn:
        wanted = AssignmentFilter(today=runtime.clock.now().date())
        rows = await list_assignments(conn, "D01", wanted, (date.min, ""), 100)
    return sorted((one.person_id, one.point_id, one.curriculum, one.due_on) for one in rows)


async def test_five_receiving_posts_get_five_lessons_once(runtime: Runtime, clock: ManualClock) -> None:
    clock.set(start_of_day(date(2026, 5, 15)))
    await deliver(runtime, published())
    clock.set(start_of_day(date(2026, 5, 31)))
    await run_due(runtime.db, clock, TIMERS)
    assert await given(runtime) == []
    clock.set(start_of_day(JUNE))
    await run_due(runtime.db, clock, TIMERS)
    lesson, due = "TRANSFERRED_POINT_LESSON", date(2026, 6, 15)
    expected = sorted((f"D01.{who}", f"D01.{point}", lesson, due) for point, (_post, who) in POSTS.items())
    assert await given(runtime) == expected
    await deliver(runtime, published())
    await run_due(runtime.db, clock, TIMERS)
    assert await given(runtime) == expected


async def test_a_version_published_after_its_first_day_teaches_at_once(
    runtime: Runtime, clock: ManualClock
) -> None:
    clock.set(start_of_day(date(2026, 6, 10)))
    await deliver(runtime, published())
    await run_due(runtime.db, clock, TIMERS)
    assert len(await given(runtime)) == 5
    assert {due for *_who, due in await given(runtime)} == {date(2026, 6, 25)}


async def test_a_version_that_moves_nothing_teaches_nobody(runtime: Runtime, clock: ManualClock) -> None:
    plain = published()
    del plain.dispositions[:5]
    await deliver(runtime, plain)
    clock.set(start_of_day(JUNE))
    await run_due(runtime.db, clock, TIMERS)
    assert await given(runtime) == []
