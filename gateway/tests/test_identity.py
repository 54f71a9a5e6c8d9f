"""Who asks: OpenID Connect tokens in, one short token per subgraph out."""

import time
from collections.abc import AsyncIterator
from typing import Any

import gateway_worlds
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from conftest import World, world
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey
from plumbline_gateway.settings import SettingsError, load

ISSUER = "https://issuer.test"
KEY = OKPKey.generate_key("Ed25519", parameters={"kid": "k1"})
OTHER = OKPKey.generate_key("Ed25519", parameters={"kid": "k1"})
PERSONS = "{ persons { id load } }"


def token(key: OKPKey = KEY, header: dict[str, Any] | None = None, **changes: Any) -> str:
    claims = {
        "iss": ISSUER,
        "aud": "plumbline",
        "sub": "D01.chen-gang",
        "bureau": "D01",
        "scope": "read",
        "exp": int(time.time()) + 600,
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(
        {"alg": "Ed25519", "kid": "k1", "typ": "JWT", **(header or {})}, kept, key, algorithms=["Ed25519"]
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guarded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async def jwks(_: web.Request) -> web.Response:
        return web.json_response({"keys": [{**KEY.as_dict(private=False), "kid": "k1", "use": "sig"}]})

    app = web.Application()
    app.router.add_get("/jwks.json", jwks)
    issuer = TestServer(app)
    await issuer.start_server()
    subgraphs = [*gateway_worlds.bureau(), gateway_worlds.ticking()[0]]
    changes = {
        "open": False,
        "oidc_issuer": ISSUER,
        "oidc_jwks_url": str(issuer.make_url("/jwks.json")),
        "rate_per_second": 0.001,
        "rate_burst": 500.0,
    }
    async with world(tmp_path_factory.mktemp("guarded"), subgraphs, **changes) as found:
        yield found
    await issuer.close()


async def internal(found: World, service: str, given: str) -> dict[str, Any]:
    """The claims of the gateway's token, checked with its published key."""
    root = found.url.removesuffix("/graphql")
    async with found.session.get(f"{root}/.well-known/jwks.json") as response:
        keys = KeySet.import_key_set(await response.json())
    assert all("d" not in key.as_dict(private=False) for key in keys.keys)
    decoded = jwt.decode(given.removeprefix("Bearer "), keys, algorithms=["Ed25519"])
    assert decoded.header["typ"] == "plumbline+jwt"
    assert decoded.claims["aud"] == service
    return dict(decoded.claims)


async def test_each_subgraph_gets_its_own_token(guarded: World) -> None:
    user = token()
    answer = await guarded.ask(PERSONS, authorization=f"Bearer {user}")
    assert len(answer["data"]["persons"]) == 3
    seen = {}
    for service in ("directory", "cases"):
        header = guarded.sent(service)[-1].headers["authorization"]
        assert user not in header
        claims = seen[service] = await internal(guarded, service, header)
        assert claims["iss"] == "plumbline-gateway"
        assert (claims["sub"], claims["bureau"], claims["scope"]) == ("D01.chen-gang", "D01", "read")
        assert claims["kind"] == "person"
        assert claims["exp"] - claims["iat"] <= 60
    assert seen["directory"]["aud"] != seen["cases"]["aud"]


async def test_nobody_is_anonymous(guarded: World) -> None:
    assert (await guarded.ask("{ persons { id } }"))["status"] == 200
    claims = await internal(guarded, "directory", guarded.sent("directory")[-1].headers["authorization"])
    assert (claims["kind"], claims["sub"]) == ("anonymous", "anonymous")
    assert "bureau" not in claims


async def test_a_client_is_a_client(guarded: World) -> None:
    given = token(sub="hotline", client_id="hotline", bureau=None)
    await guarded.ask("{ persons { id } }", authorization=f"Bearer {given}")
    claims = await internal(guarded, "directory", guarded.sent("directory")[-1].headers["authorization"])
    assert (claims["kind"], claims["sub"]) == ("client", "hotline")


BAD: dict[str, Any] = {
    "expired": lambda: token(exp=int(time.time()) - 60),
    "without an expiry": lambda: token(exp=None),
    "of another issuer": lambda: token(iss="https://evil.test"),
    "for another audience": lambda: token(aud="another"),
    "signed by a foreign key": lambda: token(OTHER),
    "unsigned": lambda: token().rsplit(".", 1)[0] + ".",
    "of another type": lambda: token(header={"typ": "plumbline+jwt"}),
    "not a token": lambda: "abc",
}


@pytest.mark.parametrize("name", BAD)
async def test_tokens_that_do_not_hold(guarded: World, name: str) -> None:
    guarded.sent("directory")
    given = BAD[name]()
    answer = await guarded.ask(
        "{ persons { id } }", authorization=f"Bearer {given}", accept="application/json"
    )
    assert answer["status"] == 401
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert given not in str(answer)
    assert guarded.sent("directory") == []


async def test_the_rate_limit_is_per_principal(guarded: World) -> None:
    heavy = f"Bearer {token(sub='D01.heavy')}"
    query = (
        "{ " + " ".join(f"a{n}: persons {{ id name badge load deputy {{ id }} }}" for n in range(15)) + " }"
    )
    codes = [(await guarded.ask(query, authorization=heavy))["status"] for _ in range(6)]
    assert codes[0] == 200
    assert codes[-1] == 429
    assert (await guarded.ask(query, authorization=f"Bearer {token(sub='D01.light')}"))["status"] == 200


async def test_a_sockets_token_comes_in_its_first_message(guarded: World) -> None:
    guarded.sent("clock")
    async with guarded.session.ws_connect(guarded.url, protocols=("graphql-transport-ws",)) as socket:
        await socket.send_json({"type": "connection_init", "payload": {"Authorization": f"Bearer {token()}"}})
        assert (await socket.receive_json())["type"] == "connection_ack"
        query = "subscription { ticks(upTo: 1) { number } }"
        await socket.send_json({"id": "1", "type": "subscribe", "payload": {"query": query}})
        assert (await socket.receive_json())["payload"]["data"]["ticks"]["number"] == 1
    claims = await internal(guarded, "clock", guarded.sent("clock")[0].headers["authorization"])
    assert claims["sub"] == "D01.chen-gang"


async def test_a_socket_with_a_bad_token_is_closed(guarded: World) -> None:
    async with guarded.session.ws_connect(guarded.url, protocols=("graphql-transport-ws",)) as socket:
        await socket.send_json({"type": "connection_init", "payload": {"authorization": "Bearer abc"}})
        await socket.receive()
        assert socket.close_code == 4403


async def test_a_subscription_ends_with_its_token(guarded: World) -> None:
    short = token(exp=int(time.time()) - 28)  # inside the verifier's leeway, over for a stream
    async with guarded.session.ws_connect(guarded.url, protocols=("graphql-transport-ws",)) as socket:
        await socket.send_json({"type": "connection_init", "payload": {"authorization": f"Bearer {short}"}})
        await socket.receive_json()
        query = "subscription { endless { number } }"
        await socket.send_json({"id": "1", "type": "subscribe", "payload": {"query": query}})
        ended = await socket.receive_json()
        assert ended["payload"]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert (await socket.receive_json())["type"] == "complete"


def test_no_identity_needs_open() -> None:
    with pytest.raises(SettingsError, match="--open"):
        load({}, supergraph="x.graphql")
    assert load({"PORT": "4100", "MAX_DEPTH": "3"}, open=True).limits.max_depth == 3
    with pytest.raises(SettingsError, match="environment"):
        load({"PORT": "many"}, open=True)
