"""Which events exist, under which subject, and their JSON form."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache

from google.protobuf import json_format
from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper
from google.protobuf.message import Message

ROOT = "plumbline_contracts."
CONTEXTS = ("directory", "risk_registry", "case_flow", "complaints", "education", "performance")


class UnknownSubject(LookupError):
    """No contract has this subject: deploy the version of plumbline_contracts that declares it."""


def subject_of(message_type: type[Message] | Message) -> str:
    """NATS subject of an event: its full name without the root, `risk_registry.v1.RiskPointRegraded`."""
    return str(message_type.DESCRIPTOR.full_name).removeprefix(ROOT)


@cache
def message_type_of(subject: str) -> type[Message]:
    """The message class of a subject; raises UnknownSubject."""
    context, _, rest = subject.partition(".")
    version, _, name = rest.partition(".")
    if context not in CONTEXTS:
        raise UnknownSubject(subject)
    try:
        found: object = getattr(importlib.import_module(f"{ROOT}{context}.{version}"), name)
    except (ModuleNotFoundError, AttributeError) as missing:
        raise UnknownSubject(subject) from missing
    if not (isinstance(found, type) and issubclass(found, Message)):
        raise UnknownSubject(subject)
    return found


def event_types(context: str, version: str = "v1") -> Iterator[type[Message]]:
    """Every event of one context, in the order of its contract files."""
    module = importlib.import_module(f"{ROOT}{context}.{version}")
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Message):
            yield value


def all_event_types() -> list[type[Message]]:
    """Every event of the suite."""
    return [message for context in CONTEXTS for message in event_types(context)]


def to_json(message: Message) -> dict[str, object]:
    """Proto JSON (lowerCamelCase, defaults left out)."""
    return json_format.MessageToDict(message)


def from_json(message_type: type[Message], data: Mapping[str, object]) -> Message:
    """Reads proto JSON; fields a newer publisher added are ignored. Raises json_format.ParseError."""
    return json_format.ParseDict(dict(data), message_type(), ignore_unknown_fields=True)


def _prefix(enum: EnumTypeWrapper) -> str:
    return enum.DESCRIPTOR.values_by_number[0].name.removesuffix("UNSPECIFIED")


def label(enum: EnumTypeWrapper, number: int) -> str:
    """Short name of an enum value: `label(RiskGrade, 3) == "HIGH"`; raises ValueError if unknown."""
    return enum.Name(number).removeprefix(_prefix(enum))  # pyright: ignore[reportArgumentType]


def number(enum: EnumTypeWrapper, short: str) -> int:
    """Value of a short name: `number(RiskGrade, "HIGH") == 3`; raises ValueError if unknown."""
    return enum.Value(_prefix(enum) + short)
