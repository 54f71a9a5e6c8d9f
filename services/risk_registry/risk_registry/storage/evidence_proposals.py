"""Grades that evidence proposes."""

from dataclasses import dataclass
from datetime import datetime

from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection


@dataclass(frozen=True)
class EvidenceProposal:
    """A higher grade for a point in one state; `standing` is the standing that gave it the present grade."""

    id: str
    point_id: str
    bureau_id: str
    standing: int
    present: RiskGrade
    proposed: RiskGrade
    probability: float
    scheme: str
    opened_at: datetime


INSERT = """
insert into evidence_proposal (
  id, point_id, bureau_id, standing, from_grade, to_grade, probability, evidence_scheme, opened_at
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
"""


async def add_evidence_proposal(conn: Connection, made: EvidenceProposal) -> None:
    """Record a proposal, once for each state of a point."""
    await conn.execute(
        INSERT,
        *(made.id, made.point_id, made.bureau_id, made.standing, made.present, made.proposed),
        *(made.probability, made.scheme, made.opened_at),
    )


EVIDENCE_PROPOSALS = """
select id, point_id, bureau_id, standing, from_grade, to_grade, probability, evidence_scheme, opened_at
from evidence_proposal where bureau_id = $1 order by opened_at, id
"""


async def evidence_proposals(conn: Connection, bureau_id: str) -> list[EvidenceProposal]:
    """Those that the reader may know of."""
    return [
        EvidenceProposal(
            row["id"], row["point_id"], row["bureau_id"], row["standing"], RiskGrade(row["from_grade"]),
            RiskGrade(row["to_grade"]), row["probability"], row["evidence_scheme"], row["opened_at"],
        )
        for row in await conn.fetch(EVIDENCE_PROPOSALS, bureau_id)
    ]  # fmt: skip
