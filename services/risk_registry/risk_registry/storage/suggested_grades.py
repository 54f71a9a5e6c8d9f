"""Grades that somebody would give."""

from collections.abc import Sequence

from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.assessment import ProposalOrigin, SuggestedGrade

INSERT_SUGGESTION = """
insert into suggested_grade (id, point_id, bureau_id, grade, origin, source, reason, proposed_by, proposed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def add_suggestion(conn: Connection, given: SuggestedGrade) -> None:
    """Record a proposal; it is never changed."""
    await conn.execute(
        INSERT_SUGGESTION,
        *(given.id, given.point_id, given.bureau_id, given.grade, given.origin),
        *(given.source, given.reason, given.proposed_by, given.proposed_at),
    )


SUGGESTIONS_OF = """
select id, point_id, bureau_id, grade, origin, source, reason, proposed_by, proposed_at
from suggested_grade where point_id = any ($1::text[]) order by proposed_at desc, id desc
"""


async def suggestions_of(conn: Connection, points: Sequence[str]) -> dict[str, list[SuggestedGrade]]:
    """The proposals about each point that the reader may see, the latest first."""
    found: dict[str, list[SuggestedGrade]] = {}
    for row in await conn.fetch(SUGGESTIONS_OF, points):
        given = SuggestedGrade(
            row["id"], row["point_id"], row["bureau_id"], RiskGrade(row["grade"]), ProposalOrigin(row["origin"]),
            row["source"], row["reason"], row["proposed_by"], row["proposed_at"],
        )  # fmt: skip
        found.setdefault(given.point_id, []).append(given)
    return found
