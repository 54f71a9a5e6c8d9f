"""Scenario 1: a relief approval is overdue; the alert is verified, an inquiry decides, units rectify."""

from datetime import date

import pytest
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.domain.alert import (
    AlertPhase,
    AlertState,
    AlertStateRefused,
    NotTheVerifier,
    Verdict,
    VerifierOfOwnUnit,
)
from case_flow.domain.incident import IncidentLevel, RootCause
from case_flow.domain.inquiry import (
    AlreadyVoted,
    AppealTooLate,
    Choice,
    DefenceRunning,
    InquiryState,
    InquiryStateRefused,
    NotPresent,
    QuorumNotMet,
    Recused,
)
from case_flow.domain.liability import Capacity
from case_flow.storage import alert as alerts
from case_flow.storage import dashboard
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.testing import WorkedBureau, point
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.accept_rectification import AcceptRectification, accept_rectification
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer, acknowledge_transfer
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.appeal_inquiry import AppealInquiry, appeal_inquiry
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.cast_roll_call_vote import CastRollCallVote, cast_roll_call_vote
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.decide_inquiry import DecideInquiry, decide_inquiry
from case_flow.use_cases.hold_hearing import HoldHearing, hold_hearing
from case_flow.use_cases.issue_rectification import IssueRectification, issue_rectification
from case_flow.use_cases.open_incident import ActDraft, IncidentDraft
from case_flow.use_cases.open_inquiry import OpenInquiry, open_inquiry
from case_flow.use_cases.propose_inquiry import ProposeInquiry, propose_inquiry
from case_flow.use_cases.record_appeal_decision import RecordAppealDecision, record_appeal_decision
from case_flow.use_cases.recuse_member import RecuseMember, recuse_member
from case_flow.use_cases.resolve_alert import ResolveAlert, resolve_alert
from case_flow.use_cases.serve_inquiry_notice import ServeInquiryNotice, serve_inquiry_notice
from case_flow.use_cases.state_defence import StateDefence, state_defence
from case_flow.use_cases.submit_rectification import SubmitRectification, submit_rectification
from case_flow.use_cases.transfer_matter import TransferMatter, transfer_matter
from plumbline_contracts.case_flow.v1 import (
    AppealDecided,
    DeadlineMissed,
    IncidentConfirmed,
    InquiryDecided,
    MatterClosed,
    RectificationIssued,
)
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import system

CAST = (
    "huang-zhen",
    "zhou-min",
    "tang-li",
    "ma-qing",
    "bai-xue",
    "chen-gang",
    "lin-jie",
    "qian-lu",
    "luo-fang",
)
EVERYBODY = (
    *CAST,
    "wu-yan",
    "sun-hao",
    "li-wei",
    "zhao-qiang",
    "pan-yu",
    "he-jun",
    "wu-bin",
    "gu-ping",
    "xie-tao",
)
PANEL = ("huang-zhen", "tang-li", "ma-qing", "luo-fang", "pan-yu", "xie-tao", "gu-ping", "deng-yi", "fan-ke")


async def seers(bureau: WorkedBureau, kind: str) -> set[str]:
    """Everybody who finds an alert of the kind in their own list."""
    found: set[str] = set()
    for name in EVERYBODY:
        page = await bureau.seen(
            name, lambda conn: alerts.page(conn, alerts.AlertFilter(kind=kind), None, 50)
        )
        found |= {name} if page else set()
    return found


async def only(bureau: WorkedBureau, name: str, kind: str) -> list[alerts.Alert]:
    return await bureau.seen(name, lambda conn: alerts.page(conn, alerts.AlertFilter(kind=kind), None, 50))


