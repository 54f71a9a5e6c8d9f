"""Case flow, the service hall: a form, a pre-review, windows switched by the load (scenario 10)."""

from datetime import timedelta
from pathlib import Path

import case_flow
from case_flow.storage import post_review
from plumbline_shared.clock import SHANGHAI
from plumbline_shared.principal import system
from security_world import World

FOLDER = Path(case_flow.__file__).parent
# Rules & forms: R1 approves, R30 publishes templates; each for the own bureau.
APPROVERS = {"huang-zhen", "D02.huang-zhen", "D02.all", "C01.city-head", "C01.rollout"}
GIVEN = {
    "fields": {
        "taxpayer": "Linjiang Foundry",
        "registration_no": "91330000MA000000X0",
        "invoice_kind": "ORDINARY",
        "monthly_copies": 60,
        "monthly_turnover": 48_000_000,
    },
    "documents": ["LICENCE_COPY", "INVOICE_BOOK", "BANK_STATEMENT"],
}


async def hall(world: World) -> None:
    await forms(world)
    await reviewed(world)
    await windows(world)
    await handled(world)
    await answered(world)


async def answered(world: World) -> None:
    # Rules & forms: R1 approves, R30 publishes templates; everybody reads what is answered in public.
    text = {"zh": "受理后五个工作日", "en": "Five working days from acceptance"}
    issue = {"code": "HOT", "question": text, "answer": text, "basis": "S1-044", "fromOn": "2026-01-01"}
    await world.step("huang-zhen", "publishHotIssue", issue, allowed=APPROVERS)
    gone = {"code": "HOT", "fromOn": "2026-01-02"}
    await world.step("huang-zhen", "withdrawHotIssue", gone, allowed={"huang-zhen"})


async def forms(world: World) -> None:
    source = (FOLDER / "forms" / "invoice_quantity.yaml").read_text(encoding="utf-8")
    await world.step("huang-zhen", "publishForm", {"source": source}, allowed=APPROVERS)
    await world.do("huang-zhen", "publishForm", {"source": source.replace("version: 1", "version: 2")})
    item = (FOLDER / "items" / "invoice_quantity_increase.yaml").read_text(encoding="utf-8")
    await world.do("huang-zhen", "publishItem", {"source": item})


async def reviewed(world: World) -> None:
    # Matter handle: R11 pre-reviews in the hall.
    wanted = {"item": "INVOICE-QUANTITY-INCREASE", "title": "Linjiang Foundry", "payload": GIVEN}
    made = await world.step("guide", "preReviewApplication", wanted, "preReview { id }", allowed={"guide"})
    again = {"preReviewId": made["preReview"]["id"], "payload": GIVEN}
    await world.step("guide", "presentAgain", again, allowed={"guide"})
    day = world.clock.now().date().isoformat()
    retired = {"form": "INVOICE-QUANTITY/1", "successor": "INVOICE-QUANTITY/2", "effectiveFrom": day}
    await world.step("huang-zhen", "retireForm", retired, allowed={"huang-zhen"})


async def windows(world: World) -> None:
    unit = {"unitId": "D01.HALL"}
    await world.step("huang-zhen", "setUpWindows", unit, allowed={"huang-zhen"})
    # The queue machine, and R10 at the windows of their own hall.
    queue = {"wu-yan", "hall-queue"}
    load = {"queue": "INVOICE", "waiting": 14}
    made = await world.step("hall-queue", "reportQueue", load, "proposal { id }", allowed=queue)
    ticket = {"number": "D-001", "queue": "DECLARATION", "window": "W-01"}
    await world.step("wu-yan", "callTicket", ticket, allowed=queue)
    # R10 and R11 of their own hall count whom they helped.
    helped = {"line": "GUIDANCE", "part": "RECEIVE", "visits": 3}
    await world.step("guide", "recordGuidance", helped, allowed={"wu-yan", "guide"})
    await world.step("wu-yan", "handOverTicket", {"number": "D-001", "window": "W-02"}, allowed=queue)
    await world.step("wu-yan", "endTicket", {"number": "D-001", "how": "SERVED"}, allowed=queue)
    # R3 on duty, who guides the hall on the spot (S1-100); the hall has no chief here.
    decision = {"proposalId": made["proposal"]["id"], "confirm": True}
    await world.step("duty", "decideSwitch", decision, allowed={"duty"})
    back = {"proposalId": made["proposal"]["id"]}
    await world.step("duty", "returnWindows", back, allowed={"duty"})


async def handled(world: World) -> None:
    item = (FOLDER / "items" / "invoice_check.yaml").read_text(encoding="utf-8")
    await world.do(
        "huang-zhen", "publishItem", {"source": item.replace("incompatible_with: [handle]", "budget: 1")}
    )
    wanted = {"item": "INVOICE-CHECK", "title": "Linjiang Foundry"}
    accepted = await world.do("wu-yan", "acceptMatter", wanted, "matter { id }")
    decision = {"matterId": accepted["matter"]["id"], "outcome": "APPROVED"}
    await world.do("wu-yan", "decideMatter", decision)
    # Matter handle: whoever had a part in it, and the chief of a unit that had it, give out what the applicant gets.
    out = {"matterId": accepted["matter"]["id"], "kind": "APPROVAL"}
    await world.step("wu-yan", "issueOutput", out, allowed={"wu-yan"})
    today = world.clock.now().astimezone(SHANGHAI).date()
    await world.at(f"{today + timedelta(days=1)} 00:00")
    async with world.runtime.db.read(system("D01")) as conn:
        [review] = await post_review.reviews(conn, "INVOICE-CHECK", today)
    # R14 reviews in the unit that the item names.
    answer = {"reviewId": review.id, "finding": "IN_ORDER"}
    await world.step("lin-jie", "reviewHandled", answer, allowed={"lin-jie"})
