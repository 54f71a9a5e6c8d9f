"""The hall's windows, its queues, proposals and switches."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.window import Window, Windows

SET_UP = """
insert into hall_window (bureau_id, code, unit_id, home, flexible, serves, set_up_at)
select $1, code, $2, home, flexible, home, $3 from unnest($4::text[], $5::text[], $6::boolean[]) as t (code, home, flexible)
on conflict do nothing
"""


async def set_up(
    conn: Connection, bureau_id: str, unit_id: str, at: datetime, windows: Iterable[Window]
) -> None:
    """Add the windows; those that are there stay as they are."""
    made = list(windows)
    await conn.execute(
        SET_UP,
        *(bureau_id, unit_id, at, [one.code for one in made], [one.home for one in made]),
        [one.flexible for one in made],
    )


UNIT = "select unit_id from hall_window where bureau_id = $1 limit 1"


async def unit_if_set_up(conn: Connection, bureau_id: str) -> str | None:
    """The unit whose hall it is; None before its windows are set up."""
    return await conn.fetchval(UNIT, bureau_id)


async def unit_of(conn: Connection, bureau_id: str) -> str:
    """The same. Raises NotFound."""
    found = await unit_if_set_up(conn, bureau_id)
    if found is None:
        raise absent("hall")
    return found


LOCK = "select code, home, flexible, serves from hall_window where bureau_id = $1 order by code for update"
CALLED = "select number, window_code from hall_ticket where bureau_id = $1 and ended_at is null order by called_at, number"


async def lock(conn: Connection, bureau_id: str) -> Windows:
    """All windows with whom they have called; nobody else switches or calls in this transaction."""
    rows = await conn.fetch(LOCK, bureau_id)
    called: dict[str, list[str]] = {}
    for one in await conn.fetch(CALLED, bureau_id):
        called.setdefault(one["window_code"], []).append(one["number"])
    return {row["code"]: Window(**dict(row), called=tuple(called.get(row["code"], ()))) for row in rows}


SWITCH = """
with switched as (update hall_window set serves = $4 where bureau_id = $1 and code = $2)
insert into window_switch (bureau_id, window_code, from_class, to_class, at, by_actor, proposal_id, until)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


class Switch(msgspec.Struct, frozen=True):
    """One change of a window's class, for ever."""

    window_code: str
    from_class: str
    to_class: str
    at: datetime
    by_actor: str
    proposal_id: str
    until: datetime | None = None


async def switch(conn: Connection, bureau_id: str, one: Switch) -> None:
    """The window serves another class from now on, and the log says so."""
    await conn.execute(
        SWITCH,
        *(bureau_id, one.window_code, one.from_class, one.to_class, one.at, one.by_actor),
        *(one.proposal_id, one.until),
    )


LOG = """
select window_code, from_class, to_class, at, by_actor, proposal_id, until from window_switch
where ($1::text is null or proposal_id = $1) and ($2::text is null or window_code = $2) and at <= $3
order by at desc, id desc limit $4
"""


async def switches(
    conn: Connection, proposal_id: str | None, window: str | None, until: datetime, limit: int
) -> list[Switch]:
    """The log that the asker sees up to an instant, the latest first."""
    return [Switch(**dict(row)) for row in await conn.fetch(LOG, proposal_id, window, until, limit)]


BOARD = """
select w.code, w.home, w.flexible, coalesce(last.to_class, w.home) as serves from hall_window w
left join lateral (
  select to_class from window_switch s
  where s.bureau_id = w.bureau_id and s.window_code = w.code and s.at <= $1 order by s.at desc, s.id desc limit 1
) last on true
where w.set_up_at <= $1 order by w.code
"""


async def board(conn: Connection, at: datetime) -> list[Window]:
    """Every window with the class that it served at an instant."""
    return [Window(**dict(row)) for row in await conn.fetch(BOARD, at)]


REPORT = "insert into queue_report (bureau_id, queue, waiting, at) values ($1, $2, $3, $4)"


async def report(conn: Connection, bureau_id: str, queue: str, waiting: int, at: datetime) -> None:
    """How many wait in a queue now."""
    await conn.execute(REPORT, bureau_id, queue, waiting, at)


WAITING = """
select distinct on (queue) queue, waiting from queue_report where bureau_id = $1 and at <= $2
order by queue, id desc
"""


async def waiting(conn: Connection, bureau_id: str, at: datetime) -> dict[str, int]:
    """How many waited in each queue, by the last report up to an instant."""
    return {row["queue"]: row["waiting"] for row in await conn.fetch(WAITING, bureau_id, at)}


class Proposal(msgspec.Struct, frozen=True):
    """Flexible windows that should go over to a queue; the decision once there is one."""

    id: str
    bureau_id: str
    unit_id: str
    windows: tuple[str, ...]
    queue: str
    waiting: int
    threshold: int
    pack: str
    proposed_by: str
    proposed_at: datetime
    decision: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    until: datetime | None = None


PROPOSE = """
insert into window_proposal (id, bureau_id, unit_id, windows, queue, waiting, threshold, pack, proposed_by, proposed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""


async def propose(conn: Connection, one: Proposal) -> None:
    """Store a proposal."""
    await conn.execute(
        PROPOSE,
        *(one.id, one.bureau_id, one.unit_id, list(one.windows), one.queue, one.waiting, one.threshold),
        *(one.pack, one.proposed_by, one.proposed_at),
    )


OPEN_FOR = "select id from window_proposal where bureau_id = $1 and queue = $2 and decision is null"


async def open_for(conn: Connection, bureau_id: str, queue: str) -> str | None:
    """The proposal for a queue that nobody has decided yet."""
    return await conn.fetchval(OPEN_FOR, bureau_id, queue)


PROPOSALS = """
select id, bureau_id, unit_id, windows, queue, waiting, threshold, pack, proposed_by, proposed_at, decision, decided_by,
       decided_at, until from window_proposal
where ($1::text[] is null or id = any($1)) and ($2::text is null or id < $2) order by id desc limit $3
"""


async def proposals(
    conn: Connection, ids: Sequence[str] | None, after: str | None, limit: int
) -> list[Proposal]:
    """Proposals that the asker sees, the latest first."""
    rows = await conn.fetch(PROPOSALS, list(ids) if ids is not None else None, after, limit)
    return [msgspec.convert(dict(row), Proposal) for row in rows]


LOCK_PROPOSAL = "select id from window_proposal where id = $1 for update"


async def lock_proposal(conn: Connection, proposal_id: str) -> Proposal:
    """A proposal that the asker sees; nobody else decides it in this transaction. Raises NotFound."""
    if await conn.fetchval(LOCK_PROPOSAL, proposal_id) is None:
        raise absent("proposal")
    return (await proposals(conn, [proposal_id], None, 1))[0]


DECIDE = (
    "update window_proposal set decision = $2, decided_by = $3, decided_at = $4, until = $5 where id = $1"
)


async def decide(
    conn: Connection, proposal_id: str, decision: str, by: str, at: datetime, until: datetime | None
) -> None:
    """What became of the proposal."""
    await conn.execute(DECIDE, proposal_id, decision, by, at, until)
