"""Rows of the ledger visible under row-level security are those that Cedar allows; who is in them goes with the row."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.alerts import Alert, AlertPhase
from risk_registry.domain.ledger import AlertLine, AlertOutcome, LedgerRow, Part
from risk_registry.policies import POLICY
from risk_registry.policies.alerts import entry_resource
from risk_registry.storage import ledger

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = ["D01.a", "D01.b", "D01.c"]
UNITS = ["D01.POLICY", "D01.TO-5"]
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "DEPUTY_HEAD",
    "SECTION_CHIEF", "SUPERVISION_OFFICE", "MATTER_TRACKER", "HR_OFFICER",
]  # fmt: skip
WHO = principals(people=PEOPLE, roles=ROLES, units=UNITS, bureaus=("D01", "D01", "D02"))
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Row:
    number: int
    seers: frozenset[str]
    outcome: AlertOutcome | None

    @property
    def id(self) -> str:
        return f"al_{self.number}"


def kept(row: Row) -> LedgerRow:
    alert = Alert(row.id, "", "D01", "D01.POLICY", "mt_1", "X", AlertPhase.EX_POST, RiskGrade.MEDIUM, NOW)
    return LedgerRow(
        alert, ("D01.POLICY",), "", {}, None, "ALERT-LIMITS-1", date(2026, 1, 2), None, row.seers
    )


async def insert(conn: Connection, row: Row) -> None:
    lines = [AlertLine(Part.ANSWERABLE, one, None, None, "SUBJECT") for one in sorted(row.seers)]
    await ledger.add_row(conn, kept(row), lines)
    if row.outcome:
        await ledger.resolved(conn, "D01", row.id, NOW, row.outcome, None)


READ = VisibleRows(
    POLICY, "read", "select alert_id from alert_entry", insert,
    lambda row: entry_resource(row.id, "D01", "D01.POLICY", row.seers, row.outcome or ""),
)  # fmt: skip
OUTCOMES = st.sampled_from([None, AlertOutcome.CONFIRMED, AlertOutcome.FALSE_POSITIVE])
ROWS = st.lists(
    st.builds(Row, st.integers(1, 9), st.frozensets(st.sampled_from(PEOPLE)), OUTCOMES),
    max_size=4,
    unique_by=lambda row: row.number,
)


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_rows(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ.hold(runtime.db, who, rows, author=system("D01"))


LINES = VisibleRows(
    POLICY, "read", "select distinct alert_id from alert_line", insert,
    lambda row: entry_resource(row.id, "D01", "D01.POLICY", row.seers, row.outcome or ""),
)  # fmt: skip
NAMED = st.lists(
    st.builds(Row, st.integers(1, 9), st.frozensets(st.sampled_from(PEOPLE), min_size=1), OUTCOMES),
    max_size=4,
    unique_by=lambda row: row.number,
)


@RELAXED
@given(who=WHO, rows=NAMED)
async def test_lines_go_with_their_row(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await LINES.hold(runtime.db, who, rows, author=system("D01"))


@pytest.mark.parametrize("role", ["BUREAU_HEAD", "DISCIPLINE_LEAD", "LEGAL_OFFICER"])
async def test_nobody_but_the_service_writes_the_ledger(runtime: Runtime, role: str) -> None:
    officer = Principal("person", "D01.a", "D01", frozenset({role}))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with runtime.db.transaction(officer) as conn:
            await insert(conn, Row(1, frozenset({"D01.a"}), None))
