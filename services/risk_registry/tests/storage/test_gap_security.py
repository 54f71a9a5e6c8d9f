"""Regulation gaps visible under row-level security are those that Cedar allows; the same for answering and deciding."""

from datetime import UTC, date, datetime
from uuid import uuid4

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.gaps import Answer, Decision, Proposal, RegulationGap
from risk_registry.policies import POLICY
from risk_registry.policies.gaps import gap_resource
from risk_registry.storage import gaps

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "SECTION_CHIEF",
    "SUPERVISION_OFFICE",
]  # fmt: skip
WHO = principals(people=["D01.a"], roles=ROLES, bureaus=("D01", "D01", "D02"))
RELAXED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ANSWER = Answer("advice", Proposal(EntryKind.CONTROL, "CT-1", {}), "D01.b", NOW)
DECISION = Decision(True, "reason", date(2026, 1, 2), "D01.c", NOW)


async def insert(conn: Connection, number: int) -> None:
    await gaps.add_gap(conn, RegulationGap(f"rg_{number}", "D01", "X", f"D01.RP-{number}", NOW))
    await gaps.link_alert(conn, "D01", f"rg_{number}", f"al_{number}", NOW)
    await gaps.add_answer(conn, "D01", f"rg_{number}", ANSWER)
    await gaps.add_decision(conn, "D01", f"rg_{number}", DECISION)


TABLES = {
    "regulation_gap": "id",
    "regulation_gap_alert": "gap_id",
    "regulation_gap_answer": "gap_id",
    "regulation_gap_decision": "gap_id",
}


@RELAXED
@given(
    who=WHO, numbers=st.lists(st.integers(1, 9), max_size=3, unique=True), table=st.sampled_from(list(TABLES))
)
async def test_gaps(runtime: Runtime, who: Principal, numbers: list[int], table: str) -> None:
    rows = VisibleRows(
        POLICY, "read", f"select {TABLES[table]} from {table}", insert,  # noqa: S608 — names of this file
        lambda number: gap_resource(f"rg_{number}", "D01"),
    )  # fmt: skip
    await rows.hold(runtime.db, who, numbers, author=system("D01"))


async def written(runtime: Runtime, who: Principal, action: str) -> bool:
    gap = uuid4().hex
    async with runtime.db.transaction(system("D01")) as conn:
        await gaps.add_gap(conn, RegulationGap(gap, "D01", "X", gap, NOW))
        if action == "decide":
            await gaps.add_answer(conn, "D01", gap, ANSWER)
    try:
        async with runtime.db.transaction(who) as conn:
            if action == "decide":
                await gaps.add_decision(conn, "D01", gap, DECISION)
            else:
                await gaps.add_answer(conn, "D01", gap, ANSWER)
    except asyncpg.InsufficientPrivilegeError:
        return False
    return True


@RELAXED
@given(who=WHO, action=st.sampled_from(["answer", "decide"]))
async def test_who_writes(runtime: Runtime, who: Principal, action: str) -> None:
    allowed = POLICY.allows(who, action, gap_resource("x", "D01"))
    assert await written(runtime, who, action) == allowed
