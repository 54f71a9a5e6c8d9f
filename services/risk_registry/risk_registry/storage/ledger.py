"""The alert ledger's rows: kept once, read by those whom the row names; and what became of each alert."""

from collections.abc import Sequence
from datetime import date, datetime

import asyncpg
import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.conditions import FactValue
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal

from risk_registry.domain.alerts import Alert, AlertPhase
from risk_registry.domain.ledger import (
    SEER_ROLES,
    AlertLine,
    AlertOutcome,
    LedgerFilter,
    LedgerRow,
    Part,
    PhaseCount,
)

ADD = """
insert into alert_entry (alert_id, bureau_id, kind, phase, grade, unit_id, unit_ids, point_id, matter_id, domain, facts,
  raised_at, indicator_version_id, limits, acknowledge_due, verify_due, seers)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12, $13, $14, $15, $16, $17)
on conflict do nothing returning true
"""


async def add_row(conn: Connection, row: LedgerRow, lines: Sequence[AlertLine]) -> bool:
    """Keep an alert with its lines; False when the ledger has it already."""
    alert = row.alert
    added = await conn.fetchval(
        ADD, alert.id, alert.bureau_id, alert.kind, alert.phase, alert.grade, alert.unit_id, list(row.unit_ids),
        alert.point_id, alert.matter_id, row.domain, msgspec.json.encode(row.facts).decode(), alert.raised_at,
        row.indicator_version, row.limits, row.acknowledge_due, row.verify_due, sorted(row.seers),
    )  # fmt: skip
    if added:
        await _add_lines(conn, alert, lines)
        await show(conn, alert.bureau_id, alert.id)
    return bool(added)


ADD_LINE = """
insert into alert_line (alert_id, bureau_id, position, part, person_id, post_id, unit_id, basis)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def _add_lines(conn: Connection, alert: Alert, lines: Sequence[AlertLine]) -> None:
    rows = [
        (alert.id, alert.bureau_id, position, one.part, one.person_id, one.post_id, one.unit_id, one.basis)
        for position, one in enumerate(lines)
    ]
    await conn.executemany(ADD_LINE, rows)


PROGRESS = """
insert into alert_progress (alert_id, step, bureau_id, unit_id, at, outcome, incident_id)
select $1, $2, $3, coalesce(e.unit_id, ''), $4, $5, $6
from (select 1) one left join alert_entry e on e.alert_id = $1 and e.bureau_id = $3
on conflict do nothing returning true
"""


SEERS = """
insert into alert_seer (bureau_id, seer, open, raised_at, alert_id)
select e.bureau_id, seer, r.alert_id is null, e.raised_at, e.alert_id
from alert_entry e
left join alert_progress r on r.alert_id = e.alert_id and r.step = 'RESOLVED'
cross join lateral unnest(e.seers || array(
  select 'role:' || role from unnest($1::text[], $2::text[]) as ends (role, outcome) where ends.outcome = r.outcome)) seer
