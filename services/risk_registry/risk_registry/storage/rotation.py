"""Limits of tenure, what was told about each, extensions, proposals; and the histories of the points on posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import asyncpg
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.rotation import Extension, Tenure
from risk_registry.domain.standing import PointState, Standing

HISTORIES = """
select post, s.point_id, s.sequence, s.state, s.grade, s.valid_from, s.recorded_at
from register_on($1, $2, 'infinity') r
join risk_point_description d on d.sequence = r.version
cross join lateral unnest(d.post_ids) post
join risk_point_standing s on s.point_id = r.id and s.valid_from <= $2
where $3::text[] is null or (d.post_ids && $3 and post = any ($3))
order by s.sequence
"""


async def histories_on(
    conn: Connection, bureau_id: str, on: date, posts: Sequence[str] | None
) -> dict[str, list[list[Standing]]]:
    """By post, the standings up to a day of each point that is on it that day."""
    found: dict[str, dict[str, list[Standing]]] = {}
    for row in await conn.fetch(HISTORIES, bureau_id, on, posts):
        found.setdefault(row["post"], {}).setdefault(row["point_id"], []).append(_standing(row))
    return {post: list(points.values()) for post, points in found.items()}


@dataclass(frozen=True)
class Notice:
    """What was told last about a holding."""

    rotation_id: str
    post_id: str
    unit_id: str
    held_since: date
    kind: str


TELL = """
insert into rotation_notice
  (bureau_id, rotation_id, person_id, post_id, unit_id, held_since, kind, mark, told_on, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning true
"""


async def tell(
    conn: Connection, bureau_id: str, tenure: Tenure, kind: str, mark: str, on: date, at: datetime
) -> bool:
    """Keep that something was told about a holding; False when it was before."""
    return bool(
        await conn.fetchval(
            TELL, bureau_id, tenure.id, tenure.person_id, tenure.post_id, tenure.unit_id, tenure.since,
            kind, mark, on, at,
        )
    )  # fmt: skip


async def close(
    conn: Connection, bureau_id: str, person_id: str, last: Notice, day: str, on: date, at: datetime
) -> bool:
    """Keep that a holding is no longer due since `day`; it may fall due again later."""
    return bool(
        await conn.fetchval(
            TELL, bureau_id, last.rotation_id, person_id, last.post_id, last.unit_id, last.held_since,
            "RESOLVED", f"{day}/{at.isoformat()}", on, at,
        )
    )  # fmt: skip


LAST = """
select distinct on (rotation_id) rotation_id, post_id, unit_id, held_since, kind from rotation_notice
where bureau_id = $1 and person_id = $2 order by rotation_id, sequence desc
"""


async def last_notices(conn: Connection, bureau_id: str, person_id: str) -> list[Notice]:
    """The last thing told about each holding of a person."""
    return [Notice(**row) for row in await conn.fetch(LAST, bureau_id, person_id)]


@dataclass(frozen=True)
class AskedExtension:
    """An extension with its decision, if there is one."""

    id: str
    rotation_id: str
    person_id: str
    post_id: str
    unit_id: str
    due_on: date
    extended_until: date
    reason: str
    control: str
    audit_on: date
    requested_by: str
    requested_at: datetime
    approved: bool | None = None
    decision_reason: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None

    def grants(self, on: date) -> Extension | None:
        """The extension as it counts on a day."""
        if not self.approved or self.decided_on is None or self.decided_on > on:
            return None
        return Extension(self.decided_on, self.extended_until)


ASK = """
insert into rotation_extension (id, bureau_id, rotation_id, person_id, post_id, unit_id, due_on, extended_until,
  reason, control, audit_on, requested_by, requested_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""


async def add_extension(conn: Connection, bureau_id: str, asked: AskedExtension) -> None:
    """Keep an extension that is asked for."""
    await conn.execute(
        ASK, asked.id, bureau_id, asked.rotation_id, asked.person_id, asked.post_id, asked.unit_id, asked.due_on,
        asked.extended_until, asked.reason, asked.control, asked.audit_on, asked.requested_by, asked.requested_at,
    )  # fmt: skip


DECIDE = """
insert into rotation_extension_decision
  (extension_id, bureau_id, approved, reason, decided_by, decided_on, decided_at)
values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning true
"""


async def decide(
    conn: Connection, bureau_id: str, id_: str, approved: bool, reason: str, by: str, on: date, at: datetime
) -> bool:
    """Keep the decision; False when there was one."""
    return bool(await conn.fetchval(DECIDE, id_, bureau_id, approved, reason, by, on, at))


EXTENSIONS = """
select e.id, e.rotation_id, e.person_id, e.post_id, e.unit_id, e.due_on, e.extended_until, e.reason, e.control,
  e.audit_on, e.requested_by, e.requested_at, d.approved, d.reason as decision_reason, d.decided_by, d.decided_on
from rotation_extension e left join rotation_extension_decision d on d.extension_id = e.id
where e.bureau_id = $1 and ($2::text is null or e.id = $2) and ($3::text[] is null or e.person_id = any ($3))
order by e.requested_at, e.id
"""


async def extensions(
    conn: Connection, bureau_id: str, id_: str | None = None, persons: Sequence[str] | None = None
) -> list[AskedExtension]:
    """Extensions that the reader may see, in the order in which they were asked for."""
    return [AskedExtension(**row) for row in await conn.fetch(EXTENSIONS, bureau_id, id_, persons)]


@dataclass(frozen=True)
class Proposal:
    """Somebody is to hold another post from a day on."""

    id: str
    person_id: str
    unit_id: str
    to_post_id: str
    effective_from: date
    reason: str
    proposed_by: str
    proposed_at: datetime


PROPOSE = """
insert into rotation_proposal
  (id, bureau_id, person_id, unit_id, to_post_id, effective_from, reason, proposed_by, proposed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def add_proposal(conn: Connection, bureau_id: str, one: Proposal) -> None:
    """Keep a proposal; the directory makes the assignment."""
    await conn.execute(
        PROPOSE, one.id, bureau_id, one.person_id, one.unit_id, one.to_post_id, one.effective_from, one.reason,
        one.proposed_by, one.proposed_at,
    )  # fmt: skip


PROPOSALS = """
select id, person_id, unit_id, to_post_id, effective_from, reason, proposed_by, proposed_at from rotation_proposal
where bureau_id = $1 and effective_from between $2 and $3 order by effective_from, id
"""


async def proposals(conn: Connection, bureau_id: str, first: date, last: date) -> list[Proposal]:
    """Proposals that the reader may see, for days from `first` to `last`."""
    return [Proposal(**row) for row in await conn.fetch(PROPOSALS, bureau_id, first, last)]


def _standing(row: asyncpg.Record) -> Standing:
    return Standing(
        state=PointState(row["state"]),
        grade=RiskGrade(row["grade"]) if row["grade"] else None,
        valid_from=row["valid_from"],
        recorded_at=row["recorded_at"],
        sequence=row["sequence"],
    )
