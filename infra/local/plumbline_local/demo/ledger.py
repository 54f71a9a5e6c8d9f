"""Why an alert was raised and to whom it resolves: indicators, the ledger, and what a confirmed alert asks."""

from collections.abc import Iterator, Mapping
from typing import Any

from plumbline_local.demo.cases import call
from plumbline_local.demo.world import Step, World, step

LOAD = """
mutation LoadIndicators($input: LoadIndicatorsInput!) {
  loadIndicators(input: $input) { indicators activated userErrors { code message path } }
}
"""
ALERT = """
query Ledger($filter: AlertFilter) {
  alerts(filter: $filter) { nodes { id ledgerEntry {
    outcome explanation { code basis condition } lines { part person { id } post { id } }
    acknowledge { dueOn lateWorkingDays } verify { dueOn lateWorkingDays } } } }
}
"""
GAPS = "query Gaps { regulationGaps(state: OPEN) { nodes { kind alerts { id } riskPoint { id } } } }"


class Ledger:
    """What the registry makes of scenario 1's missed deadline."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._expect = world.expect.equal

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-02 09:00", "The head lets the indicators that ship count", self.load)
        yield step("2026-05-11 11:00", "The ledger resolves the missed deadline", self.resolve)

    async def load(self) -> None:
        done = await call(self._world, "huang-zhen", LOAD, effectiveFrom="2026-03-02")
        everything = done["indicators"] == done["activated"] > 0
        self._expect("indicators", "every indicator cites a clause and passed its cases", True, everything)

    async def resolve(self) -> None:
        """One federated query: the alert is case flow's, its row the registry's."""
        data = await self._world.people("lin-jie").ask(ALERT, filter={"kind": "DEADLINE_MISSED"})
        (alert,) = [each for each in data["alerts"]["nodes"] if each["ledgerEntry"]["outcome"] == "CONFIRMED"]
        row = alert["ledgerEntry"]
        self._expect(
            "ledger.rule",
            "the indicator that counted then",
            ("DEADLINE-MISSED", "RELIEF-MEASURES#10"),
            (row["explanation"]["code"], row["explanation"]["basis"]),
        )
        answers = [
            (one["person"]["id"], one["post"]["id"]) for one in row["lines"] if one["part"] == "ANSWERABLE"
        ]
        expected = [("D01.lin-jie", "D01.POLICY.reviewer")]
        self._expect("ledger.person", "to a definite post and person, as of that day", expected, answers)
        self._expect("ledger.limits", "acknowledged and verified in time", (0, 0), late(row))
        gaps = (await self._world.people("luo-fang").ask(GAPS))["regulationGaps"]["nodes"]
        asked = [each["riskPoint"]["id"] for each in gaps if {"id": alert["id"]} in each["alerts"]]
        self._expect(
            "ledger.gap", "confirmed, it asks whether a rule is missing", ["D01.RP-RELIEF-TIME-02"], asked
        )


def late(row: Mapping[str, Any]) -> tuple[int, int]:
    """Working days over the limits to acknowledge and to verify."""
    return int(row["acknowledge"]["lateWorkingDays"]), int(row["verify"]["lateWorkingDays"])
