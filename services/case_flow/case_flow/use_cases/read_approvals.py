"""What passed the steps of a point in the last months, for the discipline lead, without a trace for its subject."""

from calendar import monthrange
from datetime import date, datetime

from plumbline_shared.clock import local_date, start_of_day
from plumbline_shared.database import Database
from plumbline_shared.errors import Invalid
from plumbline_shared.principal import Principal

from case_flow.storage import watch
from case_flow.storage.watch import PassedStep

MAX_MONTHS = 36


async def approvals_of(
    db: Database, principal: Principal, point_id: str, months: int, now: datetime
) -> list[PassedStep]:
    """Newest first; empty for everybody but the discipline lead. Raises Invalid outside 1…36 months.

    A read that writes: its entry goes to the sealed log in the same transaction (scenario 3, step 8).
    """
    if not 1 <= months <= MAX_MONTHS:
        raise Invalid(f"`months` is 1 to {MAX_MONTHS}", path=("months",))
    since = start_of_day(_months_before(local_date(now), months))
    async with db.transaction(principal) as conn:
        return await watch.approvals_at_step(conn, point_id, since, now)


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
