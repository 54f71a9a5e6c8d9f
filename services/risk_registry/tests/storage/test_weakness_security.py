"""Tests of controls, remedies, exceptions and publications: rows visible are the rows that Cedar allows."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from hashlib import sha256

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection, identify
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.documents.public_view import Snapshot
from risk_registry.documents.resources import disclosure_resource
from risk_registry.domain.control_tests import ControlAspect, ControlTest
from risk_registry.domain.segregation import SodException, Violation
from risk_registry.policies import POLICY, finding_resource, rules_resource
from risk_registry.storage.control_tests import add_test
from risk_registry.storage.findings import add_exception, add_findings
from risk_registry.storage.public_views import add_snapshot, withdraw

DAY, NOW = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "DEPUTY_HEAD",
    "SECTION_CHIEF", "SUPERVISION_OFFICE", "TAX_ADMINISTRATOR",
]  # fmt: skip
WHO = principals(people=["D01.a"], roles=ROLES, units=["D01.TO-2"], bureaus=("D01", "D01", "D02"))
RELAXED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NUMBERS = st.lists(st.integers(1, 99), max_size=4, unique=True)


async def insert_test(conn: Connection, number: int) -> None:
    """Nobody but an auditor or a discipline officer records a test, the service neither."""
    await identify(
        conn, Principal("person", person_id="D01.t", bureau_id="D01", roles=frozenset({"INTERNAL_AUDITOR"}))
    )
    given = ControlTest(f"ct_{number}", "D01.C-1", ControlAspect.DESIGN, None, "x", "D01.t", NOW)
    await add_test(conn, "D01", given)
    await identify(conn, system("D01"))


async def insert_remedy(conn: Connection, number: int) -> None:
    violation = Violation(f"SOD-{number}", "D01.a", ("D01.TO-2.officer",), ("x",))
    await add_findings(conn, "D01", [violation], "s", NOW)


async def insert_exception(conn: Connection, number: int) -> None:
    given = SodException(f"SOD-{number}", "D01.a", "C-1", DAY, date(2026, 6, 1))
    await add_exception(conn, "D01", given, "x", "D01.b", NOW)


REMEDIES = "select f.rule from sod_remediation r join sod_finding f on f.id = r.finding_id"
READ_TESTS = VisibleRows(
    POLICY, "read", "select id from control_test", insert_test, lambda n: finding_resource(f"ct_{n}", "D01")
)
READ_REMEDIES = VisibleRows(
    POLICY, "read", REMEDIES, insert_remedy, lambda n: finding_resource(f"SOD-{n}", "D01")
)
READ_EXCEPTIONS = VisibleRows(
    POLICY, "read", "select rule from sod_exception", insert_exception,
    lambda n: finding_resource(f"SOD-{n}", "D01"),
)  # fmt: skip


@RELAXED
@given(who=WHO, rows=NUMBERS)
async def test_tests_remedies_and_exceptions(runtime: Runtime, who: Principal, rows: list[int]) -> None:
    for table in (READ_TESTS, READ_REMEDIES, READ_EXCEPTIONS):
        await table.hold(runtime.db, who, rows, author=system("D01"))


class Undo(Exception):
    """Leaves the transaction without its rows."""


async def writes(runtime: Runtime, who: Principal, write: Callable[[Connection], Awaitable[None]]) -> bool:
    try:
        async with runtime.db.transaction(who) as conn:
            await write(conn)
            raise Undo
    except asyncpg.InsufficientPrivilegeError:
        return False
    except Undo:
        return True


async def write_exception(conn: Connection) -> None:
    await insert_exception(conn, 1)


async def write_test(conn: Connection) -> None:
    given = ControlTest("ct_1", "D01.C-1", ControlAspect.OPERATING, None, "x", "D01.a", NOW)
    await add_test(conn, "D01", given)


async def write_snapshot(conn: Connection) -> None:
    await add_snapshot(conn, SNAPSHOT, DAY, "D01.a")


SNAPSHOT = Snapshot("ps_1", "D01", "{}", sha256(b"{}").hexdigest(), NOW)
PERSONS = WHO.filter(lambda who: who.kind == "person")


@RELAXED
@given(who=PERSONS)
async def test_who_writes_them(runtime: Runtime, who: Principal) -> None:
    rules = rules_resource("D01")
    assert await writes(runtime, who, write_exception) == POLICY.allows(who, "grant_exception", rules)
    assert await writes(runtime, who, write_test) == POLICY.allows(who, "test_control", rules)
    publishes = POLICY.allows(who, "publish", disclosure_resource("D01"))
    assert await writes(runtime, who, write_snapshot) == publishes


@RELAXED
@given(who=WHO, withdrawn=st.booleans())
async def test_a_publication_is_everybodys_until_it_is_withdrawn(
    runtime: Runtime, who: Principal, withdrawn: bool
) -> None:
    head = Principal("person", person_id="D01.h", bureau_id="D01", roles=frozenset({"BUREAU_HEAD"}))
    seen: list[str] = []
    try:
        async with runtime.db.transaction(head) as conn:
            await write_snapshot(conn)
            if withdrawn:
                await withdraw(conn, SNAPSHOT, "x", "D01.h", NOW)
            await identify(conn, who)
            seen = [row[0] for row in await conn.fetch("select id from public_snapshot")]
            raise Undo
    except Undo:
        pass
    assert bool(seen) == (not withdrawn or who.bureau_id == "D01")
