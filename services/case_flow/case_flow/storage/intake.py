"""What acceptance and later steps noted of how a matter came in: a direct intake's reason, signed declarations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.declaration import Declared

OF_MATTERS = """
select matter_id, step, signers[1] as officer, at, case when seq = 1 then payload ->> 'direct_intake' end as reason,
       (payload -> 'declaration')::text as declared
from matter_step
where matter_id = any($1::text[]) and payload ?| '{direct_intake,declaration}' order by matter_id, seq
"""


@dataclass(frozen=True)
class Noted:
    """One step that noted something; `reason` of a direct intake, `declared` what the taxpayer signed."""

    matter_id: str
    step: str
    officer: str
    at: datetime
    reason: str | None
    declared: Declared | None


async def of_matters(conn: Connection, matter_ids: Sequence[str]) -> dict[str, list[Noted]]:
    """By matter, in order of the steps; of those that the asker sees."""
    found: dict[str, list[Noted]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(OF_MATTERS, list(matter_ids)):
        signed = msgspec.json.decode(row["declared"], type=Declared) if row["declared"] else None
        noted = Noted(row["matter_id"], row["step"], row["officer"], row["at"], row["reason"], signed)
        found[noted.matter_id].append(noted)
    return found


@dataclass(frozen=True)
class DirectIntakes:
    """Matters of an item that a unit took in by itself."""

    item_code: str
    unit_id: str
    matters: int


DIRECT = """
select m.item_code, m.units[1] as unit_id, count(*)::int as matters
from matter m join matter_step s on s.matter_id = m.id and s.seq = 1 and s.payload ? 'direct_intake'
where m.bureau_id = $1 and m.run_id is null and m.accepted_on >= $2 and m.accepted_on < $3
group by 1, 2 order by 1, 2
"""


async def direct(conn: Connection, bureau_id: str, period: tuple[date, date]) -> list[DirectIntakes]:
    """How often the front door was passed by, in [first, last)."""
    return [DirectIntakes(**dict(row)) for row in await conn.fetch(DIRECT, bureau_id, *period)]
