"""Who may do what (Cedar), and objects as the policies see them."""

from pathlib import Path

from plumbline_shared.policy import Policy, Resource

from education.domain.alert import EducationAlert
from education.domain.assignment import Assignment

POLICY = Policy.load(Path(__file__).parent)


def assignment_resource(one: Assignment) -> Resource:
    """An assignment: whose it is, in which unit, who gave it."""
    return Resource(
        "Assignment",
        one.id,
        {
            "bureau": one.bureau_id,
            "person": one.person_id,
            "unit": one.unit_id,
            "assigner": one.assigned_by,
        },
    )


def officer_resource(person_id: str, unit_id: str, bureau_id: str) -> Resource:
    """A person in the unit for which they are to learn."""
    return Resource("Officer", person_id, {"bureau": bureau_id, "unit": unit_id})


def alert_resource(one: EducationAlert) -> Resource:
    """An alert about an overdue assignment."""
    return Resource(
        "EducationAlert", one.id, {"bureau": one.bureau_id, "person": one.person_id, "unit": one.unit_id}
    )
