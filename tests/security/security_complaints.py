"""Complaints and sealed reports: the sealed matrix of §5.3."""

from complaints.testing import KEY_HOLDERS, PASSPHRASE
from security_cast import ORGS, PEOPLE
from security_world import World

# R22 types, the general office registers, every officer may inform (R27 is external or staff), the hotline's program.
DESKS = {*PEOPLE, "hotline"}
HANDLER = {"fan-ke"}
# Tip-off, content: S for R4 and R1. The chief of POLICY is its subject: he and his line are out.
SEALED = {"ma-qing", "huang-zhen"}


async def play(world: World) -> None:
    """A complaint about the hall and two tip-offs about the chief of POLICY, from the call to the end."""
    await world.open(*ORGS.values())
    await keys(world)
    await complaint(world)
    await tip_off(world)
    await identity(world)


async def keys(world: World) -> None:
    # Sealed clearance is for R5, R4 and R1, each in the own bureau; R31 has no decrypt right (SoD-10).
    own = {"C01.city-head", "C01.city-lead", "D02.huang-zhen", "D02.ma-qing", "D02.all"}
    await world.everybody("makeSealingKey", {"passphrase": PASSPHRASE}, allowed={*KEY_HOLDERS, *own})
    for name in KEY_HOLDERS:
        await world.do(name, "makeSealingKey", {"passphrase": PASSPHRASE})


async def complaint(world: World) -> None:
    call = {
        "bureauId": "D01",
        "regime": "SERVICE_COMPLAINT",
        "kind": "BEHAVIOUR",
        "unitId": "D01.HALL",
        "subjectId": "D01.wu-yan",
        "text": "窗口人员态度差",
        "caller": {"name": "张三", "phone": "13800000000"},
    }
    filed = await world.step("operator-07", "fileIntake", call, "result { complaintId }", allowed=DESKS)
    world.made["Complaint"] = case = filed["result"]["complaintId"]
    await world.step("fan-ke", "acceptComplaint", {"complaintId": case}, allowed=HANDLER)
    verdict = {"complaintId": case, "substantiated": True}
    await world.step("fan-ke", "decideComplaint", verdict, allowed=HANDLER)
    told = {"complaintId": case, "corrected": True}
    await world.step("fan-ke", "feedBackComplaint", told, allowed=HANDLER)
    # The superior bureau's decision (Art 40) is recorded by R1.
    await world.everybody("overturnComplaint", {"complaintId": case}, allowed={"huang-zhen"})


async def tip_off(world: World) -> None:
    call = {
        "bureauId": "D01",
        "regime": "STAFF_REPORT",
        "subjectId": "D01.chen-gang",
        "text": "他收了红包",
        "caller": {"name": "李会计", "phone": "13911112222"},
    }
    await world.step("operator-07", "fileIntake", call, allowed=DESKS)
    await world.do("hotline", "fileIntake", {**call, "text": "再报一次"})
    first, repeat = (await world.ask("ma-qing", "{ sealedReports { id } }"))["sealedReports"]
    world.made["report"] = first["id"]
    await world.everybody(
        "linkSealedReport", {"reportId": repeat["id"], "firstReportId": first["id"]}, allowed=SEALED
    )


async def identity(world: World) -> None:
    report = {"reportId": world.made["report"]}
    await world.everybody("openSealedReport", {**report, "passphrase": PASSPHRASE}, allowed=SEALED)
    # Informant identity, S*: the lead asks, another officer with the second share agrees, the lead alone reads.
    wanted = {**report, "reason": "核实"}
    asked = await world.step("ma-qing", "requestIdentity", wanted, "openingId", allowed={"ma-qing"})
    both = {"openingId": asked["openingId"], "passphrase": PASSPHRASE}
    await world.step("bai-xue", "approveIdentity", both, allowed={"bai-xue", "huang-zhen"})
    await world.everybody("openIdentity", both, allowed={"ma-qing"})
    choice = {**report, "disposition": "PRELIMINARY_VERIFICATION"}
    await world.everybody("notifyInformant", report, allowed=SEALED)
    await world.step("ma-qing", "disposeSealedReport", choice, allowed=SEALED)
    await world.step("ma-qing", "closeSealedReport", {**report, "outcome": "SUBSTANTIATED"}, allowed=SEALED)
    await world.everybody("tellResult", report, allowed=SEALED)
