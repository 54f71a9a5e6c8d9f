"""Votes, rounds, dissent, signatures and proposals: rows visible under row-level security are the rows Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection, identify
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.assessment import (
    AssessedGrade,
    Assessment,
    ProposalOrigin,
    ReviewKind,
    SuggestedGrade,
    close_round,
)
from risk_registry.domain.grading import Method, Scheme
from risk_registry.domain.points import point_id
from risk_registry.domain.reviews import Review
from risk_registry.policies import POLICY, review_resource
from risk_registry.storage.assessments import add_assessed, add_assessment, add_round
from risk_registry.storage.reviews import add_review
from risk_registry.storage.suggested_grades import add_suggestion
from risk_registry.testing import description, put_point

DAY, NOW = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = ["D01.a", "D01.b", "D01.c"]
UNITS = ["D01.POLICY", "D01.TO-2"]
POSTS = [f"{unit}.officer" for unit in UNITS]
ROLES = [
    "BUREAU_HEAD",
    "DISCIPLINE_LEAD",
    "DISCIPLINE_OFFICER",
    "LEGAL_OFFICER",
    "DEPUTY_HEAD",
    "OFFICE_CHIEF",
]
WHO = principals(people=PEOPLE, roles=ROLES, units=UNITS, posts=POSTS, bureaus=("D01", "D01", "D02"))
RELAXED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
RULES = Scheme("MAX-1", Method.MAX, 3, 4, 5, "S1-052")


@dataclass(frozen=True)
class Panelled:
    """A review with its panel and the post that carries its point."""

    number: int
    members: frozenset[str]
    post: str


ROWS = st.lists(
    st.builds(
        Panelled, number=st.integers(1, 99), members=st.frozensets(st.sampled_from(PEOPLE), min_size=1),
        post=st.sampled_from(POSTS),
    ),
    max_size=4, unique_by=lambda row: row.number,
)  # fmt: skip


async def insert(conn: Connection, row: Panelled) -> None:
    point = await put_point(conn, f"RP-{row.number:03d}", RiskGrade.LOW, description([row.post]), DAY, NOW)
    review = Review(
        f"gr_{row.number}",
        point,
        "D01",
        "MAX-1",
        row.members,
        frozenset(),
        "D01.a",
        NOW,
        None,
        ReviewKind.FACTORS,
    )
    await add_review(conn, review)
    for member in row.members:
        await identify(conn, Principal("person", person_id=member, bureau_id="D01"))
        await add_assessment(conn, review, 1, member, Assessment(3, 3), NOW)
    await identify(conn, system("D01"))
    await add_round(conn, review, close_round(1, [Assessment(3, 3)] * 5, RULES, "D01.a", NOW))
    medium = RiskGrade.MEDIUM
    await add_assessed(conn, review, AssessedGrade(medium, medium, DAY, "", "", "D01.a", NOW))
    origin = ProposalOrigin.EVIDENCE
    proposal = SuggestedGrade(
        f"gp_{row.number}", point, "D01", RiskGrade.HIGH, origin, "x", "x", "D01.a", NOW
    )
    await add_suggestion(conn, proposal)


def review_of(row: Panelled) -> Resource:
    return review_resource(f"gr_{row.number}", "D01", row.members, ())


def proposal_of(row: Panelled) -> Resource:
    unit = row.post.rpartition(".")[0]
    attrs = {"bureau": "D01", "units": [unit], "posts": [row.post], "owner": None}
    return Resource("RiskPoint", point_id("D01", f"RP-{row.number:03d}"), attrs)


READ_ROUNDS = VisibleRows(POLICY, "read", "select review_id from assessment_round", insert, review_of)
READ_ASSESSED = VisibleRows(POLICY, "read", "select review_id from assessed_grade", insert, review_of)
READ_PROPOSALS = VisibleRows(
    POLICY, "propose_grade", "select point_id from suggested_grade", insert, proposal_of
)


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_rounds_and_what_is_put_up(runtime: Runtime, who: Principal, rows: list[Panelled]) -> None:
    await READ_ROUNDS.hold(runtime.db, who, rows, author=system("D01"))
    await READ_ASSESSED.hold(runtime.db, who, rows, author=system("D01"))


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_proposals(runtime: Runtime, who: Principal, rows: list[Panelled]) -> None:
    await READ_PROPOSALS.hold(runtime.db, who, rows, author=system("D01"))


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_a_vote_is_its_members_alone(runtime: Runtime, who: Principal, rows: list[Panelled]) -> None:
    class Undo(Exception):
        pass

    try:
        async with runtime.db.transaction(system("D01")) as conn:
            for row in rows:
                await insert(conn, row)
            await identify(conn, who)
            seen = {
                (each[0], each[1])
                for each in await conn.fetch("select review_id, person_id from assessment_vote")
            }
            raise Undo
    except Undo:
        pass
    votes = {(f"gr_{row.number}", member) for row in rows for member in row.members}
    here = who.bureau_id == "D01"
    mine = {each for each in votes if who.kind == "person" and each[1] == who.person_id}
    assert seen == (votes if who.kind == "system" and here else mine if here else set())
