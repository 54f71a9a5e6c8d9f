"""Scenario 10, the windows: proposed by the load, confirmed by the hall's chief, back by the clock, all logged."""

from datetime import datetime

import pytest
from case_flow.domain.window import TicketRefused, WindowServing, WrongWindow
from case_flow.storage import window as windows
from case_flow.testing_hall import QUEUE
from case_flow.use_cases.report_queue import ReportQueue, report_queue
from case_flow.use_cases.serve_ticket import (
    CallTicket,
    EndTicket,
    HandOverTicket,
    TicketEnd,
    call_ticket,
    end_ticket,
    hand_over_ticket,
)
from case_flow.use_cases.set_up_windows import SetUpWindows, set_up_windows
from case_flow.use_cases.switch_windows import DecideSwitch, ReturnWindows, decide_switch, return_windows
from plumbline_shared.clock import SHANGHAI
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import Principal, system


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


async def rows(bureau, sql, *args):
    return await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))


async def served(hall, at):
    board = await hall.seen("wu-yan", lambda conn: windows.board(conn, instant(at)))
    return {one.code: one.serves for one in board}


@pytest.fixture
async def hall(bureau):
    await bureau.at("2026-10-09 08:30")
    await bureau.do("huang-zhen", set_up_windows, SetUpWindows("D01.HALL"))
    await bureau.at("2026-10-09 10:10")
    return bureau


async def _proposed(hall, waiting=14):
    return (await hall.run(QUEUE, report_queue, ReportQueue("INVOICE", waiting))).proposal_id


async def test_two_flexible_windows_go_over_and_come_back(hall):
    assert await _proposed(hall, 12) is None
    proposal = await _proposed(hall)
    assert await _proposed(hall, 15) == proposal
    await hall.at("2026-10-09 10:12")
    confirm = DecideSwitch(proposal, confirm=True, until=instant("2026-10-09 11:30"))
    changed = await hall.do("he-xin", decide_switch, confirm)
    assert len(changed.windows) == 2
    await hall.at("2026-10-09 11:30")
    log = await rows(hall, "select * from window_switch order by id")
    local = [
        (one["from_class"], one["to_class"], one["at"].astimezone(SHANGHAI).strftime("%H:%M")) for one in log
    ]
    over, back = ("COMPREHENSIVE", "INVOICE", "10:12"), ("INVOICE", "COMPREHENSIVE", "11:30")
    assert local == [over, over, back, back]
    assert [one["by_actor"] for one in log] == ["D01.he-xin", "D01.he-xin", "system", "system"]
    [kept] = await rows(hall, "select * from window_proposal")
    assert (kept["proposed_by"], kept["decided_by"], kept["waiting"]) == ("client", "D01.he-xin", 14)
    code = changed.windows[0]
    as_of = [(await served(hall, f"2026-10-09 {at}"))[code] for at in ("10:11", "10:12", "11:29", "11:30")]
    assert as_of == ["COMPREHENSIVE", "INVOICE", "INVOICE", "COMPREHENSIVE"]
    assert await served(hall, "2026-10-09 08:00") == {}
    assert len(await served(hall, "2026-10-09 12:00")) == 54


async def test_people_already_called_are_served_first_or_handed_over(hall):
    proposal = await _proposed(hall)
    [kept] = await rows(hall, "select windows from window_proposal")
    busy, other = kept["windows"]
    await hall.do("wu-yan", call_ticket, CallTicket("C-001", "COMPREHENSIVE", busy))
    with pytest.raises(WindowServing):
        await hall.do("he-xin", decide_switch, DecideSwitch(proposal, confirm=True))
    assert await rows(hall, "select from window_switch") == []
    with pytest.raises(WrongWindow):
        await hall.do("he-xin", decide_switch, DecideSwitch(proposal, confirm=True, hand_over={busy: "W-23"}))
    onto = DecideSwitch(proposal, confirm=True, hand_over={busy: other})
    with pytest.raises(WindowServing):
        await hall.do("he-xin", decide_switch, onto)
    await hall.do("he-xin", decide_switch, DecideSwitch(proposal, confirm=True, hand_over={busy: "W-37"}))
    [ticket] = await rows(hall, "select window_code, ended_at from hall_ticket")
    assert (ticket["window_code"], ticket["ended_at"]) == ("W-37", None)
    await hall.do("wu-yan", hand_over_ticket, HandOverTicket("C-001", "W-38"))
    await hall.do("wu-yan", end_ticket, EndTicket("C-001", TicketEnd.SERVED))
    with pytest.raises(TicketRefused):
        await hall.do("wu-yan", end_ticket, EndTicket("C-001", TicketEnd.LEFT))
    with pytest.raises(TicketRefused):
        await hall.do("wu-yan", call_ticket, CallTicket("C-001", "COMPREHENSIVE", "W-37"))


async def test_a_window_that_still_serves_goes_back_a_little_later(hall):
    proposal = await _proposed(hall)
    until = instant("2026-10-09 11:30")
    changed = await hall.do("he-xin", decide_switch, DecideSwitch(proposal, confirm=True, until=until))
    busy, free = changed.windows
    await hall.run(QUEUE, call_ticket, CallTicket("I-001", "INVOICE", busy))
    await hall.at("2026-10-09 11:31")
    now = await served(hall, "2026-10-09 11:31")
    assert (now[busy], now[free]) == ("INVOICE", "COMPREHENSIVE")
    await hall.run(QUEUE, end_ticket, EndTicket("I-001", TicketEnd.SERVED))
    await hall.at("2026-10-09 11:35")
    assert (await served(hall, "2026-10-09 11:35"))[busy] == "COMPREHENSIVE"
    assert await rows(hall, "select from timer") == []


async def test_by_hand_back_declined_and_who_may(hall):
    proposal = await _proposed(hall)
    for name in ("wu-yan", "chen-gang", "huang-zhen", "tang-li"):
        with pytest.raises(NotFound):
            await hall.do(name, decide_switch, DecideSwitch(proposal, confirm=True))
    with pytest.raises(NotFound):
        await hall.run(Principal("client", bureau_id="D01"), report_queue, ReportQueue("INVOICE", 14))
    with pytest.raises(NotFound):
        await hall.do("he-xin", set_up_windows, SetUpWindows("D01.HALL"))
    with pytest.raises(Invalid):
        await hall.run(QUEUE, report_queue, ReportQueue("LOTTERY", 14))
    await hall.do("he-xin", decide_switch, DecideSwitch(proposal, confirm=False))
    with pytest.raises(Invalid):
        await hall.do("he-xin", decide_switch, DecideSwitch(proposal, confirm=True))
    again = await _proposed(hall)
    changed = await hall.do("he-xin", decide_switch, DecideSwitch(again, confirm=True))
    back = await hall.do("he-xin", return_windows, ReturnWindows(again))
    assert back.windows == changed.windows
    assert (await hall.do("he-xin", return_windows, ReturnWindows(again))).windows == ()
