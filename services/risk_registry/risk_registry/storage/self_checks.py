"""Cycles of identification, self-checks, and advice drawn from them."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
from plumbline_shared.database import Connection

from risk_registry.domain.self_checks import Advice, Cycle, Reached, SelfCheck, Stage

ADD_CYCLE = """
insert into identification_cycle (id, bureau_id, title, opens_on, due_on, opened_by, opened_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def add_cycle(conn: Connection, bureau_id: str, given: Cycle) -> None:
    """Open a cycle in its first stage."""
    first = given.reached[0]
    await conn.execute(
        ADD_CYCLE, given.id, bureau_id, given.title, given.opens_on, given.due_on, first.by, first.began_at
    )
    await add_stage(conn, bureau_id, given.id, first)


ADD_STAGE = """
insert into cycle_stage (cycle_id, bureau_id, stage, recorded_by, recorded_at) values ($1, $2, $3, $4, $5)
"""


async def add_stage(conn: Connection, bureau_id: str, cycle_id: str, given: Reached) -> None:
    """Move a cycle on."""
    await conn.execute(ADD_STAGE, cycle_id, bureau_id, given.stage, given.by, given.began_at)


CYCLES = """
select c.id, c.title, c.opens_on, c.due_on, c.follows, s.stage, s.recorded_at, s.recorded_by
from (select *, lag(id) over (order by opened_at, id) as follows from identification_cycle where bureau_id = $1) c
join cycle_stage s on s.cycle_id = c.id
where $2::text is null or c.id = $2 order by c.opened_at, c.id, s.sequence
"""


async def cycles(conn: Connection, bureau_id: str, id_: str | None = None) -> list[Cycle]:
    """The cycles of the bureau, oldest first."""
    rows = await conn.fetch(CYCLES, bureau_id, id_)
    found: dict[str, list[asyncpg.Record]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    return [_cycle(stages) for stages in found.values()]


def _cycle(rows: Sequence[asyncpg.Record]) -> Cycle:
    row = rows[0]
    reached = tuple(Reached(Stage(each["stage"]), each["recorded_at"], each["recorded_by"]) for each in rows)
    return Cycle(row["id"], row["title"], row["opens_on"], row["due_on"], reached, row["follows"])


ADD_CHECK = """
insert into self_check (id, cycle_id, bureau_id, person_id, post_id, unit_id, point_ids, nothing_found, submitted_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (cycle_id, person_id, post_id) do nothing returning id
"""


async def add_check(conn: Connection, bureau_id: str, given: SelfCheck) -> bool:
    """Keep a self-check; False when this officer did this post in this cycle before."""
    return await conn.fetchval(
        ADD_CHECK, given.id, given.cycle_id, bureau_id, given.person, given.post, given.unit, list(given.points),
        given.nothing_found, given.submitted_at,
    ) is not None  # fmt: skip


CHECKS = """
select id, cycle_id, person_id, post_id, unit_id, point_ids, nothing_found, submitted_at
from self_check where bureau_id = $1 and cycle_id = $2 order by person_id, post_id
"""


async def checks_of(conn: Connection, bureau_id: str, cycle_id: str) -> Sequence[SelfCheck]:
    """The self-checks of a cycle that the reader may see."""
    rows = await conn.fetch(CHECKS, bureau_id, cycle_id)
    return [SelfCheck(r[0], r[1], r[2], r[3], r[4], tuple(r[5]), r[6], r[7]) for r in rows]


ADD_ADVICE = """
insert into prevention_advice (id, cycle_id, bureau_id, point_ids, advice, advised_by, advised_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def add_advice(conn: Connection, bureau_id: str, given: Advice, now: datetime) -> None:
    """Keep advice."""
    await conn.execute(
        ADD_ADVICE,
        given.id,
        given.cycle_id,
        bureau_id,
        list(given.points),
        given.advice,
        given.advised_by,
        now,
    )


DECIDE = """
insert into advice_decision (advice_id, bureau_id, outcome, reference, reason, decided_by, decided_at)
values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning advice_id
"""


async def decide_advice(
    conn: Connection,
    bureau_id: str,
    id_: str,
    outcome: str,
    reference: str,
    reason: str,
    by: str,
    now: datetime,
) -> bool:
    """Decide once; False when it is decided already."""
    return await conn.fetchval(DECIDE, id_, bureau_id, outcome, reference, reason, by, now) is not None


ADVICE = """
select a.id, a.cycle_id, a.point_ids, a.advice, a.advised_by,
       coalesce(d.outcome, '') as outcome, coalesce(d.reference, '') as reference, coalesce(d.reason, '') as reason
from prevention_advice a left join advice_decision d on d.advice_id = a.id
where a.bureau_id = $1 and ($2::text is null or a.id = $2) and ($3::text is null or a.cycle_id = $3)
order by a.advised_at, a.id
"""


async def advice_of(
    conn: Connection, bureau_id: str, id_: str | None = None, cycle_id: str | None = None
) -> list[Advice]:
    """Advice that the reader may see."""
    rows = await conn.fetch(ADVICE, bureau_id, id_, cycle_id)
    return [Advice(r[0], r[1], tuple(r[2]), *r[3:8]) for r in rows]
