"""Case flow, penalties on their way, major cases before the committee, referrals, and cases about staff (§6.3)."""

from datetime import timedelta
from typing import Any

from plumbline_shared.clock import local_date
from security_control import LEGAL, SERIOUS, filed, fine
from security_world import World

COMMITTEE = {
    "LEGAL": "luo-fang",
    "POLICY": "chen-gang",
    "LEVY": "qian-lu",
    "DISC": "ma-qing",
    "OFFICE": "gu-ping",
    "HR": "xie-tao",
}
# Whoever had a part in the matter, and the chief of a unit that had it.
PART = {"he-jun", "pan-yu"}
HEAD = {"huang-zhen"}
OFFICE = HEAD | LEGAL
CLERKS = {"wu-yan"}


async def major_cases(world: World) -> None:
    today = local_date(world.clock.now())
    matter = await heard(world)
    await adjudicated(world, matter)
    await executed(world)
    await world.at(f"{today + timedelta(days=30)} 10:00")
    await reported(world)
    await paired(world, matter)


async def heard(world: World) -> str:
    """A fine above the hearing threshold: told, asked for a hearing, heard, reviewed."""
    matter = await filed(world)
    entered = {"matterId": matter, "step": "propose", "payload": fine(10000, "ORDINARY", SERIOUS)}
    await world.do("he-jun", "advanceMatter", entered)
    of = {"matterId": matter}
    await world.everybody("notifyParty", {**of, "notice": "facts, reasons, basis"}, allowed=PART)
    await world.do("he-jun", "serveHearingNotice", of)
    await world.step("he-jun", "recordStatement", {**of, "statement": "we were ill"}, allowed=PART)
    await world.step("he-jun", "requestHearing", of, allowed=PART)
    held_on = local_date(world.clock.now()) + timedelta(days=14)
    hearing = {**of, "heldOn": held_on.isoformat(), "presiderId": "D01.luo-fang"}
    await world.step("he-jun", "appointHearing", hearing, allowed=PART)
    await world.at(f"{held_on} 10:00")
    await world.step("luo-fang", "recordHearing", {**of, "record": "heard"}, allowed={"luo-fang"})
    # R8: legal review.
    review = {**of, "opinion": "sound", "agrees": True}
    await world.step("luo-fang", "reviewPenalty", review, allowed=LEGAL)
    return matter


async def adjudicated(world: World, matter: str) -> None:
    wanted = {"matterId": matter, "dossier": "the file", "proposal": "10,000 yuan"}
    made = await world.step("he-jun", "proposeAdjudication", wanted, "adjudication { id }", allowed=PART)
    world.made["Adjudication"] = made["adjudication"]["id"]
    one = {"adjudicationId": world.made["Adjudication"]}
    members = [{"unitId": f"D01.{unit}", "personId": f"D01.{who}"} for unit, who in COMMITTEE.items()]
    # The committee's office in the legal section, and its chair.
    await world.step("luo-fang", "conveneAdjudication", {**one, "members": members}, allowed=OFFICE)
    everyone = {**one, "present": [f"D01.{who}" for who in COMMITTEE.values()]}
    # R18: members vote and step back, each for themselves.
    seats = set(COMMITTEE.values())
    await world.everybody("recuseFromAdjudication", {**one, "reason": "kinship"}, allowed=seats)
    await world.step("luo-fang", "holdAdjudicationMeeting", everyone, allowed=OFFICE)
    vote = {**one, "choice": "FOR"}
    await world.everybody("giveAdjudicationOpinion", vote, allowed=seats)
    for name in sorted(seats):
        await world.do(name, "giveAdjudicationOpinion", vote)
    # R1 chairs and states what was decided.
    await world.step("huang-zhen", "concludeAdjudication", {**one, "minutes": "all agreed"}, allowed=HEAD)


