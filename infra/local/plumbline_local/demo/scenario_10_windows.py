"""Scenario 10, the windows: a queue too long, two flexible windows go over and come back; nobody called is sent away."""

from collections.abc import Iterator
from typing import Any

from plumbline_local.demo import scenario_10_documents as documents
from plumbline_local.demo.cases import call, refused
from plumbline_local.demo.world import Step, World, step

OVER, BACK = ["COMPREHENSIVE", "INVOICE"], ["INVOICE", "COMPREHENSIVE"]


class HallWindows:
    """54 windows, seven of them flexible, on the morning of 9 October."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._expect = world.expect.equal
        self._proposal = ""
        self._windows = list[str]()

    def steps(self) -> Iterator[Step]:
        yield step("2026-10-09 08:20", "10: the hall's windows are set up", self.set_up)
        yield step("2026-10-09 10:10", "14 wait for invoices: a proposal", self.too_long)
        yield step("2026-10-09 10:12", "The hall's manager confirms it", self.confirm)
        yield step("2026-10-09 11:30", "The windows go back", self.back)

    async def set_up(self) -> None:
        made = await call(self._world, "huang-zhen", documents.WINDOWS, unitId="D01.HALL")
        board = (await self._world.people("kong-yi").ask(documents.BOARD))["hallWindows"]
        flexible = sum(one["flexible"] for one in board)
        self._expect(
            "s10.windows", "windows, flexible ones", [54, 54, 7], [made["windows"], len(board), flexible]
        )

    async def too_long(self) -> None:
        quiet = await self._reported(12, "quiet")
        proposal = await self._reported(14, "long")
        self._proposal, self._windows = proposal["id"], proposal["windows"]
        found = [quiet, len(self._windows), proposal["queue"], proposal["threshold"]]
        self._expect(
            "s10.proposal", "nothing at 12; at 14 two windows for invoices", [None, 2, "INVOICE", 12], found
        )

    async def _reported(self, waiting: int, key: str) -> Any:
        entry = {"clientMutationId": f"queue-{key}", "queue": "INVOICE", "waiting": waiting}
        return (await self._world.people.client("queue").do(documents.QUEUE, input=entry))["proposal"]

    async def confirm(self) -> None:
        busy = self._windows[0]
        ticket = {"number": "C-001", "queue": "COMPREHENSIVE", "window": busy}
        await call(self._world, "wu-yan", documents.CALL_TICKET, **ticket)
        entry = {"proposalId": self._proposal, "confirm": True, "until": "2026-10-09T11:30:00+08:00"}
        codes = await refused(self._world, "kong-yi", documents.SWITCH, **entry)
        self._expect("s10.called", "somebody was called to one of them", ["WINDOW_SERVING"], codes)
        board = (await self._world.people("kong-yi").ask(documents.BOARD))["hallWindows"]
        other = next(one["code"] for one in board if one["serves"] == OVER[0] and not one["flexible"])
        done = await call(
            self._world, "kong-yi", documents.SWITCH, **entry, handOver=[{"window": busy, "to": other}]
        )
        self._expect(
            "s10.confirmed",
            "handed over, it is confirmed by",
            "D01.kong-yi",
            done["proposal"]["decidedBy"]["id"],
        )

    async def back(self) -> None:
        log = (await self._world.people("kong-yi").ask(documents.SWITCHES))["windowSwitches"]
        found = [[one["fromClass"], one["toClass"], one["at"][11:16], one["by"]] for one in reversed(log)]
        over, back = [*OVER, "02:12", "D01.kong-yi"], [*BACK, "03:30", "system"]
        self._expect(
            "s10.switches", "over at 10:12, back at 11:30, both logged (UTC)", [over, over, back, back], found
        )