where e.bureau_id = $3 and ($4::text is null or e.alert_id = $4)
on conflict (alert_id, seer) do update set open = excluded.open
"""


async def show(conn: Connection, bureau_id: str, alert_id: str | None = None) -> None:
    """Show an alert, or every one, to whom its row names and to the roles of its outcome; nobody loses it again."""
    ends = [(role, outcome) for role, outcomes in SEER_ROLES.items() for outcome in sorted(outcomes)]
    roles, outcomes = [role for role, _ in ends], [outcome for _, outcome in ends]
    await conn.execute(SEERS, roles, outcomes, bureau_id, alert_id)


async def acknowledged(conn: Connection, bureau_id: str, alert_id: str, at: datetime) -> bool:
    """Note that somebody took note; False when that is known."""
    return bool(await conn.fetchval(PROGRESS, alert_id, "ACKNOWLEDGED", bureau_id, at, None, None))


async def resolved(
    conn: Connection, bureau_id: str, alert_id: str, at: datetime, outcome: AlertOutcome, incident_id: str | None
) -> bool:  # fmt: skip
    """Note the outcome, and show the row to whom it is open from now on; False when it is known."""
    new = bool(await conn.fetchval(PROGRESS, alert_id, "RESOLVED", bureau_id, at, outcome, incident_id))
    if new:
        await show(conn, bureau_id, alert_id)
    return new


PAGE = """
with mine as (
  select one.* from unnest($1::text[]) reader cross join unnest($2::boolean[]) state
  cross join lateral (
    select s.alert_id, s.raised_at from alert_seer s
    join alert_entry e on e.alert_id = s.alert_id
    left join alert_progress k on k.alert_id = s.alert_id and k.step = 'ACKNOWLEDGED'
    left join alert_progress r on r.alert_id = s.alert_id and r.step = 'RESOLVED'
    where s.bureau_id = $3 and s.seer = reader and s.open = state
      and ($4::text is null or e.phase = $4) and ($5::text is null or e.grade = $5)
      and ($6::text is null or e.kind = $6) and ($7::text is null or $7 = any (e.unit_ids))
      and ($8::text is null or e.point_id = $8) and ($9::text is null or r.outcome = $9)
      and ($10::boolean is null or $10 = (s.open and (
        (k.at is null and e.acknowledge_due < $11) or coalesce(e.verify_due < $11, false))))
      and ($12::timestamptz is null or s.raised_at >= $12) and ($13::timestamptz is null or s.raised_at < $13)
      and ($14::timestamptz is null or (s.raised_at, s.alert_id) < ($14, $15))
    order by s.raised_at desc, s.alert_id desc limit $16) one
)
select alert_id from mine group by alert_id, raised_at order by raised_at desc, alert_id desc limit $16
"""


async def page(
    conn: Connection, who: Principal, wanted: LedgerFilter, today: date, after: tuple[datetime, str] | None, size: int
) -> list[LedgerRow]:  # fmt: skip
    """Rows that the reader may see, newest first, after the cursor."""
    instant, last = after or (None, None)
    rows = await conn.fetch(
        PAGE, seers(who), wanted.states, who.bureau_id, wanted.phase, wanted.grade, wanted.kind, wanted.unit_id,
        wanted.point_id, wanted.outcome, wanted.overdue, today, wanted.start, wanted.end, instant, last, size,
    )  # fmt: skip
    found = await rows_of(conn, [row["alert_id"] for row in rows])
    return [found[row["alert_id"]] for row in rows if row["alert_id"] in found]


def seers(who: Principal) -> list[str]:
    """As whom a person sees rows: as themselves, and by role (§5.3); row-level security has the same list."""
    by_role = [f"role:{role}" for role in SEER_ROLES if role in who.roles]
    return [who.person_id, *by_role] if who.kind == "person" and who.person_id else []


BY_ID = """
select e.*, e.facts::text as facts_text, k.at as acknowledged_at, r.at as resolved_at, r.outcome, r.incident_id
from alert_entry e
left join alert_progress k on k.alert_id = e.alert_id and k.step = 'ACKNOWLEDGED'
left join alert_progress r on r.alert_id = e.alert_id and r.step = 'RESOLVED'
where e.alert_id = any ($1)
"""


async def rows_of(conn: Connection, alert_ids: Sequence[str]) -> dict[str, LedgerRow]:
    """Those of the rows that the reader may see, by alert."""
    return {row["alert_id"]: _row(row) for row in await conn.fetch(BY_ID, list(alert_ids))}


LINES = "select * from alert_line where alert_id = any ($1) order by alert_id, position"


async def lines_of(conn: Connection, alert_ids: Sequence[str]) -> dict[str, list[AlertLine]]:
    """Who is in each row, for those who may see it."""
    found: dict[str, list[AlertLine]] = {one: [] for one in alert_ids}
    for row in await conn.fetch(LINES, list(alert_ids)):
        found[row["alert_id"]].append(
            AlertLine(Part(row["part"]), row["person_id"], row["post_id"], row["unit_id"], row["basis"])
        )
    return found


TOTALS = """
select l.phase, r.outcome, count(*) as alerts from alert_ledger l
left join alert_progress r on r.alert_id = l.alert_id and r.step = 'RESOLVED'
where l.bureau_id = $1 and not starts_with(l.kind, 'SEALED_') and l.raised_at >= $2 and l.raised_at < $3
  and ($4::text is null or l.unit_id = $4) and ($5::text is null or l.kind = $5)
group by l.phase, r.outcome order by l.phase, r.outcome
"""


async def totals(
    conn: Connection, bureau_id: str, start: datetime, end: datetime, unit_id: str | None, kind: str | None
) -> list[PhaseCount]:
    """Alerts raised in `[start, end)` by phase and outcome, among those that the reader may count (S2-039…041)."""
    rows = await conn.fetch(TOTALS, bureau_id, start, end, unit_id, kind)
    return [
        PhaseCount(row["phase"], AlertOutcome(row["outcome"]) if row["outcome"] else None, row["alerts"])
        for row in rows
    ]


def _row(row: asyncpg.Record) -> LedgerRow:
    alert = Alert(
        row["alert_id"], row["point_id"], row["bureau_id"], row["unit_id"], row["matter_id"], row["kind"],
        AlertPhase(row["phase"]), RiskGrade(row["grade"]) if row["grade"] else None, row["raised_at"],
    )  # fmt: skip
    return LedgerRow(
        alert=alert,
        unit_ids=tuple(row["unit_ids"]),
        domain=row["domain"],
        facts=msgspec.json.decode(row["facts_text"], type=dict[str, FactValue]),
        indicator_version=row["indicator_version_id"],
        limits=row["limits"],
        acknowledge_due=row["acknowledge_due"],
        verify_due=row["verify_due"],
        seers=frozenset(row["seers"]),
        acknowledged_at=row["acknowledged_at"],
        resolved_at=row["resolved_at"],
        outcome=AlertOutcome(row["outcome"]) if row["outcome"] else None,
        incident_id=row["incident_id"],
    )