async def executed(world: World) -> None:
    """A fine decided on the spot: served, paid at a window, published, set aside, withdrawn."""
    matter = await filed(world)
    await world.do("he-jun", "advanceMatter", {"matterId": matter, "step": "propose", "payload": fine(240)})
    decision = {"matterId": matter, "outcome": "APPROVED", "coSigners": ["D01.pan-yu"]}
    await world.do("he-jun", "decideMatter", decision)
    await world.do("pan-yu", "coSignStep", {"matterId": matter, "step": "decide"})
    issued = await world.do("he-jun", "issueDecision", {"matterId": matter}, "document { number }")
    of = {"matterId": matter}
    await world.step("he-jun", "serveDecision", of, allowed=PART)
    payment = {"number": issued["document"]["number"], "amountFen": 24000}
    await world.step("wu-yan", "collectFine", payment, allowed=CLERKS)
    # Disclosure publish, approve: R1.
    await world.step("huang-zhen", "publishDecision", {**of, "place": "the site"}, allowed=HEAD)
    await world.step("huang-zhen", "overturnDecision", {**of, "document": "C01-9"}, allowed=HEAD)
    await world.step("huang-zhen", "withdrawDecision", {**of, "explanation": "set aside"}, allowed=HEAD)


async def reported(world: World) -> None:
    """A major matter of TO-5, reported to the bureau above (S2-059)."""
    wanted = {"kind": "MAJOR_MATTER", "title": "fire", "summary": "nobody hurt", "unitId": "D01.TO-5"}
    made = await world.step(
        "pan-yu",
        "prepareReferral",
        wanted,
        "referral { id }",
        allowed={"pan-yu", "huang-zhen", "zhou-min", "tang-li"},
        also={"INVALID_INPUT"},
    )
    world.made["Referral"] = made["referral"]["id"]
    one = {"referralId": world.made["Referral"]}
    await world.step("huang-zhen", "sendReferral", {**one, "document": "D01-4"}, allowed=HEAD)
    both = {"huang-zhen", "pan-yu"}
    await world.step("pan-yu", "acknowledgeReferral", {**one, "receipt": "C01-R"}, allowed=both)
    await world.everybody("answerReferral", {**one, "answer": "noted"}, allowed=both)


async def paired(world: World, matter: str) -> None:
    """A lead about an officer, its case, and its referral to the procuratorate (S2-056, S1-045)."""
    lead: dict[str, Any] = {
        "matterId": matter,
        "trigger": "COLLUSION",
        "subjectIds": ["D01.wu-bin"],
        "lead": "the books were warned",
    }
    handed = await world.step("he-jun", "handOverLead", lead, "receipt", allowed=PART)
    world.made["StaffCase"] = handed["receipt"]
    case = {"caseId": world.made["StaffCase"]}
    await world.everybody("declineStaffCase", {**case, "reason": "thin"}, allowed={"ma-qing"})
    both = {**case, "investigators": ["D01.ma-qing", "D01.bai-xue"]}
    await world.step("ma-qing", "openStaffCase", both, allowed={"ma-qing"})
    discipline = {"ma-qing", "bai-xue"}
    secret = {
        "kind": "STAFF_CONDUCT",
        "title": "t",
        "summary": "s",
        "staffCaseId": world.made["StaffCase"],
    }
    sealed = await world.step("bai-xue", "prepareReferral", secret, "referral { id }", allowed=discipline)
    world.made["sealed referral"] = sealed["referral"]["id"]
    one = {"referralId": world.made["sealed referral"]}
    await world.step("ma-qing", "sendReferral", {**one, "document": "S-1"}, allowed={"ma-qing"})
    # R28: the referred dossier.
    receipt = {**one, "receipt": "P-R-1"}
    await world.step("prosecutor", "acknowledgeReferral", receipt, allowed={"prosecutor"})
    await world.step("prosecutor", "answerReferral", {**one, "answer": "filed"}, allowed={"prosecutor"})
    report = {**case, "report": "referred", "outcome": "REFERRED"}
    await world.step("bai-xue", "concludeStaffCase", report, allowed=discipline)
