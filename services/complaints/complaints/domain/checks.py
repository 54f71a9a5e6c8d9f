"""What an intake has to hold before it is looked at further."""

from datetime import date

from plumbline_org.model import Org
from plumbline_shared.errors import Invalid

from complaints.domain.intake import Intake, Person, ServiceComplaint, StaffReport

MAX_TEXT = 20_000
MAX_FIELD = 400


def check_intake(intake: Intake, org: Org, today: date) -> None:
    """Raises Invalid with the path of the field. Messages never repeat what was typed."""
    _check_unit(intake.unit_id, org)
    if intake.occurred_on is not None and intake.occurred_on > today:
        raise Invalid("this day has not come yet", path=["occurredOn"])
    if intake.text is not None and not 1 <= len(intake.text.strip()) <= MAX_TEXT:
        raise Invalid(f"the text has 1 to {MAX_TEXT} characters", path=["text"])
    match intake:
        case ServiceComplaint():
            _check_person(intake.person_id, org, "personId")
            _check_caller(intake.contact, "contact")
        case StaffReport():
            _check_person(intake.subject_id, org, "subjectId")
            _check_caller(intake.informant, "informant")
            _check_point(intake)


def _check_unit(unit_id: str | None, org: Org) -> None:
    if unit_id is not None and org.unit(unit_id) is None:
        raise Invalid("this bureau has no such unit: choose one of the directory", path=["unitId"])


def _check_person(person_id: str | None, org: Org, field: str) -> None:
    if person_id is not None and org.person(person_id) is None:
        raise Invalid("this bureau has no such person: choose one of the directory", path=[field])


def _check_caller(caller: Person | None, field: str) -> None:
    if caller is None:
        return
    if not caller.name.strip():
        raise Invalid("give a name, or leave the caller out altogether", path=[field, "name"])
    for name in ("name", "phone", "address"):
        if len(getattr(caller, name)) > MAX_FIELD:
            raise Invalid(f"at most {MAX_FIELD} characters", path=[field, name])


def _check_point(report: StaffReport) -> None:
    if report.risk_point_id is not None and not report.risk_point_id.startswith(f"{report.bureau_id}."):
        raise Invalid("this bureau has no such risk point", path=["riskPointId"])
