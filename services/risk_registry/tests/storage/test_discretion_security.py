"""Versions of a standard visible under row-level security are those that Cedar allows; the same for writing them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import uuid4

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.discretion_packs import shipped_standard
from risk_registry.domain.discretion import StandardVersion
from risk_registry.policies import POLICY
from risk_registry.policies.discretion import standard_resource
from risk_registry.storage.discretion import add_draft, publish

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WHO = principals(
    people=["D01.a"],
    roles=["BUREAU_HEAD", "DISCIPLINE_LEAD", "LEGAL_OFFICER", "SECTION_CHIEF", "TAX_ADMINISTRATOR"],
    bureaus=("D01", "D01", "D02"),
)
RELAXED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Row:
    number: int
    published: bool


def version(row: Row) -> StandardVersion:
    body = shipped_standard("demo")
    return StandardVersion(f"ds_{row.number}", "D01", f"S{row.number}", 1, body, "D01.a", NOW)


async def insert(conn: Connection, row: Row) -> None:
    await add_draft(conn, version(row))
    if row.published:
        await publish(conn, version(row), date(2026, 1, 1), "D01.b", NOW)


READ = VisibleRows(
    POLICY, "read", "select id from discretion_standard", insert,
    lambda row: standard_resource(f"ds_{row.number}", "D01", published=row.published),
)  # fmt: skip
ROWS = st.lists(
    st.builds(Row, st.integers(1, 9), st.booleans()), max_size=3, unique_by=lambda row: row.number
)


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_versions(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ.hold(runtime.db, who, rows, author=system("D01"))


async def written(runtime: Runtime, who: Principal, action: str) -> bool:
    fresh = replace(version(Row(1, published=False)), id=uuid4().hex, code=uuid4().hex)
    if action == "publish":
        async with runtime.db.transaction(system("D01")) as conn:
            await add_draft(conn, fresh)
    try:
        async with runtime.db.transaction(who) as conn:
            if action == "publish":
                await publish(conn, fresh, date(2026, 1, 1), "D01.b", NOW)
            else:
                await add_draft(conn, fresh)
    except asyncpg.InsufficientPrivilegeError:
        return False
    return True


@RELAXED
@given(who=WHO, action=st.sampled_from(["draft", "publish"]))
async def test_who_writes(runtime: Runtime, who: Principal, action: str) -> None:
    allowed = POLICY.allows(who, action, standard_resource("x", "D01"))
    assert await written(runtime, who, action) == allowed
