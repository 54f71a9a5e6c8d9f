"""Events out about rotation and avoidance."""

from datetime import date

from plumbline_contracts.risk_registry.v1 import (
    AvoidanceFound,
    RotationDueSoon,
    RotationExtended,
    RotationOutcome,
    RotationOverdue,
    RotationResolved,
)

from risk_registry.domain.rotation import Rotation
from risk_registry.storage.rotation import AskedExtension, Notice


def due_soon(bureau_id: str, one: Rotation, on: date) -> RotationDueSoon:
    """So many days are left of a holding."""
    held = one.tenure
    return RotationDueSoon(
        rotation_id=held.id,
        bureau_id=bureau_id,
        unit_id=held.unit_id,
        post_id=held.post_id,
        person_id=held.person_id,
        grade=f"RISK_GRADE_{one.grade}",
        held_since=held.since.isoformat(),
        due_on=one.limit_on.isoformat(),
        days_left=(one.limit_on - on).days,
    )


def overdue(bureau_id: str, one: Rotation, on: date) -> RotationOverdue:
    """The limit has passed; `on` lies in the month that has begun."""
    held = one.tenure
    return RotationOverdue(
        rotation_id=held.id,
        bureau_id=bureau_id,
        unit_id=held.unit_id,
        post_id=held.post_id,
        person_id=held.person_id,
        grade=f"RISK_GRADE_{one.grade}",
        held_since=held.since.isoformat(),
        due_on=one.limit_on.isoformat(),
        overdue_from=one.overdue_from.isoformat(),
        month=f"{on:%Y-%m}",
        started_on=max(one.overdue_from, on.replace(day=1)).isoformat(),
    )


def resolved(
    bureau_id: str, person_id: str, last: Notice, left_on: date | None, on: date
) -> RotationResolved:
    """The holder left the post on `left_on`; without one the limit no longer binds from `on`."""
    outcome = RotationOutcome.ROTATION_OUTCOME_LEFT_POST if left_on else None
    return RotationResolved(
        rotation_id=last.rotation_id,
        bureau_id=bureau_id,
        unit_id=last.unit_id,
        post_id=last.post_id,
        person_id=person_id,
        outcome=outcome or RotationOutcome.ROTATION_OUTCOME_LIMIT_CHANGED,
        resolved_on=(left_on or on).isoformat(),
    )


def extended(bureau_id: str, asked: AskedExtension, on: date) -> RotationExtended:
    """The head approved an extension."""
    return RotationExtended(
        rotation_id=asked.rotation_id,
        bureau_id=bureau_id,
        unit_id=asked.unit_id,
        post_id=asked.post_id,
        person_id=asked.person_id,
        extension_id=asked.id,
        due_on=asked.due_on.isoformat(),
        extended_until=asked.extended_until.isoformat(),
        approved_on=on.isoformat(),
    )


def avoidance_found(finding_id: str, bureau_id: str, on: date) -> AvoidanceFound:
    """An assignment stands against the avoidance of kin; whose is not said."""
    return AvoidanceFound(finding_id=finding_id, bureau_id=bureau_id, found_on=on.isoformat())
