"""The alert EDUCATION_OVERDUE: grade LOW, about one assignment."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class EducationAlert:
    """Raised at 00:00 after the due date of an assignment that nobody had done."""

    id: str
    assignment_id: str
    bureau_id: str
    person_id: str
    unit_id: str
    kind: str
    grade: str
    raised_at: datetime
