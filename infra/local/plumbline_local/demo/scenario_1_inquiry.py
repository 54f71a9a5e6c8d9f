"""Scenario 1, second half: verification, inquiry, votes, scores, lessons, rectification."""

from collections.abc import Iterator

from plumbline_local.demo import case_documents as documents
from plumbline_local.demo.bus import count_events
from plumbline_local.demo.cases import call, refused
from plumbline_local.demo.learning import assignments_of, take_lesson
from plumbline_local.demo.scenario_1 import Relief
from plumbline_local.demo.scores import person_entries, total, unit_entries
from plumbline_local.demo.world import Step, World, step

PANEL = (
    "huang-zhen",
    "tang-li",
    "ma-qing",
    "luo-fang",
    "xie-tao",
    "lu-jia",
    "ding-ning",
    "jiang-bin",
    "pan-yu",
)
PRESENT = PANEL[:8]
AGAINST = ("ding-ning", "jiang-bin")
LESSON = "TIME_LIMITS_AND_CUSTODY"
RESPONDENTS = ("lin-jie", "sun-hao", "chen-gang")
FORMS = {
    "D01.lin-jie": ["PRIMARY", "WRITTEN_SELF_CRITICISM"],
    "D01.sun-hao": ["SECONDARY", "CRITICISM_EDUCATION"],
    "D01.chen-gang": ["SECONDARY", "CRITICISM_EDUCATION"],
}
ACTS = (("D01.sun-hao", "HANDLER"), ("D01.lin-jie", "REVIEWER"), ("D01.chen-gang", "APPROVER"))


def full(names: tuple[str, ...]) -> list[str]:
    return [f"D01.{name}" for name in names]


