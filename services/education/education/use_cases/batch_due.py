"""The due date of a batch passed: alerts for what is undone, and how much that is in each unit (SR-05)."""

from datetime import date

from plumbline_shared.ids import new_id
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from education.domain.assignment import Status, shares
from education.publications import overdue, unit_overdue
from education.storage.alerts import raise_alert
from education.storage.assignments import due_in_batch


async def on_batch_due(uow: Uow, timer: Timer) -> None:
    """Runs at 00:00 after the due date; `uow.now` is that instant however late it runs."""
    batch_id, due_on = str(timer.payload["batch"]), date.fromisoformat(str(timer.payload["due_on"]))
    batch = await due_in_batch(uow.conn, batch_id, due_on)
    for one in batch:
        late = one.status(uow.today) is Status.OVERDUE
        if late and await raise_alert(uow.conn, new_id("al"), one, uow.now):
            await uow.emit(one.id, overdue(one), bureau_id=one.bureau_id)
    for share in shares(batch, uow.today):
        message = unit_overdue(batch_id, batch[0].bureau_id, share, due_on)
        await uow.emit(batch_id, message, bureau_id=batch[0].bureau_id)
