"""Real cases: a municipality's log of 1,434 permits goes through case flow's own use cases, in observe mode."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping

import orjson
from plumbline_shared.testing.postgres import PostgresServer

from plumbline_local.demo.cast import DATA
from plumbline_local.demo.people import CallFailed
from plumbline_local.demo.world import Step, World, step
from plumbline_local.environment import service_environment

BUREAU = "WABO"
COMMAND = "from case_flow.cli import main; main()"
FIGURES = (
    ("matters", "matters from the log", 1434, "cases"),
    ("events", "events, each a step with its own time and official", 8577, "events"),
    ("activities", "activities", 27, "activities"),
    ("officials", "officials", 48, "persons"),
    ("refused", "events refused in observe mode", 0, "refused_events"),
)
CHECKS = (
    ("both", "cases with both T02 and T04", 1303, "same_person:T02/T04", "applicable_cases"),
    ("same-person", "of these, one official did both", 1042, "same_person:T02/T04", "cases"),
    ("precedence", "T05 came before T04", 1, "precedence:T04/T05", "cases"),
    ("end-late", "cases with an end date past their deadline", 377, "time_limit:end-after-deadline", "cases"),
    ("last-late", "last event past the deadline", 92, "time_limit:last-event-after-deadline", "cases"),
)


class RealCases:
    """Replays the log, then compares the service's report with figures found independently."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._file = world.layout.data / "replay.json"

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-02 09:00", "1,434 real cases are replayed", self.replay)

    async def replay(self) -> None:
        """The report is computed by the service from its own tables."""
        await self._run()
        report = orjson.loads(self._file.read_bytes())
        for name, what, expected, field in FIGURES:
            self._world.expect.equal(f"replay.{name}", what, expected, report[field])
        self._world.expect.equal(
            "replay.main-path", "cases that follow the six main activities", 713, report["main_path"]["cases"]
        )
        checks = {check["check"]: check for check in report["checks"]}
        for name, what, expected, check, field in CHECKS:
            self._world.expect.equal(f"replay.{name}", what, expected, checks.get(check, {}).get(field))

    async def _run(self) -> None:
        root = self._world.layout.root
        definition = root / "services" / "case_flow" / "case_flow" / "items" / "receipt_wabo.yaml"
        options = [
            "--definition",
            definition,
            "--mode",
            "observe",
            "--report",
            self._file,
            "--bureau",
            BUREAU,
        ]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", COMMAND, "replay", DATA / "receipt.xes.gz", *options,
            env={**os.environ, **self._environment()},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, errors = await process.communicate()
        if process.returncode != 0:
            raise CallFailed(errors.decode(errors="replace").strip().splitlines()[-1])

    def _environment(self) -> Mapping[str, str]:
        layout, credentials = self._world.layout, self._world.credentials
        server = PostgresServer(
            layout.data / "postgres", layout.port("postgres"), password=credentials.postgres
        )
        return service_environment("case_flow", layout, credentials, server)
