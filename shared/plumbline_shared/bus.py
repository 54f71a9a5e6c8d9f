"""NATS JetStream: every stream is declared here, and a service writes to its own only."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import nats
from google.protobuf.message import Message
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext, api
from nats.js.errors import NotFoundError

from plumbline_shared.errors import Unavailable
from plumbline_shared.events import EventMeta, decode, message_of, subject_of
from plumbline_shared.follow import Followed, follow
from plumbline_shared.settings import ServiceSettings

log = logging.getLogger(__name__)

M = TypeVar("M", bound=Message)

CONTEXTS = ("directory", "risk_registry", "case_flow", "complaints", "education", "performance")
RETENTION_SECONDS = 365 * 24 * 3600.0
MAX_BYTES = 4 * 2**30
DUPLICATE_WINDOW_SECONDS = 120.0
ACK_SECONDS = 3.0


def stream_of(subject: str) -> str:
    """The stream that carries `subject`."""
    return subject.partition(".")[0].upper()


def stream_config(context: str, replicas: int) -> api.StreamConfig:
    """The one declaration of a context's stream: on disk, nothing deleted, full means refuse."""
    return api.StreamConfig(
        name=context.upper(),
        subjects=[f"{context}.v1.>"],
        storage=api.StorageType.FILE,
        retention=api.RetentionPolicy.LIMITS,
        discard=api.DiscardPolicy.NEW,
        max_age=RETENTION_SECONDS,
        max_bytes=MAX_BYTES,
        duplicate_window=DUPLICATE_WINDOW_SECONDS,
        deny_delete=True,
        deny_purge=True,
        num_replicas=replicas,
    )


@dataclass(frozen=True)
class Outgoing:
    """One event on its way to the stream."""

    id: str
    subject: str
    body: bytes


class Bus:
    """A connection that comes up whenever NATS does: a service starts and serves without it."""

    def __init__(self, service: str, settings: ServiceSettings) -> None:
        self._service = service
        self._settings = settings
        self._client: Client | None = None
        self._connected = asyncio.Event()
        self._connecting: asyncio.Task[None] | None = None
        self._jetstream: JetStreamContext | None = None
        self._last_seq: int | None = None

    @classmethod
    async def connect(cls, service: str, settings: ServiceSettings) -> "Bus":
        """Begin to connect as the service's own user; returns at once."""
        bus = cls(service, settings)
        bus._connecting = asyncio.create_task(bus._keep_trying())
        return bus

    async def close(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
        if self._client is not None:
            await self._client.close()

    async def client(self) -> Client:
        """The connection, as soon as there is one."""
        await self._connected.wait()
        if self._client is None:
            raise Unavailable("the connection to NATS was closed")
        return self._client

    async def jetstream(self) -> JetStreamContext:
        """The one context of this connection: each has a reply subscription of its own."""
        if self._jetstream is None:
            client = await self.client()
            self._jetstream = client.jetstream(timeout=ACK_SECONDS, publish_async_max_pending=2_000)
        return self._jetstream

    async def declare_stream(self) -> None:
        """Create the service's own stream if it is missing; other services have none."""
        if self._service not in CONTEXTS:
            return
        jetstream = await self.jetstream()
        try:
            await jetstream.stream_info(self._service.upper())
        except NotFoundError:
            await jetstream.add_stream(stream_config(self._service, self._settings.nats_replicas))

    def doubt(self) -> None:
        """Forget where our stream ends: another leader may have published since."""
        self._last_seq = None

    async def publish(self, events: Sequence[Outgoing]) -> int:
        """Publish in order and return how many are acknowledged before the first failure.

        Pipelined: each message names the sequence that it must follow, so nothing overtakes one that failed.
        In doubt, when some of `events` may be in the stream already, one by one: a repeat does not advance
        the stream and would break the chain. Raises OSError while NATS is away, so that nothing is buffered.
        """
        if not (await self.client()).is_connected:
            raise OSError("NATS is away")
        jetstream = await self.jetstream()
        base, self._last_seq = self._last_seq, None
        if base is None:
            return await self._publish_each(jetstream, events)
        acks = [
            await jetstream.publish_async(event.subject, event.body, headers=_headers(event, base + offset))
            for offset, event in enumerate(events)
        ]
        done, self._last_seq = await _acknowledged(acks, base)
        return done

    async def _publish_each(self, jetstream: JetStreamContext, events: Sequence[Outgoing]) -> int:
        last: int | None = None
        for done, event in enumerate(events):
            try:
                ack = await jetstream.publish(event.subject, event.body, headers={"Nats-Msg-Id": event.id})
            except (NatsError, TimeoutError) as error:
                log.warning("publishing stopped after %d: %s", done, type(error).__name__)
                return done
            last = last if ack.duplicate else ack.seq
        self._last_seq = last
        return len(events)

    async def tail(self, kind: type[M]) -> AsyncIterator[tuple[EventMeta, M]]:
        """Every event of `kind` from now on, once each while the connection lasts."""
        subscription = await (await self.client()).subscribe(subject_of(kind))
        try:
            async for message in subscription.messages:
                meta, data = decode(message.data)
                yield meta, message_of(kind, data)
        finally:
            await subscription.unsubscribe()

    def follow(self, kinds: Sequence[type[Message]], after: int | None) -> AsyncGenerator[Followed]:
        """Events of one stream with their positions; see `follow`."""
        (stream,) = {stream_of(subject_of(kind)) for kind in kinds}
        return follow(self, stream, kinds, after)

    async def _keep_trying(self) -> None:
        settings = self._settings
        while not self._connected.is_set():
            try:
                self._client = await nats.connect(
                    settings.nats_url,
                    user=settings.nats_user or None,
                    password=settings.nats_password or None,
                    name=self._service,
                    inbox_prefix=f"_INBOX_{settings.nats_user or self._service}",
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=0.25,
                    connect_timeout=2,
                    error_cb=_log_error,
                )
                self._connected.set()
            except (NatsError, OSError, TimeoutError) as error:
                log.warning("NATS is away (%s): events wait in the outbox", type(error).__name__)
                await asyncio.sleep(0.5)


def _headers(event: Outgoing, follows: int) -> dict[str, str]:
    return {"Nats-Msg-Id": event.id, "Nats-Expected-Last-Sequence": str(follows)}


async def _acknowledged(acks: Sequence["asyncio.Future[api.PubAck]"], base: int) -> tuple[int, int | None]:
    """How many acks came in a row, and the stream's last sequence if it is certain."""
    certain = True
    for done, ack in enumerate(acks):
        try:
            certain = not (await asyncio.wait_for(ack, ACK_SECONDS)).duplicate and certain
        except (NatsError, TimeoutError) as error:
            log.warning("publishing stopped after %d: %s", done, type(error).__name__)
            return done, None
    return len(acks), base + len(acks) if certain else None


async def _log_error(error: Exception) -> None:
    log.warning("NATS: %s", type(error).__name__)
