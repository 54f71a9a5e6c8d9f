"""Inspection runs: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from case_flow.access import POLICY
from case_flow.domain.draw import Stratum
from case_flow.domain.inspection import InspectionRun, InspectionState
from case_flow.inspection_access import run_resource
from case_flow.storage import inspection as runs
from case_flow.storage import participant
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection, Database
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = ("D01.a", "D01.b", "D02.c")
ROLES = ("LEGAL_OFFICER", "DISCIPLINE_LEAD", "SUPERVISION_OFFICE", "BUREAU_HEAD", "INSPECTOR", "DEPUTY_HEAD")
AT = datetime(2026, 6, 1, tzinfo=UTC)
BUREAU = "select set_config('plumbline.bureau', $1, true)"


@dataclass(frozen=True)
class Row:
    """One run, as far as visibility asks."""

    id: str
    bureau: str
    people: frozenset[str]


rows = st.lists(
    st.builds(
        Row,
        id=st.uuids().map(str),
        bureau=st.sampled_from(["D01", "D02"]),
        people=st.frozensets(st.sampled_from(PEOPLE)),
    ),
    max_size=5,
    unique_by=lambda row: row.id,
)
askers = principals(people=PEOPLE, roles=ROLES, units=("D01.U1",))


def run_of(row: Row) -> InspectionRun:
    return InspectionRun(
        id=row.id,
        bureau_id=row.bureau,
        code=row.id,
        lead_unit_id="D01.U1",
        period_from=date(2025, 1, 1),
        period_to=date(2025, 12, 31),
        report_due_on=date(2026, 6, 30),
        strata=(Stratum("A", 1),),
        aspects=(),
        plan_hash="h",
        pack="p",
        state=InspectionState.PLANNED,
        planned_by="x",
        planned_at=AT,
    )


async def add(conn: Connection, row: Row) -> None:
    await conn.execute(BUREAU, row.bureau)
    await participant.add(conn, row.bureau, row.id, [(person, "INSPECTOR") for person in row.people], AT)
    await runs.add(conn, run_of(row))


def as_resource(row: Row) -> Resource:
    return run_resource(run_of(row), row.people)


RUNS = VisibleRows(POLICY, "read", "select id from inspection_run", add, as_resource)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(askers, rows)
async def test_inspection_runs(shared_database: Database, asker: Principal, stored: list[Row]) -> None:
    await RUNS.hold(shared_database, asker, stored)
