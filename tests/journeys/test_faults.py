"""A service is killed: the rest answers, and it comes back by itself."""

import os
import signal

import psutil
from journeys_suite import Clone, healthy
from plumbline_local.demo.world import World

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
    again = {one.name: one.pid for one in healthy(clone.place)}
    assert again["education"] not in (None, part.pid)
    assert await head.ask(ACROSS, assignment=some["id"]) == before
    assert "education ended unexpectedly; starting it again (1 of 5)" in clone.output.read_text(
        encoding="utf-8"
    )
