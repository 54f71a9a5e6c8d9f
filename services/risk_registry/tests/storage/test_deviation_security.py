"""Deviations go with the row of their alert; who may answer one under row-level security is whom Cedar allows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.alerts import Alert, AlertPhase
from risk_registry.domain.control_tests import DeficiencyType
from risk_registry.domain.deviations import DEVIATING, Deviation, DeviationAnswer
from risk_registry.domain.ledger import AlertOutcome, LedgerRow
from risk_registry.policies import POLICY
from risk_registry.policies.alerts import deviation_resource, entry_resource
from risk_registry.storage import deviations, ledger

Sweep = Callable[[], Awaitable[None]]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = ["D01.a", "D01.b", "D01.c"]
ROLES = ["BUREAU_HEAD", "DISCIPLINE_LEAD", "INTERNAL_AUDITOR", "SECTION_CHIEF", "SUPERVISION_OFFICE"]
WHO = principals(people=PEOPLE, roles=ROLES, units=["D01.POLICY"], bureaus=("D01", "D01", "D02"))
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ANSWER = DeviationAnswer(DeficiencyType.DESIGN_DEFECT, "rule changed", "D01.a", NOW)


@dataclass(frozen=True)
class Row:
    number: int
    seers: frozenset[str]
    answerers: frozenset[str]
    outcome: AlertOutcome

    @property
    def deviation(self) -> Deviation:
        people = tuple(sorted(self.seers & self.answerers))
        return Deviation(f"al_{self.number}", "D01", "R", ("D01.POLICY",), self.outcome, people, NOW)


SOME = st.frozensets(st.sampled_from(PEOPLE))
ROW = st.builds(Row, st.integers(1, 9), SOME, SOME, st.sampled_from(sorted(DEVIATING)))


async def record(conn: Connection, row: Row) -> None:
    alert = Alert(row.deviation.alert_id, "", "D01", "D01.POLICY", "mt", "X", AlertPhase.EX_POST, RiskGrade.LOW, NOW)  # fmt: skip
    kept = LedgerRow(
        alert, ("D01.POLICY",), "", {}, None, "ALERT-LIMITS-1", date(2026, 1, 2), None, row.seers
    )
    await ledger.add_row(conn, kept, [])
    await ledger.resolved(conn, "D01", alert.id, NOW, row.outcome, None)
    await deviations.add_deviation(conn, row.deviation)


def resource(row: Row) -> Resource:
    return entry_resource(row.deviation.alert_id, "D01", "D01.POLICY", row.seers, row.outcome)


READ = VisibleRows(POLICY, "read", "select alert_id from deviation", record, resource)
ROWS = st.lists(ROW, max_size=4, unique_by=lambda row: row.number)


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_a_deviation_is_read_with_its_alert(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ.hold(runtime.db, who, rows, author=system("D01"))


ANSWERED = (
    "insert into deviation_answer select alert_id, bureau_id, 'DESIGN_DEFECT', '', '', now() from deviation"
)


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_an_answer_is_read_with_its_deviation(
    runtime: Runtime, sweep: Sweep, broom: asyncpg.Connection, who: Principal, rows: list[Row]
) -> None:
    await sweep()
    async with runtime.db.transaction(system("D01")) as conn:
        for row in rows:
            await record(conn, row)
    await broom.execute(ANSWERED)
    async with runtime.db.read(who) as conn:
        seen = {row["alert_id"] for row in await conn.fetch("select alert_id from deviation_answer")}
    allowed = POLICY.decide(who, "read", [resource(row) for row in rows])
    assert seen == {row.deviation.alert_id for row, yes in zip(rows, allowed, strict=True) if yes}


async def written(runtime: Runtime, who: Principal, one: Deviation) -> bool:
    try:
        async with runtime.db.transaction(who) as conn:
            return await deviations.add_answer(conn, "D01", one.alert_id, ANSWER)
    except asyncpg.InsufficientPrivilegeError:
        return False


@RELAXED
@given(who=WHO.filter(lambda who: who.kind != "system"), row=ROW)
async def test_who_answers(runtime: Runtime, who: Principal, row: Row) -> None:
    number = uuid4().int % 10**9
    row = Row(number, row.seers, row.answerers, row.outcome)
    async with runtime.db.transaction(system("D01")) as conn:
        await record(conn, row)
    allowed = POLICY.allows(who, "answer", deviation_resource(row.deviation))
    assert await written(runtime, who, row.deviation) == allowed
