"""Grants of authority, their revocations and their uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import asyncpg
from plumbline_shared.database import Connection

from risk_registry.domain.authority import AuthorityGrant, AuthorityUse, Revocation

LOCK = "select pg_advisory_xact_lock(hashtextextended('authority:' || $1 || ':' || $2, 0))"


async def lock_code(conn: Connection, bureau_id: str, code: str) -> None:
    """One grant of a code at a time."""
    await conn.execute(LOCK, bureau_id, code)


ADD = """
insert into authority_grant (id, bureau_id, code, grantor_post, grantor_unit, grantee_unit, operations, valid_from,
  valid_until, reason, granted_by, granted_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


async def add_grant(conn: Connection, given: AuthorityGrant) -> None:
    """Keep a grant."""
    await conn.execute(
        ADD, given.id, given.bureau_id, given.code, given.grantor_post, given.grantor_unit, given.grantee_unit,
        list(given.operations), given.valid_from, given.until, given.reason, given.granted_by, given.granted_at,
    )  # fmt: skip


GRANTS = """
select g.*, r.revoked_on, r.reason as revoked_because, r.revoked_by
from authority_grant g left join authority_revocation r on r.grant_id = g.id
where g.bureau_id = $1
  and ($2::text is null or g.id = $2)
  and ($3::text is null or g.code = $3)
  and ($4::date is null or (g.valid_from <= $4 and $4 < least(g.valid_until, coalesce(r.revoked_on, g.valid_until))))
order by g.code, g.valid_from, g.id
"""


async def grants(
    conn: Connection, bureau_id: str, id_: str | None = None, code: str | None = None, on: date | None = None
) -> list[AuthorityGrant]:
    """Grants that the reader may see; with `on` those that count on that day."""
    return [_grant(row) for row in await conn.fetch(GRANTS, bureau_id, id_, code, on)]


REVOKE = """
insert into authority_revocation (grant_id, bureau_id, revoked_on, reason, revoked_by, revoked_at)
values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning true
"""


async def revoke_grant(
    conn: Connection, bureau_id: str, grant_id: str, given: Revocation, now: datetime
) -> bool:
    """End a grant; False when it was revoked before."""
    return bool(await conn.fetchval(REVOKE, grant_id, bureau_id, given.on, given.reason, given.by, now))


USE = """
insert into authority_use (id, bureau_id, grant_id, operation, reference, person_id, used_at, recorded_by, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
"""
ONE_USE = "select * from authority_use where bureau_id = $1 and operation = $2 and reference = $3"


async def add_use(conn: Connection, bureau_id: str, given: AuthorityUse) -> None:
    """Keep a use, unless there is one of this work."""
    await conn.execute(
        USE, given.id, bureau_id, given.grant_id, given.operation, given.reference, given.person_id, given.used_at,
        given.recorded_by, given.recorded_at,
    )  # fmt: skip


async def use_of(conn: Connection, bureau_id: str, operation: str, reference: str) -> AuthorityUse | None:
    """The use of a piece of work."""
    row = await conn.fetchrow(ONE_USE, bureau_id, operation, reference)
    return _use(row) if row else None


USES = """
select u.* from authority_use u where u.bureau_id = $1 and u.grant_id = $2
  and ($3::timestamptz is null or (u.used_at, u.id) < ($3, $4)) order by u.used_at desc, u.id desc limit $5
"""
Key = tuple[datetime, str]


async def uses(
    conn: Connection, bureau_id: str, grant_id: str, after: Key | None, limit: int
) -> list[AuthorityUse]:
    """Uses of a grant that the reader may see, newest first."""
    at, id_ = after or (None, None)
    return [_use(row) for row in await conn.fetch(USES, bureau_id, grant_id, at, id_, limit)]


@dataclass(frozen=True)
class Used:
    """How often a grant was used, and when last."""

    count: int
    last: datetime


COUNTS = """
select grant_id, count(*) as count, max(used_at) as last from authority_use
where bureau_id = $1 and grant_id = any ($2::text[]) group by grant_id
"""


async def use_counts(conn: Connection, bureau_id: str, grant_ids: Sequence[str]) -> dict[str, Used]:
    """The uses that the reader may see, counted by grant."""
    rows = await conn.fetch(COUNTS, bureau_id, list(grant_ids))
    return {row["grant_id"]: Used(row["count"], row["last"]) for row in rows}


def _grant(row: asyncpg.Record) -> AuthorityGrant:
    ended = row["revoked_on"]
    return AuthorityGrant(
        row["id"], row["bureau_id"], row["code"], row["grantor_post"], row["grantor_unit"], row["grantee_unit"],
        tuple(row["operations"]), row["valid_from"], row["valid_until"], row["reason"], row["granted_by"],
        row["granted_at"], Revocation(ended, row["revoked_because"], row["revoked_by"]) if ended else None,
    )  # fmt: skip


def _use(row: asyncpg.Record) -> AuthorityUse:
    return AuthorityUse(
        row["id"], row["grant_id"], row["operation"], row["reference"], row["person_id"], row["used_at"],
        row["recorded_by"], row["recorded_at"],
    )  # fmt: skip
