"""Subscriptions: events from NATS as hints; the field reloads the object as its viewer at delivery."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

from google.protobuf.message import Message

from plumbline_shared.errors import Unavailable
from plumbline_shared.events import EventMeta
from plumbline_shared.graphql.connection import decode_cursor, encode_cursor
from plumbline_shared.graphql.context import Context

M = TypeVar("M", bound=Message)


async def live(context: Context, kind: type[M]) -> AsyncIterator[tuple[EventMeta, M]]:
    """Every event of `kind` from now on. Raises Unavailable when the service runs without a bus."""
    bus = context.runtime.bus
    if bus is None:
        raise Unavailable("live updates are away for the moment; the queries still work")
    async for meta, message in bus.tail(kind):
        yield meta, message


@dataclass(frozen=True)
class Heard:
    """An event, and the cursor behind it: whoever comes back with the cursor is told of what came later.

    The first one has no event. It says that from its cursor on nothing is missed.
    """

    cursor: str
    event: Message | None


async def heard(
    context: Context, kinds: Sequence[type[Message]], after: str | None, wanted: Callable[[Message], bool]
) -> AsyncGenerator[Heard]:
    """Events of the reader's own bureau. At each the context is the reader as of now; who is nobody now hears no more.

    Raises Unavailable without a bus, Invalid for a cursor that is none.
    """
    bus, position = context.runtime.bus, decode_cursor(after, tuple[int])[0] if after else None
    if bus is None:
        raise Unavailable("live updates are away for the moment; the queries still work")
    async with aclosing(bus.follow(kinds, position)) as events:
        async for at, found in events:
            if found is not None and not (
                found[0].bureau_id == context.principal.bureau_id and wanted(found[1])
            ):
                continue
            await context.renew()
            if context.principal.person_id is None:
                return
            yield Heard(encode_cursor(at), found[1] if found else None)
