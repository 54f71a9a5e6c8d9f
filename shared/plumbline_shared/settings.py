"""Settings from environment variables: one typed struct per service, `field` read from `FIELD`."""

from collections.abc import Mapping
from typing import Literal, TypeVar

import msgspec

S = TypeVar("S", bound="ServiceSettings")


class SettingsError(Exception):
    """A variable is missing or has the wrong form; the message names it."""


class ServiceSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What every service reads. Secrets come by environment or file, never from the repository."""

    database_url: str
    owner_database_url: str = ""
    pool_size: int = 8
    host: str = "127.0.0.1"
    port: int = 0
    mode: Literal["production", "demo", "test"] = "production"
    clock_file: str = ""
    nats_url: str = ""
    nats_user: str = ""
    nats_password: str = ""
    nats_replicas: int = 1
    oidc_issuer: str = ""
    oidc_audience: str = "plumbline"
    oidc_jwks_url: str = ""
    gateway_jwks_url: str = ""
    audit_key_file: str = ""
    data_dir: str = ""
    otlp_endpoint: str = ""
    drain_seconds: float = 5.0
    log_level: str = "INFO"


def load(kind: type[S], environ: Mapping[str, str]) -> S:
    """Read `kind` from `environ`; an empty variable counts as not set. Raises SettingsError."""
    names = [field.name for field in msgspec.structs.fields(kind)]
    given = {name: environ[name.upper()] for name in names if environ.get(name.upper())}
    try:
        settings = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"environment: {error}. See the service's settings.py") from None
    if settings.clock_file and settings.mode == "production":
        raise SettingsError("CLOCK_FILE is for MODE=demo or MODE=test: production has the system's clock")
    return settings
