"""What the verbs of a grading review share: the review, its point, and who holds the point."""

from collections.abc import Sequence
from datetime import date

from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import ReviewKind, VotedOtherwise
from risk_registry.domain.points import Description
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.reviews import Review
from risk_registry.storage.points import load_points
from risk_registry.storage.reviews import load_reviews


async def review_of(uow: Uow, review_id: str) -> Review:
    """The review as the caller may see it. Raises NotFound."""
    found = (await load_reviews(uow.conn, [review_id])).get(review_id)
    if found is None:
        raise absent("grading review")
    return found


async def point_of(uow: Uow, point_id: str, on: date) -> PointOnDay:
    """The point as of a day, as the caller may see it. Raises NotFound."""
    bureau = uow.principal.bureau_id or ""
    found = (await load_points(uow.conn, bureau, on, [point_id])).get(point_id)
    if found is None:
        raise absent("risk point")
    return found


def holders_of(org: Org, text: Description, on: date) -> Sequence[tuple[str, str]]:
    """Everybody who holds a post of the point on a day, with the unit of that post."""
    held = {
        person: post.unit_id
        for post in (org.posts[id_] for id_ in text.posts if id_ in org.posts)
        for person in org.holders(post.id, on)
    }
    return sorted(held.items())


async def holders_now(uow: Uow, review: Review) -> frozenset[str]:
    """A member need not be able to read the point, so the service itself looks who holds it."""
    await identify(uow.conn, system(review.bureau_id))
    point = await point_of(uow, review.point_id, uow.today)
    org = await load_org(uow.conn, review.bureau_id)
    await identify(uow.conn, uow.principal)
    return frozenset(person for person, _unit in holders_of(org, point.description, uow.today))


def require_kind(review: Review, kind: ReviewKind) -> None:
    """Raise VotedOtherwise unless the review is voted on this way."""
    if review.kind is not kind:
        raise VotedOtherwise(f"this review is voted on as {review.kind}")
