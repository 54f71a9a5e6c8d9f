"""Events out: what became of an assignment. No case text, no answers."""

from datetime import date, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from plumbline_contracts.education.v1 import (
    AssignmentCompleted,
    AssignmentCreated,
    AssignmentWaived,
    BatchUnitOverdue,
    EducationOverdue,
)

from education.domain.assignment import Assignment, UnitShare


def created(one: Assignment) -> AssignmentCreated:
    """Somebody got something to do."""
    return AssignmentCreated(
        assignment_id=one.id,
        bureau_id=one.bureau_id,
        person_id=one.person_id,
        unit_id=one.unit_id,
        kind=f"ASSIGNMENT_KIND_{one.kind}",
        point_id=one.point_id or "",
        incident_id=one.incident_id or "",
        batch_id=one.batch_id,
        due_on=one.due_on.isoformat(),
        curriculum=one.curriculum,
        curriculum_version=one.curriculum_version,
    )


def completed(one: Assignment, at: datetime, score: int | None) -> AssignmentCompleted:
    """It is done; `score` is None for a pledge."""
    return AssignmentCompleted(
        assignment_id=one.id,
        bureau_id=one.bureau_id,
        person_id=one.person_id,
        unit_id=one.unit_id,
        kind=f"ASSIGNMENT_KIND_{one.kind}",
        point_id=one.point_id or "",
        incident_id=one.incident_id or "",
        batch_id=one.batch_id,
        due_on=one.due_on.isoformat(),
        completed_at=_instant(at),
        score=score,
    )


def waived(one: Assignment, at: datetime) -> AssignmentWaived:
    """It was lifted."""
    return AssignmentWaived(
        assignment_id=one.id,
        bureau_id=one.bureau_id,
        person_id=one.person_id,
        unit_id=one.unit_id,
        kind=f"ASSIGNMENT_KIND_{one.kind}",
        point_id=one.point_id or "",
        batch_id=one.batch_id,
        waived_at=_instant(at),
    )


def overdue(one: Assignment) -> EducationOverdue:
    """Its due date passed undone."""
    return EducationOverdue(
        assignment_id=one.id,
        batch_id=one.batch_id,
        bureau_id=one.bureau_id,
        person_id=one.person_id,
        unit_id=one.unit_id,
        kind=f"ASSIGNMENT_KIND_{one.kind}",
        point_id=one.point_id or "",
        due_on=one.due_on.isoformat(),
        overdue_from=one.overdue_from.isoformat(),
    )


def unit_overdue(batch_id: str, bureau_id: str, share: UnitShare, due_on: date) -> BatchUnitOverdue:
    """How much of a batch is overdue in a unit."""
    return BatchUnitOverdue(
        batch_id=batch_id,
        bureau_id=bureau_id,
        unit_id=share.unit_id,
        total=share.total,
        overdue=share.overdue,
        due_on=due_on.isoformat(),
    )


def _instant(at: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(at)
    return stamp
