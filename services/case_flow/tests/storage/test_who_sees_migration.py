"""Batches of migrated matters: rows visible under row-level security == rows Cedar allows."""

from datetime import UTC, datetime

from case_flow.access import POLICY
from case_flow.domain.definition import Citation, ItemDefinition, Text
from case_flow.reform_access import migration_resource
from case_flow.storage import item as items
from case_flow.storage import migration as storage
from case_flow.storage.migration import Batch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection, Database
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

AT = datetime(2026, 6, 1, tzinfo=UTC)
BUREAU = "select set_config('plumbline.bureau', $1, true)"
ROLES = ("BUREAU_HEAD", "ROLLOUT_ADMIN", "DEPUTY_HEAD", "DISCIPLINE_LEAD", "SECTION_CHIEF")
batches = st.lists(
    st.builds(
        Batch,
        id=st.uuids().map(str),
        bureau_id=st.sampled_from(["D01", "D02"]),
        item_code=st.uuids().map(str),
        to_version=st.just(1),
        total=st.just(0),
        started_by=st.just("x"),
        started_at=st.just(AT),
    ),
    max_size=5,
    unique_by=lambda row: row.id,
)
askers = principals(people=("D01.a", "D02.c"), roles=ROLES, units=("D01.U1",))


async def add(conn: Connection, row: Batch) -> None:
    await conn.execute(BUREAU, row.bureau_id)
    name = Text(zh="事项", en="item")
    empty = ItemDefinition(
        item=row.item_code, version=1, name=name, start="a", steps=(), citation=Citation(source="x")
    )
    await items.publish(conn, row.bureau_id, empty, row.item_code, "", AT, "x")
    await storage.start(conn, row)


BATCHES = VisibleRows(POLICY, "read", "select id from matter_migration", add, migration_resource)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(askers, batches)
async def test_batches(shared_database: Database, asker: Principal, stored: list[Batch]) -> None:
    await BATCHES.hold(shared_database, asker, stored)
