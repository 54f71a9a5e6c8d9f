"""Supervised events: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from case_flow.access import POLICY
from case_flow.domain.supervision import SupervisedEvent
from case_flow.storage import participant, supervision
from case_flow.supervision_access import event_resource
from case_flow.testing import WorkedBureau
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = ("D01.a", "D01.b", "D02.c")
ROLES = (
    "DISCIPLINE_LEAD",
    "DISCIPLINE_OFFICER",
    "INTERNAL_AUDITOR",
    "BUREAU_HEAD",
    "DEPUTY_HEAD",
    "SECTION_CHIEF",
)
AT = datetime(2026, 8, 1, tzinfo=UTC)
BUREAU = "select set_config('plumbline.bureau', $1, true)"


@dataclass(frozen=True)
class Row:
    """One event, as far as visibility asks."""

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


def event_of(row: Row) -> SupervisedEvent:
    return SupervisedEvent(
        row.id, row.bureau, "PROCUREMENT", "t", "D01.U1", date(2026, 8, 10), "x", AT, "pack"
    )


async def add(conn: Connection, row: Row) -> None:
    await conn.execute(BUREAU, row.bureau)
    await participant.add(conn, row.bureau, row.id, [(person, "GROUP") for person in row.people], AT)
    await supervision.add(conn, event_of(row))


def as_resource(row: Row) -> Resource:
    return event_resource(event_of(row), row.people)


EVENTS = VisibleRows(POLICY, "read", "select id from supervised_event", add, as_resource)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(askers, rows)
async def test_supervised_events(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await EVENTS.hold(bureau.db, asker, stored)
