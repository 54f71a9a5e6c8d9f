import asyncio

import msgspec
import pytest
from plumbline_shared.errors import IdempotencyMismatch, Refused
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.testing.plugin import PersonFactory, RuntimeFor
from plumbline_shared.use_case import Uow


class WriteNote(msgspec.Struct, frozen=True):
    id: str
    body: str


class Written(msgspec.Struct, frozen=True):
    id: str
    length: int


class EmptyNote(Refused):
    code = "EMPTY_NOTE"


async def write_note(uow: Uow, command: WriteNote) -> Written:
    await uow.conn.execute(
        "insert into note values ($1, $2, $3, $4)",
        command.id,
        uow.principal.bureau_id,
        uow.principal.actor,
        command.body,
    )
    if not command.body:
        raise EmptyNote("write something first", path=["body"])
    await uow.audit("note.write", "Note", command.id, {"length": len(command.body)})
    return Written(command.id, len(command.body))


@pytest.fixture
async def runtime(runtime_for: RuntimeFor, notebook: ServiceDefinition) -> Runtime:
    return await runtime_for(notebook)


async def count(runtime: Runtime, table: str) -> int:
    async with runtime.db.read(system()) as conn:
        return await conn.fetchval(f"select count(*) from {table}")  # noqa: S608


async def test_a_repeat_gets_the_first_answer(runtime: Runtime, person: PersonFactory) -> None:
    author, command = person("D01.wu-yan"), WriteNote("n1", "hello")
    first = await runtime.execute(author, write_note, command, key="k")
    again = await runtime.execute(author, write_note, command, key="k")
    assert first == again == Written("n1", 5)
    assert (await count(runtime, "note"), await count(runtime, "audit_entry")) == (1, 1)


async def test_the_same_key_with_another_body_is_refused(runtime: Runtime, person: PersonFactory) -> None:
    await runtime.execute(person("D01.wu-yan"), write_note, WriteNote("n1", "hello"), key="k")
    with pytest.raises(IdempotencyMismatch):
        await runtime.execute(person("D01.wu-yan"), write_note, WriteNote("n2", "other"), key="k")
    assert await count(runtime, "note") == 1


async def test_keys_belong_to_their_caller(runtime: Runtime, person: PersonFactory) -> None:
    await runtime.execute(person("D01.wu-yan"), write_note, WriteNote("n1", "hello"), key="k")
    await runtime.execute(person("D01.he-jun"), write_note, WriteNote("n2", "other"), key="k")
    assert await count(runtime, "note") == 2


async def test_fifty_at_once_have_one_effect(runtime: Runtime, person: PersonFactory) -> None:
    runs = [
        runtime.execute(person("D01.wu-yan"), write_note, WriteNote("n1", "x"), key="k") for _ in range(50)
    ]
    assert set(await asyncio.gather(*runs)) == {Written("n1", 1)}
    assert await count(runtime, "note") == 1


async def test_a_refusal_writes_nothing_and_frees_the_key(runtime: Runtime, person: PersonFactory) -> None:
    with pytest.raises(EmptyNote):
        await runtime.execute(person("D01.wu-yan"), write_note, WriteNote("n1", ""), key="k")
    assert await count(runtime, "note") == 0
    await runtime.execute(person("D01.wu-yan"), write_note, WriteNote("n1", "now"), key="k")
    assert await count(runtime, "note") == 1


async def test_rows_are_seen_by_whom_the_policy_names(runtime: Runtime, person: PersonFactory) -> None:
    await runtime.execute(person("D01.wu-yan"), write_note, WriteNote("n1", "mine"))
    for viewer, seen in [(person("D01.wu-yan"), 1), (person("D01.he-jun"), 0), (person("D02.wu-yan"), 0)]:
        async with runtime.db.read(viewer) as conn:
            assert await conn.fetchval("select count(*) from note") == seen


async def test_without_an_identity_nothing_is_seen(runtime: Runtime, person: PersonFactory) -> None:
    await runtime.execute(person("D01.wu-yan"), write_note, WriteNote("n1", "mine"))
    assert await runtime.db.pool.fetchval("select count(*) from note") == 0
