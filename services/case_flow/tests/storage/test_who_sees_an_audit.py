"""Audits that come round: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from case_flow.access import POLICY
from case_flow.domain.scheduled_audit import ScheduledAudit
from case_flow.scheduled_audit_access import audit_resource
from case_flow.storage import scheduled_audit as audits
from case_flow.testing import WorkedBureau
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = ("D01.a", "D01.b", "D01.c", "D02.c")
ROLES = ("BUREAU_HEAD", "INTERNAL_AUDITOR", "DISCIPLINE_LEAD", "SECTION_CHIEF")
AT, DAY = datetime(2026, 8, 1, tzinfo=UTC), date(2026, 7, 1)
BUREAU = "select set_config('plumbline.bureau', $1, true)"


@dataclass(frozen=True)
class Row:
    """One audit, as far as visibility asks."""

    id: str
    bureau: str
    team: frozenset[str]
    opened_by: str


rows = st.lists(
    st.builds(
        Row,
        id=st.uuids().map(str),
        bureau=st.sampled_from(["D01", "D02"]),
        team=st.frozensets(st.sampled_from(PEOPLE), min_size=2),
        opened_by=st.sampled_from(PEOPLE),
    ),
    max_size=4,
    unique_by=lambda row: row.id,
)


def audit_of(row: Row) -> ScheduledAudit:
    team = tuple(sorted(row.team))
    return ScheduledAudit(row.id, row.bureau, "FINANCE", DAY, DAY, ("U",), "s", team, row.opened_by, AT)


async def add(conn: Connection, row: Row) -> None:
    await conn.execute(BUREAU, row.bureau)
    await audits.add(conn, audit_of(row))


def as_resource(row: Row) -> Resource:
    return audit_resource(audit_of(row))


AUDITS = VisibleRows(POLICY, "read", "select id from scheduled_audit", add, as_resource)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(principals(people=PEOPLE, roles=ROLES), rows)
async def test_scheduled_audits(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await AUDITS.hold(bureau.db, asker, stored)
