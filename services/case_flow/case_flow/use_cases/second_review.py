"""A second review on running matters of a point that became HIGH: from their next step two people sign."""

from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.storage import watch


async def on_regrade_effective(uow: Uow, timer: Timer) -> None:
    """The point is HIGH from now on; deadlines of running matters stay as they are."""
    matters = await watch.impose_second_review(uow.conn, timer.ref, uow.now)
    await uow.audit("secondReview.imposed", "RiskPoint", timer.ref, {"matters": matters})
