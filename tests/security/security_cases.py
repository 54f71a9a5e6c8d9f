"""Case flow, a relief approval that comes too late: its steps, its alerts, the inquiry (scenario 1 of §7)."""

from pathlib import Path

import case_flow
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.testing import point
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow
from security_audits import audits
from security_cast import ORGS
from security_control import fines, orders
from security_controls import own_controls
from security_exports import exports
from security_hall import hall
from security_inspection import inspection
from security_major_cases import major_cases
from security_reform import reform
from security_running import running
from security_supervision import supervision
from security_warning import warning
from security_work_orders import work_orders
from security_world import World

ITEMS = Path(case_flow.__file__).parent / "items"
PAIR = ["D01.li-wei", "D01.zhao-qiang"]
PANEL = ("huang-zhen", "tang-li", "ma-qing", "luo-fang", "pan-yu", "xie-tao", "gu-ping", "panelist", "fan-ke")
RESPONDENTS = {"lin-jie", "sun-hao", "chen-gang"}
# Inquiry: R1 and R4 open, R5 and R8 prepare.
OPENERS = {"huang-zhen", "ma-qing"}
PREPARERS = {*OPENERS, "bai-xue", "luo-fang", "legal-clerk"}


async def play(world: World) -> None:
    """Relief approval, alert, incident, inquiry; then fines with their holds, orders to rectify, an inspection."""
    await world.open(*ORGS.values())
    await points(world)
    await items(world)
    await investigation(world)
    await clocks(world)
    await custody(world)
    await alert(world)
    await approval(world)
    await inquiry_opened(world)
    await inquiry_decided(world)
    await warning(world)
    await fines(world)
    await orders(world)
    await inspection(world)
    await hall(world)
    await reform(world)
    await running(world)
    await exports(world)
    await supervision(world)
    await major_cases(world)
    await work_orders(world)
    await audits(world)
    await own_controls(world)


async def points(world: World) -> None:
    known = [
        point("RP-RELIEF-TIME-02", "MEDIUM"),
        point("RP-RELIEF-APPR-03", "HIGH"),
        point("RP-PENALTY-TIER-01", "HIGH", unit="D01.TO-5"),
    ]
    now, who = world.clock.now(), system("D01")
    for event in known:
        async with world.runtime.db.transaction(who) as conn:
            meta = EventMeta("ev", subject_of(event), "aggregate", 1, now, "D01")
            await on_risk_point_published(Uow(conn, who, now, meta), event)


async def items(world: World) -> None:
    # Rules & forms: R1 approves, R30 publishes templates; each for the own bureau.
    approvers = {"huang-zhen", "D02.huang-zhen", "D02.all", "C01.city-head", "C01.rollout"}
    penalty = {"source": (ITEMS / "registration_penalty.yaml").read_text(encoding="utf-8")}
    await world.step("huang-zhen", "publishItem", penalty, allowed=approvers)
    relief = {"source": (ITEMS / "relief_approval.yaml").read_text(encoding="utf-8")}
    await world.do("huang-zhen", "publishItem", relief)


async def investigation(world: World) -> None:
    await world.at("2026-04-01 09:40")
    # Matter handle: R10 takes in at the hall.
    wanted = {"item": "RELIEF-APPROVAL", "title": "Linjiang Foundry", "officeId": "D01.TO-3"}
    accepted = await world.step("wu-yan", "acceptMatter", wanted, "matter { id }", allowed={"wu-yan"})
    world.made["Matter"] = matter = accepted["matter"]["id"]
    await world.at("2026-04-02 09:00")
    step = {"matterId": matter, "step": "investigate"}
    await world.everybody("claimWork", step, allowed={"li-wei", "zhao-qiang"})
    # R7 reassigns in the own unit; R1 and R2 handle no matter.
    await world.step("sun-hao", "assignWork", {**step, "people": PAIR}, allowed={"sun-hao"})
    # Own work, to a colleague who may do it: whoever has the step gets as far as asking who the colleague is.
    stranger = {**step, "to": "D01.he-jun", "reason": "外出培训"}
    await world.everybody(
        "handOverWork", stranger, allowed=set(), but=dict.fromkeys(("li-wei", "zhao-qiang"), "NOT_ELIGIBLE")
    )
    await world.at("2026-04-10 15:00")
    # R13, step*: the one signs first, the other from their own session; nobody is their own second person (SoD-2).
    report = {**step, "payload": {"report": "site report 7"}, "coSigners": PAIR[1:]}
    await world.step("li-wei", "advanceMatter", report, allowed={"li-wei"})
    await world.step("zhao-qiang", "coSignStep", step, allowed={"zhao-qiang"})


