"""The cast of the worked scenarios, and a way to let events arrive as the consumer does."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
import pytest_asyncio
from google.protobuf.message import Message
from performance.app import definition
from performance.subscriptions import SUBSCRIPTIONS
from plumbline_contracts.registry import from_json, message_type_of
from plumbline_org.testing import linjiang, seed_replica
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RuntimeFor
from plumbline_shared.use_case import Uow

Receive = Callable[..., Awaitable[None]]
Sent = Callable[[], Awaitable[list[Message]]]

NOW = datetime(2026, 6, 4, 2, tzinfo=UTC)


@pytest_asyncio.fixture
async def performance(runtime_for: RuntimeFor) -> Runtime:
    """The service with the replica of two bureaus."""
    runtime = await runtime_for(definition)
    async with runtime.db.transaction(system()) as conn:
        await seed_replica(conn, linjiang("D01"), linjiang("D02"))
    return runtime


@pytest.fixture
def receive(performance: Runtime) -> Receive:
    """`await receive(message, event_id="ev-1")`: one event, in its own transaction, under its own id."""

    async def arrive(message: Message, event_id: str) -> None:
        bureau: str = message.bureau_id  # type: ignore[attr-defined]
        meta = EventMeta(event_id, subject_of(message), "aggregate", 1, NOW, bureau)
        async with performance.db.transaction(system(bureau)) as conn:
            await SUBSCRIPTIONS[type(message)](Uow(conn, system(bureau), NOW, meta), message)

    return arrive


@pytest.fixture
def sent(performance: Runtime) -> Sent:
    """Every event in the outbox, in order."""

    async def read() -> list[Message]:
        async with performance.db.read(system()) as conn:
            rows = await conn.fetch("select subject, data from outbox order by id")
        return [_message(row["subject"], row["data"]) for row in rows]

    return read


def _message(subject: str, data: str) -> Any:
    return from_json(message_type_of(subject), orjson.loads(data))
