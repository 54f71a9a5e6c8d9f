"""A look at the streams as the administrator: what an event really carries."""

from collections.abc import Mapping
from typing import Any

import nats
import orjson

from plumbline_local.demo.world import World


async def last_event(world: World, subject: str) -> Mapping[str, Any]:
    """The newest event of a subject as its CloudEvents envelope."""
    client = await nats.connect(
        f"nats://127.0.0.1:{world.layout.port('nats')}",
        user="admin",
        password=world.credentials.nats["admin"],
    )
    try:
        message = await client.jetstream().get_last_msg(subject.partition(".")[0].upper(), subject)
        return orjson.loads(message.data or b"{}")
    finally:
        await client.close()


async def count_events(world: World, subject: str) -> int:
    """How many events of a subject are in its stream."""
    client = await nats.connect(
        f"nats://127.0.0.1:{world.layout.port('nats')}",
        user="admin",
        password=world.credentials.nats["admin"],
    )
    try:
        stream = subject.partition(".")[0].upper()
        info = await client.jetstream().stream_info(stream, subjects_filter=subject)
        return (info.state.subjects or {}).get(subject, 0)
    finally:
        await client.close()
