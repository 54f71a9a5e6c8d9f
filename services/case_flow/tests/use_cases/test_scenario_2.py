"""Scenario 2 and its variants: a fine outside its tier is held in the transaction, and how it goes on."""

from datetime import date
from typing import Any

import pytest
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.domain.alert import AlertPhase, AlertState
from case_flow.domain.hold import (
    DepartureNotSeparate,
    DocumentHeld,
    Hold,
    HoldState,
    HoldStateRefused,
    HoldWay,
    SignaturesMissing,
    WayNotOpen,
)
from case_flow.storage import alert as alerts
from case_flow.storage import document as documents
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters
from case_flow.testing import WorkedBureau, point
from case_flow.use_cases.abandon_hold import AbandonHold, abandon_hold
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.co_sign_departure import CoSignDeparture, co_sign_departure
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.correct_hold import CorrectHold, correct_hold
from case_flow.use_cases.decide_departure import DecideDeparture, decide_departure
from case_flow.use_cases.issue_decision import IssueDecision, issue_decision
from case_flow.use_cases.request_departure import RequestDeparture, request_departure
from case_flow.use_cases.review_departure import ReviewDeparture, review_departure
from case_flow.use_cases.serve_hearing_notice import ServeHearingNotice, serve_hearing_notice
from plumbline_contracts.case_flow.v1 import AlertRaised, HoldCorrected, HoldRaised
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Invalid, NotFound

GENERAL = {
    "point": "LATE_CHANGE_REGISTRATION",
    "party": "ORGANISATION",
    "ordered_on": "2026-05-22",
    "corrected_on": "2026-06-03",
}
SERIOUS = {**GENERAL, "ordered_on": "2026-04-22"}
COLLEAGUES = ("sun-hao", "li-wei", "chen-gang", "luo-fang", "zhou-min", "qian-lu", "wu-yan", "bai-xue")


def fine(yuan: int, procedure: str = "SUMMARY", violation: dict[str, Any] = GENERAL) -> dict[str, Any]:
    return {"amount_fen": yuan * 100, "procedure": procedure, "violation": violation}


async def filed(bureau: WorkedBureau, when: str = "2026-06-03 10:00") -> str:
    """A penalty matter of TO-5, filed by He Jun."""
    await bureau.publish("registration_penalty")
    await bureau.receive(on_risk_point_published, point("RP-PENALTY-TIER-01", "HIGH", unit="D01.TO-5"))
    await bureau.at(when)
    command = AcceptMatter("REGISTRATION-PENALTY", "Late change registration", office_id="D01.TO-5")
    return (await bureau.do("he-jun", accept_matter, command)).matter_id


async def entered(bureau: WorkedBureau, matter: str, payload: dict[str, Any]) -> Hold | None:
    """He Jun enters a fine; the hold as he sees it, if there is one."""
    advanced = await bureau.do("he-jun", advance_matter, AdvanceMatter(matter, "propose", payload))
    if advanced.hold_id is None:
        return None
    hold_id = advanced.hold_id
    return await bureau.seen("he-jun", lambda conn: holds.get(conn, hold_id))


async def held(bureau: WorkedBureau, matter: str, payload: dict[str, Any]) -> Hold:
    hold = await entered(bureau, matter, payload)
    assert hold is not None
    return hold


async def sees(bureau: WorkedBureau, name: str, hold: Hold) -> bool:
    return bool(await bureau.seen(name, lambda conn: holds.many(conn, [hold.id])))


