"""Give everybody of one cause what it asks for: one batch, one assignment per person and curriculum."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plumbline_org.storage.load import load_org
from plumbline_shared.calendar import WorkingCalendar, seed_calendar
from plumbline_shared.clock import end_of_day
from plumbline_shared.database import Connection
from plumbline_shared.deadline import due
from plumbline_shared.errors import NotFound
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from education.domain.assignment import Assignment
from education.domain.curriculum import Curriculum, Trigger
from education.publications import created
from education.storage import assignments as storage


@dataclass(frozen=True)
class Cause:
    """Why people have to learn: `ref` names the cause once and for all."""

    trigger: Trigger
    ref: str
    bureau_id: str
    started_on: date
    point_id: str | None = None
    incident_id: str | None = None
    reason: str = ""


async def open_batch(
    uow: Uow, cause: Cause, learners: Mapping[str, str], curricula: Sequence[Curriculum]
) -> list[Assignment]:
    """Assign `curricula` to `learners` (person → unit); nothing when the cause has its batch already."""
    if not (learners and curricula):
        return []
    batch_id = new_id("eb")
    what, by = (cause.trigger, cause.ref), uow.principal.actor
    opened = await storage.open_batch(uow.conn, batch_id, cause.bureau_id, what, cause.reason, by, uow.now)
    if not opened:
        return []
    calendar = await _calendar(uow.conn, cause.bureau_id)
    made = [
        _assignment(uow, cause, batch_id, person, unit, one, calendar)
        for person, unit in learners.items()
        for one in curricula
    ]
    await storage.add_assignments(uow.conn, made)
    for each in made:
        await uow.emit(each.id, created(each), bureau_id=each.bureau_id)
    await _schedule(uow, batch_id, {each.due_on for each in made})
    return made


async def _schedule(uow: Uow, batch_id: str, days: Iterable[date]) -> None:
    for day in sorted(days):
        payload = {"batch": batch_id, "due_on": day.isoformat()}
        await uow.schedule("batch_due", batch_id, end_of_day(day), payload)


async def _calendar(conn: Connection, bureau_id: str) -> WorkingCalendar:
    """The bureau's calendar; the published notices while the directory has not told us of the bureau."""
    try:
        return (await load_org(conn, bureau_id)).calendar
    except NotFound:
        return seed_calendar()


def _assignment(
    uow: Uow,
    cause: Cause,
    batch_id: str,
    person: str,
    unit: str,
    curriculum: Curriculum,
    calendar: WorkingCalendar,
) -> Assignment:
    deadline = due(curriculum.rule, cause.started_on, calendar)
    return Assignment(
        id=new_id("ea"),
        batch_id=batch_id,
        bureau_id=cause.bureau_id,
        person_id=person,
        unit_id=unit,
        kind=curriculum.kind,
        curriculum=curriculum.code,
        curriculum_version=curriculum.version,
        point_id=cause.point_id,
        incident_id=cause.incident_id,
        assigned_on=uow.today,
        started_on=cause.started_on,
        due_on=deadline.due_on,
        provisional=deadline.provisional,
        assigned_by=uow.principal.actor,
    )
