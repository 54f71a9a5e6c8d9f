"""Grading reviews, their votes and decisions."""

from collections.abc import Sequence

import asyncpg
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.assessment import ReviewKind
from risk_registry.domain.grading import Vote
from risk_registry.domain.reviews import CastVote, Closing, Review

INSERT_REVIEW = """
insert into grading_review
  (id, point_id, bureau_id, scheme, member_ids, recused_ids, opened_by, opened_at, kind, proposal_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""


async def add_review(conn: Connection, review: Review) -> None:
    """Record an opened review; its panel never changes."""
    await conn.execute(
        INSERT_REVIEW,
        review.id,
        review.point_id,
        review.bureau_id,
        review.scheme,
        sorted(review.members),
        sorted(review.recused),
        review.opened_by,
        review.opened_at,
        review.kind,
        review.proposal_id,
    )


LOAD_REVIEWS = """
select r.id, r.point_id, r.bureau_id, r.scheme, r.member_ids, r.recused_ids, r.opened_by, r.opened_at, r.kind, r.proposal_id,
       d.review_id as closed, d.grade, d.proposed, d.effective_from, d.reason, d.closed_by, d.closed_at
from grading_review r left join grading_decision d on d.review_id = r.id
where r.id = any ($1::text[])
"""


async def load_reviews(conn: Connection, ids: Sequence[str]) -> dict[str, Review]:
    """Those of `ids` that the reader may see."""
    return {row["id"]: _review(row) for row in await conn.fetch(LOAD_REVIEWS, ids)}


OPEN_DOSSIERS = """
select r.point_id from grading_review r
where r.member_ids @> array[$1] and $1 <> all (r.recused_ids)
  and not exists (select from grading_decision d where d.review_id = r.id)
"""


async def open_dossiers(conn: Connection, person_id: str) -> list[str]:
    """The points that a person is to grade now."""
    return [row["point_id"] for row in await conn.fetch(OPEN_DOSSIERS, person_id)]


INSERT_VOTE = """
insert into grading_vote (review_id, person_id, bureau_id, grade, likelihood, severity, opinion, cast_at)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning true
"""


async def add_vote(conn: Connection, bureau_id: str, cast: CastVote) -> bool:
    """Record a vote; False when this member has voted before."""
    vote = cast.vote
    added = await conn.fetchval(
        INSERT_VOTE,
        *(cast.review_id, vote.person_id, bureau_id, vote.grade, vote.likelihood, vote.severity),
        *(cast.opinion, cast.cast_at),
    )
    return bool(added)


VOTES_OF = """
select review_id, person_id, grade, likelihood, severity, opinion, cast_at
from grading_vote where review_id = any ($1::text[]) order by person_id
"""


async def votes_of(conn: Connection, reviews: Sequence[str]) -> dict[str, list[CastVote]]:
    """The votes that the reader may see: all once a review is closed, the own one before."""
    found: dict[str, list[CastVote]] = {}
    for row in await conn.fetch(VOTES_OF, reviews):
        vote = Vote(row["person_id"], RiskGrade(row["grade"]), row["likelihood"], row["severity"])
        cast = CastVote(row["review_id"], vote, row["opinion"], row["cast_at"])
        found.setdefault(cast.review_id, []).append(cast)
    return found


INSERT_DECISION = """
insert into grading_decision (review_id, bureau_id, grade, proposed, effective_from, reason, closed_by, closed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def add_decision(conn: Connection, review: Review, closing: Closing) -> None:
    """Record how the review ended."""
    await conn.execute(
        INSERT_DECISION,
        *(review.id, review.bureau_id, closing.grade, closing.proposed, closing.effective_from),
        *(closing.reason, closing.closed_by, closing.closed_at),
    )


def _review(row: asyncpg.Record) -> Review:
    return Review(
        id=row["id"],
        point_id=row["point_id"],
        bureau_id=row["bureau_id"],
        scheme=row["scheme"],
        members=frozenset(row["member_ids"]),
        recused=frozenset(row["recused_ids"]),
        opened_by=row["opened_by"],
        opened_at=row["opened_at"],
        closing=_closing(row) if row["closed"] else None,
        kind=ReviewKind(row["kind"]),
        proposal_id=row["proposal_id"],
    )


def _closing(row: asyncpg.Record) -> Closing:
    return Closing(
        grade=RiskGrade(row["grade"]) if row["grade"] else None,
        proposed=RiskGrade(row["proposed"]) if row["proposed"] else None,
        effective_from=row["effective_from"],
        reason=row["reason"],
        closed_by=row["closed_by"],
        closed_at=row["closed_at"],
    )
