"""Case flow, fines outside their tier (scenario 2 of §7) and orders to rectify (scenario 6)."""

from typing import Any

from security_world import World

GENERAL = {
    "point": "LATE_CHANGE_REGISTRATION",
    "party": "ORGANISATION",
    "ordered_on": "2026-05-22",
    "corrected_on": "2026-06-03",
}
SERIOUS = {**GENERAL, "ordered_on": "2026-04-22"}
OWN = {"he-jun"}
LEGAL = {"luo-fang", "legal-clerk"}


def fine(yuan: int, procedure: str = "SUMMARY", violation: dict[str, str] = GENERAL) -> dict[str, Any]:
    return {"amount_fen": yuan * 100, "procedure": procedure, "violation": violation}


async def fines(world: World) -> None:
    """Three fines of TO-5: one held, one to be heard, one printed."""
    await world.at("2026-06-08 10:00")
    await held(world, await filed(world))
    await heard(world, await filed(world))
    await printed(world, await filed(world))


async def filed(world: World) -> str:
    wanted = {"item": "REGISTRATION-PENALTY", "title": "Late change registration", "officeId": "D01.TO-5"}
    # Matter handle: R12 in the own office.
    accepted = await world.step("he-jun", "acceptMatter", wanted, "matter { id }", allowed=OWN)
    return accepted["matter"]["id"]


async def held(world: World, matter: str) -> None:
    entered = {"matterId": matter, "step": "propose", "payload": fine(2000)}
    advanced = await world.step(
        "he-jun", "advanceMatter", entered, "result { ... on Hold { id } }", allowed=OWN
    )
    world.made["Hold"] = advanced["result"]["id"]
    hold = {"holdId": world.made["Hold"]}
    await world.everybody("correctHold", {**hold, "payload": fine(240)}, allowed=OWN)
    await world.everybody("abandonHold", {**hold, "reason": "facts were wrong"}, allowed=OWN)
    # Override a hold: whoever is held asks, R8 gives the opinion, R1 reports what the meeting decided.
    proposers = {*OWN, "tang-li"}  # R2 proposes
    wanted = {**hold, "reason": "repeated offence"}
    await world.step("he-jun", "requestDeparture", wanted, allowed=proposers)
    opinion = {**hold, "opinion": "justified", "agrees": True}
    await world.step("luo-fang", "reviewDeparture", opinion, allowed=LEGAL)
    meeting = ["D01.huang-zhen", "D01.zhou-min", "D01.tang-li"]
    decision = {**hold, "members": meeting, "votesFor": 3, "votesAgainst": 0}
    await world.step("huang-zhen", "decideDeparture", decision, allowed={"huang-zhen"})
    # R4 co-signs.
    await world.everybody("coSignDeparture", hold, allowed={"ma-qing"})


async def heard(world: World, matter: str) -> None:
    entered = {"matterId": matter, "step": "propose", "payload": fine(10000, "ORDINARY", SERIOUS)}
    await world.do("he-jun", "advanceMatter", entered)
    # Whoever had a part in the matter, and the chief of a unit that had it; R1 and R2 only decide it.
    await world.everybody("serveHearingNotice", {"matterId": matter}, allowed={"he-jun", "pan-yu"})
    claim = {"matterId": matter, "step": "decide"}
    await world.everybody("claimWork", claim, allowed={"huang-zhen", "zhou-min", "tang-li"})


async def printed(world: World, matter: str) -> None:
    await world.do("he-jun", "advanceMatter", {"matterId": matter, "step": "propose", "payload": fine(240)})
    decision = {"matterId": matter, "outcome": "APPROVED", "coSigners": ["D01.pan-yu"]}
    await world.do("he-jun", "decideMatter", decision)
    await world.step("pan-yu", "coSignStep", {"matterId": matter, "step": "decide"}, allowed={"pan-yu"})
    await world.everybody("issueDecision", {"matterId": matter}, allowed={"he-jun", "pan-yu"})


async def orders(world: World) -> None:
    """One order that a unit works off, and one that it lets lie until a circular is drafted."""
    wanted = {"unitId": "D01.TO-3", "subject": "slips", "demand": "acknowledge every slip in a day"}
    # Rectify, issue: R1 B, R2 for the units in charge, R4 B, R9; another bureau has no such unit.
    issuers = {"huang-zhen", "tang-li", "ma-qing", "auditor"}
    elsewhere = {"INVALID_INPUT"}
    incident = {"incidentId": world.made["Incident"]}
    await world.everybody("issueRectification", wanted, allowed=issuers, also=elsewhere)
    issued = await world.do("huang-zhen", "issueRectification", {**wanted, **incident}, "order { id }")
    world.made["RectificationOrder"] = issued["order"]["id"]
    order = {"orderId": world.made["RectificationOrder"]}
    # R7, R13 and R24 accept and work off what is ordered from their own unit.
    unit = {"sun-hao", "li-wei", "zhao-qiang"}
    await world.step("sun-hao", "takeOnRectification", order, allowed=unit)
    await world.step("li-wei", "submitRectification", {**order, "evidence": "a new ledger"}, allowed=unit)
    # Accepted by those above the unit, legal (scenario 6) and R9; never by the unit itself (SoD-7).
    acceptors = {"huang-zhen", "tang-li", "ma-qing", "auditor", *LEGAL}
    await world.everybody("acceptRectification", {**order, "accepted": True}, allowed=acceptors)
    await circular(world)


async def circular(world: World) -> None:
    late = {"unitId": "D01.TO-5", "subject": "arrears", "demand": "enter them in the ledger"}
    issued = await world.do("huang-zhen", "issueRectification", late, "order { id dueOn }")
    await world.at("2026-07-18 09:00")
    # Disclosure publish: R1.
    world.made["late order"] = issued["order"]["id"]
    await world.everybody("issueCircular", {"orderId": issued["order"]["id"]}, allowed={"huang-zhen"})
