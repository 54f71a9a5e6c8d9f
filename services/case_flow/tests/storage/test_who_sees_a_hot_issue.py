"""What is answered in public, read as an officer: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass

from case_flow.hall_access import POLICY, hot_issue_resource
from case_flow.testing import WorkedBureau
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE, ROLES = ("D01.a", "D02.c"), ("BUREAU_HEAD", "SECTION_CHIEF")
PUBLISHER = """
select set_config('plumbline.bureau', $1, true), set_config('plumbline.actor', 'person', true),
       set_config('plumbline.person', 'x', true), set_config('plumbline.roles', 'BUREAU_HEAD', true)
"""
ADD = "insert into hot_issue values ($1, $2, 1, '{}', false, '2026-04-01', now(), 'x')"


@dataclass(frozen=True)
class Row:
    """One issue, as far as visibility asks."""

    bureau: str
    code: str


rows = st.lists(
    st.builds(Row, bureau=st.sampled_from(["D01", "D02"]), code=st.sampled_from(["A", "B"])), max_size=4, unique=True
)  # fmt: skip


async def add(conn: Connection, row: Row) -> None:
    await conn.execute(PUBLISHER, row.bureau)
    await conn.execute(ADD, row.bureau, row.code)


def as_resource(row: Row) -> Resource:
    return hot_issue_resource(row.bureau, row.code)


ISSUES = VisibleRows(POLICY, "read", "select bureau_id || '/' || code as id from hot_issue", add, as_resource)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(principals(people=PEOPLE, roles=ROLES), rows)
async def test_hot_issues(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await ISSUES.hold(bureau.db, asker, stored)
