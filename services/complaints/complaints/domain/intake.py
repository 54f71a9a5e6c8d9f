"""What somebody may bring in: one type per regime, each with only its own fields."""

from datetime import date

import msgspec

from complaints.domain.complaint import ComplaintKind


class Person(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Somebody who called: a name and a way to reach them."""

    name: str
    phone: str = ""
    address: str = ""


class ServiceComplaint(
    msgspec.Struct,
    frozen=True,
    rename="camel",
    forbid_unknown_fields=True,
    tag_field="regime",
    tag="SERVICE_COMPLAINT",
):
    """A complaint about service: it names a unit, and a person where the caller knows one."""

    bureau_id: str
    kind: ComplaintKind
    unit_id: str
    text: str
    person_id: str | None = None
    occurred_on: date | None = None
    contact: Person | None = None


class StaffReport(
    msgspec.Struct,
    frozen=True,
    rename="camel",
    forbid_unknown_fields=True,
    tag_field="regime",
    tag="STAFF_REPORT",
):
    """A tip-off about staff. Without `informant` it is anonymous; `text` stays out for upper-managed subjects."""

    bureau_id: str
    text: str | None = None
    subject_id: str | None = None
    unit_id: str | None = None
    risk_point_id: str | None = None
    occurred_on: date | None = None
    informant: Person | None = None
    previous_receipt: str | None = None


Intake = ServiceComplaint | StaffReport
