"""Scenario 1: a relief approval is overdue; the alert is verified, an inquiry decides, units rectify."""

from datetime import date

import pytest
from case_flow.domain.alert import (
    AlertPhase,
    AlertState,
    AlertStateRefused,
    NotTheVerifier,
    VerifierOfOwnUnit,
)
from case_flow.domain.collective import AlreadyVoted, Choice, Recused
from case_flow.domain.inquiry import DefenceRunning
from case_flow.storage import alert as alerts
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import (
    MEMBERS,
    PANEL,
    confirmed,
    deliberated,
    overdue,
    seen_by,
    served,
    to_policy,
    verdict,
)
from case_flow.use_cases.accept_rectification import AcceptRectification, accept_rectification
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.cast_roll_call_vote import CastRollCallVote, cast_roll_call_vote
from case_flow.use_cases.decide_inquiry import DecideInquiry, decide_inquiry
from case_flow.use_cases.hold_hearing import HoldHearing, hold_hearing
from case_flow.use_cases.issue_rectification import IssueRectification, issue_rectification
from case_flow.use_cases.propose_inquiry import ProposeInquiry, propose_inquiry
from case_flow.use_cases.resolve_alert import resolve_alert
from case_flow.use_cases.submit_rectification import SubmitRectification, submit_rectification
from plumbline_contracts.case_flow.v1 import (
    DeadlineMissed,
    IncidentConfirmed,
    InquiryDecided,
    MatterClosed,
    RectificationIssued,
)
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import NotFound

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


async def seers(bureau: WorkedBureau, kind: str) -> set[str]:
    """Everybody who finds an alert of the kind in their own list."""
    found: set[str] = set()
    for name in EVERYBODY:
        page = await bureau.seen(
            name, lambda conn: alerts.page(conn, alerts.AlertFilter(kind=kind), None, 50)
        )
        found |= {name} if page else set()
    return found


async def test_warnings_reach_exactly_whom_the_scenario_names(bureau: WorkedBureau) -> None:
    await to_policy(bureau)
    await bureau.at("2026-04-16 00:00")
    assert await seers(bureau, "TRANSFER_UNACKNOWLEDGED") == {"sun-hao", "chen-gang", "qian-lu"}
    (first,) = await seen_by(bureau, "sun-hao", "TRANSFER_UNACKNOWLEDGED")
    assert (first.phase, first.grade) == (AlertPhase.EX_ANTE, RiskGrade.LOW)
    await bureau.do("sun-hao", acknowledge_alert, AcknowledgeAlert(first.id))
    await bureau.at("2026-04-23 00:00")
    assert await seers(bureau, "DEADLINE_APPROACHING") == {"lin-jie", "chen-gang", "qian-lu"}
    (second,) = await seen_by(bureau, "chen-gang", "DEADLINE_APPROACHING")
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(second.id))
    await bureau.at("2026-04-28 00:00")
    (third,) = await seen_by(bureau, "zhou-min", "DEADLINE_APPROACHING")
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
    assert (event.root_cause, event.root) == ("CUSTODY_GAP", "LAX_ENFORCEMENT")
    assert "custody gap" not in str(event)
    incident = await bureau.seen("chen-gang", lambda conn: incidents.get(conn, incident_id))
    assert (incident.extension_days, incident.extension_due_on) == (10, date(2026, 5, 18))
    (closed,) = await bureau.events(MatterClosed)
    assert (closed.late_working_days, closed.incident_id) == (10, incident_id)


async def test_the_hearing_waits_until_the_defence_is_over(bureau: WorkedBureau) -> None:
    inquiry = await served(bureau)
    with pytest.raises(DefenceRunning):
        await bureau.do("bai-xue", hold_hearing, HoldHearing(inquiry, MEMBERS[:8]))


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
    (alert,) = await seen_by(bureau, "chen-gang", "DEADLINE_MISSED")
    assert alert.state is AlertState.CONFIRMED
    workers = {"D01.POLICY": "chen-gang", "D01.TO-3": "sun-hao"}
    issued = [
        await bureau.do(
            "huang-zhen", issue_rectification, IssueRectification(unit, "slips", "a day", incident_id)
        )
        for unit in workers
    ]
    await bureau.at("2026-06-04 10:01")
    assert (await seen_by(bureau, "chen-gang", "DEADLINE_MISSED"))[0].state is AlertState.RECTIFYING
    for order, worker, state in zip(
        issued, workers.values(), (AlertState.RECTIFYING, AlertState.CLOSED), strict=True
    ):
        await bureau.do(worker, submit_rectification, SubmitRectification(order, "a new ledger"))
        await bureau.do("luo-fang", accept_rectification, AcceptRectification(order, accepted=True))
        await bureau.at("2026-06-04 10:02")
        assert (await seen_by(bureau, "chen-gang", "DEADLINE_MISSED"))[0].state is state


async def test_warnings_are_closed_with_their_cause(bureau: WorkedBureau) -> None:
    await confirmed(bureau)
    await bureau.at("2026-05-18 10:01")
    for kind in ("TRANSFER_UNACKNOWLEDGED", "DEADLINE_APPROACHING"):
        found = await seen_by(bureau, "chen-gang", kind)
        assert found
        assert {one.state for one in found} == {AlertState.CLOSED}
