"""Scenario 5: a collective review lifts a point to HIGH; its seven holders learn, one does not."""

from collections.abc import Iterator, Mapping
from typing import Any

from plumbline_local.demo.bus import last_event
from plumbline_local.demo.learning import assignments_of, sign_pledge, take_lesson
from plumbline_local.demo.scores import person_entries, total, unit_entries
from plumbline_local.demo.world import Step, World, step

POINT = "D01.RP-CANCEL-CLEARANCE-01"
VOTES = {
    "huang-zhen": "HIGH", "zhou-min": "HIGH", "tang-li": "HIGH",
    "ma-qing": "HIGH", "luo-fang": "HIGH", "jiang-bin": "LOW",
}  # fmt: skip
HOLDERS = ("cai-ling", "dai-yang", "feng-bo", "guan-xin", "hou-jie", "wu-bin", "yuan-qi")
LATE = "wu-bin"
OFFICES = ("TO-2", "TO-4", "TO-6", "TO-7")

OPEN = """
mutation Open($input: OpenGradingReviewInput!) {
  openGradingReview(input: $input) { gradingReview { id } userErrors { code message path } }
}
"""
VOTE = """
mutation Vote($input: CastGradeVoteInput!) {
  castGradeVote(input: $input) { gradingReview { votesCast votes { grade } } userErrors { code message path } }
}
"""
CLOSE = """
mutation Close($input: CloseGradingReviewInput!) {
  closeGradingReview(input: $input) {
    gradingReview { outcome { grade } assessment { stateHash forSignOff { grade } } }
    userErrors { code message path }
  }
}
"""
SIGN = """
mutation Sign($input: SignOffGradingReviewInput!) {
  signOffGradingReview(input: $input) {
    gradingReview { outcome { grade effectiveFrom tally { grade votes } } }
    userErrors { code message path }
  }
}
"""
LINE = """
query Line($id: ID!, $asOf: Date) {
  riskPoint(id: $id, asOf: $asOf) {
    grade holders { id }
    oversight { holder { id } managers { id } monitors { id } }
  }
}
"""
ALERTS = "query Alerts { educationAlerts { nodes { kind grade person { id } } } }"


