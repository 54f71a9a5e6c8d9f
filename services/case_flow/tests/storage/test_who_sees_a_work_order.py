"""Work orders: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from case_flow.access import POLICY
from case_flow.domain.work_order import WorkOrder, WorkOrderKind
from case_flow.storage import participant
from case_flow.storage import work_order as orders
from case_flow.testing import WorkedBureau
from case_flow.work_order_access import work_order_resource
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE, UNITS = ("D01.a", "D01.b", "D02.c"), ("D01.U1", "D01.U2")
ROLES = ("BUREAU_HEAD", "INTERNAL_AUDITOR", "SECTION_CHIEF", "DISCIPLINE_LEAD")
AT, DAY = datetime(2026, 8, 1, tzinfo=UTC), date(2026, 8, 1)
BUREAU = "select set_config('plumbline.bureau', $1, true)"


@dataclass(frozen=True)
class Row:
    """One order, as far as visibility asks."""

    id: str
    bureau: str
    to_unit: str
    people: frozenset[str]


rows = st.lists(
    st.builds(
        Row,
        id=st.uuids().map(str),
        bureau=st.sampled_from(["D01", "D02"]),
        to_unit=st.sampled_from(UNITS),
        people=st.frozensets(st.sampled_from(PEOPLE)),
    ),
    max_size=4,
    unique_by=lambda row: row.id,
)


def order_of(row: Row) -> WorkOrder:
    units = ("D01.U2", row.to_unit)
    return WorkOrder(row.id, row.bureau, WorkOrderKind.TASK, "t", "d", *units, "x", AT, DAY, DAY)


async def add(conn: Connection, row: Row) -> None:
    await conn.execute(BUREAU, row.bureau)
    await participant.add(conn, row.bureau, row.id, [(person, "LEADER") for person in row.people], AT)
    await orders.add(conn, order_of(row))


def as_resource(row: Row) -> Resource:
    return work_order_resource(order_of(row), row.people)


ORDERS = VisibleRows(POLICY, "read", "select id from work_order", add, as_resource)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(principals(people=PEOPLE, roles=ROLES, units=UNITS), rows)
async def test_work_orders(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await ORDERS.hold(bureau.db, asker, stored)
