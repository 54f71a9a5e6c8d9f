"""Invariant 12: whatever people do, a hold that was raised is open, corrected, overridden collectively, or abandoned."""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import date
from typing import Any

import asyncpg
import pytest
from case_flow.domain.hold import OPEN, Hold, HoldState
from case_flow.storage import alert as alerts
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters
from case_flow.testing import WorkedBureau
from case_flow.use_cases.abandon_hold import AbandonHold, abandon_hold
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.co_sign_departure import CoSignDeparture, co_sign_departure
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.correct_hold import CorrectHold, correct_hold
from case_flow.use_cases.decide_departure import DecideDeparture, decide_departure
from case_flow.use_cases.request_departure import RequestDeparture, request_departure
from case_flow.use_cases.return_matter import ReturnMatter, return_matter
from case_flow.use_cases.review_departure import ReviewDeparture, review_departure
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from plumbline_shared.errors import PlumblineError
from plumbline_shared.principal import system

MEETING = ("D01.huang-zhen", "D01.zhou-min", "D01.xie-tao")
Act = Callable[[WorkedBureau, str, str], Coroutine[Any, Any, Any]]


def fine(yuan: int) -> dict[str, Any]:
    violation = {
        "point": "LATE_CHANGE_REGISTRATION",
        "party": "ORGANISATION",
        "ordered_on": "2026-05-22",
        "corrected_on": "2026-06-03",
    }
    return {"amount_fen": yuan * 100, "procedure": "SUMMARY", "violation": violation}


def by(who: str, use_case: Any, command: Callable[[str, str], Any]) -> Act:
    async def act(bureau: WorkedBureau, matter: str, hold: str) -> None:
        await bureau.do(who, use_case, command(matter, hold))

    return act


ACTS: dict[str, Act] = {
    **{
        f"enter {yuan}": by(
            "he-jun", advance_matter, lambda m, _, yuan=yuan: AdvanceMatter(m, "propose", fine(yuan))
        )
        for yuan in (240, 500, 2000, 12000)
    },
    "correct": by("he-jun", correct_hold, lambda _, h: CorrectHold(h, fine(240))),
    "correct wrongly": by("he-jun", correct_hold, lambda _, h: CorrectHold(h, fine(700))),
    "abandon": by("he-jun", abandon_hold, lambda _, h: AbandonHold(h, "the facts were wrong")),
    "ask": by("he-jun", request_departure, lambda _, h: RequestDeparture(h, "repeated offence")),
    "agree": by("luo-fang", review_departure, lambda _, h: ReviewDeparture(h, "justified", agrees=True)),
    "object": by("luo-fang", review_departure, lambda _, h: ReviewDeparture(h, "no ground", agrees=False)),
    "grant": by("huang-zhen", decide_departure, lambda _, h: DecideDeparture(h, MEETING, 3, 0)),
    "refuse": by("huang-zhen", decide_departure, lambda _, h: DecideDeparture(h, MEETING, 0, 3)),
    "sign": by("ma-qing", co_sign_departure, lambda _, h: CoSignDeparture(h)),
    "decide": by(
        "he-jun",
        advance_matter,
        lambda m, _: AdvanceMatter(m, "decide", {"outcome": "APPROVED"}, ("D01.pan-yu",)),
    ),
    "second": by("pan-yu", co_sign_step, lambda m, _: CoSignStep(m, "decide")),
    "return": by("pan-yu", return_matter, lambda m, _: ReturnMatter(m, "decide", "propose", "once more")),
}
OVERRIDE = ["enter 500", "ask", "agree", "grant", "sign", "enter 500"]


async def all_of(bureau: WorkedBureau, matter: str) -> dict[str, Hold]:
    async def read(uow: Any) -> dict[str, Hold]:
        return await holds.many(uow.conn, await holds.ids_of(uow.conn, matter))

    return await bureau.within(system("D01"), read)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=14))