class Scenario5:
    """Review, new oversight line, pledges, lessons, the one who is late, and what it costs."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._people = world.people
        self._expect = world.expect.equal
        self._review = ""

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-03 09:00", "5: a grading review is opened", self.open)
        yield step("2026-03-05 15:00", "Six vote, blind", self.vote)
        yield step("2026-03-06 10:00", "The review closes 5 : 1; head and discipline lead sign", self.close)
        yield step("2026-03-09 09:00", "The grade takes effect; the line changes", self.regraded)
        yield step("2026-03-10 10:00", "Pledges and lessons are there", self.assigned)
        yield step("2026-03-12 10:00", "All seven sign; six pass the lesson", self.learn)
        yield step("2026-03-24 09:00", "Wu Bin is overdue", self.overdue)

    async def open(self) -> None:
        members = [f"D01.{person}" for person in VOTES]
        entry = {"clientMutationId": "s5-open", "pointId": POINT, "members": members}
        payload = await self._people("huang-zhen").do(OPEN, input=entry)
        self._review = payload["gradingReview"]["id"]
        self._expect(
            "s5.before",
            "before: each office chief manages and monitors",
            True,
            await self._chiefs_manage("2026-03-03"),
        )

    async def vote(self) -> None:
        for person, grade in VOTES.items():
            entry = {"clientMutationId": f"s5-{person}", "reviewId": self._review, "grade": grade}
            await self._people(person).do(VOTE, input=entry)
        twice = {"clientMutationId": "s5-twice", "reviewId": self._review, "grade": "HIGH"}
        codes = await self._people("jiang-bin").refused(VOTE, input=twice)
        self._expect("s5.vote-twice", "nobody votes twice", ["ALREADY_VOTED"], codes)

    async def close(self) -> None:
        entry = {"clientMutationId": "s5-close", "reviewId": self._review, "effectiveFrom": "2026-03-09"}
        put_up = (await self._people("huang-zhen").do(CLOSE, input=entry))["gradingReview"]
        self._expect("s5.unsigned", "HIGH waits for two signatures", None, put_up["outcome"])
        signing = {"reviewId": self._review, "stateHash": put_up["assessment"]["stateHash"]}
        head = await self._people("huang-zhen").do(SIGN, input={"clientMutationId": "s5-head", **signing})
        self._expect(
            "s5.half-signed", "the head's alone is not enough", None, head["gradingReview"]["outcome"]
        )
        lead = await self._people("ma-qing").do(SIGN, input={"clientMutationId": "s5-lead", **signing})
        outcome = lead["gradingReview"]["outcome"]
        tally = {each["grade"]: each["votes"] for each in outcome["tally"] if each["votes"]}
        self._expect("s5.tally", "votes by grade", {"HIGH": 5, "LOW": 1}, tally)
        self._expect(
            "s5.grade",
            "the median decides",
            ["HIGH", "2026-03-09"],
            [outcome["grade"], outcome["effectiveFrom"]],
        )

    async def regraded(self) -> None:
        event = (await last_event(self._world, "risk_registry.v1.RiskPointRegraded"))["data"]
        facts = [
            event["fromGrade"][-3:],
            event["toGrade"][-4:],
            event["effectiveFrom"],
            len(event["holders"]),
        ]
        self._expect(
            "s5.event", "RiskPointRegraded: from, to, day, holders", ["LOW", "HIGH", "2026-03-09", 7], facts
        )
        point = await self._line("2026-03-09")
        managers = {one["id"] for each in point["oversight"] for one in each["managers"]}
        monitors = {one["id"] for each in point["oversight"] for one in each["monitors"]}
        self._expect("s5.managers", "now Tang Li manages every holder", {"D01.tang-li"}, managers)
        self._expect(
            "s5.monitors", "head and discipline lead monitor", {"D01.huang-zhen", "D01.ma-qing"}, monitors
        )
        self._expect(
            "s5.history",
            "up to 03-08 the chiefs' line stays readable",
            True,
            await self._chiefs_manage("2026-03-08"),
        )

    async def assigned(self) -> None:
        given = {person: await self._dues(person) for person in HOLDERS}
        expected = {"PLEDGE": "2026-03-16", "LESSON": "2026-03-23"}
        self._expect(
            "s5.dues",
            "seven pledges due 03-16, seven lessons due 03-23",
            dict.fromkeys(HOLDERS, expected),
            given,
        )

    async def learn(self) -> None:
        signed = {await sign_pledge(self._world, person) for person in HOLDERS}
        self._expect("s5.pledges", "all pledges are signed in time", {"COMPLETED"}, signed)
        low = await take_lesson(self._world, "cai-ling", wrong=2)
        self._expect(
            "s5.pass-mark",
            "60 of 100 does not pass (pass mark 80)",
            [60, False],
            [low["score"], low["passed"]],
        )
        passed = [(await take_lesson(self._world, one))["passed"] for one in HOLDERS if one != LATE]
        self._expect("s5.passed", "six pass", [True] * 6, passed)

    async def overdue(self) -> None:
        people = (LATE, "fang-lei", "deng-yi", "yuan-qi", "bi-wen", "tang-li", "chen-gang")
        seen = {person: await self._alerts(person) for person in people}
        alert = [["EDUCATION_OVERDUE", "LOW", f"D01.{LATE}"]]
        expected = {person: alert if person in (LATE, "fang-lei", "deng-yi") else [] for person in people}
        self._expect(
            "s5.alert", "the alert: to Wu Bin, his chief and the education admin alone", expected, seen
        )
        self._expect("s5.person", "Wu Bin", "-0.5", total(await person_entries(self._world, LATE)))
        units = {unit: total(await unit_entries(self._world, unit)) for unit in OFFICES}
        self._expect(
            "s5.units",
            "TO-7 has 1 of 2 overdue; the other offices none",
            {"TO-2": "0.0", "TO-4": "0.0", "TO-6": "0.0", "TO-7": "-0.5"},
            units,
        )

    async def _line(self, day: str) -> Mapping[str, Any]:
        return (await self._people("huang-zhen").ask(LINE, id=POINT, asOf=day))["riskPoint"]

    async def _chiefs_manage(self, day: str) -> bool:
        chiefs = {"D01.bi-wen": 2, "D01.chu-he": 2, "D01.du-lin": 1, "D01.fang-lei": 2}
        point = await self._line(day)
        managed = [each["managers"] for each in point["oversight"]]
        counted = {chief: sum([{"id": chief}] == one for one in managed) for chief in chiefs}
        return counted == chiefs and all(each["managers"] == each["monitors"] for each in point["oversight"])

    async def _dues(self, person: str) -> Mapping[str, str]:
        return {one["kind"]: one["dueOn"] for one in await assignments_of(self._world, person)}

    async def _alerts(self, person: str) -> list[list[str]]:
        found = (await self._people(person).ask(ALERTS))["educationAlerts"]["nodes"]
        return [[one["kind"], one["grade"], one["person"]["id"]] for one in found]
