"""The running suite: starts every part in order, keeps them running, stops them in the opposite order."""

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from plumbline_shared.testing.nats import NatsServer
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.testing.process import ServerError, last_lines, require_free_port

from plumbline_local.credentials import Credentials, load_or_create
from plumbline_local.environment import gateway_environment, service_environment
from plumbline_local.issuer import DevIssuer
from plumbline_local.keys import ensure_keys
from plumbline_local.layout import OFFSETS, SERVICES, Layout
from plumbline_local.parts import Part, Program, Server, wait_ready
from plumbline_local.prepare import compose, prepare_databases
from plumbline_local.state import RunLock, SuiteState, end_leftovers, write_state

Say = Callable[[str], None]
MOST_RESTARTS = 5


class Suite:
    """Every part of one clone. Use as a context manager: whatever happens, nothing is left behind."""

    def __init__(self, layout: Layout, say: Say) -> None:
        self.layout = layout
        self.credentials: Credentials = load_or_create(layout.secrets)
        self.issuer = DevIssuer(layout.port("issuer"), self.credentials)
        self.postgres = PostgresServer(
            layout.data / "postgres", layout.port("postgres"), password=self.credentials.postgres
        )
        self.nats = NatsServer(layout.data / "nats", self.credentials.nats, layout.port("nats"))
        self.programs: list[Program] = []
        self._say = say
        self._lock = RunLock(layout)
        self._restarts: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._lock.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._lock.release()

    @property
    def parts(self) -> list[Part]:
        """In the order they start."""
        servers: list[Part] = [Server("postgres", self.postgres), Server("nats", self.nats)]
        return [*servers, *self.programs]

    def start(self) -> None:
        """Raises ServerError with one line that says what to do."""
        left = end_leftovers(self.layout)
        if left:
            self._say(f"ended what an interrupted start had left: {', '.join(left)}")
        for name in OFFSETS:
            require_free_port(self.layout.port(name), name)
        self._start_servers()
        ran = prepare_databases(self.layout, self.credentials, self.postgres)
        self._say(f"databases ready, {ran} migrations ran")
        self._say("supergraph composed" if compose(self.layout) else "supergraph is current")
        self._start_programs()

    def _start_servers(self) -> None:
        self._record("starting")
        self.postgres.start()
        self._record("starting")
        self.nats.start()
        self.issuer.start()
        self._record("starting")
        self._say("PostgreSQL, NATS and the token issuer run")

    def _start_programs(self) -> None:
        ensure_keys(self.layout)
        self.programs = [*(self._service(name) for name in SERVICES), self._gateway()]
        for program in self.programs:
            program.start()
            self._record("starting")
        wait_ready(self.programs)
        self._record("running")

    def _service(self, name: str) -> Program:
        env = service_environment(name, self.layout, self.credentials, self.postgres)
        return Program(name, ["-m", f"{name}.app", "all"], env, self.layout.port(name), self.layout.log(name))

    def _gateway(self) -> Program:
        layout = self.layout
        command = ["-m", "plumbline_gateway", "serve", "--supergraph", str(layout.supergraph)]
        env = gateway_environment(layout, self.credentials)
        return Program(
            "gateway", [*command, "--port", str(layout.base)], env, layout.base, layout.log("gateway")
        )

    def watch(self) -> None:
        """Restarts what dies, until interrupted; raises ServerError when a part dies again and again."""
        while True:
            for part in self.parts:
                if part.process is not None and part.process.poll() is not None:
                    self._restart(part)
            time.sleep(0.3)

    def _restart(self, part: Part) -> None:
        count = self._restarts[part.name] = self._restarts.get(part.name, 0) + 1
        if count > MOST_RESTARTS:
            raise ServerError(
                f"{part.name} ended {count} times: {last_lines(self.layout.log(part.name))}; "
                f"see `make logs SERVICE={part.name}`"
            )
        self._say(f"{part.name} ended unexpectedly; starting it again ({count} of {MOST_RESTARTS})")
        part.stop()
        part.start()
        self._record("running")

    def stop(self) -> None:
        """Gateway and services first, then NATS, then PostgreSQL with everything committed on disk."""
        self._record("stopping")
        for program in reversed(self.programs):
            program.signal_stop()
        for part in reversed(self.parts):
            part.stop()
        self.issuer.stop()

    def _record(self, phase: str) -> None:
        states = [state for part in self.parts if (state := part.state())]
        base = self.layout.base
        write_state(self.layout, SuiteState(os.getpid(), phase, str(self.layout.data), base, states))


def say(line: str) -> None:
    """One line for the person at the terminal."""
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()
