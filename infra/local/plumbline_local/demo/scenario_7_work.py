"""Scenario 7, the work's half: two matters by the version of their day, a migration, the ledger, and the points."""

from collections.abc import Iterator
from decimal import Decimal

from plumbline_local.demo import case_documents as cases
from plumbline_local.demo import scenario_7_documents as documents
from plumbline_local.demo.cases import call, item_source, publish_item
from plumbline_local.demo.scores import unit_entries
from plumbline_local.demo.world import Step, World, step

ITEM = "TAX-DEFERRAL"
SR_10 = [["SR-10", "3.5"]]


class ReformedWork:
    """What was accepted before the reform keeps its version until it is migrated."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._expect = world.expect.equal
        self._old = ""
        self._new = ""
        self._migration = ""

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-02 10:20", "The item of twelve steps is published", self.publish_old)
        yield step("2026-05-18 09:00", "Its version of five steps is published for June", self.publish_new)
        yield step("2026-05-20 09:00", "7: a matter is accepted before the reform", self.accept_old)
        yield step("2026-06-01 09:30", "A matter is accepted after the reform", self.accept_new)
        yield step("2026-06-02 09:00", "The head looks at a migration, then starts it", self.migrate)
        yield step("2026-06-02 10:00", "The batch is through; the ledger", self.migrated)
        yield step("2026-06-05 09:00", "Both matters are done in five steps", self.finish)
        yield step("2026-08-29 23:59", "Ninety quiet days are not over", self.not_yet)
        yield step("2026-08-30 00:00", "Ninety days without incident", self.rewarded)

    async def publish_old(self) -> None:
        await publish_item(self._world, item_source(self._world, "tax_deferral_v1"))

    async def publish_new(self) -> None:
        await publish_item(self._world, item_source(self._world, "tax_deferral_v2"))

    async def accept_old(self) -> None:
        self._old, due = await self._accept("临江纺织厂 Linjiang Textile")
        self._expect("s7.due.old", "accepted 05-20: version 1, 60 working days", "2026-08-13", due)

    async def accept_new(self) -> None:
        self._new, due = await self._accept("临江食品厂 Linjiang Foods")
        self._expect("s7.due.new", "accepted 06-01: version 2, 20 working days", "2026-06-30", due)

    async def migrate(self) -> None:
        entry = {"itemCode": ITEM, "toVersion": 2}
        (seen,) = (await call(self._world, "huang-zhen", documents.MIGRATE, **entry))["preview"]
        self._expect(
            "s7.dry-run",
            "the dry run: what is kept, what opens, by when",
            [self._old, 1, ["accept"], "investigate", "2026-08-13", "2026-06-17", None],
            list(seen.values()),
        )
        started = await call(self._world, "huang-zhen", documents.MIGRATE, **entry, dryRun=False)
        self._migration = started["migration"]["id"]

    async def migrated(self) -> None:
        head = self._world.people("huang-zhen")
        batch = (await head.ask(documents.MIGRATION, id=self._migration))["matterMigration"]
        self._expect(
            "s7.batch",
            "the batch",
            {"total": 1, "migrated": 1, "refused": 0, "done": True},
            batch,
        )
        ledger = (await head.ask(documents.LEDGER, id="D01", year=2026))["reformLedger"]
        self._expect(
            "s7.ledger",
            "the reform ledger: items, steps, working days",
            [1, -7, -40],
            [ledger["items"], ledger["steps"], ledger["limitWorkingDays"]],
        )
        self._expect(
            "s7.ledger.process",
            "it names the register's version",
            [{"itemCode": ITEM, "processVersion": 2}],
            ledger["entries"],
        )

    async def finish(self) -> None:
        for matter in (self._old, self._new):
            work = {"matterId": matter, "step": "investigate"}
            await call(self._world, "sun-hao", cases.ASSIGN, **work, people=["D01.li-wei"])
            await call(self._world, "li-wei", cases.ADVANCE, **work, payload={"report": "调查报告"})
            await call(self._world, "lin-jie", cases.ADVANCE, matterId=matter, step="review")
            await call(self._world, "zhou-min", cases.DECIDE, matterId=matter, outcome="APPROVED")
            await call(self._world, "wu-yan", cases.ADVANCE, matterId=matter, step="deliver")
        metrics = (await self._world.people("zhou-min").ask(documents.METRICS, id="D01"))["pathMetrics"]
        self._expect("s7.designed", "as designed", {"steps": 5, "limitDays": 20}, metrics["designed"])
        measured = metrics["measured"]
        self._expect(
            "s7.measured",
            "as it went: matters, visits, hand-overs",
            [2, "2.0", "4.0"],
            [
                measured["matters"],
                f"{Decimal(measured['visits']):.1f}",
                f"{Decimal(measured['handOvers']):.1f}",
            ],
        )

    async def not_yet(self) -> None:
        self._expect("s7.quiet", "nothing before the ninetieth day ends", [], await self._points())

    async def rewarded(self) -> None:
        self._expect("s7.points", "seven steps bring the unit 3.5", SR_10, await self._points())

        found = (await self._world.people("huang-zhen").ask(documents.DASHBOARD, id="D01"))[
            "programmeDashboard"
        ]
        covered = found["educationCoverage"]
        self._expect(
            "s7.dashboard",
            "one dashboard from three services: reform, education given and done, rotation known",
            [{"steps": -7, "limitWorkingDays": -40}, True, True],
            [
                found["reform"],
                covered["due"] >= covered["done"] >= 5,
                found["rotation"]["overdue"] is not None,
            ],
        )
        above = self._world.people("C01.cao-jian")
        hidden = (await above.ask(documents.DASHBOARD, id="D01"))["programmeDashboard"]
        self._expect(
            "s7.dashboard.above", "the bureau above reads no small count", None, hidden["zeros"]["cases"]
        )

    async def _points(self) -> list[list[str]]:
        found = await unit_entries(self._world, "LEVY")
        return [[rule, f"{points:.1f}"] for rule, points in found if rule == "SR-10"]

    async def _accept(self, title: str) -> tuple[str, str]:
        entry = {"item": ITEM, "title": title, "officeId": "D01.TO-3"}
        matter = (await call(self._world, "wu-yan", cases.ACCEPT, **entry))["matter"]
        return matter["id"], matter["dueOn"]
