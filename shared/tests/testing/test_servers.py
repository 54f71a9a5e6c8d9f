import asyncio
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import asyncpg
import nats as client
import pytest
from nats.js.api import StreamConfig
from nats.js.errors import NotFoundError
from plumbline_shared.testing import placement
from plumbline_shared.testing.nats import CONTEXTS, NatsServer, permissions
from plumbline_shared.testing.postgres import DataOfAnotherVersion, PostgresServer, running_pid
from plumbline_shared.testing.process import PortTaken


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(mkdtemp(prefix="plumbline-servers-"))
    made.chmod(0o711)
    yield made
    for linked in made.rglob("pg"):
        shutil.rmtree(linked.resolve(), ignore_errors=True)
    shutil.rmtree(made)


async def count(server: PostgresServer) -> int:
    conn = await asyncpg.connect(server.url("postgres"))
    await conn.execute("create table if not exists kept (id int); insert into kept values (1)")
    rows = await conn.fetchval("select count(*) from kept")
    await conn.close()
    return rows


async def test_postgres_keeps_its_data_over_stop_kill_and_start(folder: Path) -> None:
    server = PostgresServer(folder / "pg", password="päss/word")
    assert await count(server.start()) == 1
    server.stop()
    assert running_pid(folder / "pg") is None
    assert await count(server.start()) == 2
    server.kill()
    assert await count(server.start()) == 3
    server.stop()


async def test_a_wrong_password_opens_nothing(folder: Path) -> None:
    server = PostgresServer(folder / "pg", password="right").start()
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(server.url("postgres", "postgres", "wrong"))
    server.stop()


def test_data_of_another_version_are_left_alone(folder: Path) -> None:
    (folder / "pg").mkdir()
    (folder / "pg" / "PG_VERSION").write_text("15\n")
    with pytest.raises(DataOfAnotherVersion, match="make reset"):
        PostgresServer(folder / "pg").start()
    assert (folder / "pg" / "PG_VERSION").read_text() == "15\n"


def test_a_taken_port_is_named(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            NatsServer(folder / "nats", {"admin": "x"}, port).start()


async def test_postgres_runs_from_a_folder_that_only_its_owner_enters(folder: Path) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    with PostgresServer(private / "pg", durable=False) as server:
        assert await count(server) == 1
    assert placement.account().can("-x", placement.reachable_folder(private / "pg") / ".")


@pytest.mark.parametrize("user", CONTEXTS)
def test_a_service_publishes_its_own_events_alone(user: str) -> None:
    assert subjects(user) == [f"{user}.v1.>"]
    assert subjects("gateway") == []


def subjects(user: str) -> list[str]:
    """What a user may publish beside the questions to JetStream."""
    allowed = permissions(user)["publish"]
    assert isinstance(allowed, list)
    return [subject for subject in allowed if not subject.startswith("$")]


async def test_nats_refuses_another_services_subject_and_keeps_what_it_acknowledged(
    own_nats: NatsServer,
) -> None:
    refused: asyncio.Queue[str] = asyncio.Queue()

    async def note(error: Exception) -> None:
        refused.put_nowait(str(error).lower())

    service = await client.connect(own_nats.url("case_flow"), error_cb=note, inbox_prefix="_INBOX_case_flow")
    stream = service.jetstream()
    await stream.add_stream(StreamConfig(name="CASE_FLOW", subjects=["case_flow.v1.>"]))
    await stream.publish("case_flow.v1.MatterAccepted", b"{}")
    await service.publish("complaints.v1.RiskSignalRaised", b"{}")
    assert "complaints.v1.risksignalraised" in await asyncio.wait_for(refused.get(), 10)
    own_nats.kill()
    own_nats.start()
    admin = await client.connect(own_nats.url("admin"))
    assert (await admin.jetstream().stream_info("CASE_FLOW")).state.messages == 1
    with pytest.raises(NotFoundError):
        await admin.jetstream().stream_info("COMPLAINTS")
    await admin.close()
    await service.close()