@example(["enter 500", *OVERRIDE])
@example(["enter 2000", "abandon", "enter 240", "decide", "second"])
@example([*OVERRIDE, "decide", "second"])
async def test_a_hold_is_never_silently_gone(bureau: WorkedBureau, acts: list[str]) -> None:
    await bureau.publish("registration_penalty")
    await bureau.at("2026-06-03 10:00")
    wanted = AcceptMatter("REGISTRATION-PENALTY", "Late change", office_id="D01.TO-5")
    matter = (await bureau.do("he-jun", accept_matter, wanted)).matter_id
    before: dict[str, Hold] = {}
    for act in acts:
        newest = max(before, default="hd_none")
        with suppress(PlumblineError):
            await ACTS[act](bureau, matter, newest)
        await bureau.at("2026-06-03 10:00")
        now = await all_of(bureau, matter)
        assert before.keys() <= now.keys()
        for hold_id, hold in now.items():
            await check(bureau, hold)
            was = before.get(hold_id)
            assert was is None or was.state in OPEN or was == hold
        row = await bureau.within(system("D01"), lambda uow: matters.get(uow.conn, matter))
        stopped = {hold.step for hold in now.values() if hold.state in OPEN}
        assert stopped <= ({row.step} if row.closed_at is None else set())
        before = now


async def check(bureau: WorkedBureau, hold: Hold) -> None:
    """It is open, or it ended in one of three ways, and its alert with it."""
    alert = await bureau.within(system("D01"), lambda uow: alerts.get(uow.conn, hold.alert_id))
    if hold.state in OPEN:
        assert (hold.ended_at, alert.closed_at) == (None, None)
        return
    assert hold.state in {HoldState.CORRECTED, HoldState.OVERRIDDEN, HoldState.ABANDONED}
    assert hold.ended_at is not None
    assert hold.ended_by
    assert alert.state == hold.state
    if hold.state is HoldState.ABANDONED:
        assert hold.note
    if hold.state is HoldState.OVERRIDDEN:
        departure = await bureau.within(system("D01"), lambda uow: holds.departure(uow.conn, hold.id))
        assert departure is not None
        assert departure.legal_agrees
        assert departure.co_signed_by == "D01.ma-qing"
        assert (departure.votes_for or 0) > (departure.votes_against or 0)


async def held(bureau: WorkedBureau) -> str:
    await bureau.publish("registration_penalty")
    wanted = AcceptMatter("REGISTRATION-PENALTY", "Late change", office_id="D01.TO-5")
    matter = (await bureau.do("he-jun", accept_matter, wanted)).matter_id
    return str(
        (await bureau.do("he-jun", advance_matter, AdvanceMatter(matter, "propose", fine(2000)))).hold_id
    )


@pytest.mark.parametrize(
    "sql",
    [
        "delete from hold where id = $1",
        "update hold set state = 'OVERRIDDEN', ended_at = now(), ended_by = 'x' where id = $1",
        "update hold set state = 'DEPARTURE_GRANTED' where id = $1",
        "update hold set state = 'ABANDONED', ended_at = now(), ended_by = 'x' where id = $1",
        "update hold set state = 'CORRECTED', ended_at = now() where id = $1",
        "update hold set state = 'CORRECTED' where id = $1",
    ],
)
async def test_the_database_lets_no_hold_vanish(bureau: WorkedBureau, sql: str) -> None:
    hold = await held(bureau)
    with pytest.raises(asyncpg.PostgresError):
        await bureau.within(system("D01"), lambda uow: uow.conn.execute(sql, hold))


async def test_an_ended_hold_is_not_opened_again(bureau: WorkedBureau) -> None:
    hold = await held(bureau)
    await bureau.do("he-jun", abandon_hold, AbandonHold(hold, "the facts were wrong"))
    again = "update hold set state = 'RAISED', ended_at = null, ended_by = null where id = $1"
    with pytest.raises(asyncpg.RaiseError):
        await bureau.within(system("D01"), lambda uow: uow.conn.execute(again, hold))


async def test_without_a_word_from_the_registry_a_fine_is_held_and_its_line_told(
    bureau: WorkedBureau,
) -> None:
    """The registry is down and never published a point: the pack's grade stands in, the hold works."""
    hold_id = await held(bureau)
    hold = await bureau.seen("he-jun", lambda conn: holds.get(conn, hold_id))
    assert (hold.code, hold.grade) == ("DISCRETION_OUT_OF_TIER", "HIGH")
    known = "select count(*) from risk_point_replica"
    assert await bureau.within(system("D01"), lambda uow: uow.conn.fetchval(known)) == 0
    for name in ("he-jun", "tang-li", "huang-zhen", "ma-qing", "pan-yu"):
        assert await bureau.seen(name, lambda conn: holds.many(conn, [hold_id])), name
    assert hold.raised_at.date() == date(2026, 4, 1)
