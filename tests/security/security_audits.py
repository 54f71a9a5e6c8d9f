"""Case flow, audits that come round, squads, own faults, assessments (S1-050 to S1-065, S2-058)."""

from datetime import timedelta
from pathlib import Path

import case_flow
from plumbline_shared.clock import SHANGHAI
from security_inspection import LEGAL, PLAN
from security_world import World

FORMS = Path(case_flow.__file__).parent / "forms"
PAPER = {
    "form": "VOUCHER-WORKPAPER/1",
    "fields": {
        "period": "2026 Q3",
        "population": 412,
        "sampled": 40,
        "amount": 1250000,
        "doubtful": 0,
        "findings": "none",
    },
    "documents": ["VOUCHER_LIST"],
}
TEAM = {"ma-qing", "bai-xue"}


async def audits(world: World) -> None:
    form = {"source": (FORMS / "voucher_workpaper.yaml").read_text(encoding="utf-8")}
    await world.do("huang-zhen", "publishForm", form)
    # Each adopts for the own bureau: R1 orders a run, R4 co-orders.
    heads = {"huang-zhen", "ma-qing", "D02.huang-zhen", "D02.ma-qing", "C01.city-head", "C01.city-lead"}
    await world.step("huang-zhen", "adoptAudit", {"code": "FINANCE"}, allowed=heads)
    wanted = {
        "code": "FINANCE",
        "scopeUnits": ["D01.HALL"],
        "scope": "expenditure",
        "team": [f"D01.{name}" for name in sorted(TEAM)],
    }
    # R4 and R9; another bureau has no such unit.
    made = await world.step(
        "ma-qing", "openAudit", wanted, "audit { id }", allowed={"ma-qing", "auditor"}, also={"INVALID_INPUT"}
    )
    audit = {"auditId": made["audit"]["id"]}
    await world.step("bai-xue", "addAuditWorkpaper", {**audit, "submission": PAPER}, allowed=TEAM)
    await world.step("ma-qing", "closeAudit", {**audit, "report": "in order"}, allowed={"ma-qing"})
    await below(world)
    await squads(world)
    await own_faults(world)
    await assessments(world)


async def below(world: World) -> None:
    """C01 inspects an office of D01 (S2-024): R29 opens, its team hands down and confirms."""
    wanted = {
        "code": "UPPER_ENFORCEMENT",
        "scopeUnits": ["D01.TO-5"],
        "scope": "relief",
        "team": ["C01.upper", "C01.city-lead"],
        "belowBureauId": "D01",
    }
    # R29, and R4 of the bureau above; discipline and audit of other bureaus have none below them.
    upper = {"C01.upper", "C01.city-lead"}
    made = await world.step(
        "C01.upper", "openAudit", wanted, "audit { id }", allowed=upper, also={"INVALID_INPUT"}
    )
    audit = {"auditId": made["audit"]["id"]}
    found = {**audit, "toUnitId": "D01.TO-5", "title": "late", "text": "three files", "document": "C01-9"}
    await world.step("C01.upper", "handDownFinding", found, allowed=upper)
    listing = "query($id: ID!) { findingsBelow(auditId: $id) { orderId } }"
    (one,) = (await world.ask("C01.upper", listing, id=audit["auditId"]))["findingsBelow"]
    answer = {"orderId": one["orderId"], "feedback": "entered", "agrees": True}
    await world.do("pan-yu", "feedBackWorkOrder", answer)
    closing = {**audit, "orderId": one["orderId"], "closing": "CONFIRMED"}
    await world.everybody("closeFindingBelow", closing, allowed=upper)


async def squads(world: World) -> None:
    run = await world.do("luo-fang", "planInspection", {**PLAN, "code": "INS-SQUAD"}, "run { id }")
    squad = {"runId": run["run"]["id"], "members": ["D01.inspector", "D01.inspector-2"]}
    short = dict.fromkeys(LEGAL, "SQUAD_COMPOSITION")
    await world.everybody("formInspectionSquad", squad, allowed=LEGAL, but=short)


async def own_faults(world: World) -> None:
    wanted = {"item": "REGISTRATION-PENALTY", "title": "Late change", "officeId": "D01.TO-5"}
    accepted = await world.do("he-jun", "acceptMatter", wanted, "matter { id }")
    # O: whoever worked on it.
    fault = {"matterId": accepted["matter"]["id"], "fault": "the wrong date"}
    await world.step("he-jun", "reportOwnFault", fault, allowed={"he-jun"})
    await unverified(world)


async def unverified(world: World) -> None:
    listing = '{ alerts(filter: {kind: "SELF_REPORTED"}) { nodes { id } } }'
    (found,) = (await world.ask("he-jun", listing))["alerts"]["nodes"]
    today = world.clock.now().astimezone(SHANGHAI).date()
    await world.at(f"{today + timedelta(days=21)} 09:00")
    # Alert verify, R1: assign, once nobody verified it in time.
    wanted = {"alertId": found["id"], "verifierId": "D01.bai-xue", "reason": "legal is away"}
    await world.everybody("assignVerification", wanted, allowed={"huang-zhen"})


async def assessments(world: World) -> None:
    rows = {"rows": [{"taxpayerId": "T1", "period": "2026-08", "assessedFen": 1000}]}
    await world.step("assessments", "importAssessments", rows, allowed={"assessments"})
    # R12 and R7, each in the own bureau.
    assessors = {"he-jun", "wu-bin", "sun-hao", "pan-yu", "D02.all"}
    by_hand = {"taxpayerId": "T1", "period": "2026-08", "assessedFen": 900, "reason": "closed for a week"}
    await world.everybody("assessByHand", by_hand, allowed=assessors)
