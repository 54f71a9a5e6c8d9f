"""An ordered pull consumer: starts after a position, notices a gap, and is made anew rather than repaired."""

import asyncio
import json
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import TimeoutError as NatsTimeout
from nats.js import JetStreamContext, api

from plumbline_shared.inbox import Delivery

PULL = 1_000
EXPIRES_SECONDS = 20.0
HEARTBEAT_SECONDS = 1.0
GIVE_UP_SECONDS = 3.0
INACTIVE_SECONDS = 60.0


class FeedBroken(OSError):
    """A gap, a lost consumer or a silent server: open a new feed after the cursor."""


async def stream_state(jetstream: JetStreamContext, stream: str) -> tuple[str, int]:
    """When the stream was created and its last sequence. Raises NotFoundError when there is none yet."""
    info = await jetstream.stream_info(stream)
    return str(info.created), info.state.last_seq


class Feed:
    """Messages of some subjects of one stream, in order, after `position`."""

    def __init__(
        self, client: Client, jetstream: JetStreamContext, stream: str, subjects: Sequence[str], position: int
    ) -> None:
        self._client = client
        self._jetstream = jetstream
        self._stream = stream
        self._subjects = list(subjects)
        self._position = position
        self._expected = 1
        self._asked = 0
        self._consumer = ""
        self._subscription: Subscription | None = None

    async def __aenter__(self) -> Self:
        info = await self._jetstream.add_consumer(
            self._stream,
            api.ConsumerConfig(
                deliver_policy=api.DeliverPolicy.BY_START_SEQUENCE,
                opt_start_seq=self._position + 1,
                ack_policy=api.AckPolicy.NONE,
                filter_subjects=self._subjects,
                mem_storage=True,
                inactive_threshold=INACTIVE_SECONDS,
                num_replicas=1,
            ),
        )
        self._consumer = info.name
        self._subscription = await self._client.subscribe(self._client.new_inbox())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._subscription is not None and self._client.is_connected:
            await self._subscription.unsubscribe()

    async def batch(self, limit: int, stopping: asyncio.Event) -> list[Delivery]:
        """What has arrived, at most `limit`; waits for the first message or for `stopping`. Empty after a heartbeat."""
        subscription = self._subscription
        if subscription is None:
            raise FeedBroken("not opened")
        if not self._asked:
            await self._ask(subscription)
        try:
            first = await self._first(subscription, stopping)
            found = self._take(first) if first else []
            while subscription.pending_msgs and len(found) < limit:
                found += self._take(await subscription.next_msg(timeout=1))
        except (TimeoutError, NatsTimeout):
            raise FeedBroken("silent") from None
        return found

    async def _first(self, subscription: Subscription, stopping: asyncio.Event) -> Msg | None:
        arriving = asyncio.ensure_future(subscription.next_msg(timeout=GIVE_UP_SECONDS))
        ending = asyncio.ensure_future(stopping.wait())
        try:
            await asyncio.wait((arriving, ending), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            arriving.cancel()
            raise
        finally:
            ending.cancel()
        if arriving.done():
            return arriving.result()
        arriving.cancel()
        return None

    async def _ask(self, subscription: Subscription) -> None:
        request = {
            "batch": PULL,
            "expires": int(EXPIRES_SECONDS * 1e9),
            "idle_heartbeat": int(HEARTBEAT_SECONDS * 1e9),
        }
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{self._stream}.{self._consumer}"
        await self._client.publish(subject, json.dumps(request).encode(), reply=subscription.subject)
        self._asked = PULL

    def _take(self, message: Msg) -> list[Delivery]:
        status = (message.headers or {}).get("Status")
        if status == "100":
            return []
        if status == "408":
            self._asked = 0
            return []
        if status is not None:
            raise FeedBroken(f"status {status}")
        sequence = message.metadata.sequence
        if sequence.consumer != self._expected:
            raise FeedBroken("gap")
        self._expected += 1
        self._asked -= 1
        return [Delivery(sequence.stream, message.subject, message.data)]
