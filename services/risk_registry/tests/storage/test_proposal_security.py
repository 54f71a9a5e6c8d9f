"""What evidence proposes, and which review answers it: rows under row-level security are the rows Cedar allows."""

from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.reviews import Review
from risk_registry.policies import POLICY
from risk_registry.storage.evidence_proposals import EvidenceProposal, add_evidence_proposal
from risk_registry.storage.proposal_answers import add_evidence_answer
from risk_registry.storage.reviews import add_review
from risk_registry.testing import description, put_point

DAY, NOW = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
POSTS = ["D01.POLICY.chief", "D01.POLICY.reviewer", "D01.TO-2.chief"]
ROLES = [
    "BUREAU_HEAD",
    "DISCIPLINE_LEAD",
    "DISCIPLINE_OFFICER",
    "LEGAL_OFFICER",
    "SECTION_CHIEF",
    "PANEL_MEMBER",
]
WHO = principals(people=["D01.a", "D01.b"], roles=ROLES, posts=POSTS, bureaus=("D01", "D01", "D02"))
Row = tuple[int, tuple[str, ...]]
ROWS = st.lists(
    st.tuples(st.integers(1, 99), st.lists(st.sampled_from(POSTS), max_size=2, unique=True).map(tuple)),
    max_size=4,
    unique_by=lambda row: row[0],
)


async def insert(conn: Connection, row: Row) -> None:
    """A point with a proposal, and a review on whose panel every reader of this test sits."""
    number, posts = row
    point = await put_point(conn, f"RP-{number:03d}", RiskGrade.LOW, description(posts), DAY, NOW)
    made = EvidenceProposal(
        f"ep_{number}", point, "D01", 1, RiskGrade.LOW, RiskGrade.HIGH, 0.9, "EVIDENCE-1", NOW
    )
    await add_evidence_proposal(conn, made)
    members = frozenset({"D01.a", "D01.b"})
    review = Review(f"gr_{number}", point, "D01", "MAX-1", members, frozenset(), "D01.a", NOW)
    await add_review(conn, review)
    await add_evidence_answer(conn, review, made.id)


def resource(row: Row) -> Resource:
    return Resource("RiskPoint", f"D01.RP-{row[0]:03d}", {"bureau": "D01", "posts": row[1], "units": ()})


READ = "read_evidence"
PROPOSALS = VisibleRows(POLICY, READ, "select point_id from evidence_proposal", insert, resource)
ANSWERS = VisibleRows(POLICY, READ, "select point_id from evidence_answer", insert, resource)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=WHO, rows=ROWS)
async def test_proposals_and_their_answers(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await PROPOSALS.hold(runtime.db, who, rows, author=system("D01"))
    await ANSWERS.hold(runtime.db, who, rows, author=system("D01"))
