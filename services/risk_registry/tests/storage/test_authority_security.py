"""Delegated authority: rows visible under row-level security are the rows that Cedar allows, and the same for writing."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection, identify
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.authority import AuthorityGrant, AuthorityUse, Revocation
from risk_registry.policies import POLICY
from risk_registry.policies.authority import grant_resource, use_resource
from risk_registry.storage.authority import add_grant, add_use, revoke_grant

DAY, NOW = date(2026, 7, 1), datetime(2026, 7, 1, tzinfo=UTC)
PEOPLE, UNITS = ["D01.a", "D01.b"], ["D01.TO-2", "D01.HALL", "D01.POLICY"]
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "DEPUTY_HEAD",
    "SECTION_CHIEF", "OFFICE_CHIEF", "TAX_ADMINISTRATOR", "HR_OFFICER",
]  # fmt: skip
WHO = principals(
    people=PEOPLE,
    roles=ROLES,
    units=UNITS,
    scopes=["authority:use", "hall:queue"],
    bureaus=("D01", "D01", "D02"),
)
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HEAD = Principal("person", "D01.head", "D01", frozenset({"BUREAU_HEAD"}))
PROGRAM = Principal("client", bureau_id="D01", scopes=frozenset({"authority:use"}))


@dataclass(frozen=True)
class Row:
    """A grant of one of the units to another, and a use of it by one of the people."""

    number: int
    person: str
    units: tuple[str, str]

    @property
    def id(self) -> str:
        return f"x_{self.number}"


ROW = st.builds(
    Row,
    st.integers(1, 99),
    st.sampled_from(PEOPLE),
    st.permutations(UNITS).map(lambda each: (each[0], each[1])),
)


def grant(row: Row) -> AuthorityGrant:
    return AuthorityGrant(
        row.id, "D01", row.id, "P", *row.units, ("x",), DAY, date(2027, 1, 1), "r", "D01.head", NOW
    )


def use(row: Row) -> AuthorityUse:
    return AuthorityUse(row.id, row.id, "x", row.id, row.person, NOW, row.person, NOW)


async def insert(conn: Connection, row: Row) -> None:
    await identify(conn, HEAD)
    await add_grant(conn, grant(row))
    await revoke_grant(conn, "D01", row.id, Revocation(DAY, "r", "D01.head"), NOW)
    await identify(conn, PROGRAM)
    await add_use(conn, "D01", use(row))


def of_grant(row: Row) -> Resource:
    return grant_resource(row.id, "D01", *row.units)


def of_use(row: Row) -> Resource:
    return use_resource(row.id, "D01", row.person, *row.units)


TABLES = {
    "authority_grant": ("select id from authority_grant", of_grant),
    "authority_revocation": ("select grant_id from authority_revocation", of_grant),
    "authority_use": ("select id from authority_use", of_use),
}


@RELAXED
@given(
    who=WHO,
    rows=st.lists(ROW, max_size=4, unique_by=lambda row: row.number),
    table=st.sampled_from(sorted(TABLES)),
)
async def test_rows_and_cedar_agree(runtime: Runtime, who: Principal, rows: list[Row], table: str) -> None:
    select, resource = TABLES[table]
    await VisibleRows(POLICY, "read", select, insert, resource).hold(runtime.db, who, rows, author=HEAD)


async def written(runtime: Runtime, who: Principal, act: str, row: Row) -> bool:
    fresh = replace(row, number=uuid4().int)
    if act != "grant":
        async with runtime.db.transaction(HEAD) as conn:
            await add_grant(conn, grant(fresh))
    writes: dict[str, Any] = {
        "grant": lambda conn: add_grant(conn, grant(fresh)),
        "revoke": lambda conn: revoke_grant(conn, "D01", fresh.id, Revocation(DAY, "r", "x"), NOW),
        "use": lambda conn: add_use(conn, "D01", use(fresh)),
    }
    try:
        async with runtime.db.transaction(who) as conn:
            await writes[act](conn)
    except asyncpg.InsufficientPrivilegeError:
        return False
    return True


@RELAXED
@given(who=WHO, row=ROW, act=st.sampled_from(["grant", "revoke", "use"]))
async def test_who_writes(runtime: Runtime, who: Principal, row: Row, act: str) -> None:
    own = who if who.kind != "person" or act != "use" else replace(who, person_id=row.person)
    if own.kind == "system":
        # The service itself neither gives authority nor uses it.
        assert not await written(runtime, own, act, row)
        return
    assert await written(runtime, own, act, row) == POLICY.allows(own, act, of_grant(row))


@RELAXED
@given(row=ROW)
async def test_an_officer_records_the_own_use_alone(runtime: Runtime, row: Row) -> None:
    other = Principal("person", "D01.c", "D01", unit_ids=frozenset(row.units))
    assert not await written(runtime, other, "use", row)
