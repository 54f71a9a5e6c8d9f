"""What becomes of points when a process changes: each classification a row, the last one counts."""

from datetime import date, datetime

import asyncpg
from plumbline_shared.database import Connection

from risk_registry.domain.reform import Disposition, DispositionKind, Tightened
from risk_registry.domain.treatments import ProcessChange

CLASSIFY = """
insert into risk_disposition (
  version_id, bureau_id, point_id, kind, from_step, to_step, receiver_post_id, tightened, reason, recorded_by, recorded_at
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def classify(
    conn: Connection, bureau_id: str, version_id: str, given: Disposition, by: str, now: datetime
) -> None:
    """Say what becomes of a point."""
    await conn.execute(
        CLASSIFY, version_id, bureau_id, given.point, given.kind, given.from_step, given.to_step, given.receiver,
        given.tightened or "", given.reason, by, now,
    )  # fmt: skip


DISPOSITIONS = """
select distinct on (d.point_id) d.*, coalesce(a.accepted_by, '') as accepted_by
from risk_disposition d left join disposition_acceptance a on a.disposition = d.sequence
where d.version_id = $1 order by d.point_id, d.sequence desc
"""


async def dispositions_of(conn: Connection, version_id: str) -> dict[str, Disposition]:
    """The classification of each point of a draft that the reader may see."""
    return {row["point_id"]: _disposition(row) for row in await conn.fetch(DISPOSITIONS, version_id)}


ACCEPT = """
insert into disposition_acceptance (disposition, bureau_id, accepted_by, accepted_at) values ($1, $2, $3, $4)
on conflict do nothing
"""


async def accept(conn: Connection, bureau_id: str, given: Disposition, by: str, now: datetime) -> None:
    """The receiving post takes the point over; a second acceptance changes nothing."""
    await conn.execute(ACCEPT, given.sequence, bureau_id, by, now)


CHANGES = """
select distinct on (d.version_id) d.*, coalesce(a.accepted_by, '') as accepted_by, v.process, v.number, v.owner_unit_id,
  p.effective_from
from risk_disposition d
join process_version v on v.id = d.version_id
left join process_publication p on p.version_id = d.version_id
left join disposition_acceptance a on a.disposition = d.sequence
where d.bureau_id = $1 and d.point_id = $2
order by d.version_id, d.sequence desc
"""


async def changes_of(conn: Connection, bureau_id: str, point_id: str) -> list[ProcessChange]:
    """Every version, draft or not, that treats a point, as far as the reader may see it; drafts last."""
    found = [
        ProcessChange(
            row["version_id"], bureau_id, row["process"], row["number"], row["owner_unit_id"], row["effective_from"],
            _disposition(row),
        )
        for row in await conn.fetch(CHANGES, bureau_id, point_id)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.effective_from or date.max, each.process, each.number))


def _disposition(row: asyncpg.Record) -> Disposition:
    return Disposition(
        point=row["point_id"],
        kind=DispositionKind(row["kind"]),
        from_step=row["from_step"],
        to_step=row["to_step"],
        receiver=row["receiver_post_id"],
        tightened=Tightened(row["tightened"]) if row["tightened"] else None,
        reason=row["reason"],
        accepted_by=row["accepted_by"],
        sequence=row["sequence"],
    )
