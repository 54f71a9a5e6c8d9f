"""Indicators visible under row-level security are those that Cedar allows; the same for writing them."""

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
from risk_registry.domain.indicators import IndicatorVersion
from risk_registry.domain.ledger import AlertOutcome
from risk_registry.domain.tuning import Tuning, TuningEvidence, tally
from risk_registry.indicator_packs import shipped_indicators
from risk_registry.policies import POLICY
from risk_registry.policies.indicators import indicator_resource
from risk_registry.storage import indicators as stored
from risk_registry.storage.tuning import add_tuning
from risk_registry.tuning_rules import rule_on

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2026, 1, 1)
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "DEPUTY_HEAD",
    "SECTION_CHIEF", "OFFICE_CHIEF", "SUPERVISION_OFFICE", "TAX_ADMINISTRATOR",
]  # fmt: skip
WHO = principals(people=["D01.a"], roles=ROLES, bureaus=("D01", "D01", "D02"))
RELAXED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
BODY = shipped_indicators()["DEADLINE-MISSED"]


@dataclass(frozen=True)
class Row:
    number: int
    active: bool


def version(row: Row) -> IndicatorVersion:
    return IndicatorVersion(f"iv_{row.number}", "D01", f"I-{row.number}", 1, BODY, "D01.a", NOW)


async def insert(conn: Connection, row: Row) -> None:
    await stored.add_draft(conn, version(row))
    if row.active:
        await stored.activate(conn, version(row), DAY, BODY.cases, "D01.b", NOW)


READ = VisibleRows(
    POLICY, "read", "select id from indicator_version", insert,
    lambda row: indicator_resource(f"iv_{row.number}", "D01", active=row.active),
)  # fmt: skip
ROWS = st.lists(
    st.builds(Row, st.integers(1, 9), st.booleans()), max_size=3, unique_by=lambda row: row.number
)


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_versions(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ.hold(runtime.db, who, rows, author=system("D01"))


TALLY = tally({AlertOutcome.FALSE_POSITIVE: 12}, rule_on(DAY))


async def insert_tuning(conn: Connection, row: Row) -> None:
    await insert(conn, row)
    draft = replace(version(row), id=f"{row.number}", version=2)
    await stored.add_draft(conn, draft)
    evidence = TuningEvidence(TALLY, ())
    await add_tuning(
        conn, Tuning(f"it_{row.number}", "D01", f"iv_{row.number}", draft.id, evidence, (), "r", "D01.a", NOW)
    )


WEIGH = VisibleRows(
    POLICY, "weigh", "select id from indicator_tuning", insert_tuning,
    lambda row: indicator_resource(f"it_{row.number}", "D01"),
)  # fmt: skip


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_tunings(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await WEIGH.hold(runtime.db, who, rows, author=system("D01"))


async def written(runtime: Runtime, who: Principal, action: str) -> bool:
    fresh = replace(version(Row(1, active=False)), id=uuid4().hex, code=uuid4().hex)
    if action == "activate":
        async with runtime.db.transaction(system("D01")) as conn:
            await stored.add_draft(conn, fresh)
    try:
        async with runtime.db.transaction(who) as conn:
            if action == "activate":
                await stored.activate(conn, fresh, DAY, BODY.cases, "D01.b", NOW)
            elif action == "retire":
                await stored.retire(conn, "D01", fresh.code, DAY, "r", "D01.b", NOW)
            else:
                await stored.add_draft(conn, fresh)
    except asyncpg.InsufficientPrivilegeError:
        return False
    return True


@RELAXED
@given(who=WHO, action=st.sampled_from(["draft", "activate", "retire"]))
async def test_who_writes(runtime: Runtime, who: Principal, action: str) -> None:
    allowed = POLICY.allows(who, action, indicator_resource("x", "D01"))
    assert await written(runtime, who, action) == allowed
