"""What outlives one act: second reviews on running matters, blocks on people, sealed reads."""

from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection


class SecondReview(msgspec.Struct, frozen=True):
    """A second review that a regrade put on a matter."""

    matter_id: str
    point_id: str
    imposed_at: datetime


class EligibilityBlock(msgspec.Struct, frozen=True):
    """Overdue education on a point, which keeps new matters of HIGH grade away."""

    assignment_id: str
    person_id: str
    point_id: str
    since: date


class PassedStep(msgspec.Struct, frozen=True):
    """One completed step of a point, as the discipline lead reads it."""

    matter_id: str
    case_ref: str
    step: str
    signers: tuple[str, ...]
    at: datetime


IMPOSE = """
insert into second_review (matter_id, point_id, bureau_id, imposed_at, after_seq)
select m.id, r.point_id, m.bureau_id, $2, m.row_version
from risk_point_replica r
join matter m on m.bureau_id = r.bureau_id and m.closed_at is null and m.run_id is null
join item_version v on v.bureau_id = m.bureau_id and v.item_code = m.item_code and v.version = m.item_version
cross join lateral (select m.step union all select o ->> 'step' from jsonb_array_elements(m.others) o) as open (step)
where r.point_id = $1 and (
  (v.definition ->> 'process' = r.process and open.step = r.step and r.step <> '')
  or exists (select from jsonb_array_elements(v.definition -> 'steps') d
             where d ->> 'code' = open.step and d ->> 'point' = r.code))
on conflict do nothing
"""


async def impose_second_review(conn: Connection, point_id: str, at: datetime) -> int:
    """Put a second review on every running matter that stands at a step of the point; returns how many."""
    return int((await conn.execute(IMPOSE, point_id, at)).rsplit(" ", 1)[-1])


OF_POINT = """
select to_jsonb(r) from second_review r where point_id = $1 and ($2::text is null or matter_id > $2)
order by matter_id limit $3
"""


async def second_reviews(conn: Connection, point_id: str, after: str | None, size: int) -> list[SecondReview]:
    """Second reviews of a point on matters that the asker sees, after the cursor."""
    rows = await conn.fetch(OF_POINT, point_id, after, size)
    return [msgspec.json.decode(row[0], type=SecondReview) for row in rows]


BLOCK = """
insert into eligibility_block (assignment_id, bureau_id, person_id, point_id, since) values ($1, $2, $3, $4, $5)
on conflict do nothing
"""


async def block(conn: Connection, bureau_id: str, one: EligibilityBlock) -> None:
    """Keep new matters of HIGH grade away from the person."""
    await conn.execute(BLOCK, one.assignment_id, bureau_id, one.person_id, one.point_id, one.since)


CLEAR = "update eligibility_block set cleared_at = $2 where assignment_id = $1 and cleared_at is null"


async def clear_block(conn: Connection, assignment_id: str, at: datetime) -> None:
    """The education is done."""
    await conn.execute(CLEAR, assignment_id, at)


BLOCKS = """
select to_jsonb(b) from eligibility_block b
where person_id = any($1::text[]) and cleared_at is null and since <= $2 order by since, assignment_id
"""


async def blocks_of(conn: Connection, persons: list[str], on: date) -> list[EligibilityBlock]:
    """What keeps these persons from new matters of HIGH grade on a day."""
    rows = await conn.fetch(BLOCKS, persons, on)
    return [msgspec.json.decode(row[0], type=EligibilityBlock) for row in rows]


APPROVALS = "select matter_id, case_ref, step, signers, at from approvals_at_step($1, $2, $3)"


async def approvals_at_step(
    conn: Connection, point_id: str, since: datetime, now: datetime
) -> list[PassedStep]:
    """What passed the point's steps since an instant; the read writes its own sealed entry (scenario 3)."""
    rows = await conn.fetch(APPROVALS, point_id, since, now)
    return [
        PassedStep(row["matter_id"], row["case_ref"], row["step"], tuple(row["signers"]), row["at"])
        for row in rows
    ]
