"""Published rule sets."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection

from performance.domain.rules import RuleSet

PUBLISH = """
insert into rule_set (version, effective_from, body, published_at) values ($1, $2, $3::text::jsonb, $4)
on conflict (version) do nothing
"""


async def publish(conn: Connection, rules: RuleSet, at: datetime) -> None:
    """Store a version; one that is there stays as it is."""
    body = msgspec.json.encode(rules).decode()
    await conn.execute(PUBLISH, rules.version, rules.effective_from, body, at)


IN_FORCE = "select version from rule_set where effective_from <= $1 order by effective_from desc limit 1"


async def version_on(conn: Connection, on: date) -> str | None:
    """The version in force on a day; None before the first."""
    return await conn.fetchval(IN_FORCE, on)


BY_VERSION = "select body::text as body from rule_set where version = any($1::text[])"


async def by_version(conn: Connection, versions: Iterable[str]) -> Mapping[str, RuleSet]:
    """Rule sets by version."""
    rows = await conn.fetch(BY_VERSION, sorted(set(versions)))
    found = [msgspec.json.decode(row["body"], type=RuleSet) for row in rows]
    return {one.version: one for one in found}
