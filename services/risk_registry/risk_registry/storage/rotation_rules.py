"""Versions of the limits of tenure: the one that ships, and a bureau's own once they are approved."""

from dataclasses import dataclass
from datetime import date, datetime

import asyncpg
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.rotation import RotationRule, RuleFrom

RULES = """
select r.* from rotation_rule r
where r.effective_from <= $2 and (r.bureau_id is null
  or (r.bureau_id = $1 and exists (select from rotation_rule_approval a where a.version = r.version)))
order by r.effective_from, r.proposed_at nulls first
"""


async def rules_until(conn: Connection, bureau_id: str, on: date) -> list[RuleFrom]:
    """The versions that a bureau went by up to a day: what ships, until it had its own."""
    found: list[RuleFrom] = []
    own = False
    for row in await conn.fetch(RULES, bureau_id, on):
        own = own or row["bureau_id"] is not None
        if not own or row["bureau_id"] is not None:
            found.append((row["effective_from"], _rule(row)))
    return found


async def rule_on(conn: Connection, bureau_id: str, on: date) -> RotationRule:
    """The limits of a bureau on a day."""
    rules = await rules_until(conn, bureau_id, on)
    if not rules:
        raise LookupError(f"no limits of tenure count on {on}")
    return rules[-1][1]


@dataclass(frozen=True)
class ProposedRule:
    """A version with who proposed it and since when it counts; `approved_by` None while it does not."""

    rule: RotationRule
    effective_from: date
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None = None


PROPOSE = """
insert into rotation_rule (version, bureau_id, effective_from, months_high, months_medium, months_low, notice_days,
  extension_months, guarded_functions, citation, proposed_by, proposed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning true
"""


async def propose_rule(conn: Connection, bureau_id: str, one: ProposedRule) -> bool:
    """Keep a version; False when there is one of that name."""
    rule = one.rule
    return bool(
        await conn.fetchval(
            PROPOSE, rule.version, bureau_id, one.effective_from, rule.months[RiskGrade.HIGH],
            rule.months[RiskGrade.MEDIUM], rule.months[RiskGrade.LOW], list(rule.notice_days),
            rule.extension_months, sorted(rule.guarded_functions), rule.citation, one.proposed_by, one.proposed_at,
        )
    )  # fmt: skip


APPROVE = """
insert into rotation_rule_approval (version, bureau_id, approved_by, approved_at) values ($1, $2, $3, $4)
on conflict do nothing returning true
"""


async def approve_rule(conn: Connection, bureau_id: str, version: str, by: str, at: datetime) -> bool:
    """Let a version count; False when it was approved before."""
    return bool(await conn.fetchval(APPROVE, version, bureau_id, by, at))


PROPOSED = """
select r.*, a.approved_by from rotation_rule r left join rotation_rule_approval a on a.version = r.version
where r.bureau_id = $1 and r.version = $2
"""


async def proposed_rule(conn: Connection, bureau_id: str, version: str) -> ProposedRule | None:
    """A bureau's own version."""
    row = await conn.fetchrow(PROPOSED, bureau_id, version)
    if row is None:
        return None
    return ProposedRule(
        _rule(row), row["effective_from"], row["proposed_by"], row["proposed_at"], row["approved_by"]
    )


def _rule(row: asyncpg.Record) -> RotationRule:
    months = {grade: row[f"months_{grade.lower()}"] for grade in RiskGrade}
    return RotationRule(
        row["version"], months, tuple(row["notice_days"]), row["extension_months"],
        frozenset(row["guarded_functions"]), row["citation"],
    )  # fmt: skip
