"""Campaigns of two-way selection: rankings, rounds, and the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import asyncpg
import msgspec
from plumbline_shared.database import Connection

from risk_registry.domain.selection import Outcome


@dataclass(frozen=True)
class Decision:
    """What the head made of it."""

    approved: bool
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class Campaign:
    """Who chooses among which posts, and how it ended."""

    id: str
    bureau_id: str
    title: str
    effective_from: date
    reason: str
    posts: tuple[str, ...]
    units: tuple[str, ...]
    candidates: tuple[str, ...]
    opened_by: str
    opened_at: datetime
    decision: Decision | None = None


OPEN = """
insert into selection_campaign
  (id, bureau_id, title, effective_from, reason, post_ids, unit_ids, candidate_ids, opened_by, opened_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""


async def add_campaign(conn: Connection, one: Campaign) -> None:
    """Keep a campaign; its posts and candidates never change."""
    await conn.execute(
        OPEN, one.id, one.bureau_id, one.title, one.effective_from, one.reason, list(one.posts), list(one.units),
        list(one.candidates), one.opened_by, one.opened_at,
    )  # fmt: skip


CAMPAIGNS = """
select c.*, d.approved, d.reason as decision_reason, d.decided_by, d.decided_at
from selection_campaign c left join selection_decision d on d.campaign_id = c.id
where c.bureau_id = $1 and ($2::text is null or c.id = $2) order by c.opened_at desc, c.id
"""


async def campaigns(conn: Connection, bureau_id: str, id_: str | None = None) -> list[Campaign]:
    """Campaigns that the reader may see, the latest first."""
    return [_campaign(row) for row in await conn.fetch(CAMPAIGNS, bureau_id, id_)]


LOCK = "select pg_advisory_xact_lock(hashtextextended('selection:' || $1, 0))"


async def lock_campaign(conn: Connection, campaign_id: str) -> None:
    """Let one transaction at a time move a campaign."""
    await conn.execute(LOCK, campaign_id)


CHOOSE = """
insert into selection_choice (campaign_id, bureau_id, round, side, subject_id, ranked, chosen_by, chosen_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def add_choice(
    conn: Connection, campaign: Campaign, number: int, side: str, subject: str, ranked: Sequence[str], by: str,
    at: datetime,
) -> None:  # fmt: skip
    """Keep a ranking of a round; it takes the place of the one before."""
    await conn.execute(CHOOSE, campaign.id, campaign.bureau_id, number, side, subject, list(ranked), by, at)


CHOICES = """
select distinct on (subject_id) subject_id, ranked from selection_choice
where campaign_id = $1 and round = $2 and side = $3 order by subject_id, sequence desc
"""


async def choices(conn: Connection, campaign_id: str, number: int, side: str) -> dict[str, list[str]]:
    """The rankings that count in a round: all for the service, the own ones for anybody else."""
    rows = await conn.fetch(CHOICES, campaign_id, number, side)
    return {row["subject_id"]: row["ranked"] for row in rows}


CLOSE = """
insert into selection_round (campaign_id, round, bureau_id, outcome, closed_by, closed_at)
values ($1, $2, $3, $4::text::jsonb, $5, $6)
"""


async def add_round(
    conn: Connection, campaign: Campaign, number: int, found: Outcome, by: str, at: datetime
) -> None:
    """Keep what a round came to."""
    outcome = msgspec.json.encode(found).decode()
    await conn.execute(CLOSE, campaign.id, number, campaign.bureau_id, outcome, by, at)


ROUNDS = "select outcome::text as outcome from selection_round where campaign_id = $1 order by round"


async def rounds(conn: Connection, campaign_id: str) -> list[Outcome]:
    """What each closed round came to."""
    rows = await conn.fetch(ROUNDS, campaign_id)
    return [msgspec.json.decode(row["outcome"], type=Outcome) for row in rows]


DECIDE = """
insert into selection_decision (campaign_id, bureau_id, approved, reason, decided_by, decided_at)
values ($1, $2, $3, $4, $5, $6)
"""


async def decide(conn: Connection, campaign: Campaign, made: Decision) -> None:
    """Keep the head's decision."""
    await conn.execute(
        DECIDE, campaign.id, campaign.bureau_id, made.approved, made.reason, made.decided_by, made.decided_at
    )


def _campaign(row: asyncpg.Record) -> Campaign:
    decided = row["approved"] is not None
    return Campaign(
        id=row["id"],
        bureau_id=row["bureau_id"],
        title=row["title"],
        effective_from=row["effective_from"],
        reason=row["reason"],
        posts=tuple(row["post_ids"]),
        units=tuple(row["unit_ids"]),
        candidates=tuple(row["candidate_ids"]),
        opened_by=row["opened_by"],
        opened_at=row["opened_at"],
        decision=Decision(row["approved"], row["decision_reason"], row["decided_by"], row["decided_at"])
        if decided
        else None,
    )
