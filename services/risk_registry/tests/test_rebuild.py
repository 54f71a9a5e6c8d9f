"""Any history leaves the same bytes whether its effects came one by one or are made anew from rows and events."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

import asyncpg
import pytest
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_contracts.case_flow.v1 import (
    AlertRaised,
    AlertResolved,
    DeadlineMissed,
    FindingRecorded,
    IncidentConfirmed,
    MatterAccepted,
    MatterClosed,
)
from plumbline_contracts.complaints.v1 import ComplaintOverturned, ComplaintSubstantiated, RiskSignalRaised
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.bus import stream_of
from plumbline_shared.consumer import apply, routes_of
from plumbline_shared.events import EventMeta, data_of, encode, subject_of
from plumbline_shared.inbox import Delivery
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from risk_registry.compaction import compact_all
from risk_registry.domain.points import Origin, point_id
from risk_registry.domain.standing import PointState, Standing
from risk_registry.rebuild.run import Compared, rebuild
from risk_registry.storage.points import add_points, add_texts
from risk_registry.storage.standings import add_standings
from risk_registry.subscriptions import SUBSCRIPTIONS
from risk_registry.testing import description

Sweep = Callable[[], Awaitable[None]]
FIRST, NOON = date(2026, 1, 1), datetime(2026, 1, 1, 4, tzinfo=UTC)
BUREAUS = ("D01", "D02")
CODES = ("RP-1", "RP-2")
STATES = (PointState.ACTIVE, PointState.UNDER_REVIEW, PointState.DISSOLVED, PointState.PROPOSED)
ROUTES = routes_of(SUBSCRIPTIONS)


@dataclass
class World:
    """A registry that lives through a history, and the streams that it lived through."""

    runtime: Runtime
    streams: dict[str, list[Delivery]] = field(default_factory=dict[str, list[Delivery]])
    versions: dict[str, int] = field(default_factory=dict[str, int])
    hours: "count[int]" = field(default_factory=count)

    def now(self) -> datetime:
        return NOON + timedelta(hours=next(self.hours))

    async def begin(self) -> None:
        for bureau in BUREAUS:
            async with self.runtime.db.transaction(system(bureau)) as conn:
                names = [(point_id(bureau, code), code, Origin.REGISTER) for code in CODES]
                await add_points(conn, bureau, names, NOON)

    async def hear(self, aggregate: str, event: Message, *, again: bool) -> None:
        """One event arrives; `again` for a second time, under the next sequence."""
        version = self.versions[aggregate] = self.versions.get(aggregate, 0) + 1
        bureau = str(getattr(event, "bureau_id", ""))
        meta = EventMeta(f"{aggregate}/{version}", subject_of(event), aggregate, version, self.now(), bureau)
        stream = stream_of(meta.subject)
        for _ in range(2 if again else 1):
            known = self.streams.setdefault(stream, [])
            known.append(Delivery(len(known) + 1, meta.subject, encode(meta, data_of(event))))
            await self.ready(stream)
            await apply(self.runtime, stream, ROUTES[stream], known[-1:])

    async def ready(self, stream: str) -> None:
        async with self.runtime.db.transaction(system()) as conn:
            await conn.execute("insert into stream_cursor values ($1, 0, 'x') on conflict do nothing", stream)

    async def read(
        self, stream: str, subjects: Sequence[str], upto: int
    ) -> AsyncIterator[Sequence[Delivery]]:
        known = [
            each for each in self.streams.get(stream, []) if each.subject in subjects and each.seq <= upto
        ]
        for place in range(0, len(known), 3):
            yield known[place : place + 3]

    async def compared(self) -> list[Compared]:
        async with self.runtime.db.pool.acquire() as conn:
            transaction = conn.transaction(isolation="repeatable_read")
            await transaction.start()
            try:
                return await rebuild(conn, self, lambda _stage, _done, _total: None)
            finally:
                await transaction.rollback()


Step = Callable[[World], Awaitable[None]]
PLACES = st.tuples(st.sampled_from(BUREAUS), st.sampled_from(CODES))
DAYS = st.integers(0, 400).map(lambda days: FIRST + timedelta(days=days))
NUMBERS = st.integers(1, 3)


@st.composite
def stand(draw: st.DrawFn) -> Step:
    (bureau, code), day, state = draw(PLACES), draw(DAYS), draw(st.sampled_from(STATES))
    grade = None if state is PointState.DISSOLVED else draw(st.sampled_from(RiskGrade))

    async def step(world: World) -> None:
        given = Standing(state, grade, day, world.now())
        async with world.runtime.db.transaction(system(bureau)) as conn:
            await add_standings(conn, bureau, [(point_id(bureau, code), given)])

    return step


@st.composite
def describe(draw: st.DrawFn) -> Step:
    (bureau, code), day, category = draw(PLACES), draw(DAYS), draw(st.sampled_from(RiskCategory))

    async def step(world: World) -> None:
        text = description([f"{bureau}.POLICY.reviewer"], category=category)
        async with world.runtime.db.transaction(system(bureau)) as conn:
            await add_texts(conn, bureau, [(point_id(bureau, code), text)], day, world.now())

    return step


async def compacted(world: World) -> None:
    await compact_all(world.runtime.db)


@st.composite
def heard(draw: st.DrawFn) -> Step:
    (bureau, code), number, day = draw(PLACES), draw(NUMBERS), draw(DAYS)
    kind, again = draw(st.integers(0, 9)), draw(st.booleans())
    phase = draw(st.sampled_from(["CONTROL_PHASE_EX_ANTE", "CONTROL_PHASE_EX_POST"]))
    outcome = draw(st.sampled_from(["ALERT_OUTCOME_CONFIRMED", "ALERT_OUTCOME_EXPLAINED"]))
    of = {"bureau_id": bureau, "point_id": point_id(bureau, code)}
    alert, unit = {"alert_id": f"{bureau}-al-{number}", "matter_id": "mt"}, {"unit_id": f"{bureau}.POLICY"}
    matter = {"matter_id": f"{bureau}-mt-{number}", "bureau_id": bureau, "item_code": "X", **unit}

    async def step(world: World) -> None:
        at = Timestamp()
        at.FromDatetime(world.now())
        aggregate, event = [
            (f"al/{bureau}/{number}", AlertRaised(
                kind="K", phase=phase, raised_at=at, verifier_id=f"{bureau}.luo-fang", **of, **alert, **unit)),
            (f"mt/{bureau}/{number}", DeadlineMissed(missed_at=at, **of, **alert, **unit)),
            (f"in/{bureau}/{number}", IncidentConfirmed(
                incident_id=f"in{number}", alert_id=alert["alert_id"], occurred_on=f"{day}", confirmed_on=f"{day}", **of)),
            (f"fi/{bureau}/{number}", FindingRecorded(finding_id=f"f{number}", found_on=f"{day}", **of)),
            (f"mt/{bureau}/{number}", MatterAccepted(accepted_on=f"{day}", **matter)),
            (f"mt/{bureau}/{number}", MatterClosed(closed_on=f"{day}", **matter)),
            (f"cp/{bureau}/{number}", ComplaintSubstantiated(complaint_id=f"c{number}", decided_on=f"{day}", **of)),
            (f"cp/{bureau}/{number}", ComplaintOverturned(
                complaint_id=f"c{number}", decided_on=f"{day}", bureau_id=bureau)),
            (f"sg/{bureau}", RiskSignalRaised(signal_id=f"sg{number}", sealed=True, **of)),
            (f"al/{bureau}/{number}", AlertResolved(
                alert_id=alert["alert_id"], kind="K", phase=phase, outcome=outcome, resolved_at=at, **of)),
        ][kind]  # fmt: skip
        await world.hear(aggregate, event, again=again)

    return step


HISTORIES = st.lists(
    st.one_of(stand(), describe(), heard(), heard(), st.just(compacted)), min_size=3, max_size=25
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=HISTORIES)
async def test_any_history_made_anew_has_the_same_bytes(
    runtime: Runtime, sweep: Sweep, history: list[Step]
) -> None:
    await sweep()
    world = World(runtime)
    await world.begin()
    for step in history:
        await step(world)
    for each in await world.compared():
        assert (each.name, each.differs) == (each.name, [])
        assert each.same


DAMAGE = {
    "register_rollup": "update register_rollup set points = points + 1 where grain = 'ALL'",
    "evidence": "delete from evidence",
    "matter_month": "update matter_month set closed = closed + 1",
    "alert_ledger": "update alert_ledger set grade = 'LOW'",
    "heightened_monitoring": "update heightened_monitoring set since = since + 1",
    "alert_seer": "update alert_seer set open = false",
    "register_scope": "delete from register_scope where bureau_id = 'D01'",
}


@pytest.mark.parametrize("damaged", DAMAGE)
async def test_damage_to_a_read_model_is_found_where_it_is(
    runtime: Runtime, broom: asyncpg.Connection, damaged: str
) -> None:
    world = World(runtime)
    await world.begin()
    of = {"bureau_id": "D01", "point_id": point_id("D01", "RP-1")}
    async with runtime.db.transaction(system("D01")) as conn:
        await add_texts(conn, "D01", [(of["point_id"], description())], FIRST, NOON)
        standing = Standing(PointState.ACTIVE, RiskGrade.HIGH, FIRST, NOON)
        await add_standings(conn, "D01", [(of["point_id"], standing)])
    await compact_all(runtime.db)
    at = Timestamp()
    at.FromDatetime(NOON)
    alert = AlertRaised(
        alert_id="al", phase="CONTROL_PHASE_EX_POST", unit_id="D01.POLICY", raised_at=at,
        verifier_id="D01.luo-fang", **of,
    )  # fmt: skip
    closed = MatterClosed(matter_id="mt", bureau_id="D01", item_code="X", closed_on="2026-01-01")
    for event in (alert, closed, RiskSignalRaised(signal_id="sg", sealed=True, **of)):
        await world.hear(subject_of(event), event, again=False)
    assert [each.same for each in await world.compared()] == [True] * 7
    async with broom.transaction():
        await broom.execute("set local session_replication_role = replica")
        kept = await broom.fetch("select * from register_scope where bureau_id = 'D01'")
        await broom.execute(DAMAGE[damaged])
    found = {each.name: each.same for each in await world.compared()}
    await broom.executemany(
        "insert into register_scope values ($1, $2) on conflict do nothing",
        [tuple(each.values()) for each in kept],
    )
    assert found == {name: name != damaged for name in found}
