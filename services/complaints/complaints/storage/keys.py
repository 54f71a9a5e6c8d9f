"""Officers' key pairs and the wraps made for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline_shared.database import Connection

from complaints.vault.officers import OfficerKey


class Part(StrEnum):
    """What a wrap opens."""

    CONTENT = "CONTENT"
    IDENTITY_FIRST = "IDENTITY_FIRST"
    IDENTITY_SECOND = "IDENTITY_SECOND"


@dataclass(frozen=True)
class Wrap:
    """The key to one part of a report, for one officer."""

    person_id: str
    part: Part
    wrapped: bytes


ADD_KEY = """
insert into officer_key (person_id, bureau_id, public_key, salt, private_sealed, made_on)
values ($1, $2, $3, $4, $5, $6) on conflict do nothing
"""


async def add_officer_key(conn: Connection, bureau_id: str, key: OfficerKey, on: date) -> bool:
    """False when the officer has a key already."""
    status = await conn.execute(
        ADD_KEY, key.person_id, bureau_id, key.public, key.salt, key.private_sealed, on
    )
    return status.endswith(" 1")


OWN_KEY = "select person_id, public_key, salt, private_sealed from officer_key where person_id = $1"


async def officer_key(conn: Connection, person_id: str) -> OfficerKey | None:
    """An officer's own key pair."""
    row = await conn.fetchrow(OWN_KEY, person_id)
    if row is None:
        return None
    return OfficerKey(row["person_id"], row["public_key"], row["salt"], row["private_sealed"])


PUBLIC_KEYS = "select person_id, public_key from officer_key where person_id = any ($1::text[])"


async def public_keys(conn: Connection, people: Iterable[str]) -> dict[str, bytes]:
    """The public keys of those who have one."""
    return {row["person_id"]: row["public_key"] for row in await conn.fetch(PUBLIC_KEYS, sorted(people))}


OWN_WRAP = "select wrapped from sealed_wrap where report_id = $1 and person_id = $2 and part = $3"


async def own_wrap(conn: Connection, report_id: str, person_id: str, part: Part) -> bytes | None:
    """The reader's own wrap."""
    return await conn.fetchval(OWN_WRAP, report_id, person_id, part)
