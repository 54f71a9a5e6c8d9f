"""Idempotency keys of intakes: MACs and a sealed answer, for 24 hours."""

from datetime import datetime

from plumbline_shared.database import Connection

CLAIM_KEY = """
insert into intake_key (key_mac, fingerprint_mac, answer, created_at) values ($1, $2, ''::bytea, $3)
on conflict (key_mac) do update set fingerprint_mac = excluded.fingerprint_mac, answer = ''::bytea,
  created_at = excluded.created_at
where intake_key.created_at <= $4
returning true
"""


async def claim_key(
    conn: Connection, key_mac: bytes, fingerprint_mac: bytes, now: datetime, expired: datetime
) -> bool:
    """False when the key was used after `expired`; waits for another transaction that is using it."""
    return bool(await conn.fetchval(CLAIM_KEY, key_mac, fingerprint_mac, now, expired))


RECALL_KEY = "select fingerprint_mac, answer from intake_key where key_mac = $1"


async def recall_key(conn: Connection, key_mac: bytes) -> tuple[bytes, bytes]:
    """(fingerprint, sealed answer) of a key that is in use."""
    row = await conn.fetchrow(RECALL_KEY, key_mac)
    return (b"", b"") if row is None else (row["fingerprint_mac"], row["answer"])


ANSWER_KEY = "update intake_key set answer = $2 where key_mac = $1"


async def answer_key(conn: Connection, key_mac: bytes, answer: bytes) -> None:
    """Keep the sealed answer."""
    await conn.execute(ANSWER_KEY, key_mac, answer)


FORGET_KEYS = "delete from intake_key where created_at <= $1"


async def forget_keys(conn: Connection, until: datetime) -> None:
    """Delete what is older."""
    await conn.execute(FORGET_KEYS, until)
