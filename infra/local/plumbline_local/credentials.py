"""Passwords and keys of this clone: made on the first start, readable by the owner alone, never committed."""

import os
import secrets
from pathlib import Path
from typing import TypeVar

import msgspec
from joserfc.jwk import ECKey
from plumbline_shared.testing.nats import USERS

from plumbline_local.layout import SERVICES

DEMO_CLIENTS = ("hotline", "importer")
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
    """The clone's secrets, the same on every start."""
    if file.exists():
        return msgspec.json.decode(file.read_bytes(), type=Credentials)
    made = _create()
    write_private(file, msgspec.json.encode(made))
    return made


def write_private(file: Path, content: bytes) -> None:
    """Writes a file that nobody else can read, at once or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    draft.replace(file)


def _create() -> Credentials:
    key = ECKey.generate_key("P-256", auto_kid=True)
    return Credentials(
        postgres=_secret(),
        owners={service: _secret() for service in SERVICES},
        apps={service: _secret() for service in SERVICES},
        nats={user: _secret() for user in USERS},
        clients={client: _secret() for client in DEMO_CLIENTS},
        persons=_secret(),
        issuer_key={name: str(value) for name, value in key.as_dict(private=True).items()},
    )


def _secret() -> str:
    return secrets.token_urlsafe(24)
