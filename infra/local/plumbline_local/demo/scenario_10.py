"""Scenario 10: pre-review, acceptance at the window, back office, sign-off by the next on the roster; no alert, score 0."""

from collections.abc import Iterator, Mapping
from typing import Any

from plumbline_local.demo import case_documents as cases
from plumbline_local.demo import scenario_10_documents as documents
from plumbline_local.demo.cases import alerts_of, call, item_source, publish_item, refused
from plumbline_local.demo.scores import person_entries, unit_entries
from plumbline_local.demo.world import Step, World, step

ITEM, TITLE = "INVOICE-QUANTITY-INCREASE", "临江铸造厂 Linjiang Foundry"
FIELDS = {
    "taxpayer": TITLE,
    "registration_no": "91330000MA000000X0",
    "invoice_kind": "ORDINARY",
    "monthly_copies": 60,
    "monthly_turnover": 48_000_000,
}
BROUGHT = ["LICENCE_COPY", "INVOICE_BOOK"]
PEOPLE, UNITS = ("gao-yun", "wu-yan", "zhou-min", "tang-li"), ("HALL", "LEVY", "LEADERS")


class Hall:
    """One application on its way through four people in three days."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._expect = world.expect.equal
        self._review = ""
        self._receipt: Mapping[str, str] = {}
        self._matter = ""
        self._scores: Mapping[str, Any] = {}

    def steps(self) -> Iterator[Step]:
        yield step("2026-10-09 08:30", "The item and its form are published", self.publish)
        yield step("2026-10-09 09:05", "Gao Yun pre-reviews: one document is missing", self.pre_review)
        yield step("2026-10-09 14:20", "The taxpayer is back with it", self.present_again)
        yield step("2026-10-09 14:32", "Wu Yan accepts at the window", self.accept)
        yield step("2026-10-12 10:00", "Zhou Min approves, and is on duty", self.approve)
        yield step("2026-10-13 10:00", "Tang Li signs", self.sign)
        yield step("2026-10-13 18:00", "Nothing went wrong", self.quiet)

    async def publish(self) -> None:
        folder = self._world.layout.root / "services" / "case_flow" / "case_flow" / "forms"
        source = (folder / "invoice_quantity.yaml").read_text(encoding="utf-8")
        await call(self._world, "huang-zhen", documents.FORM, source=source)
        item = item_source(self._world, "invoice_quantity_increase")
        await publish_item(self._world, item.replace("unit: LEAD\n", "unit: LEADERS\n"))
        self._scores = await self._posted()

    async def pre_review(self) -> None:
        wanted = {"item": ITEM, "title": TITLE, "payload": {"fields": FIELDS, "documents": BROUGHT}}
        told = await call(self._world, "gao-yun", documents.PRE_REVIEW, **wanted)
        self._review = told["preReview"]["id"]
        self._receipt = {"receiptNo": told["receiptNo"], "code": told["receiptCode"]}
        missing = [one["code"] for one in told["preReview"]["missing"]]
        self._expect("s10.missing", "all that is missing, at once", ["BANK_STATEMENT"], missing)
        status = await self._status()
        self._expect(
            "s10.no-clock",
            "what the applicant reads: supplement, no due date, the same list",
            ["SUPPLEMENT_REQUIRED", None, ["BANK_STATEMENT"], True],
            [status["state"], status["dueOn"], status["missing"], "银行对账单" in status["notice"]["zh"]],
        )

    async def present_again(self) -> None:
        payload = {"fields": FIELDS, "documents": [*BROUGHT, "BANK_STATEMENT"]}
        told = await call(self._world, "gao-yun", documents.AGAIN, preReviewId=self._review, payload=payload)
        self._expect("s10.complete", "nothing is missing now", [], told["preReview"]["missing"])

    async def accept(self) -> None:
        entry = {"item": ITEM, "title": TITLE, "preReviewId": self._review}
        done = await call(self._world, "wu-yan", cases.ACCEPT, **entry)
        self._matter = done["matter"]["id"]
        stages = {one["clock"]: one["dueOn"] for one in done["matter"]["clocks"]}
        self._expect(
            "s10.due",
            "five working days with a Saturday that is one; the back office's stage; the same receipt",
            ["2026-10-15", "2026-10-13", self._receipt["receiptNo"]],
            [done["matter"]["dueOn"], stages["stage:back_approval"], done["receiptNo"]],
        )

    async def approve(self) -> None:
        work = {"matterId": self._matter, "step": "back_approval"}
        await call(self._world, "zhou-min", cases.ADVANCE, **work)
        route = (await self._read())["signOffRoute"]
        found = [[one["person"]["id"], one["refusal"]] for one in route]
        self._expect(
            "s10.routed",
            "the director on duty took part: the next on the roster",
            [["D01.zhou-min", "SOD_SAME_PERSON"], ["D01.tang-li", None]],
            found,
        )
        decision = {"matterId": self._matter, "outcome": "APPROVED"}
        codes = await refused(self._world, "zhou-min", cases.DECIDE, **decision)
        self._expect("s10.not-his", "he may not sign it himself", ["NOT_HANDLER"], codes)

    async def sign(self) -> None:
        await call(self._world, "tang-li", cases.DECIDE, matterId=self._matter, outcome="APPROVED")
        matter = await self._read()
        self._expect(
            "s10.closed",
            "closed in time",
            ["APPROVED", "2026-10-13", 0],
            [matter["outcome"], matter["closedOn"], matter["lateWorkingDays"]],
        )
        self._expect(
            "s10.path",
            "steps, hand-overs, visits, working days",
            {"steps": 4, "handOvers": 3, "visits": 2, "elapsed": 2},
            matter["path"],
        )
        status = await self._status()
        self._expect(
            "s10.applicant",
            "the applicant reads it too",
            ["APPROVED", []],
            [status["outcome"], status["missing"]],
        )

    async def quiet(self) -> None:
        seen = {
            who: len(await alerts_of(self._world, who, matterId=self._matter))
            for who in (*PEOPLE, "huang-zhen", "ma-qing")
        }
        self._expect("s10.alerts", "no alert, for anybody", dict.fromkeys(seen, 0), seen)
        self._expect(
            "s10.score",
            "score 0: nothing was posted for those who took part",
            self._scores,
            await self._posted(),
        )

    async def _posted(self) -> Mapping[str, Any]:
        people = {one: await person_entries(self._world, one) for one in PEOPLE}
        return people | {one: await unit_entries(self._world, one) for one in UNITS}

    async def _read(self) -> Mapping[str, Any]:
        return (await self._world.people("tang-li").ask(documents.MATTER, id=self._matter))["matter"]

    async def _status(self) -> Mapping[str, Any]:
        return (await self._world.people("gao-yun").ask(documents.STATUS, **self._receipt))["matterByReceipt"]
