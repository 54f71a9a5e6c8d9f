"""A service is killed: the rest answers, and it comes back by itself."""

import asyncio
import os
import signal
from typing import Any

import psutil
from journeys_suite import Clone
from plumbline_local.demo.world import World
from plumbline_local.state import PartState
from plumbline_local.status import report

SOME = "query Some { assignments(first: 1) { nodes { id } } }"
ACROSS = """
query Across($assignment: ID!) {
  unitScore(unitId: "D01.TO-7", year: 2026) { total unit { nameEn } }
  educationAssignment(id: $assignment) { id status }
}
"""


async def test_a_killed_service_is_missed_and_comes_back(clone: Clone, world: World) -> None:
    head = world.people("huang-zhen")
    (some,) = (await head.ask(SOME))["assignments"]["nodes"]
    before = await head.ask(ACROSS, assignment=some["id"])
    assert before["educationAssignment"]["id"] == some["id"]
    part = clone.part("education")
    dead = psutil.Process(part.pid)
    os.kill(part.pid, signal.SIGKILL)
    assert psutil.wait_procs([dead], timeout=10)[1] == []
    without = await head.answer(ACROSS, assignment=some["id"])
    assert without["data"]["unitScore"] == before["unitScore"]
    assert without["data"]["educationAssignment"] is None
    (error,) = without["errors"]
    assert error["extensions"]["code"] == "SUBGRAPH_UNAVAILABLE"
    assert error["extensions"]["serviceName"] == "education"
    assert (await returned(clone, part)).pid != part.pid
    assert await head.ask(ACROSS, assignment=some["id"]) == before
    assert "education ended unexpectedly; starting it again (1 of 5)" in clone.output.read_text(
        encoding="utf-8"
    )


async def returned(clone: Clone, part: PartState) -> PartState:
    """The part once `status` calls it healthy again, as another process."""
    async with asyncio.timeout(60):
        while True:
            shown: Any = {one.name: one for one in await asyncio.to_thread(report, clone.place)}
            if shown[part.name].healthy and shown[part.name].pid not in (None, part.pid):
                return clone.part(part.name)
            await asyncio.sleep(0.1)