async def clocks(world: World) -> None:
    # The reviewer who has the step, and R6 of the unit: R1, R2 and R15 read the matter and do not handle it.
    in_charge = {"lin-jie", "chen-gang"}
    matter = {"matterId": world.made["Matter"]}
    back = {**matter, "step": "review", "to": "investigate", "reason": "现场照片缺失"}
    await world.everybody("returnMatter", back, allowed=in_charge)
    longer = {**matter, "days": 5, "reasons": "案情复杂"}
    asked = await world.step("lin-jie", "requestExtension", longer, "extensionId", allowed=in_charge)
    # Matter approve, R1: an extension is the head's to grant.
    decision = {"extensionId": asked["extensionId"], "approve": True}
    await world.everybody("decideExtension", decision, allowed={"huang-zhen"})
    pause = {**matter, "reason": "HEARING", "notice": "听证告知书送达"}
    await world.step("lin-jie", "pauseClock", pause, allowed=in_charge)
    await world.step("lin-jie", "resumeClock", matter, allowed=in_charge)


async def custody(world: World) -> None:
    await world.at("2026-04-14 10:00")
    paper = {"matterId": world.made["Matter"], "paperBarcode": "PB-1"}
    # Whoever had a part in it for a unit that had it, and the chief of such a unit.
    senders = {"wu-yan", "li-wei", "zhao-qiang", "sun-hao"}
    sent = await world.step("li-wei", "transferMatter", paper, "slipId", allowed=senders)
    world.made["slip"] = sent["slipId"]


async def alert(world: World) -> None:
    await world.at("2026-05-01 00:00")
    listing = '{ alerts(filter: {kind: "DEADLINE_MISSED"}) { nodes { id } } }'
    (found,) = (await world.ask("chen-gang", listing))["alerts"]["nodes"]
    world.made["Alert"] = found["id"]
    await world.at("2026-05-06 09:00")
    one = {"alertId": found["id"]}
    # §5.2, MEDIUM: the manager, and the monitors: deputy head, process owner, legal, discipline.
    line = {"chen-gang", "zhou-min", "luo-fang", "ma-qing"}
    await world.step("chen-gang", "acknowledgeAlert", one, allowed=line)
    # R24, explain: its subject.
    await world.everybody("explainAlert", {**one, "explanation": "5 月 7 日才收到"}, allowed={"lin-jie"})
    await world.at("2026-05-07 09:00")
    slip = {"slipId": world.made["slip"], "paperBarcode": "PB-1"}
    await world.step("lin-jie", "acknowledgeTransfer", slip, allowed={"lin-jie", "chen-gang"})
    await world.at("2026-05-11 10:00")
    acts = [
        {"personId": "D01.sun-hao", "capacity": "HANDLER"},
        {"personId": "D01.lin-jie", "capacity": "REVIEWER"},
        {"personId": "D01.chen-gang", "capacity": "APPROVER"},
    ]
    incident = {"level": "ORDINARY", "rootCause": "CUSTODY_GAP", "acts": acts}
    verdict = {**one, "verdict": "CONFIRMED", "evidence": "custody gap 04-14 to 05-07", "incident": incident}
    # Alert verify: the assigned verifier of another unit.
    done = await world.step("luo-fang", "resolveAlert", verdict, "incident { id }", allowed={"luo-fang"})
    world.made["Incident"] = done["incident"]["id"]
    await contest(world)


