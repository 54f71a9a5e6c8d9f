"""Each service at its own door: a token that is not the gateway's, for this service, now, opens no route of it."""

import base64
import json
from collections.abc import Callable

import httpx
import pytest
from joserfc.jwk import OKPKey
from plumbline_shared.runtime import Runtime
from security_fixtures import SERVICES, RuntimeOf
from security_http import app, client, token
from starlette.routing import Route

# Every route that answers without a token, and why.
OPEN = {
    "/livez",  # the process says that it runs
    "/readyz",
    "/internal/settled",  # there is none in production; it counts what is under way
    "/v1/services",  # what the hotline takes: the same for everybody (Open311)
}


def unsigned(service: str) -> str:
    """A token that says itself that it has no signature."""
    _head, body, _signature = token(service).split(".")
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "plumbline+jwt"}).encode()).decode()
    return f"{head.rstrip('=')}.{body}."


def stripped(service: str) -> str:
    """A good token without its signature."""
    return token(service).rpartition(".")[0] + "."


def swapped(service: str) -> str:
    """A good signature under another body."""
    head, _body, signature = token(service).split(".")
    return f"{head}.{token(service, sub='D01.gu-ping').split('.')[1]}.{signature}"


WRONG: dict[str, Callable[[str], str]] = {
    "expired": lambda service: token(service, exp=1_700_000_000),
    "without an end": lambda service: token(service, without="exp"),
    "unsigned": unsigned,
    "stripped": stripped,
    "swapped": swapped,
    "of another key": lambda service: token(service, key=OKPKey.generate_key("Ed25519")),
    "of an unknown key": lambda service: token(service, header={"kid": "other"}),
    "for another service": lambda service: token("gateway" if service == "directory" else "directory"),
    "for nobody": lambda service: token(service, without="aud"),
    "of another issuer": lambda service: token(service, iss="https://id.example"),
    "of a user": lambda service: token(service, header={"typ": "at+jwt"}),
    "of no kind": lambda service: token(service, kind="system"),
    "nonsense": lambda service: "a.b.c",
}


async def ask(http: httpx.AsyncClient, authorization: str | None) -> httpx.Response:
    headers = {"authorization": authorization} if authorization else {}
    return await http.post("/graphql", json={"query": "{ __typename }"}, headers=headers)


def refused(answer: httpx.Response, given: str) -> bool:
    """401 with its code, and no word of the token."""
    whole = answer.text
    return answer.status_code == 401 and "UNAUTHENTICATED" in whole and (not given or given not in whole)


@pytest.mark.parametrize("service", SERVICES)
async def test_the_gateways_token_for_the_service_opens(runtime_of: RuntimeOf, service: str) -> None:
    async with client(await runtime_of(service)) as http:
        answer = await ask(http, f"Bearer {token(service)}")
        assert answer.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("service", SERVICES)
async def test_no_other_token_opens(runtime_of: RuntimeOf, service: str) -> None:
    async with client(await runtime_of(service)) as http:
        for what, make in WRONG.items():
            given = make(service)
            assert refused(await ask(http, f"Bearer {given}"), given), what
        for header in (None, "Bearer", "Bearer  ", f"Basic {token(service)}", token(service)):
            assert refused(await ask(http, header), ""), header


def guarded(runtime: Runtime) -> list[tuple[str, str]]:
    """Every method of every route of the service that is not open to all."""
    found = [one for one in app(runtime).routes if isinstance(one, Route) and one.path not in OPEN]
    return [(method, one.path) for one in found for method in sorted((one.methods or {"GET"}) - {"HEAD"})]


@pytest.mark.parametrize("service", SERVICES)
async def test_no_route_of_the_service_opens_without_one(runtime_of: RuntimeOf, service: str) -> None:
    runtime = await runtime_of(service)
    routes = guarded(runtime)
    assert ("POST", "/graphql") in routes
    async with client(runtime) as http:
        for method, path in routes:
            for authorization in (None, f"Bearer {unsigned(service)}", f"Bearer {token(service, exp=1)}"):
                headers = {"authorization": authorization} if authorization else {}
                answer = await http.request(method, path, headers=headers, content=b"{}")
                assert refused(answer, ""), (method, path)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_socket_is_closed_before_it_is_accepted(runtime_of: RuntimeOf, service: str) -> None:
    runtime = await runtime_of(service)
    for authorization in (
        b"",
        f"Bearer {unsigned(service)}".encode(),
        f"Bearer {token(service, exp=1)}".encode(),
    ):
        sent = await socket(runtime, authorization)
        assert [one["type"] for one in sent] == ["websocket.close"]
        assert sent[0]["code"] == 4401
    assert (await socket(runtime, f"Bearer {token(service)}".encode()))[0]["type"] == "websocket.accept"


async def socket(runtime: Runtime, authorization: bytes) -> list[dict[str, object]]:
    """What the service answers to a WebSocket that is opened and closed again."""
    sent: list[dict[str, object]] = []
    incoming = iter([{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1000}])

    async def receive() -> dict[str, object]:
        return next(incoming)

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "websocket",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(b"authorization", authorization)] if authorization else [],
        "subprotocols": ["graphql-transport-ws"],
    }
    await app(runtime)(scope, receive, send)  # type: ignore[arg-type]
    return sent
