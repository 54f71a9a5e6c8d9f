"""Steps of identification, each as it was saved."""

from collections.abc import Sequence

import msgspec
from plumbline_shared.database import Connection

from risk_registry.domain.identification import Line, Saved, Step

ADD_STEP = """
insert into identification_step (cycle_id, bureau_id, person_id, post_id, unit_id, step, lines, saved_at)
values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8) returning sequence
"""


async def add_step(
    conn: Connection, bureau_id: str, cycle_id: str, place: tuple[str, str, str], given: Saved
) -> int:
    """Keep a step; `place` is person, post and unit. Returns its number."""
    lines = msgspec.json.encode(given.lines).decode()
    return await conn.fetchval(ADD_STEP, cycle_id, bureau_id, *place, given.step, lines, given.saved_at)


STEPS = """
select step, lines::text as lines, saved_at from identification_step
where bureau_id = $1 and cycle_id = $2 and person_id = $3 and post_id = $4 order by sequence
"""


async def steps_of(conn: Connection, bureau_id: str, cycle_id: str, person: str, post: str) -> list[Saved]:
    """Every saving that the reader may see, oldest first."""
    rows = await conn.fetch(STEPS, bureau_id, cycle_id, person, post)
    return [
        Saved(Step(r["step"]), msgspec.json.decode(r["lines"], type=tuple[Line, ...]), r["saved_at"])
        for r in rows
    ]


def latest(saved: Sequence[Saved]) -> dict[Step, Saved]:
    """The last of each kind."""
    return {each.step: each for each in saved}
