"""Facts with the events that carried them."""

from datetime import datetime

import msgspec
from plumbline_shared.database import Connection

from performance.domain.facts import AnyFact, Evidence

LOCK = "select pg_advisory_xact_lock(hashtextextended('performance/' || $1, 0))"


async def lock_bureau(conn: Connection, bureau_id: str) -> None:
    """Let one transaction at a time score a bureau: facts of one cause arrive on several streams."""
    await conn.execute(LOCK, bureau_id)


ADD = """
insert into fact (identity, bureau_id, event_id, keys, rule_set_version, body, recorded_at)
values ($1, $2, $3, $4, $5, $6::text::jsonb, $7)
on conflict do nothing returning true
"""


async def add(conn: Connection, evidence: Evidence, at: datetime) -> bool:
    """Store a fact; False when it was known, under whatever event."""
    fact = evidence.fact
    return bool(
        await conn.fetchval(
            ADD,
            fact.identity,
            fact.bureau_id,
            evidence.event_id,
            list(fact.keys),
            evidence.rule_set_version,
            msgspec.json.encode(fact).decode(),
            at,
        )
    )


LINKED = """
with recursive linked (key) as (
  select unnest($2::text[])
  union
  select other from linked
  join fact on fact.keys @> array[linked.key] and fact.bureau_id = $1
  cross join lateral unnest(fact.keys) other
)
select event_id, rule_set_version, body::text as body from fact
where bureau_id = $1 and keys && (select array_agg(key) from linked)
order by identity
"""


async def linked(conn: Connection, fact: AnyFact) -> list[Evidence]:
    """Every fact of the same cause: the same incident, order or complaint, through however many links."""
    rows = await conn.fetch(LINKED, fact.bureau_id, list(fact.keys))
    return [
        Evidence(row["event_id"], row["rule_set_version"], msgspec.json.decode(row["body"], type=AnyFact))
        for row in rows
    ]
