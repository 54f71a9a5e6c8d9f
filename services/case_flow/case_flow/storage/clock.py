"""The ledger of clocks: append-only rows, each with the due date that holds from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plumbline_shared.database import Connection


@dataclass(frozen=True)
class ClockEvent:
    """One entry: `clock` is `matter`, `stage:<step>` or `slip:<id>`; `event` STARTED, EXTENDED, PAUSED, RESUMED,
    RECOMPUTED or STOPPED."""

    seq: int
    clock: str
    event: str
    at: datetime
    by_person: str | None
    due_on: date | None
    days: int
    reason: str
    rule_id: str
    rule_version: str
    citation: str
    calendar_version: str


ADD = """
insert into clock_event (matter_id, seq, clock, event, bureau_id, at, by_person, due_on, days, reason, rule_id,
                         rule_version, citation, calendar_version)
select $1, $3, clock, $4, $2, $5, $6, due_on, $7, $8, $9, $10, $11, $12
from unnest($13::text[], $14::date[]) as given (clock, due_on)
"""


async def add(
    conn: Connection,
    matter_id: str,
    bureau_id: str,
    entry: ClockEvent,
    clocks: Sequence[tuple[str, date | None]],
) -> None:
    """Append `entry` once for each of `clocks`, with that clock's due date."""
    await conn.execute(
        ADD,
        *(matter_id, bureau_id, entry.seq, entry.event, entry.at, entry.by_person, entry.days, entry.reason),
        *(entry.rule_id, entry.rule_version, entry.citation, entry.calendar_version),
        [name for name, _ in clocks],
        [on for _, on in clocks],
    )


OF_MATTER = """
select seq, clock, event, at, by_person, due_on, days, reason, rule_id, rule_version, citation, calendar_version
from clock_event where matter_id = $1 order by seq, due_on, clock
"""


async def of_matter(conn: Connection, matter_id: str) -> list[ClockEvent]:
    """The whole ledger of a matter, in order."""
    return [ClockEvent(**dict(row)) for row in await conn.fetch(OF_MATTER, matter_id)]
