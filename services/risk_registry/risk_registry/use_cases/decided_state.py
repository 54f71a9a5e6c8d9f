"""The state that a signature stands for, as it is now: put together by the service, whoever asks."""

from datetime import date

from plumbline_shared.database import Connection

from risk_registry.domain.grading import tally_of
from risk_registry.domain.reviews import Review
from risk_registry.domain.sign_off import DecidedState
from risk_registry.storage.assessments import assessed_of, rounds_of
from risk_registry.storage.points import load_points
from risk_registry.storage.reviews import votes_of
from risk_registry.storage.schemes import scheme


async def state_of(conn: Connection, review: Review, on: date) -> DecidedState | None:
    """What is up for signature; `None` while nothing is. `conn` reads as somebody who may read the point."""
    assessed = await assessed_of(conn, review.id)
    point = (await load_points(conn, review.bureau_id, on, [review.point_id])).get(review.point_id)
    if assessed is None or point is None:
        return None
    rounds = tuple(await rounds_of(conn, review.id))
    votes = [each.vote for each in (await votes_of(conn, [review.id])).get(review.id, [])]
    tally = {grade: count for grade, count in tally_of(votes).items() if count}
    return DecidedState(
        point.id, point.description, rounds, assessed, await scheme(conn, review.scheme), tally
    )
