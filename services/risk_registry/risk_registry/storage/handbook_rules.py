"""A bureau's choices of cycle and volume size."""

from datetime import date, datetime

from plumbline_shared.database import Connection

from risk_registry.domain.handbook_rule import HandbookRule

CHOOSE = """
insert into handbook_rule (
  bureau_id, cycle_months, volume_points, volume_diagrams, citation, valid_from, chosen_by, chosen_at
) values ($1, $2, $3, $4, $5, $6, $7, $8) returning version
"""


async def choose_rule(
    conn: Connection, bureau_id: str, rule: HandbookRule, on: date, by: str, now: datetime
) -> int:
    """Let a rule count from a day on; returns its number."""
    return await conn.fetchval(
        CHOOSE, bureau_id, rule.cycle_months, rule.volume_points, rule.volume_diagrams, rule.citation, on, by, now
    )  # fmt: skip


RULE_ON = """
select version, cycle_months, volume_points, volume_diagrams, citation from handbook_rule
where bureau_id = $1 and valid_from <= $2 order by valid_from desc, version desc limit 1
"""


async def chosen_rule(conn: Connection, bureau_id: str, on: date) -> HandbookRule | None:
    """What the bureau had chosen by a day; None while what ships counts."""
    row = await conn.fetchrow(RULE_ON, bureau_id, on)
    return HandbookRule(f"{bureau_id}.handbook-{row['version']}", *tuple(row)[1:]) if row else None
