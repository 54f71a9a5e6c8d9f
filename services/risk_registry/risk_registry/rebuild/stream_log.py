"""The streams of the bus, read again from their first event."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from nats.js.errors import NotFoundError
from plumbline_shared.bus import Bus
from plumbline_shared.errors import Conflict
from plumbline_shared.inbox import Delivery
from plumbline_shared.pull import Feed

BATCH = 500


class LogIncomplete(Conflict):
    """The stream's first events are gone: publish the kept outbox rows again, or restore it from a backup."""

    code = "LOG_INCOMPLETE"


class StreamLog:
    """`Log` over JetStream."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def read(
        self, stream: str, subjects: Sequence[str], upto: int
    ) -> AsyncIterator[Sequence[Delivery]]:
        """Raises LogIncomplete when the stream does not begin with its first event."""
        jetstream, client = await self._bus.jetstream(), await self._bus.client()
        goal = await self._goal(stream, subjects, upto)
        if not goal:
            return
        if (first := (await jetstream.stream_info(stream)).state.first_seq) > 1:
            raise LogIncomplete(f"{stream} begins at {first}: its earlier events are gone")
        async with Feed(client, jetstream, stream, subjects, 0) as feed:
            seen = 0
            while seen < goal:
                batch = await feed.batch(BATCH, asyncio.Event())
                seen = batch[-1].seq if batch else seen
                yield [each for each in batch if each.seq <= upto]

    async def _goal(self, stream: str, subjects: Sequence[str], upto: int) -> int:
        """The sequence at which all up to `upto` has been seen; 0 when there is nothing."""
        jetstream, last = await self._bus.jetstream(), 0
        for subject in subjects if upto else ():
            try:
                last = max(last, (await jetstream.get_last_msg(stream, subject)).seq or 0)
            except NotFoundError:
                continue
        return min(last, upto + 1)
