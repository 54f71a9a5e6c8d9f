"""Scenario 11: a supervised procurement without notice, its record and its report (S1-061 to S1-063)."""

from datetime import date

import pytest
from case_flow.domain.hold import HoldState, HoldWay, WayNotOpen
from case_flow.domain.supervision import (
    Capacity,
    EventState,
    EventStateRefused,
    GroupComposition,
    GroupMember,
    NoticeTooLate,
    SupervisesOwnUnit,
)
from case_flow.storage import alert as alerts
from case_flow.storage import hold as holds
from case_flow.storage import supervision
from case_flow.testing import WorkedBureau
from case_flow.use_cases.abandon_hold import AbandonHold, abandon_hold
from case_flow.use_cases.cancel_supervised_event import CancelSupervisedEvent, cancel_supervised_event
from case_flow.use_cases.correct_hold import CorrectHold, correct_hold
from case_flow.use_cases.form_supervision_group import FormSupervisionGroup, form_supervision_group
from case_flow.use_cases.give_event_notice import GiveEventNotice, give_event_notice
from case_flow.use_cases.mark_event_held import EventMarked, MarkEventHeld, mark_event_held
from case_flow.use_cases.plan_supervised_event import PlanSupervisedEvent, plan_supervised_event
from case_flow.use_cases.record_supervision import RecordSupervision, record_supervision
from case_flow.use_cases.report_supervised_event import ReportSupervisedEvent, report_supervised_event
from plumbline_contracts.case_flow.v1 import AlertRaised, HoldRaised
from plumbline_shared.errors import Conflict, Invalid, NotFound

EVERYBODY = (
    "huang-zhen",
    "zhou-min",
    "tang-li",
    "ma-qing",
    "bai-xue",
    "luo-fang",
    "wu-yan",
    "gu-ping",
    "he-jun",
)
GROUP = (
    GroupMember("D01.bai-xue", Capacity.DISCIPLINE),
    GroupMember("D01.he-jun", Capacity.STAFF_REPRESENTATIVE),
    GroupMember("D01.wu-yan", Capacity.STAFF_REPRESENTATIVE),
    GroupMember("D01.gu-ping", Capacity.OTHER),
)


async def planned(bureau: WorkedBureau, when: str = "2026-08-03 09:00") -> str:
    """The hall is going to buy ticket machines on Mon 2026-08-10."""
    await bureau.at(when)
    group = FormSupervisionGroup("PROCUREMENT", GROUP, date(2026, 8, 3))
    await bureau.do("ma-qing", form_supervision_group, group)
    plan = PlanSupervisedEvent("PROCUREMENT", "ticket machines", "D01.HALL", date(2026, 8, 10))
    return await bureau.do("bai-xue", plan_supervised_event, plan)


async def mark(bureau: WorkedBureau, name: str, event_id: str) -> EventMarked:
    return await bureau.do(name, mark_event_held, MarkEventHeld(event_id))


async def state(bureau: WorkedBureau, event_id: str) -> EventState:
    found = await bureau.seen("ma-qing", lambda conn: supervision.many(conn, [event_id]))
    return found[event_id].state


async def part_alerts(bureau: WorkedBureau) -> dict[str, set[str]]:
    """The parts that an alert was raised about, and who sees it."""
    seen: dict[str, set[str]] = {}
    for name in EVERYBODY:
        page = await bureau.seen(name, lambda conn: alerts.page(conn, alerts.AlertFilter(), None, 9))
        for one in page:
            if one.kind == "SUPERVISED_PART_MISSING":
                seen.setdefault(str(one.facts["part"]), set()).add(name)
    return seen


async def test_without_notice_the_event_is_held_back(bureau: WorkedBureau) -> None:
    event_id = await planned(bureau)
    await bureau.at("2026-08-10 15:00")
    marked = await mark(bureau, "he-jun", event_id)
    assert marked.hold_id is not None
    assert await state(bureau, event_id) is EventState.PLANNED
    hold = await bureau.seen("he-jun", lambda conn: holds.get(conn, marked.hold_id or ""))
    assert (hold.code, hold.grade, hold.ways) == (
        "NOTICE_MISSING",
        "MEDIUM",
        (HoldWay.GIVE_NOTICE, HoldWay.ABANDON),
    )
    assert (await mark(bureau, "bai-xue", event_id)).hold_id == marked.hold_id
    [event] = await bureau.events(HoldRaised)
    assert (event.control, event.matter_id, event.unit_id) == ("NOTICE_MISSING", "", "D01.HALL")