async def to_policy(bureau: WorkedBureau) -> tuple[str, str]:
    """The matter and its slip, up to the paper that nobody acknowledges."""
    await bureau.publish("relief_approval")
    for one in (point("RP-RELIEF-TIME-02", "MEDIUM"), point("RP-RELIEF-APPR-03", "HIGH")):
        await bureau.receive(on_risk_point_published, one)
    await bureau.at("2026-04-01 09:40")
    accepted = await bureau.do(
        "wu-yan",
        accept_matter,
        AcceptMatter("RELIEF-APPROVAL", "Linjiang Foundry", office_id="D01.TO-3"),
    )
    matter = accepted.matter_id
    pair = ("D01.li-wei", "D01.zhao-qiang")
    await bureau.at("2026-04-02 09:00")
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "investigate", pair))
    await bureau.at("2026-04-10 15:00")
    report = {"report": "site report 7"}
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "investigate", report, (pair[1],)))
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "investigate"))
    await bureau.at("2026-04-14 10:00")
    slip = await bureau.do("li-wei", transfer_matter, TransferMatter(matter, paper_barcode="PB-1"))
    return matter, slip.slip_id


async def overdue(bureau: WorkedBureau) -> tuple[str, str, alerts.Alert]:
    matter, slip = await to_policy(bureau)
    await bureau.at("2026-05-01 00:00")
    (alert,) = await only(bureau, "chen-gang", "DEADLINE_MISSED")
    return matter, slip, alert


async def confirmed(bureau: WorkedBureau) -> str:
    matter, slip, alert = await overdue(bureau)
    await bureau.at("2026-05-06 09:00")
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(alert.id))
    await bureau.at("2026-05-07 09:00")
    await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-1"))
    await bureau.at("2026-05-11 10:00")
    resolved = await bureau.do("luo-fang", resolve_alert, verdict(alert.id))
    await bureau.at("2026-05-12 10:00")
    await bureau.do("lin-jie", advance_matter, AdvanceMatter(matter, "review"))
    await bureau.at("2026-05-18 10:00")
    approval = {"outcome": "APPROVED", "reason": "the paper was in transit"}
    await bureau.do("chen-gang", advance_matter, AdvanceMatter(matter, "approve", approval))
    assert resolved.incident_id is not None
    return resolved.incident_id


def verdict(alert_id: str) -> ResolveAlert:
    acts = (
        ActDraft("D01.sun-hao", Capacity.HANDLER),
        ActDraft("D01.lin-jie", Capacity.REVIEWER),
        ActDraft("D01.chen-gang", Capacity.APPROVER),
    )
    draft = IncidentDraft(IncidentLevel.ORDINARY, RootCause.CUSTODY_GAP, acts)
    return ResolveAlert(alert_id, Verdict.CONFIRMED, "custody gap 04-14 to 05-07", draft)


async def test_warnings_reach_exactly_whom_the_scenario_names(bureau: WorkedBureau) -> None:
    await to_policy(bureau)
    await bureau.at("2026-04-16 00:00")
    assert await seers(bureau, "TRANSFER_UNACKNOWLEDGED") == {"sun-hao", "chen-gang", "qian-lu"}
    (first,) = await only(bureau, "sun-hao", "TRANSFER_UNACKNOWLEDGED")
    assert (first.phase, first.grade) == (AlertPhase.EX_ANTE, RiskGrade.LOW)
    await bureau.do("sun-hao", acknowledge_alert, AcknowledgeAlert(first.id))
    await bureau.at("2026-04-23 00:00")
    assert await seers(bureau, "DEADLINE_APPROACHING") == {"lin-jie", "chen-gang", "qian-lu"}
    (second,) = await only(bureau, "chen-gang", "DEADLINE_APPROACHING")
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(second.id))
    await bureau.at("2026-04-28 00:00")
    (third,) = await only(bureau, "zhou-min", "DEADLINE_APPROACHING")
    assert third.facts["days_left"] == 2
    assert await seers(bureau, "DEADLINE_APPROACHING") == {"lin-jie", "chen-gang", "qian-lu", "zhou-min"}


async def test_the_missed_deadline_is_seen_by_its_line_and_verified_elsewhere(bureau: WorkedBureau) -> None:
    matter, _, alert = await overdue(bureau)
    assert (alert.phase, alert.grade) == (AlertPhase.EX_POST, RiskGrade.MEDIUM)
    line = {"lin-jie", "chen-gang", "zhou-min", "luo-fang", "ma-qing", "qian-lu"}
    assert await seers(bureau, "DEADLINE_MISSED") == line
    assert (alert.verifier, alert.verify_due) == ("D01.luo-fang", date(2026, 5, 11))
    assert alert.acknowledge_due == date(2026, 5, 6)
    (missed,) = await bureau.events(DeadlineMissed)
    assert (missed.alert_id, missed.due_on, missed.matter_id) == (alert.id, "2026-04-30", matter)


