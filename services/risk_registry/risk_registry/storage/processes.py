"""Versions of processes: drafted, revised, published; nothing is changed in place."""

from collections.abc import Sequence
from datetime import date, datetime

import asyncpg
import msgspec
from plumbline_shared.database import Connection

from risk_registry.domain.processes import Graph, ProcessVersion

LOCK_PROCESS = "select pg_advisory_xact_lock(hashtextextended('process:' || $1 || ':' || $2, 0))"


async def lock_process(conn: Connection, bureau_id: str, process: str) -> None:
    """Let one transaction at a time decide about a process."""
    await conn.execute(LOCK_PROCESS, bureau_id, process)


NEXT_NUMBER = "select coalesce(max(number), 0) + 1 from process_version where bureau_id = $1 and process = $2"


async def next_number(conn: Connection, bureau_id: str, process: str) -> int:
    """The number of the next version; call it under the lock, and as one who sees every draft."""
    return await conn.fetchval(NEXT_NUMBER, bureau_id, process)


ADD_VERSION = """
insert into process_version (id, bureau_id, process, number, base_id, owner_unit_id, drafted_by, drafted_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def add_version(
    conn: Connection, id_: str, bureau_id: str, process: str, number: int, base_id: str | None, owner: str,
    by: str, now: datetime,
) -> None:  # fmt: skip
    """Open a draft; its graph is added apart."""
    await conn.execute(ADD_VERSION, id_, bureau_id, process, number, base_id, owner, by, now)


ADD_GRAPH = """
insert into process_draft (version_id, bureau_id, graph, recorded_by, recorded_at)
values ($1, $2, $3::text::jsonb, $4, $5)
"""


async def add_graph(
    conn: Connection, version_id: str, bureau_id: str, graph: Graph, by: str, now: datetime
) -> None:
    """Revise a draft: the graph recorded last counts."""
    await conn.execute(ADD_GRAPH, version_id, bureau_id, msgspec.json.encode(graph).decode(), by, now)


LOAD_VERSIONS = """
select v.*, d.graph::text as graph, d.sequence, p.effective_from, p.published_by,
       (select array_agg(distinct recorded_by) from process_draft a where a.version_id = v.id) as authors
from process_version v
cross join lateral (
  select graph, sequence from process_draft where version_id = v.id order by sequence desc limit 1
) d
left join process_publication p on p.version_id = v.id
where v.bureau_id = $1
  and ($2::text[] is null or v.id = any ($2))
  and ($3::text is null or v.process = $3)
order by v.process, v.number
"""


async def load_versions(
    conn: Connection, bureau_id: str, ids: Sequence[str] | None = None, process: str | None = None
) -> list[ProcessVersion]:
    """The versions that the reader may see, drafts included, by process and number."""
    return [_version(row) for row in await conn.fetch(LOAD_VERSIONS, bureau_id, ids, process)]


IN_FORCE = """
select distinct on (process) version_id from process_publication
where bureau_id = $1 and effective_from <= $2 and ($3::text is null or process = $3)
order by process, effective_from desc, published_at desc
"""


async def versions_on(
    conn: Connection, bureau_id: str, on: date, process: str | None = None
) -> list[ProcessVersion]:
    """The version of each process that counts on a day."""
    ids = [row["version_id"] for row in await conn.fetch(IN_FORCE, bureau_id, on, process)]
    return await load_versions(conn, bureau_id, ids)


PUBLISH = """
insert into process_publication (version_id, bureau_id, process, effective_from, published_by, published_at)
values ($1, $2, $3, $4, $5, $6)
"""


async def publish(
    conn: Connection, version: ProcessVersion, effective_from: date, by: str, now: datetime
) -> None:
    """Let the version count from a day on."""
    await conn.execute(PUBLISH, version.id, version.bureau_id, version.process, effective_from, by, now)


def _version(row: asyncpg.Record) -> ProcessVersion:
    return ProcessVersion(
        id=row["id"],
        bureau_id=row["bureau_id"],
        process=row["process"],
        number=row["number"],
        base_id=row["base_id"],
        owner_unit=row["owner_unit_id"],
        drafted_by=row["drafted_by"],
        drafted_at=row["drafted_at"],
        graph=msgspec.json.decode(row["graph"], type=Graph),
        revision=row["sequence"],
        authors=tuple(row["authors"]),
        effective_from=row["effective_from"],
        published_by=row["published_by"],
    )
