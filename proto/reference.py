"""The reference pages of the events: an AsyncAPI 3 document and a page to read."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

import msgspec
import yaml
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet
from google.protobuf.message import Message
from plumbline_contracts.registry import CONTEXTS, all_event_types, event_types, subject_of
from plumbline_shared.events import Envelope

HERE = Path(__file__).parent
BUF = str(Path(sys.executable).parent / "buf")
TIMESTAMP = "google.protobuf.Timestamp"
MESSAGE_TYPE = 4  # field number of FileDescriptorProto.message_type, as source locations count it
JSON_TYPES = {
    FieldDescriptor.CPPTYPE_STRING: "string",
    FieldDescriptor.CPPTYPE_BOOL: "boolean",
    FieldDescriptor.CPPTYPE_INT32: "integer",
    FieldDescriptor.CPPTYPE_INT64: "string",
}
Readers = Mapping[str, list[str]]
Fields = Sequence[FieldDescriptor]


def subscriptions_of(services: Path) -> dict[str, list[str]]:
    """Subject → the services that subscribe to it, from each service's SUBSCRIPTIONS."""
    readers: dict[str, list[str]] = {subject_of(message): [] for message in all_event_types()}
    for service in sorted(path.parent.name for path in services.glob("*/*/subscriptions.py")):
        declared: Mapping[type[Message], object] = importlib.import_module(
            f"{service}.subscriptions"
        ).SUBSCRIPTIONS
        for message in declared:
            readers[subject_of(message)].append(service)
    return readers


@cache
def comments() -> dict[str, str]:
    """Full message name → the comment above it in the contract file."""
    found: dict[str, str] = {}
    image = subprocess.run([BUF, "build", "-o", "-"], cwd=HERE, check=True, capture_output=True).stdout
    for file in FileDescriptorSet.FromString(image).file:
        found.update(_comments_of(file))
    return found


def _comments_of(file: FileDescriptorProto) -> Iterator[tuple[str, str]]:
    for location in file.source_code_info.location:
        path = list(location.path)
        if len(path) == 2 and path[0] == MESSAGE_TYPE:
            name = f"{file.package}.{file.message_type[path[1]].name}"
            yield name, " ".join(location.leading_comments.split())


def schema(fields: Fields) -> dict[str, object]:
    """JSON Schema of a message's fields in proto JSON form."""
    properties = {field.json_name: field_schema(field) for field in fields}
    return {"type": "object", "properties": properties}


def field_schema(field: FieldDescriptor) -> dict[str, object]:
    """JSON Schema of one field."""
    if field.enum_type is not None:
        one: dict[str, object] = {"type": "string", "enum": [value.name for value in field.enum_type.values]}
    elif field.message_type is not None:
        stamp: dict[str, object] = {"type": "string", "format": "date-time"}
        one = stamp if field.message_type.full_name == TIMESTAMP else schema(field.message_type.fields)
    else:
        one = {"type": JSON_TYPES[field.cpp_type]}
    return {"type": "array", "items": one} if field.is_repeated else one


def example(message: type[Message]) -> dict[str, object]:
    """The committed example of a message, proto JSON."""
    content: dict[str, object] = json.loads((HERE / "examples" / f"{subject_of(message)}.json").read_text())
    return content


def asyncapi_message(message: type[Message]) -> dict[str, object]:
    """One entry of components/messages."""
    return {
        "name": message.DESCRIPTOR.name,
        "title": subject_of(message),
        "summary": comments()[message.DESCRIPTOR.full_name],
        "contentType": "application/cloudevents+json",
        "payload": {
            "allOf": [
                {"$ref": "#/components/schemas/CloudEvent"},
                {
                    "properties": {
                        "type": {"const": subject_of(message)},
                        "data": schema(cast(Fields, message.DESCRIPTOR.fields)),
                    }
                },
            ]
        },
        "examples": [{"payload": {"type": subject_of(message), "data": example(message)}}],
    }


def envelope() -> dict[str, object]:
    """JSON Schema of the envelope that every event travels in."""
    _, components = msgspec.json.schema_components([Envelope])
    return {
        **components["Envelope"],
        "description": "CloudEvents 1.0, structured mode. Nats-Msg-Id is the id.",
    }


def operations(readers: Readers) -> dict[str, object]:
    """AsyncAPI operations: who sends and who receives what."""
    found: dict[str, object] = {}
    for subject, services in readers.items():
        key = subject.replace(".", "_")
        channel = {"$ref": f"#/channels/{key}"}
        found[f"{subject.partition('.')[0]}_sends_{key}"] = {"action": "send", "channel": channel}
        for service in services:
            found[f"{service}_receives_{key}"] = {"action": "receive", "channel": channel}
    return found


def asyncapi_page(readers: Readers) -> str:
    """The AsyncAPI 3.0 document, YAML text."""
    messages = {subject_of(message).replace(".", "_"): message for message in all_event_types()}
    document: dict[str, object] = {
        "asyncapi": "3.0.0",
        "info": {"title": "Plumbline events", "version": "1", "description": "Generated by proto/build.py."},
        "defaultContentType": "application/cloudevents+json",
        "channels": {
            key: {"address": subject_of(message), "messages": {key: {"$ref": f"#/components/messages/{key}"}}}
            for key, message in messages.items()
        },
        "operations": operations(readers),
        "components": {
            "schemas": {"CloudEvent": envelope()},
            "messages": {key: asyncapi_message(message) for key, message in messages.items()},
        },
    }
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)


def events_page(readers: Readers) -> str:
    """The same for readers, Markdown text."""
    lines = [
        "# Events",
        "",
        "Generated by `python proto/build.py` from the contracts and each service's subscriptions.",
    ]
    for context in CONTEXTS:
        lines += ["", f"## {context}", "", f"Stream `{context.upper()}`, subjects `{context}.>`.", ""]
        lines += ["| Event | Read by | Meaning | Fields |", "| --- | --- | --- | --- |"]
        for message in event_types(context):
            subject, fields = subject_of(message), ", ".join(f"`{f.name}`" for f in message.DESCRIPTOR.fields)
            by = ", ".join(readers[subject]) or "–"
            lines.append(f"| `{subject}` | {by} | {comments()[message.DESCRIPTOR.full_name]} | {fields} |")
    return "\n".join(lines) + "\n"
