"""On the day a decided grade begins to count, the others hear of it, with who holds the point that day."""

from datetime import date

from plumbline_org.storage.load import load_org
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from risk_registry.domain.reviews import Review
from risk_registry.domain.standing import IN_FORCE, standing_on
from risk_registry.publications import published, regraded
from risk_registry.storage.standings import standings_of
from risk_registry.use_cases.check_rotation import grades_change
from risk_registry.use_cases.panel import holders_of, point_of, review_of
from risk_registry.use_cases.renew_handbooks import RENEWAL


async def on_grade_effective(uow: Uow, timer: Timer) -> None:
    """00:00 of the effective day."""
    review = await review_of(uow, timer.ref)
    await take_effect(uow, review, uow.today)


async def take_effect(uow: Uow, review: Review, day: date) -> None:
    """Publish the new grade, unless a later decision for the same day replaced it or nothing changed."""
    history = (await standings_of(uow.conn, [review.point_id])).get(review.point_id, [])
    after = standing_on(history, day)
    before = standing_on([each for each in history if each.review_id != review.id], day)
    if after is None or after.grade is None or after.review_id != review.id:
        return
    point = await point_of(uow, review.point_id, day)
    await grades_change(uow, point.bureau_id, day)
    if before is None or before.grade is None or before.state not in IN_FORCE:
        message = published(point.id, point.bureau_id, point.code, after.grade, point.description, day)
        await uow.emit(point.id, message, bureau_id=point.bureau_id)
        await uow.schedule(RENEWAL, point.id, uow.now)
    elif before.grade is not after.grade:
        org = await load_org(uow.conn, point.bureau_id)
        message = regraded(
            point.id, point.bureau_id, point.description, (before.grade, after.grade), day, review.id,
            holders_of(org, point.description, day),
        )  # fmt: skip
        await uow.emit(point.id, message, bureau_id=point.bureau_id)
        await uow.schedule(RENEWAL, point.id, uow.now)
