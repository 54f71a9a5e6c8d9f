"""What an office was told of a run: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from case_flow.access import POLICY
from case_flow.domain.draw import Stratum
from case_flow.domain.inspection import InspectionRun, InspectionState, Notice
from case_flow.inspection_access import notice_resource
from case_flow.storage import inspection as runs
from case_flow.storage import inspection_notice as notices
from case_flow.testing import WorkedBureau
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE, ROLES, UNITS = (
    ("D01.a", "D02.c"),
    ("BUREAU_HEAD", "OFFICE_CHIEF", "INSPECTOR"),
    ("D01.TO-1", "D01.TO-2"),
)
AT = datetime(2026, 6, 1, tzinfo=UTC)
BUREAU = "select set_config('plumbline.bureau', $1, true)"


@dataclass(frozen=True)
class Row:
    """One notice, as far as visibility asks."""

    id: str
    bureau: str
    office: str


rows = st.lists(
    st.builds(
        Row, id=st.uuids().map(str), bureau=st.sampled_from(["D01", "D02"]), office=st.sampled_from(UNITS)
    ),
    max_size=5,
    unique_by=lambda row: row.id,
)


def run_of(row: Row) -> InspectionRun:
    day = date(2025, 1, 1)
    return InspectionRun(
        id=row.id, bureau_id=row.bureau, code=row.id, lead_unit_id="D01.U1", period_from=day, period_to=day,
        report_due_on=day, strata=(Stratum("A", 1),), aspects=(), plan_hash="h", pack="p",
        state=InspectionState.PLANNED, planned_by="x", planned_at=AT,
    )  # fmt: skip


async def add(conn: Connection, row: Row) -> None:
    await conn.execute(BUREAU, row.bureau)
    await runs.add(conn, run_of(row))
    await notices.add(conn, run_of(row), [row.office], Notice.of(run_of(row)), AT)


def as_resource(row: Row) -> Resource:
    return notice_resource(row.bureau, row.id, row.office)


NOTICES = VisibleRows(
    POLICY, "read", "select run_id || '/' || office_id as id from inspection_notice", add, as_resource
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(principals(people=PEOPLE, roles=ROLES, units=UNITS), rows)
async def test_inspection_notices(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await NOTICES.hold(bureau.db, asker, stored)