class Inquiry:
    """From the verdict to the last consequence."""

    def __init__(self, world: World, relief: Relief) -> None:
        self._world = world
        self._relief = relief
        self._expect = world.expect.equal
        self.incident = ""
        self._inquiry = ""
        self._orders: dict[str, str] = {}

    def steps(self) -> Iterator[Step]:
        yield step("2026-05-11 10:00", "Luo Fang verifies: confirmed", self.verify)
        yield step("2026-05-19 09:00", "Zhou Min proposes an inquiry", self.propose)
        yield step("2026-05-20 09:00", "The head's meeting opens AI-2026-03", self.open)
        yield step("2026-05-21 09:00", "Notices are served", self.serve)
        yield step("2026-06-03 09:00", "Hearing and roll-call vote", self.vote)
        yield step("2026-06-04 09:00", "The decision", self.decide)
        yield step("2026-06-04 10:00", "Rectification to POLICY and TO-3", self.order)
        yield step("2026-06-10 10:00", "The three take their lesson", self.learn)
        yield step("2026-06-18 10:00", "Both units report what they put right", self.rectify)
        yield step("2026-07-06 09:00", "The appeal period is over: scores", self.scores)

    async def verify(self) -> None:
        acts = [{"personId": person, "capacity": capacity} for person, capacity in ACTS]
        incident = {"level": "ORDINARY", "rootCause": "CUSTODY_GAP", "acts": acts}
        entry = {
            "alertId": self._relief.alert,
            "verdict": "CONFIRMED",
            "evidence": "在途 04-14 至 05-07 custody gap",
        }
        codes = await refused(self._world, "chen-gang", documents.RESOLVE, **entry, incident=incident)
        self._expect("s1.own-unit", "Chen Gang may not verify his own unit", 1, len(codes))
        payload = await call(self._world, "luo-fang", documents.RESOLVE, **entry, incident=incident)
        self.incident = payload["incident"]["id"]
        facts = [payload["alert"]["verdict"], payload["incident"]["kind"]]
        self._expect("s1.confirmed", "verdict and kind", ["CONFIRMED", "TIME_LIMIT_MISSED"], facts)

    async def propose(self) -> None:
        entry = {"incidentId": self.incident, "reason": "减免税审批逾期十个工作日"}
        self._inquiry = (await call(self._world, "zhou-min", documents.PROPOSE, **entry))["inquiry"]["id"]

    async def open(self) -> None:
        entry = {"inquiryId": self._inquiry, "panel": full(PANEL), "number": "AI-2026-03"}
        inquiry = (await call(self._world, "huang-zhen", documents.OPEN_INQUIRY, **entry))["inquiry"]
        found = {one["person"]["id"] for one in inquiry["respondents"]}
        self._expect("s1.respondents", "three respondents", set(full(RESPONDENTS)), found)

    async def serve(self) -> None:
        inquiry = (await call(self._world, "bai-xue", documents.SERVE, inquiryId=self._inquiry))["inquiry"]
        self._expect("s1.defence", "defence until", "2026-05-28", inquiry["defenceDueOn"])
        entry = {"inquiryId": self._inquiry, "statement": "资料 05-07 才送达。"}
        await call(self._world, "lin-jie", documents.DEFEND, **entry)

    async def vote(self) -> None:
        entry = {"inquiryId": self._inquiry, "present": full(PRESENT)}
        inquiry = (await call(self._world, "bai-xue", documents.HEARING, **entry))["inquiry"]
        self._expect("s1.quorum", "quorum of the nine", 6, inquiry["quorum"])
        codes = await refused(self._world, "luo-fang", documents.VOTE, inquiryId=self._inquiry, choice="FOR")
        self._expect("s1.barred", "the verifier is barred (SoD-4)", ["VOTER_RECUSED"], codes)
        for member in PRESENT:
            if member != "luo-fang":
                choice = "AGAINST" if member in AGAINST else "FOR"
                await call(self._world, member, documents.VOTE, inquiryId=self._inquiry, choice=choice)

    async def decide(self) -> None:
        entry = {"inquiryId": self._inquiry, "publicationScope": "BUREAU"}
        inquiry = (await call(self._world, "huang-zhen", documents.DECIDE_INQUIRY, **entry))["inquiry"]
        forms = {one["person"]["id"]: [one["part"], one["form"]] for one in inquiry["respondents"]}
        self._expect("s1.forms", "parts and forms", FORMS, forms)
        self._expect("s1.appeal", "appeal until", "2026-07-04", inquiry["appealUntil"])
        totals = (await self._world.people("lin-jie").ask(documents.TOTALS, id=self._inquiry))["inquiry"][
            "totals"
        ]
        self._expect(
            "s1.votes",
            "a respondent sees the totals",
            [5, 2, 0],
            [totals["votesFor"], totals["votesAgainst"], totals["abstained"]],
        )

    async def order(self) -> None:
        for unit in ("POLICY", "TO-3"):
            entry = {
                "unitId": f"D01.{unit}",
                "subject": "传递单签收",
                "demand": "逐单一日内签收",
                "incidentId": self.incident,
            }
            order = (await call(self._world, "huang-zhen", documents.ORDER, **entry))["order"]
            self._orders[unit] = order["id"]
            self._expect(f"s1.rectify.{unit}", f"rectification of {unit} due", "2026-06-26", order["dueOn"])

    async def learn(self) -> None:
        for person in RESPONDENTS:
            found = await assignments_of(self._world, person)
            lessons = [one for one in found if one["curriculum"]["code"] == LESSON]
            due = [one["dueOn"] for one in lessons]
            self._expect(
                f"s1.lesson.{person}",
                f"{person}'s lesson on time limits and custody is due",
                ["2026-06-18"],
                due,
            )
            attempt = await take_lesson(self._world, person, code=LESSON)
            self._expect(f"s1.passed.{person}", f"{person} passes", True, attempt["passed"])

    async def rectify(self) -> None:
        for unit, chief in (("POLICY", "chen-gang"), ("TO-3", "sun-hao")):
            await call(self._world, chief, documents.TAKE_ON, orderId=self._orders[unit])
            await call(
                self._world, chief, documents.SUBMIT, orderId=self._orders[unit], evidence="签收台账附后"
            )
            await call(
                self._world, "luo-fang", documents.ACCEPT_ORDER, orderId=self._orders[unit], accepted=True
            )

    async def scores(self) -> None:
        policy = await unit_entries(self._world, "POLICY")
        self._expect(
            "s1.score.policy", "POLICY: no extra, for ten days is not more than ten", "-2.0", total(policy)
        )
        self._expect("s1.score.to-3", "TO-3", "0.0", total(await unit_entries(self._world, "TO-3")))
        found = {person: total(await person_entries(self._world, person)) for person in RESPONDENTS}
        self._expect(
            "s1.score.persons",
            "the three respondents",
            {"lin-jie": "-4.0", "sun-hao": "-2.0", "chen-gang": "-2.0"},
            found,
        )
        issued = await count_events(self._world, "case_flow.v1.RectificationIssued")
        self._expect("s1.events.rectification", "RectificationIssued events", 2, issued)
