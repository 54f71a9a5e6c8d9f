"""Subscriptions: events from NATS as hints; the field reloads the object as its viewer at delivery."""

from collections.abc import AsyncIterator
from typing import TypeVar

from google.protobuf.message import Message

from plumbline_shared.errors import Unavailable
from plumbline_shared.events import EventMeta
from plumbline_shared.graphql.context import Context

M = TypeVar("M", bound=Message)


async def live(context: Context, kind: type[M]) -> AsyncIterator[tuple[EventMeta, M]]:
    """Every event of `kind` from now on. Raises Unavailable when the service runs without a bus."""
    bus = context.runtime.bus
    if bus is None:
        raise Unavailable("live updates are away for the moment; the queries still work")
    async for meta, message in bus.tail(kind):
        yield meta, message