async def contest(world: World) -> None:
    incident = {"incidentId": world.made["Incident"], "grounds": "the paper lay with the carrier"}
    # I-014: whoever is named in it; the head decides, who neither is named in it nor verified it.
    made = await world.step(
        "sun-hao", "contestIncident", incident, "incident { contests { id } }", allowed=RESPONDENTS
    )
    decision = {"contestId": made["incident"]["contests"][0]["id"], "stands": True, "reasons": "it did not"}
    await world.step("huang-zhen", "decideContest", decision, allowed={"huang-zhen"})
    # R1 and R4, who open inquiries; neither is named in it.
    graver = {"incidentId": world.made["Incident"], "level": "SERIOUS", "reason": "it was held back"}
    await world.everybody("escalateIncident", graver, allowed=OPENERS)


async def approval(world: World) -> None:
    await world.at("2026-05-12 10:00")
    matter = {"matterId": world.made["Matter"]}
    await world.step("lin-jie", "advanceMatter", {**matter, "step": "review"}, allowed={"lin-jie"})
    await world.at("2026-05-18 10:00")
    # Matter approve: R6 by tier, R2 in the own domain.
    outcome = {**matter, "outcome": "APPROVED", "reason": "the paper was in transit"}
    await world.step("chen-gang", "decideMatter", outcome, allowed={"chen-gang", "zhou-min"})


async def inquiry_opened(world: World) -> None:
    await world.at("2026-05-19 09:00")
    # R2 proposes, R4 and R1 open; R1 sees counts of a MEDIUM alert, and the incident since it was contested.
    wanted = {"incidentId": world.made["Incident"], "reason": "ten days late"}
    made = await world.step(
        "zhou-min", "proposeInquiry", wanted, "inquiry { id }", allowed={"huang-zhen", "zhou-min", "ma-qing"}
    )
    world.made["Inquiry"] = made["inquiry"]["id"]
    one = {"inquiryId": world.made["Inquiry"]}
    panel = {**one, "panel": [f"D01.{name}" for name in PANEL]}
    await world.step("huang-zhen", "openInquiry", panel, allowed=OPENERS)
    await world.at("2026-05-21 09:00")
    await world.step("bai-xue", "serveInquiryNotice", one, allowed=PREPARERS)
    # R24 defends.
    await world.step("lin-jie", "stateDefence", {**one, "statement": "迟到的是纸件"}, allowed=RESPONDENTS)
    await world.everybody("recuseMember", {**one, "reason": "亲属关系"}, allowed=set(PANEL))


async def inquiry_decided(world: World) -> None:
    await world.at("2026-06-03 09:00")
    one = {"inquiryId": world.made["Inquiry"]}
    present = {**one, "present": [f"D01.{name}" for name in PANEL[:8]]}
    await world.step("bai-xue", "holdHearing", present, allowed=PREPARERS)
    # R5 and R8 keep the record of the hearing; R8 reviews what may be public (C-11).
    asked = {**one, "personId": "D01.lin-jie", "question": "何时收到?", "answer": "5 月 7 日"}
    shown = {"slipId": world.made["slip"]}
    await world.step("bai-xue", "askRespondent", {**asked, "evidence": [shown]}, allowed=PREPARERS)
    opinion = {**one, "agrees": False, "opinion": "涉及第三人"}
    reviewers = {"luo-fang", "legal-clerk"}
    await world.step("luo-fang", "reviewInquiryPublication", opinion, allowed=reviewers)
    # The panel of R18 and leaders votes; its verifier is barred (SoD-4), who is away does not vote.
    voters = set(PANEL[:8]) - {"luo-fang"}
    ballot = {**one, "choice": "FOR"}
    await world.everybody("castRollCallVote", ballot, allowed=voters)
    for name in voters:
        await world.do(name, "castRollCallVote", ballot)
    await world.at("2026-06-04 09:00")
    decision = {**one, "publicationScope": "UNIT"}
    await world.step("huang-zhen", "decideInquiry", decision, allowed=OPENERS)
    # R24 appeals.
    await world.step("lin-jie", "appealInquiry", {**one, "grounds": "不服"}, allowed=RESPONDENTS)
    # R1 and R4 record what the superior bureau decided.
    answer = {**one, "upheld": True, "document": "C01-2026-17", "reasons": "as decided"}
    await world.everybody("recordAppealDecision", answer, allowed=OPENERS)
