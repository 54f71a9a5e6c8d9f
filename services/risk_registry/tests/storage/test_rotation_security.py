"""Rotation and kin: rows visible under row-level security are the rows that Cedar allows, and the same for writing."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.avoidance import Bar, Barred, Relation
from risk_registry.domain.rotation import RotationRule
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import kin_resource, rotation_resource
from risk_registry.storage.kin import Kin, add_finding, add_kin, withdraw
from risk_registry.storage.rotation import (
    AskedExtension,
    Proposal,
    add_extension,
    add_proposal,
    decide,
)
from risk_registry.storage.rotation_rules import ProposedRule, approve_rule, propose_rule

DAY, NOW = date(2026, 7, 1), datetime(2026, 7, 1, tzinfo=UTC)
PEOPLE, UNITS = ["D01.a", "D01.b"], ["D01.POLICY", "D01.TO-2"]
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "HR_OFFICER", "DEPUTY_HEAD", "SECTION_CHIEF", "OFFICE_CHIEF",
    "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "TAX_ADMINISTRATOR",
]  # fmt: skip
WHO = principals(people=PEOPLE, roles=ROLES, units=UNITS, bureaus=("D01", "D01", "D02"))
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Row:
    number: int
    person: str
    unit: str

    @property
    def id(self) -> str:
        return f"x_{self.number}"


ROWS = st.lists(
    st.builds(Row, st.integers(1, 99), st.sampled_from(PEOPLE), st.sampled_from(UNITS)),
    max_size=4,
    unique_by=lambda row: row.number,
)


def asked(row: Row) -> AskedExtension:
    later = date(2026, 12, 31)
    return AskedExtension(
        row.id, "ro", row.person, "P", row.unit, DAY, later, "r", "CT", later, "D01.hr", NOW
    )


async def insert_extension(conn: Connection, row: Row) -> None:
    await add_extension(conn, "D01", asked(row))
    await decide(conn, "D01", row.id, True, "r", "D01.head", DAY, NOW)


async def insert_proposal(conn: Connection, row: Row) -> None:
    await add_proposal(conn, "D01", Proposal(row.id, row.person, row.unit, "P", DAY, "", "D01.hr", NOW))


async def insert_kin(conn: Connection, row: Row) -> None:
    await add_kin(conn, "D01", Kin(row.id, row.person, "D01.c", Relation.SPOUSE, row.person, NOW))
    await withdraw(conn, "D01", row.id, "r", "D01.hr", NOW)
    await add_finding(conn, "D01", Barred(row.person, "D01.c", Bar.DIRECT_LINE, row.id, "Q"), NOW)


def rotation(row: Row) -> Resource:
    return rotation_resource(row.id, "D01", row.person, row.unit)


def kin(row: Row) -> Resource:
    return kin_resource(row.id, "D01", row.person)


TABLES = {
    "rotation_extension": ("select id from rotation_extension", insert_extension, rotation),
    "decision": ("select extension_id from rotation_extension_decision", insert_extension, rotation),
    "rotation_proposal": ("select id from rotation_proposal", insert_proposal, rotation),
    "kin_declaration": ("select id from kin_declaration", insert_kin, kin),
    "kin_withdrawal": ("select declaration_id from kin_withdrawal", insert_kin, kin),
    "avoidance_finding": ("select post_id from avoidance_finding", insert_kin, kin),
}


@RELAXED
@given(who=WHO, rows=ROWS, table=st.sampled_from(sorted(TABLES)))
async def test_rows_and_cedar_agree(runtime: Runtime, who: Principal, rows: list[Row], table: str) -> None:
    select, insert, resource = TABLES[table]
    await VisibleRows(POLICY, "read", select, insert, resource).hold(
        runtime.db, who, rows, author=system("D01")
    )


ACTS = ["plan", "ask_extension", "decide_extension", "declare", "withdraw", "propose_rule", "approve_rule"]
ACTIONS = {"propose_rule": "plan", "approve_rule": "decide_extension"}
"""Limits are proposed by those who plan and approved by those who decide."""


def limits(version: str) -> ProposedRule:
    rule = RotationRule(version, dict.fromkeys(RiskGrade, 60), (30,), 6, frozenset(), "c")
    return ProposedRule(rule, DAY, "x", NOW)


async def written(runtime: Runtime, who: Principal, act: str, row: Row) -> bool:
    fresh = replace(row, number=uuid4().int)
    async with runtime.db.transaction(system("D01")) as conn:
        if act == "decide_extension":
            await add_extension(conn, "D01", asked(fresh))
        if act == "approve_rule":
            await propose_rule(conn, "D01", limits(f"D01.{fresh.id}"))
        if act == "withdraw":
            await add_kin(conn, "D01", Kin(fresh.id, row.person, "D01.c", Relation.SPOUSE, "x", NOW))
    writes: dict[str, Any] = {
        "plan": lambda conn: insert_proposal(conn, fresh),
        "ask_extension": lambda conn: add_extension(conn, "D01", asked(fresh)),
        "decide_extension": lambda conn: decide(conn, "D01", fresh.id, True, "r", "x", DAY, NOW),
        "propose_rule": lambda conn: propose_rule(conn, "D01", limits(f"D01.{fresh.id}")),
        "approve_rule": lambda conn: approve_rule(conn, "D01", f"D01.{fresh.id}", "x", NOW),
        "declare": lambda conn: add_kin(
            conn, "D01", Kin(fresh.id, row.person, "D01.c", Relation.SPOUSE, "x", NOW)
        ),
        "withdraw": lambda conn: withdraw(conn, "D01", fresh.id, "r", "x", NOW),
    }
    try:
        async with runtime.db.transaction(who) as conn:
            await writes[act](conn)
    except asyncpg.InsufficientPrivilegeError:
        return False
    return True


@RELAXED
@given(who=WHO, act=st.sampled_from(ACTS))
async def test_who_writes(runtime: Runtime, who: Principal, act: str) -> None:
    row = Row(1, "D01.a", "D01.POLICY")
    resource = kin(row) if act in ("declare", "withdraw") else rotation(row)
    assert await written(runtime, who, act, row) == POLICY.allows(who, ACTIONS.get(act, act), resource)


@pytest.mark.parametrize("table", ["rotation_notice", "avoidance_closing"])
async def test_what_the_service_keeps_no_officer_adds(runtime: Runtime, table: str) -> None:
    head = Principal("person", "D01.a", "D01", frozenset({"BUREAU_HEAD", "HR_OFFICER"}))
    async with runtime.db.read(head) as conn:
        policy = await conn.fetchval(
            "select bool_and(with_check like '%''system''%' or qual like '%''system''%') from pg_policies "
            "where tablename = $1 and cmd in ('ALL', 'INSERT')",
            table,
        )
    assert policy
