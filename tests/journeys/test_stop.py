"""The supervisor is told to end: nothing runs on, nothing is lost."""

import shutil
import signal

import asyncpg
import psutil
from journeys_suite import Clone, alive
from plumbline_local.credentials import load_or_create
from plumbline_local.layout import OFFSETS, SERVICES, Layout
from plumbline_local.state import is_locked, read_state
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.testing.process import require_free_port

TABLES = {
    "directory": ("org_person", "outbox"), "risk_registry": ("risk_point", "outbox"),
    "case_flow": ("matter", "alert", "outbox"), "complaints": ("sealed_report", "outbox"),
    "education": ("assignment", "outbox"), "performance": ("entry", "outbox"),
}  # fmt: skip
PARTS = {"postgres", "nats", *SERVICES, "gateway"}


async def test_nothing_runs_on_and_nothing_is_lost(clone: Clone) -> None:
    """SIGTERM to the demonstration, which held: status 0. Its data under `up`; Ctrl-C; and once more."""
    rows, family = await counted(clone.place), clone.family()
    assert rows["case_flow.matter"] > 1434
    assert clone.stop(signal.SIGTERM) == 0
    ended(clone, family)
    for name in ("postgres", "nats", "clock"):
        shutil.move(clone.place.data / name, clone.kept.data / name)
    for how in (signal.SIGINT, signal.SIGTERM):
        clone.start("up", until="Ctrl-C, or")
        family = clone.family()
        assert await counted(clone.kept) == rows
        assert clone.stop(how) == 0
        ended(clone, family)


def ended(clone: Clone, family: list[psutil.Process]) -> None:
    """No process of the suite is left, its ports are free, and its lock is."""
    assert len(family) > len(PARTS)
    assert alive(family) == []
    for name in OFFSETS:
        require_free_port(clone.place.port(name), name)
    assert not is_locked(clone.place)
    assert read_state(clone.place) is None


async def counted(place: Layout) -> dict[str, int]:
    """Rows by table, whoever they belong to."""
    server = PostgresServer(
        place.data / "postgres", place.port("postgres"), password=load_or_create(place.secrets).postgres
    )
    found: dict[str, int] = {}
    for service, tables in TABLES.items():
        conn = await asyncpg.connect(server.url(service))
        for table in tables:
            found[f"{service}.{table}"] = await conn.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608
        await conn.close()
    return found
