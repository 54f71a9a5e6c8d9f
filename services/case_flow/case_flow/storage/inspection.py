"""Inspection runs, their history, their frozen frame and the commitments to their seed."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from case_flow.domain.draw import FrameUnit
from case_flow.domain.inspection import InspectionRun


class Commitment(msgspec.Struct, frozen=True):
    """A role's commitment in one attempt; the secret once it is revealed."""

    run_id: str
    bureau_id: str
    attempt: int
    role: str
    person_id: str
    commitment: str
    committed_at: datetime
    secret: str | None = None
    revealed_at: datetime | None = None


class Act(msgspec.Struct, frozen=True):
    """One line of a run's history."""

    at: datetime
    actor: str
    act: str
    state: str
    note: str


ADD = "insert into inspection_run select * from jsonb_populate_record(null::inspection_run, $1::text::jsonb)"


async def add(conn: Connection, run: InspectionRun) -> None:
    """Store a new run."""
    await conn.execute(ADD, msgspec.json.encode(run).decode())


EXISTS = "select exists (select from inspection_run where bureau_id = $1 and code = $2)"


async def exists(conn: Connection, bureau_id: str, code: str) -> bool:
    """Whether the bureau has a run of this code."""
    return await conn.fetchval(EXISTS, bureau_id, code)


LOCK = "select to_jsonb(r) from inspection_run r where id = $1 for update"


async def lock(conn: Connection, run_id: str) -> InspectionRun:
    """A run that the asker sees; nobody else changes it in this transaction. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, run_id)
    if found is None:
        raise NotFound("there is no such run, or it is not yours; check the id", path=("runId",))
    return msgspec.json.decode(found, type=InspectionRun)


MANY = "select to_jsonb(r) from inspection_run r where id = any($1::text[])"


async def many(conn: Connection, run_ids: Sequence[str]) -> dict[str, InspectionRun]:
    """Those of the runs that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(run_ids))
    found = [msgspec.json.decode(row[0], type=InspectionRun) for row in rows]
    return {run.id: run for run in found}


SAVE = """
update inspection_run set
  state = n.state, attempt = n.attempt, frame_root = n.frame_root, frozen_by = n.frozen_by, frozen_at = n.frozen_at,
  seed = n.seed, drawn_by = n.drawn_by, drawn_at = n.drawn_at
from jsonb_populate_record(null::inspection_run, $1::text::jsonb) n where inspection_run.id = n.id
"""


async def save(conn: Connection, run: InspectionRun) -> None:
    """Store the run as it is after an act."""
    await conn.execute(SAVE, msgspec.json.encode(run).decode())


ADD_ACT = """
insert into inspection_act (run_id, bureau_id, at, actor, act, state, note) values ($1, $2, $3, $4, $5, $6, $7)
"""


async def add_act(
    conn: Connection, run: InspectionRun, at: datetime, actor: str, act: str, note: str = ""
) -> None:
    """Add to the run's history."""
    await conn.execute(ADD_ACT, run.id, run.bureau_id, at, actor, act, run.state, note)


ACTS = "select at, actor, act, state, note from inspection_act where run_id = $1 order by id"


async def acts(conn: Connection, run_id: str) -> list[Act]:
    """The history of a run, void attempts included."""
    return [Act(*row.values()) for row in await conn.fetch(ACTS, run_id)]


PUT_COMMITMENT = """
insert into draw_commitment select * from jsonb_populate_record(null::draw_commitment, $1::text::jsonb)
on conflict (run_id, attempt, role) do update set secret = excluded.secret, revealed_at = excluded.revealed_at
"""


async def put_commitment(conn: Connection, made: Commitment) -> None:
    """Store a commitment, or the secret that opens it."""
    await conn.execute(PUT_COMMITMENT, msgspec.json.encode(made).decode())


COMMITMENTS = "select to_jsonb(c) from draw_commitment c where run_id = $1 and attempt = $2 order by role"


async def commitments(conn: Connection, run_id: str, attempt: int) -> dict[str, Commitment]:
    """The commitments of one attempt by role."""
    rows = await conn.fetch(COMMITMENTS, run_id, attempt)
    return {one.role: one for one in (msgspec.json.decode(row[0], type=Commitment) for row in rows)}


ADD_FRAME = """
insert into inspection_frame (run_id, bureau_id, stratum, unit, office_id, touched)
select $1, $2, u.stratum, u.unit, u.office_id, array(select jsonb_array_elements_text(u.touched))
from jsonb_to_recordset($3::text::jsonb) as u (stratum text, unit text, office_id text, touched jsonb)
"""


async def add_frame(conn: Connection, run: InspectionRun, frame: Sequence[FrameUnit]) -> None:
    """Store the population of a run, before its root is stored with the run."""
    await conn.execute(ADD_FRAME, run.id, run.bureau_id, msgspec.json.encode(list(frame)).decode())


FRAME = (
    "select stratum, unit, office_id, touched from inspection_frame where run_id = $1 order by stratum, unit"
)


async def frame(conn: Connection, run_id: str) -> list[FrameUnit]:
    """The frozen population."""
    rows = await conn.fetch(FRAME, run_id)
    return [FrameUnit(row["stratum"], row["unit"], row["office_id"], tuple(row["touched"])) for row in rows]
