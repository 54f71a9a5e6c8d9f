"""Passwords and keys of this clone: made on the first start, readable by the owner alone, never committed."""

import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from joserfc.jwk import ECKey
from plumbline_shared.testing.nats import USERS

from plumbline_local.layout import SERVICES

DEMO_CLIENTS = ("hotline", "importer", "queue", "core-tax", "assessment", "school")
T = TypeVar("T")


class Credentials(msgspec.Struct, frozen=True):
    """Secrets by what they open; `issuer_key` is a private JWK."""

    postgres: str
    owners: dict[str, str]
    apps: dict[str, str]
    nats: dict[str, str]
    clients: dict[str, str]
    persons: str
    issuer_key: dict[str, str]


def load_or_create(file: Path) -> Credentials:
    """The clone's secrets, the same on every start; a service that is new gets its own."""
    known = msgspec.json.decode(file.read_bytes(), type=Credentials) if file.exists() else None
    whole = _completed(known or _create())
    if whole != known:
        write_private(file, msgspec.json.encode(whole))
    return whole


def write_private(file: Path, content: bytes) -> None:
    """Writes a file that nobody else can read, at once or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    draft.replace(file)


def _create() -> Credentials:
    key = ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True)
    text = {name: str(value) for name, value in key.items()}
    return Credentials(_secret(), {}, {}, {}, {}, _secret(), text)


def _completed(known: Credentials) -> Credentials:
    return msgspec.structs.replace(
        known,
        owners=_for_each(SERVICES, known.owners),
        apps=_for_each(SERVICES, known.apps),
        nats=_for_each(USERS, known.nats),
        clients=_for_each(DEMO_CLIENTS, known.clients),
    )


def _for_each(names: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    return {name: known.get(name) or _secret() for name in names}


def _secret() -> str:
    return secrets.token_urlsafe(24)
