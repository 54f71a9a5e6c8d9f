"""Rows visible under row-level security are the rows Cedar allows, and rows writable the edits it allows."""

from datetime import UTC, date, datetime

import asyncpg
import pytest
from directory.domain.merge import delegation
from directory.domain.parts import Change, Part
from directory.permissions import POLICY, part_resource
from directory.storage.lines import lines_of, put_lines
from directory.storage.records import add
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.parts import Bureau, BureauLevel, Person, Post, Span, Unit, UnitKind
from plumbline_shared.database import identify
from plumbline_shared.principal import Principal, system
from plumbline_shared.testing.policy import VisibleRows, principals

BUREAUS = [
    Bureau("P01", "省", BureauLevel.PROVINCE),
    Bureau("C01", "市", BureauLevel.CITY, "P01"),
    Bureau("D01", "临江", BureauLevel.DISTRICT, "C01"),
    Bureau("D02", "临山", BureauLevel.DISTRICT, "C01"),
    Bureau("C02", "外市", BureauLevel.CITY, "P01"),
]
IDS = [one.id for one in BUREAUS]
NOW, TODAY = datetime(2026, 4, 1, tzinfo=UTC), date(2026, 4, 1)
AUTHORITY = delegation("D01.chen-gang", "D01.lin-jie", "SECTION_CHIEF", None, Span(TODAY))

everybody = principals(
    people=["D01.chen-gang", "D01.xie-tao", "C01.roll-out"],
    roles=["HR_OFFICER", "ROLLOUT_ADMIN", "BUREAU_HEAD"],
    scopes=["directory:import", "intake"],
    bureaus=IDS,
)


def parts_of(bureau: str) -> list[Part]:
    unit = Unit(f"{bureau}.POLICY", bureau, "税政科", UnitKind.SECTION)
    return [
        unit,
        Post(f"{bureau}.POLICY.chief", bureau, unit.id, "科长"),
        Person(f"{bureau}.chen-gang", bureau, "陈刚"),
    ]


ALL: list[Part] = [*BUREAUS, *(part for bureau in IDS for part in parts_of(bureau)), AUTHORITY]


@pytest.fixture
async def lines(directory):
    async with directory.db.transaction(system()) as conn:
        await put_lines(conn, BUREAUS)
        return await lines_of(conn, IDS)


async def insert(conn, part: Part) -> None:
    await add(conn, [Change(part, added=False)], TODAY, NOW, "test")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(principal=everybody, parts=st.lists(st.sampled_from(ALL), unique_by=lambda one: one.id, max_size=8))
async def test_rows_visible_are_rows_allowed(directory, lines, principal, parts) -> None:
    equal = VisibleRows(
        POLICY,
        "read",
        "select id from record where recorded_by = 'test'",
        insert,
        lambda part: part_resource(part, lines),
    )
    await equal.hold(directory.db, principal, parts)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(principal=everybody, part=st.sampled_from(ALL))
async def test_rows_writable_are_edits_allowed(directory, lines, principal: Principal, part: Part) -> None:
    resource = part_resource(part, lines)
    allowed = POLICY.allows(principal, "edit", resource) or (
        part is AUTHORITY and POLICY.allows(principal, "delegate", resource)
    )
    assert await _writable(directory, principal, part) is allowed


async def _writable(directory, principal: Principal, part: Part) -> bool:
    async with directory.db.pool.acquire() as conn:
        transaction = conn.transaction()
        await transaction.start()
        try:
            await identify(conn, principal)
            await insert(conn, part)
        except asyncpg.InsufficientPrivilegeError:
            return False
        finally:
            await transaction.rollback()
        return True


async def test_history_is_never_changed(directory) -> None:
    for statement in ("update record set state = '{}'", "delete from record"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with directory.db.transaction(system()) as conn:
                await conn.execute(statement)
