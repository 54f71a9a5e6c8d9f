"""Scenario 5 in case flow: running matters get a second review; who is overdue gets no new HIGH matter."""

from collections.abc import Iterator

from plumbline_local.demo import case_documents as documents
from plumbline_local.demo.cases import call, publish_item, refused
from plumbline_local.demo.cast import DATA
from plumbline_local.demo.scenario_5 import LATE, OFFICES, POINT
from plumbline_local.demo.world import Step, World, step

RUNNING = 14


class RunningMatters:
    """Fourteen deregistrations stand at the clearance step when the point becomes HIGH."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._expect = world.expect.equal
        self._dues: dict[str, str] = {}

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-04 09:00", "Fourteen deregistrations are accepted", self.accept)
        yield step("2026-03-09 10:00", "They get a second review, deadlines unchanged", self.second_review)
        yield step("2026-03-25 09:00", "A new HIGH matter is not given to Wu Bin", self.keep_away)

    async def accept(self) -> None:
        await publish_item(self._world, (DATA / "tax_cancellation.yaml").read_text(encoding="utf-8"))
        for number in range(RUNNING):
            matter = await self._accepted(OFFICES[number % len(OFFICES)])
            self._dues[matter] = await self._due(matter)

    async def second_review(self) -> None:
        found = await self._world.people("ma-qing").ask(documents.SECOND_REVIEWS, point=POINT)
        matters = {one["matterId"] for one in found["secondReviews"]["nodes"]}
        self._expect(
            "s5.second-review",
            "running matters with a second review from their next step",
            RUNNING,
            len(matters & set(self._dues)),
        )
        unchanged = [await self._due(matter) == due for matter, due in self._dues.items()]
        self._expect("s5.deadlines", "their deadlines stay as they are", [True] * RUNNING, unchanged)

    async def keep_away(self) -> None:
        entry = {"matterId": await self._accepted("TO-7"), "step": "clearance"}
        codes = await refused(self._world, "fang-lei", documents.ASSIGN, **entry, people=[f"D01.{LATE}"])
        self._expect("s5.kept-away", "assigning Wu Bin is refused until he is done", ["NOT_ELIGIBLE"], codes)
        await call(self._world, "fang-lei", documents.ASSIGN, **entry, people=["D01.yuan-qi"])

    async def _accepted(self, office: str) -> str:
        entry = {"item": "TAX-CANCELLATION", "title": f"注销 {office}", "officeId": f"D01.{office}"}
        return (await call(self._world, "wu-yan", documents.ACCEPT, **entry))["matter"]["id"]

    async def _due(self, matter: str) -> str:
        return (await self._world.people("huang-zhen").ask(documents.MATTER, id=matter))["matter"]["dueOn"]