async def test_a_fine_outside_its_tier_is_held_and_corrected(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    await bureau.at("2026-06-03 10:12")
    hold = await held(bureau, matter, fine(2000))
    assert (hold.code, hold.grade, hold.state) == ("DISCRETION_OUT_OF_TIER", RiskGrade.HIGH, HoldState.RAISED)
    assert (hold.facts["tier"], hold.facts["min_fen"], hold.facts["max_fen"]) == ("GENERAL", 24000, 24000)
    assert hold.ways == (HoldWay.CORRECT, HoldWay.REQUEST_DEPARTURE, HoldWay.ABANDON)
    assert "240" in hold.message_zh
    with pytest.raises(DocumentHeld):
        await bureau.do("he-jun", issue_decision, IssueDecision(matter))
    await bureau.at("2026-06-03 10:18")
    assert (await bureau.do("he-jun", correct_hold, CorrectHold(hold.id, fine(240)))).hold_id is None
    ended = await bureau.seen("he-jun", lambda conn: holds.get(conn, hold.id))
    assert (ended.state, ended.ended_by) == (HoldState.CORRECTED, "D01.he-jun")
    alert = await bureau.seen("he-jun", lambda conn: alerts.get(conn, hold.alert_id))
    assert (alert.phase, alert.state, alert.verifier) == (AlertPhase.IN_PROCESS, AlertState.CORRECTED, None)
    (raised,) = await bureau.events(HoldRaised)
    (corrected,) = await bureau.events(HoldCorrected)
    assert raised.point_id == corrected.point_id == "D01.RP-PENALTY-TIER-01"
    assert (corrected.person_id, corrected.count_in_30_days) == ("D01.he-jun", 1)


async def test_the_hold_is_seen_by_its_line_and_not_by_colleagues(bureau: WorkedBureau) -> None:
    hold = await held(bureau, await filed(bureau), fine(2000))
    for name in ("he-jun", "tang-li", "huang-zhen", "ma-qing", "pan-yu"):
        assert await sees(bureau, name, hold), name
    for name in COLLEAGUES:
        assert not await sees(bureau, name, hold), name
    with pytest.raises(NotFound):
        await bureau.do("sun-hao", correct_hold, CorrectHold(hold.id, fine(240)))
    with pytest.raises(NotFound):
        await bureau.do("pan-yu", correct_hold, CorrectHold(hold.id, fine(240)))


async def test_the_decision_gets_its_number_after_two_signatures(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    await entered(bureau, matter, fine(240))
    with pytest.raises(SignaturesMissing):
        await bureau.do("he-jun", issue_decision, IssueDecision(matter))
    decision = AdvanceMatter(matter, "decide", {"outcome": "APPROVED"}, ("D01.pan-yu",))
    advanced = await bureau.do("he-jun", advance_matter, decision)
    assert advanced.waiting_for == ("D01.pan-yu",)
    with pytest.raises(SignaturesMissing):
        await bureau.do("he-jun", issue_decision, IssueDecision(matter))
    await bureau.do("pan-yu", co_sign_step, CoSignStep(matter, "decide"))
    document = await bureau.do("he-jun", issue_decision, IssueDecision(matter))
    assert document.number == "REGISTRATION-PENALTY〔2026〕1号"
    assert document.signers == ("D01.he-jun", "D01.pan-yu")
    assert await bureau.do("he-jun", issue_decision, IssueDecision(matter)) == document
    assert await bureau.seen("wu-yan", lambda conn: documents.of_matter(conn, matter)) is None


async def test_entering_the_same_again_is_the_same_hold(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    first = await held(bureau, matter, fine(2000))
    assert (await held(bureau, matter, fine(2000))).id == first.id
    assert (await held(bureau, matter, fine(1999))).id == first.id
    assert len(await bureau.events(HoldRaised)) == len(await bureau.events(AlertRaised)) == 1


async def test_2b_above_the_statutory_maximum_is_a_hard_block(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    hold = await held(bureau, matter, fine(12000, "ORDINARY", SERIOUS))
    assert (hold.code, hold.ways) == ("ABOVE_STATUTORY_MAX", (HoldWay.CORRECT, HoldWay.ABANDON))
    with pytest.raises(WayNotOpen):
        await bureau.do("he-jun", request_departure, RequestDeparture(hold.id, "grave"))


async def test_2c_a_hearing_is_offered_before_the_decision(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    assert await entered(bureau, matter, fine(10000, "ORDINARY", SERIOUS)) is None
    decide = AdvanceMatter(matter, "decide", {"outcome": "APPROVED"}, ("D01.huang-zhen",))
    advanced = await bureau.do("tang-li", advance_matter, decide)
    assert advanced.hold_id is not None
    held_id = advanced.hold_id
    hold = await bureau.seen("tang-li", lambda conn: holds.get(conn, held_id))
    assert (hold.code, HoldWay.SERVE_NOTICE in hold.ways) == ("HEARING_NOTICE_MISSING", True)
    await bureau.at("2026-06-15 09:00")
    notice = await bureau.do("he-jun", serve_hearing_notice, ServeHearingNotice(matter))
    assert (notice.request_until, notice.decide_by) == (date(2026, 6, 23), date(2026, 9, 1))
    with pytest.raises(HoldStateRefused):
        await bureau.do("he-jun", serve_hearing_notice, ServeHearingNotice(matter))
    await bureau.at("2026-06-23 23:00")
    waiting = (await bureau.do("tang-li", advance_matter, decide)).hold_id
    assert waiting not in (None, held_id)
    await bureau.at("2026-06-24 09:00")
    advanced = await bureau.do("tang-li", advance_matter, decide)
    assert (advanced.hold_id, advanced.waiting_for) == (None, ("D01.huang-zhen",))


async def test_2d_above_the_offices_authority_is_routed_to_the_bureau(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    assert await entered(bureau, matter, fine(2500, "ORDINARY", SERIOUS)) is None
    routed = await bureau.seen("tang-li", lambda conn: matters.get(conn, matter))
    assert (routed.step, routed.unit_id) == ("decide", "D01.LEAD")
    assert await bureau.events(HoldRaised) == []
    penalty = await bureau.seen("he-jun", lambda conn: holds.penalty(conn, matter))
    assert penalty is not None
    assert (penalty.authority, penalty.tier) == ("BUREAU", "SERIOUS")


async def test_2e_over_the_summary_limit_is_converted(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    hold = await held(bureau, matter, fine(3001, "SUMMARY", SERIOUS))
    assert (hold.code, "3,000" in hold.message_en) == ("SUMMARY_LIMIT", True)
    assert HoldWay.CONVERT_TO_ORDINARY in hold.ways
    convert = CorrectHold(hold.id, fine(3001, "SUMMARY", SERIOUS), way=HoldWay.CONVERT_TO_ORDINARY)
    assert (await bureau.do("he-jun", correct_hold, convert)).hold_id is None
    assert await entered(bureau, await filed(bureau), fine(3000, "SUMMARY", SERIOUS)) is None


async def test_2f_the_third_corrected_hold_in_thirty_days_alerts_the_chief(bureau: WorkedBureau) -> None:
    for when in ("2026-06-03 10:00", "2026-06-16 10:00", "2026-06-30 10:00"):
        matter = await filed(bureau, when)
        hold = await held(bureau, matter, fine(2000))
        await bureau.do("he-jun", correct_hold, CorrectHold(hold.id, fine(240)))
    assert [one.count_in_30_days for one in await bureau.events(HoldCorrected)] == [1, 2, 3]
    repeated = [one for one in await bureau.events(AlertRaised) if one.kind == "REPEATED_HOLDS"]
    assert [one.grade for one in repeated] == [1]
    wanted = alerts.AlertFilter(kind="REPEATED_HOLDS")
    for name, count in (("pan-yu", 1), ("he-jun", 1), ("tang-li", 0), ("huang-zhen", 0), ("sun-hao", 0)):
        page = await bureau.seen(name, lambda conn: alerts.page(conn, wanted, None, 10))
        assert len(page) == count, name


async def test_holds_older_than_the_window_do_not_count(bureau: WorkedBureau) -> None:
    for when in ("2026-06-03 10:00", "2026-06-16 10:00", "2026-07-03 10:00"):
        hold = await held(bureau, await filed(bureau, when), fine(2000))
        await bureau.do("he-jun", correct_hold, CorrectHold(hold.id, fine(240)))
    assert [one.count_in_30_days for one in await bureau.events(HoldCorrected)] == [1, 2, 2]


async def test_a_departure_takes_the_legal_review_and_the_meeting(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    hold = await held(bureau, matter, fine(500))
    await bureau.do("he-jun", request_departure, RequestDeparture(hold.id, "repeated offence"))
    meeting = ("D01.huang-zhen", "D01.zhou-min", "D01.tang-li")
    with pytest.raises(HoldStateRefused):
        await bureau.do("huang-zhen", decide_departure, DecideDeparture(hold.id, meeting, 3, 0))
    with pytest.raises(HoldStateRefused):
        await bureau.do("ma-qing", co_sign_departure, CoSignDeparture(hold.id))
    with pytest.raises(NotFound):
        await bureau.do("pan-yu", review_departure, ReviewDeparture(hold.id, "fine", agrees=True))
    await bureau.do("luo-fang", review_departure, ReviewDeparture(hold.id, "justified", agrees=True))
    mixed = DecideDeparture(hold.id, (*meeting, "D01.luo-fang"), 3, 0)
    with pytest.raises(DepartureNotSeparate):
        await bureau.do("huang-zhen", decide_departure, mixed)
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", decide_departure, DecideDeparture(hold.id, meeting[:2], 2, 0))
    state = await bureau.do("huang-zhen", decide_departure, DecideDeparture(hold.id, meeting, 2, 1))
    assert state is HoldState.DEPARTURE_REQUESTED
    assert (await held(bureau, matter, fine(500))).id == hold.id
    for name in ("huang-zhen", "bai-xue", "tang-li"):
        with pytest.raises(NotFound):
            await bureau.do(name, co_sign_departure, CoSignDeparture(hold.id))
    await bureau.do("ma-qing", co_sign_departure, CoSignDeparture(hold.id))
    assert (await held(bureau, matter, fine(501))).id == hold.id
    assert await entered(bureau, matter, fine(500)) is None
    ended = await bureau.seen("he-jun", lambda conn: holds.get(conn, hold.id))
    assert ended.state is HoldState.OVERRIDDEN
    assert await bureau.events(HoldCorrected) == []


async def test_a_refused_departure_leaves_the_hold(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    hold = await held(bureau, matter, fine(500))
    await bureau.do("he-jun", request_departure, RequestDeparture(hold.id, "repeated offence"))
    await bureau.do("luo-fang", review_departure, ReviewDeparture(hold.id, "no ground", agrees=False))
    meeting = ("D01.huang-zhen", "D01.zhou-min", "D01.tang-li")
    state = await bureau.do("huang-zhen", decide_departure, DecideDeparture(hold.id, meeting, 3, 0))
    assert state is HoldState.RAISED
    assert (await held(bureau, matter, fine(500))).id == hold.id
    with pytest.raises(HoldStateRefused):
        await bureau.do("he-jun", request_departure, RequestDeparture(hold.id, "once more"))


async def test_the_deputy_head_proposes_a_departure_and_does_not_sit_in_its_meeting(
    bureau: WorkedBureau,
) -> None:
    hold = await held(bureau, await filed(bureau), fine(500))
    for name in ("zhou-min", "pan-yu"):
        with pytest.raises(NotFound):
            await bureau.do(name, request_departure, RequestDeparture(hold.id, "repeated offence"))
    await bureau.do("tang-li", request_departure, RequestDeparture(hold.id, "repeated offence"))
    await bureau.do("luo-fang", review_departure, ReviewDeparture(hold.id, "justified", agrees=True))
    with_her = ("D01.huang-zhen", "D01.zhou-min", "D01.tang-li")
    with pytest.raises(DepartureNotSeparate):
        await bureau.do("huang-zhen", decide_departure, DecideDeparture(hold.id, with_her, 3, 0))
    without = (*with_her[:2], "D01.xie-tao")
    state = await bureau.do("huang-zhen", decide_departure, DecideDeparture(hold.id, without, 3, 0))
    assert state is HoldState.DEPARTURE_REQUESTED


async def test_an_abandoned_hold_keeps_its_reason(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    hold = await held(bureau, matter, fine(2000))
    with pytest.raises(Invalid):
        await bureau.do("he-jun", abandon_hold, AbandonHold(hold.id, " "))
    await bureau.do("he-jun", abandon_hold, AbandonHold(hold.id, "the facts were wrong"))
    ended = await bureau.seen("he-jun", lambda conn: holds.get(conn, hold.id))
    assert (ended.state, ended.note) == (HoldState.ABANDONED, "the facts were wrong")
    with pytest.raises(HoldStateRefused):
        await bureau.do("he-jun", correct_hold, CorrectHold(hold.id, fine(240)))


async def test_a_hold_ends_when_another_officer_passes_the_step(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    await entered(bureau, matter, fine(10000, "ORDINARY", SERIOUS))
    by_deputy = AdvanceMatter(matter, "decide", {"outcome": "APPROVED"}, ("D01.huang-zhen",))
    held_id = (await bureau.do("tang-li", advance_matter, by_deputy)).hold_id
    assert held_id is not None
    await bureau.do("he-jun", serve_hearing_notice, ServeHearingNotice(matter))
    await bureau.at("2026-06-24 09:00")
    by_head = AdvanceMatter(matter, "decide", {"outcome": "APPROVED"}, ("D01.tang-li",))
    assert (await bureau.do("huang-zhen", advance_matter, by_head)).hold_id is None
    await bureau.at("2026-06-24 09:01")
    ended = await bureau.seen("tang-li", lambda conn: holds.get(conn, held_id))
    assert (ended.state, ended.ended_by) == (HoldState.CORRECTED, "system")


NO_FINES: list[dict[str, Any]] = [
    {"amount_fen": -1, "procedure": "SUMMARY", "violation": GENERAL},
    {"amount_fen": 24000, "procedure": "QUICK", "violation": GENERAL},
    {"amount_fen": 24000, "procedure": "SUMMARY"},
    {"amount_fen": 24000, "procedure": "SUMMARY", "violation": {**GENERAL, "ordered_on": "2026-02-30"}},
    {"amount_fen": 24000, "procedure": "SUMMARY", "violation": {**GENERAL, "point": "UNKNOWN"}},
    {"amount_fen": 240.5, "procedure": "SUMMARY", "violation": GENERAL},
]


async def test_facts_that_are_no_fine_are_refused_and_nothing_is_written(bureau: WorkedBureau) -> None:
    matter = await filed(bureau)
    before = len(await bureau.events())
    for wrong in NO_FINES:
        with pytest.raises(Invalid):
            await bureau.do("he-jun", advance_matter, AdvanceMatter(matter, "propose", wrong))
    assert len(await bureau.events()) == before
    assert (await bureau.seen("he-jun", lambda conn: matters.get(conn, matter))).step == "propose"
