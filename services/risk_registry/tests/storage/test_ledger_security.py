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
from risk_registry.domain.ledger import AlertLine, AlertOutcome, LedgerFilter, LedgerRow, Part
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
OUTCOME_VALUES = (AlertOutcome.CONFIRMED, AlertOutcome.FALSE_POSITIVE)
OUTCOMES = st.sampled_from([None, *OUTCOME_VALUES])
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


PERSONS = WHO.filter(lambda who: who.kind == "person")
SEEN = VisibleRows(
    POLICY, "read", "select distinct alert_id from alert_seer", insert,
    lambda row: entry_resource(row.id, "D01", "D01.POLICY", row.seers, row.outcome or ""),
)  # fmt: skip


@RELAXED
@given(who=PERSONS, rows=ROWS)
async def test_who_sees_a_row_finds_it_in_the_list(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await SEEN.hold(runtime.db, who, rows, author=system("D01"))


FILTERS = st.builds(
    LedgerFilter, outcome=st.sampled_from([None, *OUTCOME_VALUES]), open=st.sampled_from([None, True, False])
)


@RELAXED
@given(who=PERSONS, rows=ROWS, wanted=FILTERS, size=st.integers(1, 4), resolved_first=st.booleans())
async def test_a_list_is_what_the_reader_may_see_newest_first(
    runtime: Runtime, broom: asyncpg.Connection, who: Principal, rows: list[Row], wanted: LedgerFilter, size: int,
    resolved_first: bool,
) -> None:  # fmt: skip
    await broom.execute("truncate alert_seer, alert_line, alert_entry, alert_progress cascade")
    async with runtime.db.transaction(system("D01")) as conn:
        for row in rows:
            if resolved_first and row.outcome:
                await ledger.resolved(conn, "D01", row.id, NOW, row.outcome, None)
            await insert(conn, row)
    resources = [entry_resource(row.id, "D01", "D01.POLICY", row.seers, row.outcome or "") for row in rows]
    seen = [row for row, yes in zip(rows, POLICY.decide(who, "read", resources), strict=True) if yes]
    expected = [
        row.id
        for row in sorted(seen, key=lambda row: row.id, reverse=True)
        if wanted.outcome in (None, row.outcome) and wanted.open in (None, row.outcome is None)
    ]
    found: list[str] = []
    after: tuple[datetime, str] | None = None
    async with runtime.db.read(who) as conn:
        while page := await ledger.page(conn, who, wanted, date(2026, 6, 1), after, size):
            found += [row.alert.id for row in page]
            after = (page[-1].alert.raised_at, page[-1].alert.id)
    assert found == expected


@pytest.mark.parametrize("role", ["BUREAU_HEAD", "DISCIPLINE_LEAD", "LEGAL_OFFICER"])
async def test_nobody_but_the_service_writes_the_ledger(runtime: Runtime, role: str) -> None:
    officer = Principal("person", "D01.a", "D01", frozenset({role}))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with runtime.db.transaction(officer) as conn:
            await insert(conn, Row(1, frozenset({"D01.a"}), None))
