"""Scenario 1 played up to a point: a relief approval is overdue, verified, and decided by an inquiry."""

from case_flow.control_subscriptions import on_risk_point_published
from case_flow.domain.alert import Verdict
from case_flow.domain.collective import Choice
from case_flow.domain.incident import IncidentLevel, RootCause
from case_flow.domain.liability import Capacity
from case_flow.storage import alert as alerts
from case_flow.testing import WorkedBureau, point
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer, acknowledge_transfer
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.cast_roll_call_vote import CastRollCallVote, cast_roll_call_vote
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.decide_inquiry import DecideInquiry, decide_inquiry
from case_flow.use_cases.hold_hearing import HoldHearing, hold_hearing
from case_flow.use_cases.open_incident import ActDraft, IncidentDraft
from case_flow.use_cases.open_inquiry import OpenInquiry, open_inquiry
from case_flow.use_cases.propose_inquiry import ProposeInquiry, propose_inquiry
from case_flow.use_cases.resolve_alert import ResolveAlert, resolve_alert
from case_flow.use_cases.serve_inquiry_notice import ServeInquiryNotice, serve_inquiry_notice
from case_flow.use_cases.state_defence import StateDefence, state_defence
from case_flow.use_cases.transfer_matter import TransferMatter, transfer_matter

PANEL = ("huang-zhen", "tang-li", "ma-qing", "luo-fang", "pan-yu", "xie-tao", "gu-ping", "deng-yi", "fan-ke")
MEMBERS = tuple(f"D01.{name}" for name in PANEL)


async def seen_by(bureau: WorkedBureau, name: str, kind: str) -> list[alerts.Alert]:
    """What the person finds of the kind in their own list."""
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
    """Up to the missed deadline: the matter, its slip and the alert."""
    matter, slip = await to_policy(bureau)
    await bureau.at("2026-05-01 00:00")
    (alert,) = await seen_by(bureau, "chen-gang", "DEADLINE_MISSED")
    return matter, slip, alert


def verdict(alert_id: str) -> ResolveAlert:
    """What the verifier finds: a gap in custody, and the three hands that had the paper."""
    acts = (
        ActDraft("D01.sun-hao", Capacity.HANDLER),
        ActDraft("D01.lin-jie", Capacity.REVIEWER),
        ActDraft("D01.chen-gang", Capacity.APPROVER),
    )
    draft = IncidentDraft(IncidentLevel.ORDINARY, RootCause.CUSTODY_GAP, acts)
    return ResolveAlert(alert_id, Verdict.CONFIRMED, "custody gap 04-14 to 05-07", draft)


async def confirmed(bureau: WorkedBureau) -> str:
    """Up to the approval, ten days late: the confirmed incident."""
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
    return str(resolved.incident_id)


async def served(bureau: WorkedBureau) -> str:
    """Up to the notice and a respondent's defence: the inquiry, which waits for its hearing."""
    incident_id = await confirmed(bureau)
    await bureau.at("2026-05-19 09:00")
    inquiry = await bureau.do("zhou-min", propose_inquiry, ProposeInquiry(incident_id, "ten days late"))
    await bureau.at("2026-05-20 09:00")
    await bureau.do("huang-zhen", open_inquiry, OpenInquiry(inquiry, MEMBERS, "AI-2026-03"))
    await bureau.at("2026-05-21 09:00")
    await bureau.do("bai-xue", serve_inquiry_notice, ServeInquiryNotice(inquiry))
    await bureau.do("lin-jie", state_defence, StateDefence(inquiry, "the paper reached me on 05-07"))
    return inquiry


async def deliberated(bureau: WorkedBureau) -> str:
    """Up to the hearing: the inquiry, ready for its vote."""
    inquiry = await served(bureau)
    await bureau.at("2026-06-03 09:00")
    await bureau.do("bai-xue", hold_hearing, HoldHearing(inquiry, MEMBERS[:8]))
    return inquiry


async def decided(bureau: WorkedBureau) -> str:
    """Up to the decision, seven for and none against."""
    inquiry = await deliberated(bureau)
    for name in [name for name in PANEL[:8] if name != "luo-fang"]:
        await bureau.do(name, cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    await bureau.at("2026-06-04 09:00")
    return await bureau.do("huang-zhen", decide_inquiry, DecideInquiry(inquiry))
