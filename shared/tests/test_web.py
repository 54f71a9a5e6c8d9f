"""A service's door: tokens, health and problems over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from plumbline_shared.auth import Authenticator, Claims, InternalTokens
from plumbline_shared.health import Health
from plumbline_shared.process import web_app
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.testing.plugin import RuntimeFor

TOKENS = InternalTokens.generate()
CLAIMS = Claims(sub="D01.wu-yan", bureau="D01", kind="person")


async def jwks() -> dict[str, Any]:
    return dict(TOKENS.jwks())


@pytest.fixture
async def runtime(runtime_for: RuntimeFor, notebook: ServiceDefinition) -> Runtime:
    found = await runtime_for(notebook)
    return replace(found, authenticator=Authenticator.behind_gateway("notebook", jwks))


@pytest.fixture
async def client(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=web_app(runtime, Health(runtime)))
    async with httpx.AsyncClient(transport=transport, base_url="http://notebook") as client:
        yield client


async def ask(client: httpx.AsyncClient, token: str | None) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return await client.post("/graphql", json={"query": "{ ping }"}, headers=headers)


async def test_the_gateways_token_for_this_service_opens(client: httpx.AsyncClient) -> None:
    answer = await ask(client, TOKENS.mint(CLAIMS, "notebook"))
    assert answer.json() == {"data": {"ping": "pong"}}


@pytest.mark.parametrize(
    "token",
    [
        None,
        "not.a.token",
        TOKENS.mint(CLAIMS, "performance"),
        InternalTokens.generate().mint(CLAIMS, "notebook"),
    ],
)
async def test_no_other_token_does(client: httpx.AsyncClient, token: str | None) -> None:
    answer = await ask(client, token)
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert token is None or token not in answer.text


async def test_queries_by_get_are_not_served(client: httpx.AsyncClient) -> None:
    headers = {"authorization": f"Bearer {TOKENS.mint(CLAIMS, 'notebook')}"}
    assert (await client.get("/graphql", params={"query": "{ ping }"}, headers=headers)).status_code == 405


async def test_health_tells_ready_draining_and_settled(client: httpx.AsyncClient, runtime: Runtime) -> None:
    assert (await client.get("/livez")).json()["status"] == "alive"
    assert (await client.get("/readyz")).json()["status"] == "ready"
    settled = (await client.get("/internal/settled")).json()
    assert (settled["outbox_pending"], settled["consumer_lag"], settled["timers_due"]) == (0, 0, 0)
    health = Health(runtime)
    health.draining = True
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=web_app(runtime, health)), base_url="http://notebook"
    ) as draining:
        assert (await draining.get("/readyz")).status_code == 503
        assert (await draining.get("/livez")).status_code == 200
