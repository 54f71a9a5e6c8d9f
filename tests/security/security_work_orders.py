"""Case flow, work orders between units, findings with their answer, plans, and notes of the tracker (S1-122 to S1-127)."""

from datetime import timedelta

from plumbline_shared.clock import local_date
from security_world import World

# Chiefs order from their own unit, leaders from any (S1-124).
CHIEFS = {"chen-gang", "sun-hao", "pan-yu", "luo-fang", "ma-qing"}
ISSUERS = CHIEFS | {"huang-zhen", "zhou-min", "tang-li"}
UNIT = {"pan-yu", "he-jun"}
ELSEWHERE = {"INVALID_INPUT"}


async def work_orders(world: World) -> None:
    due = (local_date(world.clock.now()) + timedelta(days=7)).isoformat()
    line = {"toUnitId": "D01.TO-5", "title": "check", "demand": "visit", "dueOn": due}
    plan = {"title": "spring", "lines": [line]}
    await world.step("tang-li", "issueWorkPlan", plan, "planId", allowed=ISSUERS, also=ELSEWHERE)
    made = await world.step(
        "chen-gang", "issueWorkOrder", line, "workOrder { id }", allowed=ISSUERS, also=ELSEWHERE
    )
    world.made["WorkOrder"] = made["workOrder"]["id"]
    order = {"orderId": world.made["WorkOrder"]}
    # R7, R12 and R24 take on and perform what their own unit is asked.
    await world.step("he-jun", "acceptWorkOrder", order, allowed=UNIT)
    await world.step("he-jun", "feedBackWorkOrder", {**order, "feedback": "visited"}, allowed=UNIT)
    again = {**order, "reason": "thin", "dueOn": due}
    await world.everybody("returnWorkOrder", again, allowed={"chen-gang"})
    await world.everybody("closeWorkOrder", {**order, "closing": "CONFIRMED"}, allowed={"chen-gang"})
    await finding(world)
    await notes(world)


async def finding(world: World) -> None:
    found = {"toUnitId": "D01.TO-5", "title": "arrears", "text": "three", "source": "INTERNAL_AUDIT"}
    # R9; R1 enters what an inspection from above found.
    made = await world.step(
        "auditor",
        "issueFinding",
        found,
        "workOrder { id }",
        allowed={"auditor", "huang-zhen"},
        also=ELSEWHERE,
    )
    world.made["finding"] = made["workOrder"]["id"]
    answer = {"orderId": world.made["finding"], "feedback": "entered", "agrees": True}
    await world.step("pan-yu", "feedBackWorkOrder", answer, allowed=UNIT)
    confirmed = {"orderId": world.made["finding"], "closing": "CONFIRMED"}
    await world.everybody("closeWorkOrder", confirmed, allowed={"auditor"})


async def notes(world: World) -> None:
    # R15: note D.
    wanted = {"item": "REGISTRATION-PENALTY", "title": "Late change", "officeId": "D01.TO-5"}
    accepted = await world.do("he-jun", "acceptMatter", wanted, "matter { id }")
    note = {"matterId": accepted["matter"]["id"], "text": "hurry"}
    await world.step("qian-lu", "noteOnMatter", note, allowed={"qian-lu"})
