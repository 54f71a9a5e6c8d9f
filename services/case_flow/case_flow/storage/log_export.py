"""Exports and their pages."""

from datetime import datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.log_export import ExportPart, ExportState, LogExport

ADD = """
insert into log_export (id, bureau_id, person_id, item_code, form, since, until, state, total, requested_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing
"""


async def add(conn: Connection, one: LogExport) -> bool:
    """A new export; False while another of the same person runs."""
    done = await conn.execute(
        ADD,
        *(one.id, one.bureau_id, one.person_id, one.item_code, one.form, one.since, one.until, one.state),
        *(one.total, one.requested_at),
    )
    return done.endswith(" 1")


SEEN = """
select to_jsonb(e) from log_export e where ($1::text is null or id = $1) and ($2::text is null or id < $2)
order by id desc limit $3
"""


async def seen(
    conn: Connection, export_id: str | None, after: str | None = None, limit: int = 1
) -> list[LogExport]:
    """The asker's own, the latest first."""
    rows = await conn.fetch(SEEN, export_id, after, limit)
    return [msgspec.json.decode(row[0], type=LogExport) for row in rows]


async def get(conn: Connection, export_id: str) -> LogExport:
    """One of the asker's own. Raises NotFound."""
    found = await seen(conn, export_id)
    if not found:
        raise absent("export")
    return found[0]


PART = """
with part as (
  insert into log_export_part (export_id, seq, matters, events, persons, units, steps)
  select id, done, $2, $3, $4, $5, $6 from log_export where id = $1
)
update log_export set done = done + $7, last_id = $8 where id = $1
"""


async def add_part(conn: Connection, export_id: str, part: ExportPart, count: int, last_id: str) -> None:
    """One more page with `count` matters."""
    await conn.execute(
        PART,
        *(export_id, part.matters, part.events, part.persons, part.units, part.steps, count, last_id),
    )


END = "update log_export set state = $2, ended_at = $3 where id = $1"


async def end(conn: Connection, export_id: str, state: ExportState, at: datetime) -> None:
    """It is whole, or given up."""
    await conn.execute(END, export_id, state, at)


FORGET = "delete from log_export where id = $1"


async def forget(conn: Connection, export_id: str) -> None:
    """The export and its pages are gone."""
    await conn.execute(FORGET, export_id)


PAGE = (
    "select seq, matters, events from log_export_part where export_id = $1 and seq > $2 order by seq limit 1"
)


async def page(conn: Connection, export_id: str, after: int) -> tuple[int, ExportPart] | None:
    """The page behind `after` (-1 for the first); its text alone."""
    row = await conn.fetchrow(PAGE, export_id, after)
    return (row["seq"], ExportPart(row["matters"], row["events"])) if row else None


NAMES = """
select array(select distinct n from log_export_part p, unnest(p.persons) n where p.export_id = $1) as persons,
       array(select distinct n from log_export_part p, unnest(p.units) n where p.export_id = $1) as units,
       array(select distinct n from log_export_part p, unnest(p.steps) n where p.export_id = $1) as steps
"""


async def names(conn: Connection, export_id: str) -> ExportPart:
    """Whom and what all pages together name."""
    [row] = await conn.fetch(NAMES, export_id)
    return ExportPart("", "", tuple(row["persons"]), tuple(row["units"]), tuple(row["steps"]))
