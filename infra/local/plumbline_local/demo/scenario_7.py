"""Scenario 7, the register's half: twelve steps become five, and every point on the seven that go finds its place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plumbline_local.demo import scenario_7_documents as documents
from plumbline_local.demo.cases import call, refused
from plumbline_local.demo.learning import assignments_of, take_lesson
from plumbline_local.demo.world import Step, World, step

PROCESS, OWNER = "TAX-DEFERRAL", "D01.LEVY"
REGULATION = {
    "title_zh": "税收征收管理法实施细则", "category": 3, "effective_from": "2026-01-01",
    "clauses": [{"number": "42", "says": "延期缴纳税款的审批"}],
}  # fmt: skip
POSTS: Mapping[str, tuple[str, str, str]] = {
    "accept": ("受理", "ACCEPT", "HALL.window"),
    "record": ("录入", "EXECUTE", "LEVY.chief"),
    "dispatch": ("分派", "EXECUTE", "TO-3.investigator"),
    "investigate": ("调查", "INVESTIGATE", "TO-3.chief"),
    "office_opinion": ("所长意见", "EXECUTE", "TO-5.chief"),
    "take_in": ("收文", "EXECUTE", "POLICY.chief"),
    "pre_check": ("初核", "EXECUTE", "POLICY.chief"),
    "review": ("审核", "REVIEW", "POLICY.reviewer"),
    "section_opinion": ("科长意见", "EXECUTE", "POLICY.chief"),
    "approve": ("审批", "APPROVE", "LEADERS.deputy-1"),
    "seal": ("用印", "EXECUTE", "OFFICE.chief"),
    "deliver": ("送达", "DELIVER", "HALL.chief"),
}
KEPT = ("accept", "investigate", "review", "approve", "deliver")
TRANSFERS = {
    "RECORD-01": ("accept", "wu-yan"), "DISPATCH-01": ("investigate", "sun-hao"), "TAKE-IN-01": ("review", "lin-jie"),
    "SECTION-01": ("approve", "zhou-min"), "SEAL-01": ("deliver", "kong-yi"),
}  # fmt: skip
REDUCTIONS = {
    "OPINION-01": ("investigate", "STEP"),
    "PRE-CHECK-01": ("review", "RESPONSIBLE_PERSON"),
    "SECTION-02": ("approve", "TIME_LIMIT"),
}
DISSOLVED = "RECORD-02"
LESSON = "TRANSFERRED_POINT_LESSON"


def point(name: str) -> str:
    return f"D01.RP-DEFERRAL-{name}"


def graph(codes: Sequence[str], limit: int, **moved: str) -> Mapping[str, Any]:
    """The process with these steps; `moved` gives a step to another post."""
    steps = [
        {
            "code": code, "title": POSTS[code][0], "function": POSTS[code][1], "post": moved.get(code, POSTS[code][2]),
            "monitor": "DISC.officer", "basis": "REG-DEFERRAL#42", "procedure": "按办法办理",
        }
        for code in codes
    ]  # fmt: skip
    return {
        "title": "延期缴纳税款审批",
        "titleEn": "Deferral of tax payment",
        "steps": steps,
        "limitDays": limit,
    }


class Reform:
    """Draft, two refusals, dispositions, publication; the register and the receiving posts on the first day."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._expect = world.expect.equal
        self._version = ""

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-02 10:10", "7: the process of twelve steps is published", self.before)
        yield step("2026-05-12 09:00", "The reform is drafted; one post may not do both", self.segregation)
        yield step("2026-05-13 09:00", "Eight of nine points have a place", self.missing)
        yield step("2026-05-15 09:00", "The reform is published", self.publish)
        yield step("2026-06-01 00:00", "It takes effect", self.effective)
        yield step("2026-06-09 09:00", "The receiving posts take their lesson", self.learn)

    async def before(self) -> None:
        entry = {
            "kind": "REGULATION", "code": "REG-DEFERRAL", "body": REGULATION, "effectiveFrom": "2026-03-02",
        }  # fmt: skip
        made = await call(self._world, "luo-fang", documents.RECORD, **entry)
        counts = {"draftId": made["draftId"], "accepted": True, "reason": "办法可行"}
        await call(self._world, "huang-zhen", documents.LET_COUNT, **counts)
        version = await self._draft(graph(tuple(POSTS), 60))
        await self._publish(version, "2026-03-02")

    async def segregation(self) -> None:
        self._version = await self._draft(graph(KEPT, 20, approve="POLICY.reviewer"))
        codes = await self._refused()
        self._expect("s7.sod", "review and approval on one post", ["SOD_VIOLATION"], codes)
        entry = {"versionId": self._version, "graph": graph(KEPT, 20)}
        await call(self._world, "song-ke", documents.REVISE, **entry)

    async def missing(self) -> None:
        for name, (to_step, _receiver) in TRANSFERS.items():
            receiver = POSTS[to_step][2]
            await self._dispose(name, "TRANSFERRED_TO_POST", toStep=to_step, receiver=receiver)
        for name, (to_step, tightened) in REDUCTIONS.items():
            await self._dispose(name, "REDUCED", toStep=to_step, tightened=tightened)
        for name, (_to_step, receiver) in TRANSFERS.items():
            entry = {"versionId": self._version, "pointId": point(name)}
            await call(self._world, receiver, documents.ACCEPT_TRANSFER, **entry)
        codes = await self._refused()
        self._expect("s7.missing", "a point without a place", ["DISPOSITION_MISSING"], codes)

    async def publish(self) -> None:
        await self._dispose(DISSOLVED, "DISSOLVED", reason="纳税人声明代替内部核对")
        await self._publish(self._version, "2026-06-01")

    async def effective(self) -> None:
        sizes = [await self._size(day) for day in ("2026-05-31", "2026-06-01")]
        self._expect("s7.register", "the register before and from the first day", [745, 744], sizes)
        found: dict[str, list[str]] = {}
        for name in TRANSFERS:
            asked = await self._world.people("huang-zhen").ask(
                documents.HOLDERS, id=point(name), asOf="2026-06-01"
            )
            found[name] = [one["id"] for one in asked["riskPoint"]["holders"]]
        expected = {name: [f"D01.{receiver}"] for name, (_step, receiver) in TRANSFERS.items()}
        self._expect("s7.holders", "five points change their holder", expected, found)
        lessons = {receiver: await self._lessons(receiver) for _step, receiver in TRANSFERS.values()}
        once = [["OPEN", "2026-06-15"]]
        self._expect(
            "s7.lessons", "five receiving posts, one lesson each", dict.fromkeys(lessons, once), lessons
        )

    async def learn(self) -> None:
        passed = {
            receiver: (await take_lesson(self._world, receiver, code=LESSON))["passed"]
            for _step, receiver in TRANSFERS.values()
        }
        self._expect("s7.passed", "all five pass", dict.fromkeys(passed, True), passed)

    async def _draft(self, process: Mapping[str, Any]) -> str:
        entry = {"process": PROCESS, "ownerUnit": OWNER, "graph": process}
        return (await call(self._world, "song-ke", documents.DRAFT, **entry))["processVersion"]["id"]

    async def _dispose(self, name: str, kind: str, **more: str) -> None:
        entry = {"versionId": self._version, "pointId": point(name), "kind": kind, **more}
        await call(self._world, "song-ke", documents.DISPOSE, **entry)

    async def _publish(self, version: str, on: str) -> None:
        entry = {"versionId": version, "effectiveFrom": on}
        await call(self._world, "huang-zhen", documents.PUBLISH_PROCESS, **entry)

    async def _refused(self) -> list[str]:
        entry = {"versionId": self._version, "effectiveFrom": "2026-06-01"}
        return await refused(self._world, "huang-zhen", documents.PUBLISH_PROCESS, **entry)

    async def _size(self, day: str) -> int:
        asked = await self._world.people("huang-zhen").ask(documents.SIZE, asOf=day)
        return asked["riskPoints"]["facets"]["size"]

    async def _lessons(self, person: str) -> list[list[str]]:
        found = await assignments_of(self._world, person)
        return [[one["status"], one["dueOn"]] for one in found if one["curriculum"]["code"] == LESSON]
