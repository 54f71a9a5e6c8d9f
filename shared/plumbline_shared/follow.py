"""Live updates with a place to go on from: events of one stream in order, after a position or from now on."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import TYPE_CHECKING

from google.protobuf.message import Message
from nats.errors import Error as NatsError

from plumbline_shared.errors import Invalid
from plumbline_shared.events import EventMeta, MalformedEvent, decode, message_of, subject_of
from plumbline_shared.inbox import Delivery
from plumbline_shared.pull import Feed

if TYPE_CHECKING:
    from plumbline_shared.bus import Bus

BATCH = 100
RETRY_SECONDS = 0.25
AWAY = (OSError, TimeoutError, NatsError)

Followed = tuple[int, tuple[EventMeta, Message] | None]
"""A position, and the event that stands there; none for where following begins."""


async def follow(
    bus: "Bus", stream: str, kinds: Sequence[type[Message]], after: int | None
) -> AsyncGenerator[Followed]:
    """First the position where it begins, then every event of `kinds` behind it, each once, across lost connections.

    Raises Invalid for a position that the stream does not have, or has no longer.
    """
    subjects = {subject_of(kind): kind for kind in kinds}
    position, never = await _begin(bus, stream, after), asyncio.Event()
    yield position, None
    while True:
        try:
            client, jetstream = await bus.client(), await bus.jetstream()
            async with Feed(client, jetstream, stream, sorted(subjects), position) as feed:
                while True:
                    for one in await feed.batch(BATCH, never):
                        position = one.seq
                        if (event := _event(subjects, one)) is not None:
                            yield position, event
        except AWAY:
            await asyncio.sleep(RETRY_SECONDS)


async def _begin(bus: "Bus", stream: str, after: int | None) -> int:
    state = (await (await bus.jetstream()).stream_info(stream)).state
    if after is not None and not state.first_seq - 1 <= after <= state.last_seq:
        raise Invalid(
            "this cursor is too old or not one of ours: ask anew and follow without it", path=["after"]
        )
    return state.last_seq if after is None else after


def _event(subjects: Mapping[str, type[Message]], delivery: Delivery) -> tuple[EventMeta, Message] | None:
    try:
        meta, data = decode(delivery.body)
        return meta, message_of(subjects[delivery.subject], data)
    except MalformedEvent:
        return None
