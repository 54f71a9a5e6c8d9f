"""Lists of assignments and alerts, page by page."""

from datetime import UTC, date, datetime

import strawberry
from plumbline_shared.graphql import (
    Connection,
    Info,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
)
from plumbline_shared.policy import absent

from education.api import loaders
from education.api.types import EducationAlert, EducationAssignment
from education.domain.assignment import Status
from education.storage.alerts import list_alerts
from education.storage.assignments import AssignmentFilter, list_assignments

DAY_ONE = (date.min, "")
INSTANT_ONE = (datetime(1970, 1, 1, tzinfo=UTC), "")


@strawberry.type
class EducationAssignmentConnection(Connection[EducationAssignment]):
    """One page of assignments, by due date."""


@strawberry.type
class EducationAlertConnection(Connection[EducationAlert]):
    """One page of alerts, oldest first."""


@strawberry.input
class EducationAssignmentFilter:
    """What does not narrow is left out."""

    person_id: strawberry.ID | None = None
    unit_id: strawberry.ID | None = None
    point_id: strawberry.ID | None = None
    batch_id: strawberry.ID | None = None
    status: Status | None = None

    def on(self, today: date) -> AssignmentFilter:
        return AssignmentFilter(
            today, self.person_id, self.unit_id, self.point_id, self.batch_id, self.status
        )


async def assignments(
    info: Info, wanted: AssignmentFilter, first: int, after: str | None
) -> EducationAssignmentConnection:
    """What the reader may see."""
    context = info.context
    bureau, position = _bureau(info), decode_cursor(after, tuple[date, str]) if after else DAY_ONE
    async with context.read() as conn:
        found = await list_assignments(conn, bureau, wanted, position, page_size(first) + 1)
    edges, page = paginate(
        loaders.allowed(context, found),
        first,
        lambda one: EducationAssignment.of(one, context.today),
        lambda one: encode_cursor(one.due_on.isoformat(), one.id),
    )
    return EducationAssignmentConnection(edges=edges, page_info=page)


async def alerts(info: Info, first: int, after: str | None) -> EducationAlertConnection:
    """Alerts that the reader may see."""
    context = info.context
    bureau, position = _bureau(info), decode_cursor(after, tuple[datetime, str]) if after else INSTANT_ONE
    async with context.read() as conn:
        found = await list_alerts(conn, bureau, position, page_size(first) + 1)
    edges, page = paginate(
        loaders.allowed_alerts(context, found),
        first,
        EducationAlert.of,
        lambda one: encode_cursor(one.raised_at.isoformat(), one.id),
    )
    return EducationAlertConnection(edges=edges, page_info=page)


def _bureau(info: Info) -> str:
    info.context.person_id()
    if info.context.principal.bureau_id is None:
        raise absent("bureau")
    return info.context.principal.bureau_id
