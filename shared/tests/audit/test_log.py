"""The log in real PostgreSQL: append-only, sequenced once, verifiable after export, erasable without a trace lost."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared import audit
from plumbline_shared.audit import log as table
from plumbline_shared.audit.checkpoint import BadCheckpoint, Signer
from plumbline_shared.audit.entry import Entry, Opening
from plumbline_shared.audit.export import BadExport, inclusion, read_lines, tree_of, verify, write_lines
from plumbline_shared.audit.merkle import span_hash
from plumbline_shared.audit.proofs import includes
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Database
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import SHARED_MIGRATIONS

NOW = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
OFFICER = Principal("person", "D01.ma-qing", "D01")
SIGNER = Signer("plumbline/test", Ed25519PrivateKey.generate())


@pytest_asyncio.fixture
async def urls(database_urls_for: Any) -> Any:
    return await database_urls_for(("audit_log", [SHARED_MIGRATIONS]))


@pytest_asyncio.fixture
async def db(urls: Any) -> AsyncIterator[Database]:
    database = await Database.connect(urls.app)
    yield database
    await database.close()


async def write(db: Database, count: int, *, who: Principal = OFFICER) -> None:
    async with db.transaction(who) as conn:
        for number in range(count):
            await audit.append(
                conn,
                actor=who.actor,
                action="READ",
                object_type="Complaint",
                object_id=f"cp_{number}",
                bureau_id="D01",
                at=NOW,
                detail={"number": number, "name": "张三"},
            )


async def entries(db: Database) -> list[Entry]:
    async with db.read(system()) as conn:
        return await table.read_entries(conn, 0, 1_000_000)


async def signed(db: Database) -> str:
    note = await audit.sign_tree(db, ManualClock(NOW), SIGNER)
    assert note is not None
    return note


async def test_rows_become_leaves_in_batches_and_the_export_verifies(db: Database, tmp_path: Path) -> None:
    await write(db, 5)
    assert await audit.sequence_all(db) == 5
    older = await signed(db)
    await write(db, 1_200)
    assert await audit.sequence_all(db) == 1_200
    newer = await signed(db)
    file = tmp_path / "export.jsonl"
    file.write_bytes(b"".join(write_lines(await entries(db))))
    found = verify(read_lines(file), older, newer, SIGNER.verifier)
    assert (found.entries, found.older.size, found.newer.size, found.erased) == (1_205, 5, 1_205, 0)
    leaf, proof = inclusion(read_lines(file), 700, 1_205)
    assert includes(leaf, 700, 1_205, proof, found.newer.root)


async def test_the_stored_tree_is_the_tree_of_the_export(db: Database) -> None:
    for count in (1, 2, 4, 9, 3):
        await write(db, count)
        await audit.sequence_all(db)
        note = await signed(db)
        assert verify(await entries(db), note, note, SIGNER.verifier).newer == SIGNER.verifier.open(note)


async def test_a_rolled_back_change_leaves_no_row(db: Database) -> None:
    async def fails() -> None:
        async with db.transaction(OFFICER) as conn:
            await audit.append(
                conn,
                actor="a",
                action="A",
                object_type="T",
                object_id="o",
                bureau_id="D01",
                at=NOW,
                detail={},
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await audit.sequence_all(db) == 0


async def test_eight_writers_and_four_sequencers_number_every_row_once(db: Database) -> None:
    await asyncio.gather(*(write(db, 25) for _ in range(8)), *(audit.sequence_all(db) for _ in range(4)))
    await audit.sequence_all(db)
    assert [entry.seq for entry in await entries(db)] == list(range(200))


FORBIDDEN = [
    "delete from audit_entry",
    "truncate audit_entry",
    "update audit_entry set action = 'WRITE'",
    "update audit_entry set seq = 9",
    "update audit_entry set detail = '{}'",
    "update audit_entry set salt = null",
    "update audit_node set hash = ''",
    "delete from audit_node",
    "truncate audit_node",
    "delete from audit_checkpoint",
    "update audit_checkpoint set size = 0",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
@pytest.mark.parametrize("role", ["app", "owner"])
async def test_neither_service_nor_owner_can_change_the_past(
    db: Database, urls: Any, statement: str, role: str
) -> None:
    await write(db, 2)
    await audit.sequence_all(db)
    await signed(db)
    conn = await asyncpg.connect(getattr(urls, role))
    try:
        await conn.execute("select set_config('plumbline.actor', 'system', false)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await conn.execute(statement)
    finally:
        await conn.close()


async def test_erasure_takes_the_person_and_keeps_every_hash(db: Database, urls: Any) -> None:
    await write(db, 3)
    await audit.sequence_all(db)
    note = await signed(db)
    conn = await asyncpg.connect(urls.owner)
    await conn.execute("select set_config('plumbline.actor', 'system', false)")
    await conn.execute(
        "update audit_entry set actor = null, object_id = null, salt = null, detail = null where seq = 1"
    )
    await conn.close()
    found = await entries(db)
    assert found[1].opening is None
    assert verify(found, note, note, SIGNER.verifier).erased == 1


async def test_the_log_is_for_the_auditor_of_the_bureau_only(db: Database) -> None:
    await write(db, 2)
    count = "select count(*) from audit_entry"
    roles = frozenset({"INTERNAL_AUDITOR"})
    for who, seen in (
        (OFFICER, 0),
        (Principal("person", "D01.a", "D01", roles), 2),
        (Principal("person", "D02.a", "D02", roles), 0),
        (Principal("anonymous"), 0),
        (system(), 2),
    ):
        async with db.read(who) as conn:
            assert await conn.fetchval(count) == seen


def sample(size: int) -> list[Entry]:
    made: list[Entry] = []
    for seq in range(size):
        opening = Opening(bytes([seq]) * 32, "D01.ma-qing", f"cp_{seq}", "{}")
        made.append(Entry(seq, f"au_{seq}", "D01", NOW, "READ", "Complaint", opening.commitment(), opening))
    return made


def note_over(rows: list[Entry], signer: Signer = SIGNER) -> str:
    size, _, nodes = tree_of(rows)
    return signer.sign(size, span_hash((0, size), nodes))


@given(st.integers(2, 40), st.data())
def test_any_tampering_with_an_export_is_found(size: int, data: st.DataObject) -> None:
    rows = sample(size)
    older, newer = note_over(rows[: data.draw(st.integers(0, size))]), note_over(rows)
    assert verify(rows, older, newer, SIGNER.verifier).entries == size
    at = data.draw(st.integers(0, size - 1))
    victim = rows[at]
    opening = victim.opening
    assert opening is not None
    changed = {
        "dropped": [*rows[:at], *rows[at + 1 :]],
        "doubled": [*rows[:at], victim, *rows[at:]],
        "swapped": [*rows[:at][::-1], victim, *rows[at + 1 :]] if at > 1 else rows[::-1],
        "action": [*rows[:at], replace(victim, action="WRITE"), *rows[at + 1 :]],
        "time": [*rows[:at], replace(victim, at=datetime(2027, 1, 1, tzinfo=UTC)), *rows[at + 1 :]],
        "actor": [
            *rows[:at],
            replace(victim, opening=Opening(opening.salt, "D01.x", opening.object_id, "{}")),
            *rows[at + 1 :],
        ],
        "recommitted": [*rows[:at], recommit(victim), *rows[at + 1 :]],
    }
    for how, rewritten in changed.items():
        assert not holds(rewritten, older, newer), how


def holds(rows: list[Entry], older: str, newer: str) -> bool:
    try:
        verify(rows, older, newer, SIGNER.verifier)
    except BadExport:
        return False
    return True


def replace(entry: Entry, **changes: Any) -> Entry:
    return msgspec.structs.replace(entry, **changes)


def recommit(entry: Entry) -> Entry:
    forged = Opening(bytes(32), "D01.x", "cp_0", "{}")
    return replace(entry, opening=forged, commitment=forged.commitment())


def test_a_forged_or_foreign_checkpoint_is_refused() -> None:
    rows = sample(5)
    stranger = Signer("plumbline/test", Ed25519PrivateKey.generate())
    with pytest.raises(BadCheckpoint):
        verify(rows, note_over(rows[:2], stranger), note_over(rows), SIGNER.verifier)
    other = Signer("plumbline/other", Ed25519PrivateKey.generate())
    with pytest.raises(BadCheckpoint):
        verify(rows, note_over(rows[:2], other), note_over(rows))


def test_a_cut_file_is_named_by_its_line(tmp_path: Path) -> None:
    rows = sample(5)
    file = tmp_path / "cut.jsonl"
    file.write_bytes(b"".join(write_lines(rows))[:-40])
    with pytest.raises(BadExport, match="line 5"):
        verify(read_lines(file), note_over(rows[:2]), note_over(rows), SIGNER.verifier)
