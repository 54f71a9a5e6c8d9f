"""Rows visible under row-level security are the rows that Cedar allows, for complaints and for sealed reports."""

from datetime import date

from complaints.domain.complaint import Complaint, ComplaintKind, ComplaintState
from complaints.domain.report import Report
from complaints.policies import POLICY, complaint_resource, report_resource
from complaints.storage.complaints import add_complaint
from complaints.storage.reports import add_report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = [f"D01.{code}" for code in ("ma-qing", "huang-zhen", "fan-ke", "wu-yan", "chen-gang", "operator-07")]
UNITS = ["D01.HALL", "D01.POLICY", "D01.TO-3"]
ROLES = [
    "COMPLAINT_HANDLER",
    "DISCIPLINE_LEAD",
    "DISCIPLINE_OFFICER",
    "BUREAU_HEAD",
    "INTERNAL_AUDITOR",
    "SECTION_CHIEF",
    "OFFICE_CHIEF",
    "HOTLINE_OPERATOR",
]
ASKING = principals(people=PEOPLE, roles=ROLES, units=UNITS, scopes=["complaints:intake"])
ON = date(2026, 5, 18)
IDS = st.integers(0, 10**9)
ENOUGH = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

COMPLAINTS = st.builds(
    Complaint,
    id=IDS.map("cp_{}".format),
    bureau_id=st.sampled_from(["D01", "D02"]),
    kind=st.sampled_from(ComplaintKind),
    unit_id=st.sampled_from(UNITS),
    person_id=st.sampled_from([*PEOPLE, None]),
    typed_by=st.sampled_from([*PEOPLE, None]),
    received_on=st.just(ON),
    occurred_on=st.none(),
    state=st.sampled_from(ComplaintState),
    accept_due_on=st.just(ON),
)
REPORTS = st.builds(
    Report,
    id=IDS.map("sr_{}".format),
    bureau_id=st.sampled_from(["D01", "D02"]),
    received_on=st.just(ON),
    named=st.just(False),
    handlers=st.frozensets(st.sampled_from(PEOPLE), max_size=3),
)


async def insert_complaint(conn: Connection, row: Complaint) -> None:
    await add_complaint(conn, row, b"sealed", None)


async def insert_report(conn: Connection, row: Report) -> None:
    await add_report(conn, row, b"sealed", None, [])


# The service itself reads by row-level security alone: it asks Cedar in its user's name.
COMPLAINTS_SEEN = VisibleRows(
    POLICY, "read", "select id from complaint", insert_complaint, complaint_resource
)
REPORTS_SEEN = VisibleRows(POLICY, "read", "select id from sealed_report", insert_report, report_resource)
USERS = ASKING.filter(lambda one: one.kind != "system")


@ENOUGH
@given(who=USERS, rows=st.lists(COMPLAINTS, max_size=8, unique_by=lambda row: row.id))
async def test_complaints(runtime: Runtime, who: Principal, rows: list[Complaint]) -> None:
    await COMPLAINTS_SEEN.hold(runtime.db, who, rows)


@ENOUGH
@given(who=USERS, rows=st.lists(REPORTS, max_size=8, unique_by=lambda row: row.id))
async def test_sealed_reports(runtime: Runtime, who: Principal, rows: list[Report]) -> None:
    seen = await REPORTS_SEEN.hold(runtime.db, who, rows)
    assert all(who.person_id in row.handlers for row in rows if row.id in seen)
