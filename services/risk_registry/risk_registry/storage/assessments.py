"""Votes on factors, closed rounds, dissent, the grade put up for signature, and its signatures."""

import json
from collections.abc import Sequence
from datetime import datetime

from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.assessment import AssessedGrade, Assessment, Dissent, Round
from risk_registry.domain.reviews import Review
from risk_registry.domain.sign_off import DecidedState, Seat, SignOff

INSERT_ASSESSMENT = """
insert into assessment_vote (review_id, round, person_id, bureau_id, likelihood, severity, opinion, cast_at)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning true
"""


async def add_assessment(
    conn: Connection, review: Review, number: int, person_id: str, given: Assessment, now: datetime
) -> bool:
    """Record a vote; False when this member has voted in this round."""
    added = await conn.fetchval(
        INSERT_ASSESSMENT,
        *(review.id, number, person_id, review.bureau_id),
        *(given.likelihood, given.severity, given.opinion, now),
    )
    return bool(added)


ASSESSMENTS_OF = """
select person_id, likelihood, severity, opinion from assessment_vote
where review_id = $1 and round = $2 order by person_id
"""


async def assessments_of(conn: Connection, review_id: str, number: int) -> dict[str, Assessment]:
    """The votes of a round by member: all for the service, the own one for anybody else."""
    rows = await conn.fetch(ASSESSMENTS_OF, review_id, number)
    return {row["person_id"]: Assessment(row["likelihood"], row["severity"], row["opinion"]) for row in rows}


INSERT_ROUND = """
insert into assessment_round
  (review_id, number, bureau_id, votes, likelihood, severity, likelihood_spread, severity_spread, settled,
   closed_by, closed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def add_round(conn: Connection, review: Review, closed: Round) -> None:
    """Record a closed round; its votes lose their names here."""
    votes = [[each.likelihood, each.severity, each.opinion] for each in closed.votes]
    await conn.execute(
        INSERT_ROUND,
        *(review.id, closed.number, review.bureau_id, json.dumps(votes), closed.likelihood, closed.severity),
        *(
            closed.likelihood_spread,
            closed.severity_spread,
            closed.settled,
            closed.closed_by,
            closed.closed_at,
        ),
    )


ROUNDS_OF = """
select number, votes::text as votes, likelihood, severity, likelihood_spread, severity_spread, settled, closed_by,
       closed_at
from assessment_round where review_id = $1 order by number
"""


async def rounds_of(conn: Connection, review_id: str) -> list[Round]:
    """The closed rounds, first to last."""
    return [
        Round(
            row["number"], tuple(Assessment(*vote) for vote in json.loads(row["votes"])), row["likelihood"],
            row["severity"], row["likelihood_spread"], row["severity_spread"], row["settled"],
            row["closed_by"], row["closed_at"],
        )
        for row in await conn.fetch(ROUNDS_OF, review_id)
    ]  # fmt: skip


INSERT_ASSESSED = """
insert into assessed_grade
  (review_id, bureau_id, grade, by_method, effective_from, reason, upper_opinion, put_up_by, put_up_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def add_assessed(conn: Connection, review: Review, given: AssessedGrade) -> None:
    """Put a grade up for signature, in the place of the one before."""
    await conn.execute(
        INSERT_ASSESSED,
        *(review.id, review.bureau_id, given.grade, given.by_method, given.effective_from),
        *(given.reason, given.upper_opinion, given.put_up_by, given.put_up_at),
    )


ASSESSED_OF = """
select grade, by_method, effective_from, reason, upper_opinion, put_up_by, put_up_at
from assessed_grade where review_id = $1 order by sequence desc limit 1
"""


async def assessed_of(conn: Connection, review_id: str) -> AssessedGrade | None:
    """The grade that is up for signature now."""
    row = await conn.fetchrow(ASSESSED_OF, review_id)
    if row is None:
        return None
    return AssessedGrade(
        RiskGrade(row["grade"]), RiskGrade(row["by_method"]) if row["by_method"] else None, row["effective_from"],
        row["reason"], row["upper_opinion"], row["put_up_by"], row["put_up_at"],
    )  # fmt: skip


INSERT_DISSENT = """
insert into grade_dissent (review_id, person_id, bureau_id, reason, recorded_at)
values ($1, $2, $3, $4, $5) on conflict do nothing returning true
"""


async def add_dissent(conn: Connection, review: Review, given: Dissent) -> bool:
    """Record a dissent; False when this member has dissented."""
    row = (review.id, given.person_id, review.bureau_id, given.reason, given.recorded_at)
    return bool(await conn.fetchval(INSERT_DISSENT, *row))


DISSENTS_OF = (
    "select person_id, reason, recorded_at from grade_dissent where review_id = $1 order by recorded_at"
)


async def dissents_of(conn: Connection, review_id: str) -> Sequence[Dissent]:
    """Who dissented and why, in the order in which they said so."""
    rows = await conn.fetch(DISSENTS_OF, review_id)
    return [Dissent(row["person_id"], row["reason"], row["recorded_at"]) for row in rows]


INSERT_SIGN_OFF = """
insert into grade_sign_off (review_id, bureau_id, seat, person_id, state_hash, state, signed_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def add_sign_off(conn: Connection, review: Review, given: SignOff, state: DecidedState) -> None:
    """Record a signature with the state that was signed, word for word."""
    await conn.execute(
        INSERT_SIGN_OFF,
        *(review.id, review.bureau_id, given.seat, given.person_id, given.state_hash, state.canonical),
        given.signed_at,
    )


SIGN_OFFS_OF = """
select seat, person_id, state_hash, signed_at from grade_sign_off where review_id = $1 order by sequence
"""


async def sign_offs_of(conn: Connection, review_id: str) -> list[SignOff]:
    """Every signature, those of earlier states among them."""
    rows = await conn.fetch(SIGN_OFFS_OF, review_id)
    return [SignOff(Seat(row["seat"]), row["person_id"], row["state_hash"], row["signed_at"]) for row in rows]
