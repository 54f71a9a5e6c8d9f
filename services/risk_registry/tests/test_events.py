"""Over real NATS: a signal and an alert come in from their contexts, the ledger's own event goes out once (S2-036)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import strawberry
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from nats.js.errors import NotFoundError
from plumbline_contracts.case_flow.v1 import AlertRaised, DeadlineMissed
from plumbline_contracts.complaints.v1 import RiskSignalRaised
from plumbline_contracts.risk_registry.v1 import AlertRecorded
from plumbline_org.testing import linjiang, seed_replica
from plumbline_shared import consumer, relay
from plumbline_shared.events import decode, message_of
from plumbline_shared.graphql import build_schema
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.testing.plugin import RuntimeFor
from plumbline_shared.use_case import Uow
from risk_registry.rebuild.run import READ_MODELS, rebuild
from risk_registry.rebuild.stream_log import StreamLog

POINT = "D01.RP-RELIEF-TIME-02"


@strawberry.type
class Nothing:
    @strawberry.field
    def nothing(self) -> str:
        return ""


def neighbour(name: str) -> ServiceDefinition:
    """A service that only publishes."""
    return ServiceDefinition(name, build_schema(Nothing), [])


@asynccontextmanager
async def working(*runtimes: Runtime) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    tasks = [
        asyncio.create_task(part.run_forever(each, stopping))
        for each in runtimes
        for part in (relay, consumer)
    ]
    try:
        yield
    finally:
        stopping.set()
        await asyncio.gather(*tasks)


async def emit(runtime: Runtime, *events: Message) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        uow = Uow(conn, system("D01"), runtime.clock.now())
        for event in events:
            await uow.emit(POINT, event)


async def recorded(listener: Runtime) -> AlertRecorded:
    """The last such event in the registry's stream, as another service reads it."""
    assert listener.bus is not None
    jetstream = await listener.bus.jetstream()
    async with asyncio.timeout(120):
        while True:
            try:
                message = await jetstream.get_last_msg("RISK_REGISTRY", "risk_registry.v1.AlertRecorded")
            except NotFoundError:
                await asyncio.sleep(0.02)
                continue
            return message_of(AlertRecorded, decode(message.data or b"")[1])


async def wait_for_signal(registry: Runtime) -> str:
    async with asyncio.timeout(120):
        while True:
            async with registry.db.read(system("D01")) as conn:
                if point := await conn.fetchval("select point_id from heightened_monitoring"):
                    return str(point)
            await asyncio.sleep(0.02)


async def test_signals_and_alerts_arrive_and_the_ledger_tells_of_each_alert_once(
    runtime_for: RuntimeFor,
) -> None:
    registry = await runtime_for("risk_registry", bus=True)
    async with registry.db.transaction(system()) as conn:
        await seed_replica(conn, linjiang())
    cases = await runtime_for(neighbour("case_flow"), bus=True)
    hotline = await runtime_for(neighbour("complaints"), bus=True)
    scores = await runtime_for(neighbour("performance"), bus=True)
    at = Timestamp(seconds=1_777_564_800)
    alert = {
        "alert_id": "al_4",
        "matter_id": "mt_1",
        "point_id": POINT,
        "bureau_id": "D01",
        "unit_id": "D01.POLICY",
    }
    async with working(registry, cases, hotline):
        await emit(cases, DeadlineMissed(missed_at=at, **alert))
        await emit(
            cases, AlertRaised(kind="DEADLINE_MISSED", phase="CONTROL_PHASE_EX_POST", raised_at=at, **alert)
        )
        await emit(hotline, RiskSignalRaised(signal_id="sg_1", bureau_id="D01", point_id=POINT, sealed=True))
        out = await recorded(scores)
        assert (out.alert_id, out.point_id, out.raised_at) == ("al_4", POINT, at)
        assert await wait_for_signal(registry) == POINT
        assert registry.bus is not None
        async with registry.db.pool.acquire() as conn, conn.transaction(isolation="repeatable_read"):
            models = await rebuild(conn, StreamLog(registry.bus), lambda _stage, _done, _total: None)
        assert {each.name for each in models if each.same} == {each.name for each in READ_MODELS}
    async with registry.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from outbox") == 1
        assert await conn.fetchval("select count(*) from dead_event") == 0
