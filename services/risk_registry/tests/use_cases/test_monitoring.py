"""Sealed signals and alerts come in once, and go out to nobody who is not to know (scenario 3, §9.1)."""

from datetime import UTC, date, datetime

import pytest
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from plumbline_contracts.case_flow.v1 import AlertRaised, DeadlineMissed
from plumbline_contracts.complaints.v1 import RiskSignalRaised
from plumbline_contracts.risk_registry.v1 import AlertRecorded
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import SHANGHAI, start_of_day
from plumbline_shared.events import EventMeta, message_of, subject_of
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.use_case import Uow
from risk_registry.domain.standing import PointState, Standing
from risk_registry.storage.alerts import count_alerts
from risk_registry.storage.standings import add_standings
from risk_registry.subscriptions import SUBSCRIPTIONS
from risk_registry.testing import description, put_point

POINT = "D01.RP-RELIEF-TIME-02"
YEAR = date(2026, 1, 1)
MISSED = datetime(2026, 5, 1, 0, 0, tzinfo=SHANGHAI)


async def receive(runtime: Runtime, event: Message, at: datetime = MISSED) -> None:
    """As the consumer hands it over: a transaction of the service, in the event's bureau."""
    async with runtime.db.transaction(system("D01")) as conn:
        meta = EventMeta("ev_1", subject_of(event), POINT, 1, at, "D01")
        await SUBSCRIPTIONS[type(event)](Uow(conn, system("D01"), at, meta), event)


def stamp(at: datetime) -> Timestamp:
    found = Timestamp()
    found.FromDatetime(at)
    return found


MISS = DeadlineMissed(
    matter_id="mt_1",
    alert_id="al_4",
    point_id=POINT,
    bureau_id="D01",
    unit_id="D01.POLICY",
    missed_at=stamp(MISSED),
)
RAISED = AlertRaised(
    alert_id="al_4", kind="DEADLINE_MISSED", phase="CONTROL_PHASE_EX_POST", grade="RISK_GRADE_MEDIUM", point_id=POINT,
    matter_id="mt_1", bureau_id="D01", unit_id="D01.POLICY", raised_at=stamp(MISSED),
)  # fmt: skip
SIGNAL = RiskSignalRaised(signal_id="sg_1", bureau_id="D01", point_id=POINT, kind="TIP_OFF", sealed=True)


async def put(runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        await put_point(conn, "RP-RELIEF-TIME-02", RiskGrade.MEDIUM, description(), YEAR, at)
        later = Standing(PointState.ACTIVE, RiskGrade.HIGH, date(2026, 6, 1), at)
        await add_standings(conn, "D01", [(POINT, later)])


async def recorded(runtime: Runtime) -> list[AlertRecorded]:
    async with runtime.db.read(system("D01")) as conn:
        rows = await conn.fetch("select data from outbox order by id")
    return [message_of(AlertRecorded, row["data"].encode()) for row in rows]


@pytest.mark.parametrize("events", [[MISS, RAISED], [RAISED, MISS], [MISS, MISS, RAISED]])
async def test_one_alert_is_counted_once_whatever_tells_of_it(
    runtime: Runtime, events: list[Message]
) -> None:
    await put(runtime)
    for event in events:
        await receive(runtime, event)
    (out,) = await recorded(runtime)
    assert (out.alert_id, out.point_id, out.kind, out.matter_id) == ("al_4", POINT, "DEADLINE_MISSED", "mt_1")
    assert (out.phase, out.grade) == (RAISED.phase, RAISED.grade)
    assert out.raised_at == stamp(MISSED)


async def test_alerts_are_counted_by_point_and_phase_in_a_period(runtime: Runtime) -> None:
    await put(runtime)
    await receive(runtime, RAISED)
    warning = AlertRaised()
    warning.CopyFrom(RAISED)
    warning.alert_id, warning.phase = "al_2", AlertRaised(phase="CONTROL_PHASE_EX_ANTE").phase
    warning.raised_at.CopyFrom(stamp(datetime(2026, 4, 23, 9, tzinfo=SHANGHAI)))
    await receive(runtime, warning)
    async with runtime.db.read(system("D01")) as conn:
        may = await count_alerts(
            conn, "D01", POINT, start_of_day(date(2026, 5, 1)), start_of_day(date(2026, 6, 1))
        )
        year = await count_alerts(conn, "D01", None, start_of_day(YEAR), start_of_day(date(2027, 1, 1)))
    assert [(each.phase, each.alerts) for each in may] == [("EX_POST", 1)]
    assert [(each.phase, each.alerts) for each in year] == [("EX_ANTE", 1), ("EX_POST", 1)]


async def test_an_alert_without_a_point_of_the_register_is_still_counted(runtime: Runtime) -> None:
    await receive(runtime, MISS)
    (out,) = await recorded(runtime)
    assert out.grade == 0


async def test_a_signal_leaves_a_point_and_a_day_and_nothing_else(runtime: Runtime) -> None:
    await put(runtime)
    before = await audited(runtime)
    await receive(runtime, SIGNAL, start_of_day(date(2026, 5, 20)))
    await receive(runtime, SIGNAL, start_of_day(date(2026, 5, 20)))
    async with runtime.db.read(system("D01")) as conn:
        rows = await conn.fetch("select * from heightened_monitoring")
    assert [tuple(row.values()) for row in rows] == [("sg_1", POINT, "D01", date(2026, 5, 20))]
    assert await audited(runtime) == before
    assert await recorded(runtime) == []


async def audited(runtime: Runtime) -> int:
    async with runtime.db.read(system("D01")) as conn:
        return await conn.fetchval("select count(*) from audit_entry")
