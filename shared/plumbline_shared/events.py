"""The envelope of an event on the wire: CloudEvents 1.0, structured JSON, proto JSON as data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

import msgspec
from google.protobuf import json_format
from google.protobuf.message import Message

M = TypeVar("M", bound=Message)


class MalformedEvent(ValueError):
    """The bytes are not one of our envelopes, or the data does not fit the contract."""


class Envelope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """CloudEvents attributes; `plumblineversion` is the aggregate's version, `subject` the aggregate."""

    specversion: Literal["1.0"]
    id: str
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: Literal["application/json"]
    plumblinebureau: str
    plumblineversion: int
    traceparent: str | None = None
    data: msgspec.Raw


@dataclass(frozen=True)
class EventMeta:
    """Where an event comes from; `subject` is the NATS subject, `risk_registry.v1.RiskPointRegraded`."""

    id: str
    subject: str
    aggregate_id: str
    version: int
    occurred_at: datetime
    bureau_id: str
    traceparent: str | None = None


def subject_of(kind: type[Message] | Message) -> str:
    """The NATS subject of a contract: its full name without the root package."""
    return str(kind.DESCRIPTOR.full_name).partition(".")[2]


def context_of(subject: str) -> str:
    """The context that publishes `subject`: its first part."""
    return subject.partition(".")[0]


def data_of(message: Message) -> str:
    """The message as proto JSON text."""
    return json_format.MessageToJson(message, indent=None, ensure_ascii=False)


def encode(meta: EventMeta, data: str) -> bytes:
    """The envelope as bytes."""
    envelope = Envelope(
        specversion="1.0",
        datacontenttype="application/json",
        id=meta.id,
        source=f"plumbline/{context_of(meta.subject)}",
        type=meta.subject,
        subject=meta.aggregate_id,
        time=meta.occurred_at,
        plumblinebureau=meta.bureau_id,
        plumblineversion=meta.version,
        traceparent=meta.traceparent,
        data=msgspec.Raw(data.encode()),
    )
    return msgspec.json.encode(envelope)


def decode(body: bytes) -> tuple[EventMeta, bytes]:
    """The envelope's attributes and the undecoded data. Raises MalformedEvent."""
    try:
        found = msgspec.json.decode(body, type=Envelope)
    except msgspec.MsgspecError as error:
        raise MalformedEvent(str(error)) from None
    meta = EventMeta(
        found.id,
        found.type,
        found.subject,
        found.plumblineversion,
        found.time,
        found.plumblinebureau,
        found.traceparent,
    )
    return meta, bytes(found.data)


def message_of(kind: type[M], data: bytes) -> M:
    """The contract message. Raises MalformedEvent.

    Fields that a newer writer added are ignored; an enum value that it added reads as UNSPECIFIED.
    """
    try:
        fields = msgspec.json.decode(data, type=dict[str, Any])
        return json_format.ParseDict(fields, kind(), ignore_unknown_fields=True)
    except (json_format.ParseError, msgspec.MsgspecError) as error:
        raise MalformedEvent(str(error)) from None
