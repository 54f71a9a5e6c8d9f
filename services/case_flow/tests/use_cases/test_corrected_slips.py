"""A corrected calendar while paper is on its way: the last day to acknowledge it moves, told misses are not told again."""

from collections.abc import AsyncIterator, Mapping
from datetime import date

import pytest
from case_flow.testing import WorkedBureau
from case_flow.testing_calendar import SEED, calendar_published
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer, acknowledge_transfer
from case_flow.use_cases.recompute_clocks import on_calendar_published
from case_flow.use_cases.transfer_matter import SlipSent, TransferMatter, transfer_matter
from plumbline_shared.principal import system

NEXT = date(2026, 4, 2)
SLIP = "select due_on from slip where id = $1"
TOLD = "select (raised_at at time zone 'Asia/Shanghai')::text as at from alert where kind = 'TRANSFER_UNACKNOWLEDGED'"
LEDGER = "select event, due_on, calendar_version from clock_event where clock = $1"
WAITING = "select (fire_at at time zone 'Asia/Shanghai')::text from timer where ref = $1"


async def rows(bureau: WorkedBureau, sql: str, *args: object) -> list[tuple[object, ...]]:
    found = await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))
    return [tuple(row) for row in found]


async def publish(bureau: WorkedBureau, version: str, changed: Mapping[date, bool]) -> None:
    await bureau.receive(on_calendar_published, calendar_published(version, changed))


@pytest.fixture
async def slip(bureau: WorkedBureau) -> AsyncIterator[SlipSent]:
    await bureau.publish("relief_approval")
    command = AcceptMatter(item="RELIEF-APPROVAL", title="x", office_id="D01.TO-3")
    matter = (await bureau.do("wu-yan", accept_matter, command)).matter_id
    yield await bureau.do("wu-yan", transfer_matter, TransferMatter(matter, "PB-1"))
    await publish(bureau, SEED.version, {})


async def test_the_last_day_and_its_timer_move_with_the_reason(bureau: WorkedBureau, slip: SlipSent) -> None:
    assert slip.due_on == NEXT
    await publish(bureau, "corrected-1", {NEXT: False})
    await bureau.at("2026-04-01 09:01")
    assert await rows(bureau, SLIP, slip.slip_id) == [(date(2026, 4, 3),)]
    assert await rows(bureau, LEDGER, f"slip:{slip.slip_id}") == [
        ("RECOMPUTED", date(2026, 4, 3), "corrected-1")
    ]
    assert await rows(bureau, WAITING, slip.slip_id) == [("2026-04-04 00:00:00",)]
    await bureau.at("2026-04-03 23:59")
    assert await rows(bureau, TOLD) == []
    await bureau.at("2026-04-04 00:00")
    assert await rows(bureau, TOLD) == [("2026-04-04 00:00:00",)]


async def test_what_was_acknowledged_stays(bureau: WorkedBureau, slip: SlipSent) -> None:
    await bureau.do("sun-hao", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "PB-1"))
    await publish(bureau, "corrected-1", {NEXT: False})
    await bureau.at("2026-04-01 09:01")
    assert await rows(bureau, SLIP, slip.slip_id) == [(NEXT,)]
    assert await rows(bureau, WAITING, slip.slip_id) == []


async def test_a_slip_that_was_told_is_not_told_again(bureau: WorkedBureau, slip: SlipSent) -> None:
    await bureau.at("2026-04-08 09:00")
    assert len(await rows(bureau, TOLD)) == 1
    await publish(bureau, "corrected-1", {NEXT: False})
    await bureau.at("2026-04-09 09:00")
    assert await rows(bureau, SLIP, slip.slip_id) == [(date(2026, 4, 3),)]
    assert len(await rows(bureau, TOLD)) == 1
    assert await rows(bureau, "select error from dead_timer") == []
