"""Case flow, an event under supervision of its group from its plan to its report (scenario 11)."""

from datetime import timedelta

from plumbline_shared.clock import local_date
from security_world import World

GROUP = {
    "bai-xue": "DISCIPLINE",
    "he-jun": "STAFF_REPRESENTATIVE",
    "wu-yan": "STAFF_REPRESENTATIVE",
    "gu-ping": "OTHER",
}
# R17: the members supervise; nobody in the cast is chief of the hall.
MEMBERS = set(GROUP)
OWN_UNIT = {"wu-yan": "SUPERVISES_OWN_UNIT"}


async def supervision(world: World) -> None:
    today = local_date(world.clock.now())
    tomorrow = today + timedelta(days=1)
    members = [{"personId": f"D01.{name}", "capacity": capacity} for name, capacity in GROUP.items()]
    group = {"domain": "PROCUREMENT", "members": members, "effectiveFrom": today.isoformat()}
    # R1 and R4; the persons named are unknown in another bureau.
    await world.step(
        "ma-qing",
        "formSupervisionGroup",
        group,
        "domain",
        allowed={"huang-zhen", "ma-qing"},
        also={"INVALID_INPUT"},
    )
    plan = {
        "domain": "PROCUREMENT",
        "title": "ticket machines",
        "unitId": "D01.HALL",
        "plannedOn": tomorrow.isoformat(),
    }
    made = await world.step(
        "bai-xue",
        "planSupervisedEvent",
        plan,
        "event { id }",
        allowed=MEMBERS,
        also={"INVALID_INPUT"},
    )
    world.made["SupervisedEvent"] = made["event"]["id"]
    event = {"eventId": world.made["SupervisedEvent"]}
    await world.everybody("cancelSupervisedEvent", {**event, "reason": "no budget"}, allowed=MEMBERS)
    await world.step("bai-xue", "giveEventNotice", {**event, "notice": "at ten"}, allowed=MEMBERS)
    await world.at(f"{tomorrow} 10:00")
    await world.step("he-jun", "markEventHeld", event, allowed=MEMBERS)
    seen = {**event, "observation": "three bids"}
    await world.step("he-jun", "recordSupervision", seen, allowed=MEMBERS, but=OWN_UNIT)
    report = {**event, "report": "no objection"}
    await world.step("he-jun", "reportSupervisedEvent", report, allowed=MEMBERS, but=OWN_UNIT)