async def test_the_hold_is_for_the_group_the_leader_in_charge_and_discipline(bureau: WorkedBureau) -> None:
    event_id = await planned(bureau)
    await bureau.at("2026-08-10 15:00")
    hold_id = (await mark(bureau, "he-jun", event_id)).hold_id
    seen = {
        name for name in EVERYBODY if await bureau.seen(name, lambda conn: holds.many(conn, [hold_id or ""]))
    }
    assert seen == {"bai-xue", "he-jun", "wu-yan", "gu-ping", "zhou-min", "ma-qing"}


async def test_a_hold_is_corrected_by_a_notice_and_a_later_day(bureau: WorkedBureau) -> None:
    event_id = await planned(bureau)
    await bureau.at("2026-08-10 15:00")
    hold_id = (await mark(bureau, "he-jun", event_id)).hold_id or ""
    with pytest.raises(NoticeTooLate):
        await bureau.do("he-jun", give_event_notice, GiveEventNotice(event_id, "today"))
    notice = GiveEventNotice(event_id, "in the hall at 10:00", date(2026, 8, 12))
    await bureau.do("he-jun", give_event_notice, notice)
    await bureau.at("2026-08-11 15:00")
    with pytest.raises(EventStateRefused):
        await mark(bureau, "bai-xue", event_id)
    await bureau.at("2026-08-12 15:00")
    assert (await mark(bureau, "bai-xue", event_id)).hold_id is None
    await bureau.at("2026-08-12 15:01")
    hold = await bureau.seen("he-jun", lambda conn: holds.get(conn, hold_id))
    assert hold.state is HoldState.CORRECTED
    assert await state(bureau, event_id) is EventState.HELD


async def test_a_complete_event_raises_nothing(bureau: WorkedBureau) -> None:
    event_id = await planned(bureau)
    await bureau.do("bai-xue", give_event_notice, GiveEventNotice(event_id, "in the hall at 10:00"))
    await bureau.at("2026-08-10 15:00")
    assert (await mark(bureau, "bai-xue", event_id)).hold_id is None
    for name in ("bai-xue", "he-jun"):
        await bureau.do(name, record_supervision, RecordSupervision(event_id, "three bids, opened in order"))
    await bureau.at("2026-08-17 23:59")
    await bureau.do("he-jun", report_supervised_event, ReportSupervisedEvent(event_id, "no objection"))
    await bureau.at("2026-09-01 09:00")
    assert await state(bureau, event_id) is EventState.REPORTED
    assert await bureau.events(AlertRaised) == []


async def test_each_missing_part_tells_the_leader_in_charge_and_discipline(bureau: WorkedBureau) -> None:
    event_id = await planned(bureau)
    await bureau.at("2026-08-10 23:59")
    await bureau.do("bai-xue", record_supervision, RecordSupervision(event_id, "bids opened"))
    assert await part_alerts(bureau) == {}
    told = {"zhou-min", "ma-qing"}
    await bureau.at("2026-08-11 00:00")
    assert await part_alerts(bureau) == {"NOTICE": told}
    await bureau.at("2026-08-12 00:00")
    assert await part_alerts(bureau) == {"NOTICE": told, "RECORD": told}
    await bureau.at("2026-08-17 23:59")
    assert "REPORT" not in await part_alerts(bureau)
    await bureau.at("2026-08-18 00:00")
    assert await part_alerts(bureau) == {"NOTICE": told, "RECORD": told, "REPORT": told}


