"""The hotline's REST door: a resent intake counts once, and what was said shows nowhere."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from journeys_calls import CANARIES
from journeys_suite import Clone
from plumbline_local.demo.scenario_3 import INFORMANT, PASSPHRASES, TEXT
from plumbline_local.demo.world import World

REPORT: Mapping[str, Any] = {
    "regime": "STAFF_REPORT",
    "bureauId": "D01",
    "subjectId": "D01.chen-gang",
    "riskPointId": "D01.RP-RELIEF-APPR-03",
    "text": CANARIES[0],
    "informant": {"name": CANARIES[1], "phone": CANARIES[2]},
}


async def send(world: World, body: object, key: str = "journey-1") -> tuple[int, Any]:
    return await world.people.client("hotline").rest(
        "complaints", "POST", "/v1/intakes", body, {"idempotency-key": key}
    )


async def test_a_resent_intake_gets_the_same_receipt(world: World) -> None:
    first, again = await send(world, REPORT), await send(world, REPORT)
    assert (first[0], again[0]) == (201, 201)
    assert first == again
    status, problem = await send(world, {**REPORT, "text": "another sentence"})
    assert (status, problem["code"]) == (422, "IDEMPOTENCY_MISMATCH")
    assert CANARIES[0] not in str(problem)


async def test_bad_bodies_are_problems_that_repeat_nothing(world: World) -> None:
    for body in ({**REPORT, "phone": CANARIES[2]}, {**REPORT, "occurredOn": "2026-02-30"}, b'{"text": '):
        status, problem = await send(world, body, "journey-bad")
        assert (status, problem["code"]) == (400, "INVALID_INPUT")
        assert not [one for one in CANARIES if one in str(problem)]


async def test_another_program_is_no_hotline(world: World) -> None:
    importer = world.people.client("importer", "D01")
    status, problem = await importer.rest(
        "complaints", "POST", "/v1/intakes", REPORT, {"idempotency-key": "journey-2"}
    )
    assert (status, problem["code"]) == (404, "NOT_FOUND")


async def test_what_was_said_is_in_no_log_and_no_stream(clone: Clone, world: World) -> None:
    await send(world, REPORT)
    await world.time.settle()
    secret = [*CANARIES, TEXT, INFORMANT["name"], INFORMANT["phone"], *PASSPHRASES.values()]
    secret += [world.credentials.postgres, *world.credentials.nats.values(), *world.credentials.apps.values()]
    files = list(written(clone))
    assert {"gateway.log", "complaints.log", "postgres.log", "nats.log"} <= {file.name for file in files}
    assert [(file.name, one) for file in files for one in secret if one.encode() in file.read_bytes()] == []


def written(clone: Clone) -> Iterator[Path]:
    """Every log, and NATS's files but the one that holds its users."""
    yield from (clone.place.var / "log").glob("*.log")
    yield from clone.place.data.glob("*.log")
    yield from (file for file in (clone.place.data / "nats").resolve().rglob("*.blk"))


@pytest.mark.parametrize("canary", CANARIES)
def test_no_plain_column_has_it(clone: Clone, canary: str) -> None:
    files = [file for file in (clone.place.data / "postgres" / "base").rglob("*") if file.is_file()]
    assert len(files) > 1000
    assert [file for file in files if canary.encode() in file.read_bytes()] == []
