"""Control of power: discretion standards, rotation and its extension, declared kin."""

from typing import Any

import msgspec
from risk_registry.discretion_packs import shipped_standard
from security_rules import CHAIR, ELSEWHERE, HEADS, KEEPERS
from security_world import World

HOLDER, POST = "D01.he-jun", "TO-5.administrator"


async def power(world: World) -> None:
    """After the rules: a control is in force that may stand in for a rotation."""
    await discretion(world)
    await rotation(world)
    await kin(world)
    await authority(world)


async def discretion(world: World) -> None:
    # Rules & forms: edited by R1, R4, R8 of each bureau, approved by R1 who did not write it (SoD-6).
    body: dict[str, Any] = msgspec.to_builtins(shipped_standard("demo"))
    draft = {"code": "FINES", "body": body}
    made = await world.step(
        "luo-fang", "draftDiscretionStandard", draft, "versionId", allowed=KEEPERS | ELSEWHERE
    )
    published = {"versionId": made["versionId"], "effectiveFrom": "2026-07-01"}
    await world.step("huang-zhen", "publishDiscretionStandard", published, allowed={"huang-zhen"})


async def rotation(world: World) -> None:
    # R21 plans and asks, R1 decides; another bureau has no such officer.
    elsewhere = {"INVALID_INPUT"}
    move = {"personId": HOLDER, "toPost": "TO-7.administrator", "effectiveFrom": "2027-01-01"}
    await world.step("xie-tao", "planRotation", move, allowed={"xie-tao"}, also=elsewhere)
    longer = {
        "personId": HOLDER,
        "post": POST,
        "extendedUntil": "2033-06-30",
        "reason": "无人接替",
        "control": "CT-SECOND",
        "auditOn": "2033-06-30",
    }
    asked = await world.step(
        "xie-tao", "askRotationExtension", longer, "id", allowed={"xie-tao"}, also=elsewhere
    )
    decision = {"extensionId": asked["id"], "approved": True, "reason": "同意"}
    await world.step("huang-zhen", "decideRotationExtension", decision, allowed={"huang-zhen"})
    # Own runs: R9 carries out the special audit that stands in (SoD-12).
    audit = {"extensionId": asked["id"], "result": "CLEAR", "auditedOn": "2026-04-01"}
    await world.everybody("recordRotationAudit", audit, allowed={"auditor"})
    world.made["Person"] = HOLDER
    limits = {
        "name": "limits",
        "effectiveFrom": "2027-01-01",
        "monthsHigh": 48,
        "monthsMedium": 60,
        "monthsLow": 72,
        "extensionMonths": 6,
        "citation": "D01",
    }
    planners = {"xie-tao", "D02.all"}
    made = await world.step("xie-tao", "proposeRotationRule", limits, "version", allowed=planners)
    await world.everybody("approveRotationRule", {"version": made["version"]}, allowed={"huang-zhen"})
    scanners = {"huang-zhen", "xie-tao", "D02.huang-zhen", "D02.all", "C01.city-head"}
    await world.everybody("scanRotation", {}, allowed=scanners)


async def kin(world: World) -> None:
    # Everybody declares the own, R21 for others; R21 ends a declaration.
    given = {"personId": "D01.lin-jie", "kinId": "D01.chen-gang", "relation": "LINEAL"}
    declared = await world.step(
        "lin-jie", "declareKin", given, "id", allowed={"lin-jie", "xie-tao"}, also={"INVALID_INPUT"}
    )
    ended = {"declarationId": declared["id"], "reason": "误报"}
    for viewer in world.viewers:
        seen = await world.ask(viewer, "{ kinDeclarations { id } }") if viewer in READERS else None
        assert seen is None or seen["kinDeclarations"] == (
            [{"id": declared["id"]}] if viewer in CLEARED else []
        )
    await world.everybody("withdrawKin", ended, allowed={"xie-tao"})


async def authority(world: World) -> None:
    # Rules & forms: R1 decides; R2, R6 and R7 give away the authority of the posts that they lead.
    given = {
        "code": "GR-01",
        "grantorPost": "TO-5.chief",
        "granteeUnit": "HALL",
        "validFrom": "2026-04-01",
        "validUntil": "2027-01-01",
        "reason": "一站式落户",
    }
    givers = {"huang-zhen", "tang-li", "pan-yu"}
    made = await world.step(
        "huang-zhen", "grantAuthority", given, "id", allowed=givers, also={"INVALID_INPUT"}
    )
    # R24 of the unit it was given to, for themselves; a program names the officer.
    one = {"grantId": made["id"], "operation": "税种认定", "reference": "W-1"}
    serving = {"wu-yan", "guide"}
    await world.step(
        "wu-yan", "useAuthority", one, allowed=serving | {"school"}, but={"school": "INVALID_INPUT"}
    )
    named = {**one, "reference": "W-2", "personId": "D01.wu-yan"}
    others = {"guide": "INVALID_INPUT"}
    await world.everybody("useAuthority", named, allowed=serving | {"school"}, but=others)
    ended = {"grantId": made["id"], "revokedOn": "2026-05-01", "reason": "收回"}
    await world.everybody("revokeAuthority", ended, allowed=givers)


CLEARED = {*CHAIR, "xie-tao"}
READERS = {*KEEPERS, *HEADS, "D02.all", "lin-jie", "chen-gang", "zhou-min", "bai-xue", "auditor", "xie-tao"}
