"""The environment variables of each part: what `settings.py` of a service reads."""

import os
from collections.abc import Mapping

from plumbline_shared.testing.databases import ServiceRoles
from plumbline_shared.testing.postgres import PostgresServer

from plumbline_local.credentials import Credentials
from plumbline_local.keys import key_file
from plumbline_local.layout import SERVICES, Layout

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "LOG_LEVEL", "OTLP_ENDPOINT")


def roles_of(credentials: Credentials) -> dict[str, ServiceRoles]:
    """The database roles of every service, with this clone's secrets."""
    return {
        service: ServiceRoles(service, credentials.owners[service], credentials.apps[service])
        for service in SERVICES
    }


def service_environment(
    name: str, layout: Layout, credentials: Credentials, postgres: PostgresServer
) -> dict[str, str]:
    """What one service is started with. GraphQL trusts the gateway's tokens alone, REST those of the issuer alone."""
    urls = roles_of(credentials)[name].urls(postgres, name)
    return {
        **common_environment(layout),
        "DATABASE_URL": urls.app,
        "POOL_SIZE": "6",
        "PORT": str(layout.port(name)),
        "NATS_URL": f"nats://127.0.0.1:{layout.port('nats')}",
        "NATS_USER": name,
        "NATS_PASSWORD": credentials.nats[name],
        "GATEWAY_JWKS_URL": layout.url("gateway", "/.well-known/jwks.json"),
        "OIDC_ISSUER": layout.url("issuer"),
        "OIDC_JWKS_URL": layout.url("issuer", "/jwks.json"),
        "AUDIT_KEY_FILE": str(key_file(layout, f"{name}-audit.key")),
        "VAULT_KEY_FILE": str(key_file(layout, "vault.key")) if name == "complaints" else "",
        "DATA_DIR": str(layout.data / "files" / name),
        "DRAIN_SECONDS": "0.1",
    }


def gateway_environment(layout: Layout, credentials: Credentials) -> dict[str, str]:
    """What the gateway is started with."""
    return {
        **common_environment(layout),
        "PORT": str(layout.base),
        "SUPERGRAPH": str(layout.supergraph),
        "DEV": "true",
        "INTERNAL_KEY_FILE": str(key_file(layout, "gateway.pem")),
        "OIDC_ISSUER": layout.url("issuer"),
        "OIDC_AUDIENCE": "plumbline",
        "OIDC_JWKS_URL": layout.url("issuer", "/jwks.json"),
        "DRAIN_SECONDS": "0.1",
    }


def common_environment(layout: Layout) -> dict[str, str]:
    """Nothing of ours but what is named here; the demonstration's clock where there is one."""
    passed: Mapping[str, str] = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    clock = {"CLOCK_FILE": str(layout.clock)} if layout.clock.exists() else {}
    return {**passed, **clock, "MODE": "demo", "HOST": "127.0.0.1", "MALLOC_ARENA_MAX": "2"}
