"""Which review answers a proposal, and how it ended."""

from collections.abc import Sequence

from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.proposals import Answer
from risk_registry.domain.reviews import Review

INSERT_ANSWER = (
    "insert into evidence_answer (review_id, proposal_id, point_id, bureau_id) values ($1, $2, $3, $4)"
)


async def add_evidence_answer(conn: Connection, review: Review, proposal_id: str) -> None:
    """Record that a review answers what evidence proposes; its panel is not told."""
    await conn.execute(INSERT_ANSWER, review.id, proposal_id, review.point_id, review.bureau_id)


ANSWERED_BY = "select proposal_id from evidence_answer where review_id = $1"


async def evidence_answered_by(conn: Connection, review_id: str) -> str | None:
    """The proposal of evidence that a review answers, for who may know of it."""
    return await conn.fetchval(ANSWERED_BY, review_id)


ANSWERS_OF = """
select a.proposal_id, r.id, d.grade, d.closed_at
from (
  select proposal_id, id as review_id from grading_review where proposal_id = any ($1::text[])
  union all
  select proposal_id, review_id from evidence_answer where proposal_id = any ($1::text[])
) a
join grading_review r on r.id = a.review_id
left join grading_decision d on d.review_id = r.id
order by r.opened_at, r.id
"""


async def answers_of(conn: Connection, proposals: Sequence[str]) -> dict[str, list[Answer]]:
    """The reviews that answer each proposal, oldest first. Read as the system, for who may read the proposal."""
    found: dict[str, list[Answer]] = {}
    for row in await conn.fetch(ANSWERS_OF, proposals):
        grade = RiskGrade(row["grade"]) if row["grade"] else None
        found.setdefault(row["proposal_id"], []).append(Answer(row["id"], grade, row["closed_at"]))
    return found
