"""Every environment variable of the gateway, typed; `field` is read from `FIELD`."""

from collections.abc import Mapping
from typing import Literal

import msgspec


class SettingsError(Exception):
    """A variable has the wrong form, or two do not fit together; the message names them."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one request may ask for. Everything over a limit is refused before anything runs."""

    max_body_bytes: int = 1_000_000
    max_tokens: int = 4_000
    max_depth: int = 16
    max_aliases: int = 60
    max_root_fields: int = 20
    max_fields: int = 2_000
    max_representations: int = 5_000


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`dev` serves GraphiQL, as does `mode` demo. `rate_per_second` and `rate_burst` are in points of operation cost; 0 switches the rate limit off."""

    supergraph: str = ""
    host: str = "127.0.0.1"
    port: int = 4000
    open: bool = False
    mode: Literal["production", "demo", "test"] = "production"
    dev: bool = False
    introspection: bool = True
    oidc_issuer: str = ""
    oidc_audience: str = "plumbline"
    oidc_jwks_url: str = ""
    internal_key_file: str = ""
    subgraph_timeout: float = 10.0
    subgraph_connect_timeout: float = 2.0
    subgraph_connections: int = 64
    subscriptions_per_connection: int = 50
    keepalive_seconds: float = 12.0
    rate_per_second: float = 5_000
    rate_burst: float = 20_000
    reload_seconds: float = 1.0
    drain_seconds: float = 5.0
    otlp_endpoint: str = ""
    log_level: str = "INFO"
    limits: Limits = Limits()

    @property
    def console(self) -> bool:
        """Whether a browser that opens the endpoint gets GraphiQL."""
        return self.dev or self.mode == "demo"


def load(environ: Mapping[str, str], **given: object) -> Settings:
    """Read the environment; `given` (command-line options that are not None) wins. Raises SettingsError."""
    read = {
        field.name: environ[field.name.upper()]
        for field in msgspec.structs.fields(Settings)
        if field.name != "limits" and environ.get(field.name.upper())
    }
    limits = {
        field.name: environ[field.name.upper()]
        for field in msgspec.structs.fields(Limits)
        if environ.get(field.name.upper())
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        settings = msgspec.convert({**read, **chosen, "limits": limits}, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"environment: {error}. See gateway/README.md") from None
    if not settings.open and not (settings.oidc_issuer and settings.oidc_jwks_url):
        raise SettingsError("set OIDC_ISSUER and OIDC_JWKS_URL, or serve without identity with --open")
    return settings