async def test_an_event_that_took_place_is_neither_announced_again_nor_cancelled(
    bureau: WorkedBureau,
) -> None:
    event_id = await planned(bureau)
    await bureau.at("2026-08-10 15:00")
    await bureau.do("bai-xue", record_supervision, RecordSupervision(event_id, "bids opened"))
    late = GiveEventNotice(event_id, "again", date(2026, 8, 20))
    with pytest.raises(EventStateRefused):
        await bureau.do("bai-xue", give_event_notice, late)
    with pytest.raises(EventStateRefused):
        await bureau.do("bai-xue", cancel_supervised_event, CancelSupervisedEvent(event_id, "never mind"))


async def test_cancelling_ends_the_hold_and_the_limits(bureau: WorkedBureau) -> None:
    event_id = await planned(bureau)
    await bureau.at("2026-08-10 15:00")
    hold_id = (await mark(bureau, "he-jun", event_id)).hold_id or ""
    await bureau.do("bai-xue", cancel_supervised_event, CancelSupervisedEvent(event_id, "no budget"))
    await bureau.at("2026-09-01 09:00")
    hold = await bureau.seen("he-jun", lambda conn: holds.get(conn, hold_id))
    assert (hold.state, hold.note) == (HoldState.ABANDONED, "no budget")
    assert await part_alerts(bureau) == {}


async def test_the_hold_of_an_event_is_given_up_but_not_corrected_like_a_step(bureau: WorkedBureau) -> None:
    event_id = await planned(bureau)
    await bureau.at("2026-08-10 15:00")
    hold_id = (await mark(bureau, "he-jun", event_id)).hold_id or ""
    for way in (HoldWay.CORRECT, HoldWay.GIVE_NOTICE):
        with pytest.raises(WayNotOpen):
            await bureau.do("he-jun", correct_hold, CorrectHold(hold_id, {}, way=way))
    await bureau.do("he-jun", abandon_hold, AbandonHold(hold_id, "it is held another time"))
    assert (await mark(bureau, "he-jun", event_id)).hold_id not in (None, hold_id)


async def test_nobody_supervises_the_own_unit_or_twice(bureau: WorkedBureau) -> None:
    event_id = await planned(bureau)
    await bureau.at("2026-08-10 15:00")
    seen = RecordSupervision(event_id, "bids opened")
    with pytest.raises(SupervisesOwnUnit):
        await bureau.do("wu-yan", record_supervision, seen)
    with pytest.raises(SupervisesOwnUnit):
        await bureau.do("wu-yan", report_supervised_event, ReportSupervisedEvent(event_id, "fine"))
    await bureau.do("he-jun", record_supervision, seen)
    with pytest.raises(Conflict):
        await bureau.do("he-jun", record_supervision, seen)
    with pytest.raises(NotFound):
        await bureau.do("zhou-min", record_supervision, seen)


async def test_only_head_and_discipline_lead_form_a_group_and_its_majority_is_held(
    bureau: WorkedBureau,
) -> None:
    group = FormSupervisionGroup("PROCUREMENT", GROUP, date(2026, 8, 3))
    for name in ("zhou-min", "bai-xue", "chen-gang"):
        with pytest.raises(NotFound):
            await bureau.do(name, form_supervision_group, group)
    others = tuple(GroupMember(one.person_id, Capacity.OTHER) for one in GROUP[1:])
    half = FormSupervisionGroup("PROCUREMENT", (GROUP[0], *others), date(2026, 8, 3))
    with pytest.raises(GroupComposition):
        await bureau.do("huang-zhen", form_supervision_group, half)
    false = (GroupMember("D01.chen-gang", Capacity.DISCIPLINE), *GROUP[1:])
    wrong = FormSupervisionGroup("PROCUREMENT", false, date(2026, 8, 3))
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", form_supervision_group, wrong)


async def test_a_group_is_known_as_it_was_composed_on_a_day(bureau: WorkedBureau) -> None:
    await planned(bureau)
    fewer = FormSupervisionGroup("PROCUREMENT", GROUP[:3], date(2026, 9, 1))
    await bureau.do("ma-qing", form_supervision_group, fewer)
    before, after = [
        await bureau.seen("he-jun", lambda conn, on=on: supervision.groups(conn, "D01", on))
        for on in (date(2026, 8, 31), date(2026, 9, 1))
    ]
    assert before["PROCUREMENT"].members == GROUP
    assert after["PROCUREMENT"].members == GROUP[:3]
