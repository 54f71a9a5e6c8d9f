"""A reform moves risk points to other posts: on its first day whoever holds such a post gets the lesson (S1-132)."""

from datetime import date

from plumbline_contracts.risk_registry.v1 import ProcessVersionPublished, RiskDisposition
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import start_of_day
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from education.domain.curriculum import Trigger, for_transfer
from education.storage.curricula import current_curricula
from education.use_cases.open_batch import Cause, open_batch

TRANSFERRED = RiskDisposition.RISK_DISPOSITION_TRANSFERRED_TO_POST


async def on_process_version_published(uow: Uow, event: ProcessVersionPublished) -> None:
    """Who holds a receiving post is known on the first day only: wait for it."""
    moved = {one.point_id: one.receiver_post_id for one in event.dispositions if one.kind == TRANSFERRED}
    if moved:
        first = start_of_day(date.fromisoformat(event.effective_from))
        await uow.schedule("points_transferred", event.version_id, max(first, uow.now), moved)


async def on_points_transferred(uow: Uow, timer: Timer) -> None:
    """00:00 of the first day: one batch for each point, so that a second telling adds nothing."""
    bureau = timer.bureau_id or ""
    org = await load_org(uow.conn, bureau)
    curricula = for_transfer(await current_curricula(uow.conn, uow.today))
    for point, post in sorted(timer.payload.items()):
        ref = f"{timer.ref}/{point}"
        cause = Cause(Trigger.RISK_POINT_TRANSFERRED, ref, bureau, uow.today, point_id=point)
        await open_batch(uow, cause, _holders(org, post, uow.today), curricula)


def _holders(org: Org, post_id: str, on: date) -> dict[str, str]:
    """Person → the post's unit."""
    post = org.post(post_id)
    return dict.fromkeys(org.holders(post_id, on), post.unit_id) if post else {}
