"""A bureau's own controls: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass

from case_flow.access import POLICY
from case_flow.control_set_access import control_set_resource
from case_flow.testing import WorkedBureau
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE, ROLES = ("D01.a", "D02.c"), ("BUREAU_HEAD", "LEGAL_OFFICER", "SECTION_CHIEF")
AUTHOR = "select set_config('plumbline.bureau', $1, true), set_config('plumbline.person', 'x', true)"
ADD = """
insert into control_set (bureau_id, version, digest, definition, source, author, drafted_at)
values ($1, $2, 'd', '{}', '', 'x', now())
"""


@dataclass(frozen=True)
class Row:
    """One version, as far as visibility asks."""

    bureau: str
    version: int


rows = st.lists(
    st.builds(Row, bureau=st.sampled_from(["D01", "D02"]), version=st.integers(1, 4)), max_size=4, unique=True
)


async def add(conn: Connection, row: Row) -> None:
    await conn.execute(AUTHOR, row.bureau)
    await conn.execute(ADD, row.bureau, row.version)


def as_resource(row: Row) -> Resource:
    return control_set_resource(row.bureau, row.version)


SETS = VisibleRows(
    POLICY, "read", "select bureau_id || '/' || version as id from control_set", add, as_resource
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(principals(people=PEOPLE, roles=ROLES), rows)
async def test_control_sets(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await SETS.hold(bureau.db, asker, stored)