async def test_the_head_sees_counts_only(bureau: WorkedBureau) -> None:
    await overdue(bureau)
    counts = await bureau.seen("huang-zhen", alerts.counts)
    assert counts[AlertPhase.EX_POST] == (1, 0)
    assert counts[AlertPhase.EX_ANTE] == (3, 0)


async def test_unacknowledged_the_next_tier_hears_of_it_and_late_a_second_time_nothing_new(
    bureau: WorkedBureau,
) -> None:
    await overdue(bureau)
    await bureau.at("2026-05-06 23:59")
    assert "huang-zhen" not in await seers(bureau, "DEADLINE_MISSED")
    await bureau.at("2026-05-07 00:00")
    seen = await seers(bureau, "DEADLINE_MISSED")
    assert seen == {"lin-jie", "chen-gang", "zhou-min", "luo-fang", "ma-qing", "qian-lu"}


async def test_only_the_assigned_verifier_of_another_unit_resolves(bureau: WorkedBureau) -> None:
    _, _, alert = await overdue(bureau)
    await bureau.at("2026-05-06 09:00")
    with pytest.raises(AlertStateRefused):
        await bureau.do("luo-fang", resolve_alert, verdict(alert.id))
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(alert.id))
    with pytest.raises(VerifierOfOwnUnit):
        await bureau.do("chen-gang", resolve_alert, verdict(alert.id))
    with pytest.raises(NotTheVerifier):
        await bureau.do("ma-qing", resolve_alert, verdict(alert.id))
    for stranger in ("huang-zhen", "pan-yu", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(stranger, resolve_alert, verdict(alert.id))


async def test_the_confirmed_incident_carries_lateness_and_the_counterfactual(bureau: WorkedBureau) -> None:
    incident_id = await confirmed(bureau)
    (event,) = await bureau.events(IncidentConfirmed)
    assert (event.incident_id, event.kind, event.unit_id) == (incident_id, "TIME_LIMIT_MISSED", "D01.POLICY")
    assert (event.occurred_on, event.confirmed_on, event.late_working_days) == ("2026-05-01", "2026-05-11", 5)
    assert "custody" not in str(event)
    incident = await bureau.seen("chen-gang", lambda conn: incidents.get(conn, incident_id))
    assert (incident.extension_days, incident.extension_due_on) == (10, date(2026, 5, 18))
    (closed,) = await bureau.events(MatterClosed)
    assert (closed.late_working_days, closed.incident_id) == (10, incident_id)


async def deliberated(bureau: WorkedBureau) -> str:
    incident_id = await confirmed(bureau)
    await bureau.at("2026-05-19 09:00")
    inquiry = await bureau.do("zhou-min", propose_inquiry, ProposeInquiry(incident_id, "ten days late"))
    await bureau.at("2026-05-20 09:00")
    panel = tuple(f"D01.{name}" for name in PANEL)
    await bureau.do("huang-zhen", open_inquiry, OpenInquiry(inquiry, panel, "AI-2026-03"))
    await bureau.at("2026-05-21 09:00")
    await bureau.do("bai-xue", serve_inquiry_notice, ServeInquiryNotice(inquiry))
    await bureau.do("lin-jie", state_defence, StateDefence(inquiry, "the paper reached me on 05-07"))
    with pytest.raises(DefenceRunning):
        await bureau.do("bai-xue", hold_hearing, HoldHearing(inquiry, panel[:8]))
    await bureau.at("2026-06-03 09:00")
    await bureau.do("bai-xue", hold_hearing, HoldHearing(inquiry, panel[:8]))
    return inquiry


async def test_the_panel_votes_five_to_two_and_the_verifier_is_barred(bureau: WorkedBureau) -> None:
    inquiry = await deliberated(bureau)
    with pytest.raises(Recused):
        await bureau.do("luo-fang", cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    with pytest.raises(NotFound):
        await bureau.do("lin-jie", cast_roll_call_vote, CastRollCallVote(inquiry, Choice.AGAINST))
    voters = [name for name in PANEL[:8] if name != "luo-fang"]
    for index, name in enumerate(voters):
        choice = Choice.FOR if index < 5 else Choice.AGAINST
        await bureau.do(name, cast_roll_call_vote, CastRollCallVote(inquiry, choice))
    with pytest.raises(AlreadyVoted):
        await bureau.do(voters[0], cast_roll_call_vote, CastRollCallVote(inquiry, Choice.AGAINST))
    await bureau.at("2026-06-04 09:00")
    await bureau.do("huang-zhen", decide_inquiry, DecideInquiry(inquiry))
    (event,) = await bureau.events(InquiryDecided)
    outcomes = {one.person_id: (one.part, one.form) for one in event.outcomes}
    assert outcomes == {"D01.lin-jie": (1, 3), "D01.sun-hao": (2, 2), "D01.chen-gang": (2, 2)}
    assert event.decided_on == "2026-06-04"
    decided = await bureau.seen("lin-jie", lambda conn: inquiries.get(conn, inquiry))
    assert (decided.number, decided.defence_due_on) == ("AI-2026-03", date(2026, 5, 28))
    assert (decided.appeal_until, decided.publication_scope) == (date(2026, 7, 4), "BUREAU")
    totals = await bureau.seen("lin-jie", lambda conn: inquiries.results(conn, [inquiry]))
    assert (totals[inquiry].for_, totals[inquiry].against) == (5, 2)
    assert await bureau.seen("wu-yan", lambda conn: inquiries.results(conn, [inquiry])) == {}


async def test_rectification_goes_to_both_units_with_the_same_due_date(bureau: WorkedBureau) -> None:
    incident_id = await confirmed(bureau)
    await bureau.at("2026-05-19 09:00")
    await bureau.do("zhou-min", propose_inquiry, ProposeInquiry(incident_id, "ten days late"))
    await bureau.at("2026-06-04 10:00")
    for unit in ("D01.POLICY", "D01.TO-3"):
        order = IssueRectification(unit, "slips", "acknowledge every slip in a day", incident_id)
        await bureau.do("huang-zhen", issue_rectification, order)
    issued = await bureau.events(RectificationIssued)
    assert [(one.unit_id, one.due_on) for one in issued] == [
        ("D01.POLICY", "2026-06-26"),
        ("D01.TO-3", "2026-06-26"),
    ]


async def test_the_alert_is_rectifying_until_the_last_order_is_accepted(bureau: WorkedBureau) -> None:
    incident_id = await confirmed(bureau)
    await bureau.do("zhou-min", propose_inquiry, ProposeInquiry(incident_id, "ten days late"))
    (alert,) = await only(bureau, "chen-gang", "DEADLINE_MISSED")
    assert alert.state is AlertState.CONFIRMED
    workers = {"D01.POLICY": "chen-gang", "D01.TO-3": "sun-hao"}
    issued = [
        await bureau.do(
            "huang-zhen", issue_rectification, IssueRectification(unit, "slips", "a day", incident_id)
        )
        for unit in workers
    ]
    await bureau.at("2026-06-04 10:01")
    assert (await only(bureau, "chen-gang", "DEADLINE_MISSED"))[0].state is AlertState.RECTIFYING
    for order, worker, state in zip(
        issued, workers.values(), (AlertState.RECTIFYING, AlertState.CLOSED), strict=True
    ):
        await bureau.do(worker, submit_rectification, SubmitRectification(order, "a new ledger"))
        await bureau.do("luo-fang", accept_rectification, AcceptRectification(order, accepted=True))
        await bureau.at("2026-06-04 10:02")
        assert (await only(bureau, "chen-gang", "DEADLINE_MISSED"))[0].state is state


async def test_warnings_are_closed_with_their_cause(bureau: WorkedBureau) -> None:
    await confirmed(bureau)
    await bureau.at("2026-05-18 10:01")
    for kind in ("TRANSFER_UNACKNOWLEDGED", "DEADLINE_APPROACHING"):
        found = await only(bureau, "chen-gang", kind)
        assert found
        assert {one.state for one in found} == {AlertState.CLOSED}


async def test_a_decision_nobody_appeals_against_is_in_force(bureau: WorkedBureau) -> None:
    inquiry = await decided(bureau)
    await bureau.at("2026-07-04 23:59")
    assert (
        await bureau.seen("wu-yan", lambda conn: inquiries.get(conn, inquiry))
    ).state is InquiryState.DECIDED
    await bureau.at("2026-07-05 00:00")
    assert (
        await bureau.seen("wu-yan", lambda conn: inquiries.get(conn, inquiry))
    ).state is InquiryState.IN_FORCE
    with pytest.raises(AppealTooLate):
        await bureau.do("lin-jie", appeal_inquiry, AppealInquiry(inquiry, "too late"))


async def test_a_respondent_appeals_in_time_and_nobody_else(bureau: WorkedBureau) -> None:
    inquiry = await decided(bureau)
    with pytest.raises(NotFound):
        await bureau.do("wu-yan", appeal_inquiry, AppealInquiry(inquiry, "unjust"))
    await bureau.at("2026-07-04 23:00")
    await bureau.do("lin-jie", appeal_inquiry, AppealInquiry(inquiry, "the paper came late"))
    await bureau.at("2026-07-06 00:00")
    after = await bureau.seen("lin-jie", lambda conn: inquiries.get(conn, inquiry))
    assert after.state is InquiryState.APPEALED
    assert await bureau.seen("wu-yan", lambda conn: inquiries.statements(conn, inquiry)) == ()


@pytest.mark.parametrize("upheld", [True, False])
async def test_an_appeal_ends_with_what_the_superior_bureau_decided(
    bureau: WorkedBureau, upheld: bool
) -> None:
    inquiry = await decided(bureau)
    answer = RecordAppealDecision(inquiry, upheld, "C01-2026-17", "the slip was sent in time")
    with pytest.raises(InquiryStateRefused):
        await bureau.do("huang-zhen", record_appeal_decision, answer)
    await bureau.do("lin-jie", appeal_inquiry, AppealInquiry(inquiry, "the paper came late"))
    for name in ("lin-jie", "bai-xue", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(name, record_appeal_decision, answer)
    await bureau.at("2026-07-20 10:00")
    await bureau.do("huang-zhen", record_appeal_decision, answer)
    after = await bureau.seen("lin-jie", lambda conn: inquiries.get(conn, inquiry))
    assert (after.state, after.in_force_on) == (InquiryState.FINAL, date(2026, 7, 20) if upheld else None)
    published = await bureau.seen("wu-yan", lambda conn: inquiries.many(conn, [inquiry]))
    assert bool(published) is upheld
    year = await bureau.within(system("D01"), lambda uow: dashboard.figures(uow.conn, "D01", 2026, uow.today))
    assert year.accountable == (3 if upheld else 0)
    [event] = await bureau.events(AppealDecided)
    assert (event.inquiry_id, event.upheld, event.decided_on) == (inquiry, upheld, "2026-07-20")
    assert event.incident_id == after.incident_id
    with pytest.raises(InquiryStateRefused):
        await bureau.do("ma-qing", record_appeal_decision, answer)


async def test_a_member_with_an_interest_steps_back_and_the_quorum_counts_it(bureau: WorkedBureau) -> None:
    inquiry = await deliberated(bureau)
    await bureau.do("gu-ping", recuse_member, RecuseMember(inquiry, "a relative"))
    with pytest.raises(Recused):
        await bureau.do("gu-ping", cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    with pytest.raises(NotFound):
        await bureau.do("lin-jie", recuse_member, RecuseMember(inquiry, "no member"))
    for name in ("huang-zhen", "tang-li", "ma-qing", "pan-yu", "xie-tao"):
        await bureau.do(name, cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    with pytest.raises(QuorumNotMet):
        await bureau.do("huang-zhen", decide_inquiry, DecideInquiry(inquiry))
    with pytest.raises(NotPresent):
        await bureau.do("fan-ke", cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))


async def decided(bureau: WorkedBureau) -> str:
    inquiry = await deliberated(bureau)
    for name in [name for name in PANEL[:8] if name != "luo-fang"]:
        await bureau.do(name, cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    await bureau.at("2026-06-04 09:00")
    return await bureau.do("huang-zhen", decide_inquiry, DecideInquiry(inquiry))
