"""New editions: of every handbook that a regraded point is printed in (scenario 5), and of each when its cycle ends."""

from plumbline_shared.errors import NotFound
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from risk_registry.documents.editions import HandbookScope
from risk_registry.storage.handbooks import latest_edition
from risk_registry.storage.points import load_points
from risk_registry.use_cases.issue_handbook import IssueHandbook, issue_handbook

RENEWAL = "handbook_renewal"


async def on_handbook_renewal(uow: Uow, timer: Timer) -> None:
    """Reissue, as of the day, the editions of the point's posts and of the bureau, where there is one already.

    What takes effect at one instant is in the first edition of that instant: it is printed once, not for each point.
    """
    bureau = uow.principal.bureau_id or ""
    point = (await load_points(uow.conn, bureau, uow.today, [timer.ref])).get(timer.ref)
    if point is None:
        return
    subjects = [(HandbookScope.POST, post) for post in point.description.posts]
    for scope, subject in [*subjects, (HandbookScope.BUREAU, bureau)]:
        last = await latest_edition(uow.conn, bureau, scope, subject, None)
        if last and (last.as_of, last.issued_at) < (uow.today, uow.now):
            await issue_handbook(uow, IssueHandbook(scope, subject, uow.today))


async def on_handbook_cycle(uow: Uow, timer: Timer) -> None:
    """Reissue the handbook as of the day, which plans the next; one whose post or officer is gone has no more."""
    scope, _, subject = timer.ref.partition(":")
    try:
        await issue_handbook(uow, IssueHandbook(HandbookScope(scope), subject, uow.today))
    except NotFound:
        await uow.audit("end_handbook_cycle", "Handbook", subject)
