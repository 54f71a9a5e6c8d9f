"""Scenario 2 and its variants: a fine outside its tier is held before it takes effect."""

from collections.abc import Iterator, Mapping
from typing import Any

from plumbline_local.demo import case_documents as documents
from plumbline_local.demo.cases import EVERYBODY, alerts_of, call, refused, viewers
from plumbline_local.demo.scores import person_entries, total
from plumbline_local.demo.world import Step, World, step

VIOLATION = "LATE_CHANGE_REGISTRATION"
GENERAL = {
    "point": VIOLATION,
    "party": "ORGANISATION",
    "ordered_on": "2026-05-22",
    "corrected_on": "2026-06-03",
}
SERIOUS = {**GENERAL, "ordered_on": "2026-04-22"}
LINE = {"he-jun", "tang-li", "huang-zhen", "ma-qing", "pan-yu"}


def fine(yuan: int, procedure: str = "SUMMARY", violation: Mapping[str, str] = GENERAL) -> Mapping[str, Any]:
    """The payload of the step that proposes a fine; money in fen."""
    return {"amount_fen": yuan * 100, "procedure": procedure, "violation": violation}


class Scenario2:
    """He Jun's fine of 2,000 where 240 is allowed; Shi Yong's variants; the third hold in thirty days."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._expect = world.expect.equal
        self._matter = ""
        self._hold = ""
        self._hearing = ""

    def steps(self) -> Iterator[Step]:
        yield step("2026-06-03 10:12", "2: He Jun enters a fine of 2,000", self.held)
        yield step("2026-06-03 10:18", "He Jun corrects it to 240", self.corrected)
        yield step("2026-06-03 11:00", "2b: above the statutory maximum", self.above_maximum)
        yield step("2026-06-03 11:10", "2c: the hearing threshold", self.hearing)
        yield step("2026-06-03 11:20", "2d: above the office's authority", self.above_authority)
        yield step("2026-06-03 11:30", "2e: over the summary limit", self.summary_limit)
        yield step("2026-06-15 09:00", "2c: the hearing notice is served", self.notice)
        yield step("2026-06-16 10:00", "He Jun's second corrected hold", self.again)
        yield step("2026-06-30 10:00", "2f: his third within thirty days", self.third)

    async def held(self) -> None:
        tier = (
            await self._world.people("he-jun").ask(documents.TIER, point=VIOLATION, facts=tier_facts(GENERAL))
        )["penaltyTier"]
        facts = [tier["code"], tier["daysLate"], tier["minFen"] // 100, tier["maxFen"] // 100]
        self._expect("s2.tier", "tier, days late, allowed range in yuan", ["GENERAL", 12, 240, 240], facts)
        self._matter = await self._filed("he-jun")
        hold = await self._entered("he-jun", self._matter, fine(2000))
        self._hold = hold["id"]
        self._expect(
            "s2.hold", "2,000 is held", ["DISCRETION_OUT_OF_TIER", "HIGH"], [hold["code"], hold["grade"]]
        )
        self._expect(
            "s2.ways", "ways out", {"CORRECT", "REQUEST_DEPARTURE", "ABANDON"}, set(hold["allowedWays"])
        )
        codes = await refused(self._world, "he-jun", documents.ISSUE, matterId=self._matter)
        self._expect("s2.no-number", "no document number while it is held", ["DOCUMENT_HELD"], codes)
        seen = {person for person in EVERYBODY if await self._sees_hold(person)}
        self._expect(
            "s2.viewers", "the hold is seen by handler, line and own chief, not by colleagues", LINE, seen
        )

    async def corrected(self) -> None:
        payload = await call(self._world, "he-jun", documents.CORRECT, holdId=self._hold, payload=fine(240))
        self._expect(
            "s2.corrected",
            "hold after the correction",
            ["CORRECTED", None],
            [payload["hold"]["state"], payload["stillHeldBy"]],
        )
        decision = {"matterId": self._matter, "step": "decide", "payload": {"outcome": "APPROVED"}}
        await call(self._world, "he-jun", documents.ADVANCE, **decision, coSigners=["D01.pan-yu"])
        codes = await refused(self._world, "he-jun", documents.ISSUE, matterId=self._matter)
        self._expect("s2.one-signature", "one signature prints nothing", ["SIGNATURES_MISSING"], codes)
        await call(self._world, "pan-yu", documents.CO_SIGN, matterId=self._matter, step="decide")
        document = (await call(self._world, "he-jun", documents.ISSUE, matterId=self._matter))["document"]
        self._expect(
            "s2.number",
            "two signatures give it its number",
            "REGISTRATION-PENALTY〔2026〕1号",
            document["number"],
        )
        alerts = [one["state"] for one in await alerts_of(self._world, "tang-li", matterId=self._matter)]
        self._expect("s2.no-verification", "closed in process, no verification task", ["CORRECTED"], alerts)
        self._expect(
            "s2.score", "score of a corrected hold", "0.0", total(await person_entries(self._world, "he-jun"))
        )

    async def above_maximum(self) -> None:
        hold = await self._entered(
            "shi-yong", await self._filed("shi-yong"), fine(12_000, "ORDINARY", SERIOUS)
        )
        self._expect("s2b.hold", "12,000 is blocked", "ABOVE_STATUTORY_MAX", hold["code"])
        entry = {"holdId": hold["id"], "reason": "情节严重"}
        codes = await refused(self._world, "shi-yong", documents.DEPARTURE, **entry)
        self._expect(
            "s2b.no-departure", "no departure from the statutory maximum", ["HOLD_WAY_NOT_OPEN"], codes
        )
        await call(self._world, "shi-yong", documents.ABANDON, **entry)

    async def hearing(self) -> None:
        self._hearing = await self._filed("shi-yong")
        await self._entered("shi-yong", self._hearing, fine(10_000, "ORDINARY", SERIOUS))
        hold = await self._decided()
        self._expect(
            "s2c.hold", "10,000 needs a hearing notice first", "HEARING_NOTICE_MISSING", hold["code"]
        )

    async def notice(self) -> None:
        notice = (await call(self._world, "shi-yong", documents.HEARING_NOTICE, matterId=self._hearing))[
            "notice"
        ]
        dates = [notice["requestUntil"], notice["decideBy"]]
        self._expect(
            "s2c.dates",
            "request until (across Dragon Boat), decision by",
            ["2026-06-23", "2026-09-01"],
            dates,
        )

    async def above_authority(self) -> None:
        matter = await self._filed("shi-yong")
        result = await self._entered("shi-yong", matter, fine(2_500, "ORDINARY", SERIOUS))
        facts = [result["__typename"], result["unit"]["id"]]
        self._expect(
            "s2d.routed",
            "2,500 at an office is routed to the bureau, not held",
            ["Matter", "D01.LEADERS"],
            facts,
        )

    async def summary_limit(self) -> None:
        hold = await self._entered("shi-yong", await self._filed("shi-yong"), fine(3_001, "SUMMARY", SERIOUS))
        self._expect("s2e.hold", "3,001 in summary procedure", "SUMMARY_LIMIT", hold["code"])
        entry = {
            "holdId": hold["id"],
            "way": "CONVERT_TO_ORDINARY",
            "payload": fine(3_001, "SUMMARY", SERIOUS),
        }
        payload = await call(self._world, "shi-yong", documents.CORRECT, **entry)
        self._expect("s2e.converted", "converted to the ordinary procedure", None, payload["stillHeldBy"])

    async def again(self) -> None:
        hold = await self._entered("he-jun", await self._filed("he-jun"), fine(2000))
        await call(self._world, "he-jun", documents.CORRECT, holdId=hold["id"], payload=fine(240))

    async def third(self) -> None:
        await self.again()
        await self._world.time.settle()
        seen = await viewers(self._world, kind="REPEATED_HOLDS")
        self._expect("s2f.alert", "alert to his chief, and to himself", {"pan-yu", "he-jun"}, seen)
        (alert,) = await alerts_of(self._world, "pan-yu", kind="REPEATED_HOLDS")
        self._expect("s2f.grade", "grade of the alert", "LOW", alert["grade"])
        self._expect("s2f.score", "He Jun", "-1.0", total(await person_entries(self._world, "he-jun")))

    async def _filed(self, person: str) -> str:
        entry = {"item": "REGISTRATION-PENALTY", "title": "未按期办理变更税务登记", "officeId": "D01.TO-5"}
        return (await call(self._world, person, documents.ACCEPT, **entry))["matter"]["id"]

    async def _entered(self, person: str, matter: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        entry = {"matterId": matter, "step": "propose", "payload": payload}
        return (await call(self._world, person, documents.ADVANCE, **entry))["result"]

    async def _decided(self) -> Mapping[str, Any]:
        entry = {"matterId": self._hearing, "step": "decide", "payload": {"outcome": "APPROVED"}}
        payload = await call(self._world, "tang-li", documents.ADVANCE, **entry, coSigners=["D01.huang-zhen"])
        return payload["result"]

    async def _sees_hold(self, person: str) -> bool:
        return bool((await self._world.people(person).ask(documents.HOLD, id=self._hold))["hold"])


def tier_facts(violation: Mapping[str, str]) -> Mapping[str, str]:
    """The same facts as the query for a tier takes them."""
    return {
        "party": violation["party"],
        "orderedOn": violation["ordered_on"],
        "correctedOn": violation["corrected_on"],
    }
