"""Scenario 7: +3.5 for the unit at 2026-08-30 00:00, through events and timers, replayed and disturbed."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from performance.subscriptions import TIMERS
from plumbline_contracts.case_flow.v1 import IncidentConfirmed
from plumbline_contracts.risk_registry.v1 import ProcessVersionPublished
from plumbline_shared.clock import ManualClock, start_of_day
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.timers import run_due

END = date(2026, 8, 30)
Step = ProcessVersionPublished.Step
REFORM = ProcessVersionPublished(
    version_id="pv_2", bureau_id="D01", process="TAX-DEFERRAL", number=2, previous_version_id="pv_1",
    owner_unit_id="D01.LEVY", effective_from="2026-06-01", limit_days=20, previous_limit_days=60,
    steps=[Step(code=code) for code in ("accept", "investigate", "review", "approve", "deliver")],
    removed_steps=[f"gone-{n}" for n in range(1, 8)], previous_step_count=12,
)  # fmt: skip
Reach = Callable[[date], Awaitable[None]]


def disturbed(on: str, process: str = "TAX-DEFERRAL") -> IncidentConfirmed:
    return IncidentConfirmed(
        incident_id=f"in_{on}", bureau_id="D01", kind="OTHER", unit_id="D01.LEVY", occurred_on=on,
        confirmed_on=on, process=process,
    )  # fmt: skip


async def entries(runtime: Runtime) -> list[tuple[str, str, Decimal, date]]:
    async with runtime.db.read(system()) as conn:
        rows = await conn.fetch(
            "select kind, subject_id, points, occurred_on from entry where rule = 'SR-10' order by ordinal"
        )
    return [(row["kind"], row["subject_id"], row["points"], row["occurred_on"]) for row in rows]


@pytest.fixture
def reach(performance: Runtime, clock: ManualClock) -> Reach:
    async def move(day: date) -> None:
        clock.set(start_of_day(day))
        await run_due(performance.db, clock, TIMERS)

    return move


POSTED = ("POSTED", "D01.LEVY", Decimal("3.5"), END)


async def test_three_and_a_half_at_midnight_of_the_thirtieth_of_august_once(
    performance, receive, reach, clock
) -> None:
    await receive(REFORM, "ev-1")
    clock.set(start_of_day(END) - timedelta(seconds=1))
    await run_due(performance.db, clock, TIMERS)
    assert await entries(performance) == []
    await reach(END)
    assert await entries(performance) == [POSTED]
    await receive(REFORM, "ev-1")
    await receive(REFORM, "ev-9")
    await reach(END + timedelta(days=100))
    assert await entries(performance) == [POSTED]


async def test_an_incident_of_the_process_restarts_the_ninety_days(performance, receive, reach) -> None:
    await receive(disturbed("2026-06-11"), "ev-0")
    await receive(REFORM, "ev-1")
    await receive(disturbed("2026-06-20", "ANOTHER"), "ev-2")
    await reach(END)
    assert await entries(performance) == []
    await reach(date(2026, 9, 10))
    assert await entries(performance) == [("POSTED", "D01.LEVY", Decimal("3.5"), date(2026, 9, 10))]


async def test_an_incident_found_later_takes_the_award_back_until_its_own_quiet_has_passed(
    performance, receive, reach
) -> None:
    await receive(REFORM, "ev-1")
    await reach(END)
    await receive(disturbed("2026-08-01"), "ev-2")
    await reach(date(2026, 10, 30))
    assert await entries(performance) == [POSTED, ("SUPERSEDED", "D01.LEVY", Decimal("-3.5"), END)]
    await reach(date(2026, 10, 31))
    again = ("POSTED", "D01.LEVY", Decimal("3.5"), date(2026, 10, 31))
    assert (await entries(performance))[2:] == [again]


async def test_a_reform_that_only_renames_steps_brings_nothing(performance, receive, reach) -> None:
    renamed = ProcessVersionPublished()
    renamed.CopyFrom(REFORM)
    renamed.previous_step_count = 5
    await receive(renamed, "ev-1")
    await reach(END)
    assert await entries(performance) == []
