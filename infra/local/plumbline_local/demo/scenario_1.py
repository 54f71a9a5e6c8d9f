"""Scenario 1: a relief approval stays in transit, is warned of, misses its limit and ends ten days late."""

from collections.abc import Iterator, Mapping
from typing import Any

from plumbline_local.demo import case_documents as documents
from plumbline_local.demo.cases import alerts_of, call, item_source, publish_item, viewers
from plumbline_local.demo.world import Step, World, step

OFFICE = "D01.TO-3"
PAIR = ("D01.li-wei", "D01.zhao-qiang")
PAPER = "PB-2026-0401"
LINE = {"chen-gang", "zhou-min", "luo-fang", "ma-qing", "qian-lu", "lin-jie"}


class Relief:
    """The matter, from the window to the late approval. The inquiry reads `alert` and `incident`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._expect = world.expect.equal
        self.matter = ""
        self.alert = ""
        self._slip = ""
        self._receipt = ("", "")

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-02 10:00", "The head publishes the service items", self.publish)
        yield step("2026-04-01 09:40", "1: Wu Yan accepts Linjiang Foundry's application", self.accept)
        yield step("2026-04-02 09:00", "TO-3 dispatches two investigators", self.dispatch)
        yield step("2026-04-10 15:00", "The joint report, both signed", self.report)
        yield step("2026-04-14 10:00", "The paper goes to POLICY with a slip", self.transfer)
        yield step("2026-04-16 00:00", "A1: the slip is not acknowledged", self.unacknowledged)
        yield step("2026-04-23 00:00", "A2: five working days left", self.five_left)
        yield step("2026-04-28 00:00", "A3: two working days left", self.two_left)
        yield step("2026-05-01 00:00", "A4: the deadline is missed", self.missed)
        yield step("2026-05-06 09:00", "Chen Gang takes note", self.take_note)
        yield step("2026-05-07 09:00", "The slip is acknowledged", self.acknowledge)
        yield step("2026-05-12 10:00", "Lin Jie reviews", self.review)
        yield step("2026-05-18 10:00", "Chen Gang approves, ten working days late", self.approve)

    async def publish(self) -> None:
        codes = [
            await publish_item(self.world, item_source(self.world, name))
            for name in ("relief_approval", "registration_penalty")
        ]
        self._expect("items.published", "items published", ["RELIEF-APPROVAL", "REGISTRATION-PENALTY"], codes)

    async def accept(self) -> None:
        entry = {"item": "RELIEF-APPROVAL", "title": "临江铸造厂 Linjiang Foundry", "officeId": OFFICE}
        payload = await call(self.world, "wu-yan", documents.ACCEPT, **entry)
        matter = payload["matter"]
        self.matter, self._receipt = matter["id"], (payload["receiptNo"], payload["receiptCode"])
        self._expect("s1.due", "due after 20 working days", "2026-04-30", matter["dueOn"])
        stages = [each["dueOn"] for each in matter["clocks"] if each["clock"].startswith("stage:")]
        self._expect(
            "s1.stages",
            "stage dues",
            ["2026-04-03", "2026-04-16", "2026-04-23", "2026-04-30"],
            sorted(stages),
        )

    async def dispatch(self) -> None:
        await call(
            self.world, "sun-hao", documents.ASSIGN, matterId=self.matter, step="investigate", people=PAIR
        )

    async def report(self) -> None:
        entry = {"matterId": self.matter, "step": "investigate"}
        payload = {"report": "实地调查报告 7 号"}
        first = await call(
            self.world, "li-wei", documents.ADVANCE, **entry, payload=payload, coSigners=PAIR[1:]
        )
        self._expect(
            "s1.two-persons",
            "the report waits for the second signature",
            [PAIR[1]],
            [one["id"] for one in first["waitingFor"]],
        )
        await call(self.world, "zhao-qiang", documents.CO_SIGN, **entry)
        done = next(
            one for one in (await self._matter("huang-zhen"))["steps"] if one["step"] == "investigate"
        )
        signers = {one["id"] for one in done["signers"]}
        self._expect(
            "s1.in-budget",
            "both signed, within the stage's budget",
            [sorted(PAIR), True],
            [sorted(signers), done["inBudget"]],
        )

    async def transfer(self) -> None:
        payload = await call(
            self.world, "li-wei", documents.TRANSFER, matterId=self.matter, paperBarcode=PAPER
        )
        self._slip = payload["slipId"]
        slip = (await self._matter("chen-gang"))["slips"][0]
        self._expect("s1.slip-due", "the slip is to be acknowledged by", "2026-04-15", slip["dueOn"])

    async def unacknowledged(self) -> None:
        seen = await self._viewers("TRANSFER_UNACKNOWLEDGED")
        self._expect("s1.a1", "A1 is seen by", {"sun-hao", "chen-gang", "qian-lu"}, seen)
        (alert,) = await alerts_of(
            self.world, "sun-hao", matterId=self.matter, kind="TRANSFER_UNACKNOWLEDGED"
        )
        self._expect(
            "s1.a1.grade", "A1 phase and grade", ["EX_ANTE", "LOW"], [alert["phase"], alert["grade"]]
        )
        custody = (await self._matter("chen-gang"))["custody"]
        self._expect(
            "s1.custody",
            "the paper is in transit, its owner the sender",
            [True, OFFICE],
            [custody["inTransit"], custody["unit"]["id"]],
        )
        await call(self.world, "sun-hao", documents.TAKE_NOTE, alertId=alert["id"])

    async def five_left(self) -> None:
        self._expect(
            "s1.a2",
            "A2 is seen by",
            {"lin-jie", "chen-gang", "qian-lu"},
            await self._viewers("DEADLINE_APPROACHING"),
        )
        (alert,) = await alerts_of(self.world, "chen-gang", matterId=self.matter, kind="DEADLINE_APPROACHING")
        await call(self.world, "chen-gang", documents.TAKE_NOTE, alertId=alert["id"])

    async def two_left(self) -> None:
        seen = await self._viewers("DEADLINE_APPROACHING")
        self._expect(
            "s1.a3",
            "A3 reaches the deputy head as well",
            {"lin-jie", "chen-gang", "qian-lu", "zhou-min"},
            seen,
        )

    async def missed(self) -> None:
        self._expect(
            "s1.a4",
            "A4 is seen by manager, monitors, tracker and subject, and by nobody else",
            LINE,
            await self._viewers("DEADLINE_MISSED"),
        )
        (alert,) = await alerts_of(self.world, "chen-gang", matterId=self.matter, kind="DEADLINE_MISSED")
        self.alert = alert["id"]
        facts = [alert["phase"], alert["grade"], alert["raisedAt"][:19]]
        self._expect(
            "s1.a4.facts",
            "A4 phase, grade, instant (UTC)",
            ["EX_POST", "MEDIUM", "2026-04-30T16:00:00"],
            facts,
        )
        self._expect(
            "s1.verifier",
            "verification goes to Luo Fang, due",
            ["D01.luo-fang", "2026-05-11"],
            [alert["verifier"]["id"], alert["verifyDue"]],
        )
        page = (await self.world.people("huang-zhen").ask(documents.ALERTS, filter=None))["alerts"]
        visible = sum(each["visible"] for each in page["totals"] if each["phase"] == "EX_POST")
        self._expect(
            "s1.head-counts", "the head sees counts, no alert", [0, 0], [visible, len(page["nodes"])]
        )

    async def take_note(self) -> None:
        await call(self.world, "chen-gang", documents.TAKE_NOTE, alertId=self.alert)

    async def acknowledge(self) -> None:
        await call(self.world, "lin-jie", documents.ACKNOWLEDGE_SLIP, slipId=self._slip, paperBarcode=PAPER)

    async def review(self) -> None:
        await call(self.world, "lin-jie", documents.ADVANCE, matterId=self.matter, step="review")

    async def approve(self) -> None:
        entry = {
            "matterId": self.matter,
            "outcome": "APPROVED",
            "reason": "资料在途，延误致歉 the paper was in transit",
        }
        await call(self.world, "chen-gang", documents.DECIDE, **entry)
        matter = await self._matter("chen-gang")
        self._expect(
            "s1.late",
            "closed, working days late",
            ["2026-05-18", 10],
            [matter["closedOn"], matter["lateWorkingDays"]],
        )
        self._expect(
            "s1.counterfactual",
            "with an approved extension it would have been due",
            "2026-05-18",
            (matter["withExtension"] or {}).get("dueOn"),
        )
        status = (
            await self.world.people("wu-yan").ask(
                documents.STATUS, receiptNo=self._receipt[0], code=self._receipt[1]
            )
        )["matterByReceipt"]
        shown = [status["outcome"], status["closedOn"], status["late"], bool(status["reason"])]
        self._expect(
            "s1.taxpayer",
            "the taxpayer sees: approved, when, late, with a reason",
            ["APPROVED", "2026-05-18", True, True],
            shown,
        )

    async def _viewers(self, kind: str) -> set[str]:
        return await viewers(self.world, matterId=self.matter, kind=kind)

    async def _matter(self, person: str) -> Mapping[str, Any]:
        return (await self.world.people(person).ask(documents.MATTER, id=self.matter))["matter"]
