"""Declared kin, and findings of kin on posts that the law keeps apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg
from plumbline_shared.database import Connection
from plumbline_shared.ids import new_id

from risk_registry.domain.avoidance import Bar, Barred, Relation


@dataclass(frozen=True)
class Kin:
    """Two officers of one bureau who are related."""

    id: str
    person_id: str
    kin_id: str
    relation: Relation
    declared_by: str
    declared_at: datetime


DECLARE = """
insert into kin_declaration (id, bureau_id, person_id, kin_id, relation, declared_by, declared_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def add_kin(conn: Connection, bureau_id: str, one: Kin) -> None:
    """Keep a declaration."""
    await conn.execute(
        DECLARE, one.id, bureau_id, one.person_id, one.kin_id, one.relation, one.declared_by, one.declared_at
    )


WITHDRAW = """
insert into kin_withdrawal (declaration_id, bureau_id, reason, withdrawn_by, withdrawn_at)
values ($1, $2, $3, $4, $5) on conflict do nothing returning true
"""


async def withdraw(conn: Connection, bureau_id: str, id_: str, reason: str, by: str, at: datetime) -> bool:
    """End a declaration; False when it was ended before."""
    return bool(await conn.fetchval(WITHDRAW, id_, bureau_id, reason, by, at))


KIN = """
select id, person_id, kin_id, relation, declared_by, declared_at from kin_declaration k
where bureau_id = $1 and ($2::text is null or $2 in (person_id, kin_id)) and ($3::text is null or id = $3)
  and not exists (select from kin_withdrawal w where w.declaration_id = k.id)
order by declared_at, id
"""


async def kin(
    conn: Connection, bureau_id: str, person: str | None = None, id_: str | None = None
) -> list[Kin]:
    """Declarations that hold and that the reader may see; with `person`, those about them."""
    return [_kin(row) for row in await conn.fetch(KIN, bureau_id, person, id_)]


@dataclass(frozen=True)
class AvoidanceFinding:
    """Kin on posts that the law keeps apart, until they are apart."""

    id: str
    barred: Barred
    found_at: datetime
    closed_at: datetime | None


FIND = """
insert into avoidance_finding (id, bureau_id, person_id, kin_id, bar, post_id, kin_post_id, found_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def add_finding(conn: Connection, bureau_id: str, found: Barred, at: datetime) -> str:
    """Keep a finding and return its id."""
    id_ = new_id("av")
    await conn.execute(
        FIND, id_, bureau_id, found.person_id, found.kin_id, found.bar, found.post_id, found.kin_post_id, at
    )
    return id_


CLOSE = "insert into avoidance_closing (finding_id, bureau_id, closed_at) values ($1, $2, $3) on conflict do nothing"


async def close_findings(conn: Connection, bureau_id: str, ids: Iterable[str], at: datetime) -> None:
    """The kin are apart."""
    await conn.executemany(CLOSE, [(id_, bureau_id, at) for id_ in ids])


FINDINGS = """
select f.id, f.person_id, f.kin_id, f.bar, f.post_id, f.kin_post_id, f.found_at, c.closed_at
from avoidance_finding f left join avoidance_closing c on c.finding_id = f.id
where f.bureau_id = $1 and ($2 or c.closed_at is null) and ($3::text is null or $3 in (f.person_id, f.kin_id))
order by f.found_at, f.id
"""


async def avoidance_findings(
    conn: Connection, bureau_id: str, person: str | None = None, *, closed: bool = False
) -> Sequence[AvoidanceFinding]:
    """Findings that the reader may see; with `closed` also those that are done with."""
    return [_finding(row) for row in await conn.fetch(FINDINGS, bureau_id, closed, person)]


def _finding(row: asyncpg.Record) -> AvoidanceFinding:
    found = Barred(row["person_id"], row["kin_id"], Bar(row["bar"]), row["post_id"], row["kin_post_id"])
    return AvoidanceFinding(row["id"], found, row["found_at"], row["closed_at"])


def _kin(row: asyncpg.Record) -> Kin:
    relation = Relation(row["relation"])
    return Kin(row["id"], row["person_id"], row["kin_id"], relation, row["declared_by"], row["declared_at"])
