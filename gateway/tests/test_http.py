"""GraphQL over HTTP: the peer's audit, and what it does not look at."""

import asyncio
from typing import Any

import orjson
import pytest
from conftest import World
from plumbline_gateway.media import negotiate
from plumbline_gateway.node import node_command

RESPONSE = "application/graphql-response+json"


async def test_graphql_http_audit(bureau: World) -> None:
    process = await asyncio.create_subprocess_exec(
        *node_command("http-audit.mjs", ()), bureau.url, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    results = orjson.loads(out)
    assert len(results) >= 61
    assert [one for one in results if one["status"] != "ok"] == []


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        (f"{RESPONSE}, application/json;q=0.9", RESPONSE),
        (f"{RESPONSE};q=0.5, application/json", "application/json"),
        ("text/event-stream", "text/event-stream"),
        ("image/png", None),
        ("application/json;q=0", None),
        ("application/json;charset=latin1", None),
        ("application/json;q=nonsense", None),
    ],
)
def test_negotiation(accept: str | None, expected: str | None) -> None:
    assert negotiate(accept) == expected


BAD_BODIES: list[tuple[bytes, str]] = [
    (b"{", "BAD_REQUEST"),
    (b"[]", "BAD_REQUEST"),
    (b'[{"query":"{ __typename }"}]', "BAD_REQUEST"),
    (b'"text"', "BAD_REQUEST"),
    (b'{"query": 5}', "BAD_REQUEST"),
    (b'{"query": "{ __typename }", "variables": []}', "BAD_REQUEST"),
    (b'{"query": "{ __typename }", "operationName": {}}', "BAD_REQUEST"),
    (b'{"query": "{"}', "GRAPHQL_PARSE_FAILED"),
    (b'{"query": "fragment A on Query { __typename }"}', "OPERATION_RESOLUTION_FAILURE"),
    (b'{"query": "query A { __typename } query B { __typename }"}', "OPERATION_RESOLUTION_FAILURE"),
    (b'{"query": "query A { __typename }", "operationName": "C"}', "OPERATION_RESOLUTION_FAILURE"),
    (b'{"query": "{ nothing }"}', "GRAPHQL_VALIDATION_FAILED"),
    (b'{"query": "query($i: ID!) { person(id: $i) { name } }"}', "BAD_USER_INPUT"),
    (
        b'{"query": "query($f: Filter) { points(filter: $f) { id } }", "variables": {"f": {"grade": "NONE"}}}',
        "BAD_USER_INPUT",
    ),
]


@pytest.mark.parametrize(("body", "code"), BAD_BODIES)
async def test_bad_requests(bureau: World, body: bytes, code: str) -> None:
    headers = {"content-type": "application/json", "accept": RESPONSE}
    async with bureau.session.post(bureau.url, data=body, headers=headers) as response:
        answer = await response.json(content_type=None)
    assert response.status == 400
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] == code


async def test_a_body_over_the_limit(bureau: World) -> None:
    limit = bureau.app.gateway.settings.limits.max_body_bytes
    big = orjson.dumps({"query": "{ __typename }", "variables": {"x": "y" * limit}})
    headers = {"content-type": "application/json"}
    async with bureau.session.post(bureau.url, data=big, headers=headers) as response:
        assert response.status == 413
        assert (await response.json())["errors"][0]["extensions"] == {"code": "TOO_LARGE", "limit": limit}

    async def chunks() -> Any:
        yield big

    async with bureau.session.post(bureau.url, data=chunks(), headers=headers) as response:
        assert response.status == 413


async def test_other_kinds_of_requests(bureau: World) -> None:
    url, session = bureau.url, bureau.session
    async with session.get(url, params={"query": "mutation { log }"}) as response:
        assert (response.status, response.headers["allow"]) == (405, "POST")
    async with session.put(url) as response:
        assert (response.status, response.headers["allow"]) == (405, "GET, POST")
    async with session.post(url, data="query=x", headers={"content-type": "text/plain"}) as response:
        assert response.status == 415
    async with session.get(
        url, params={"query": "{ __typename }"}, headers={"accept": "image/png"}
    ) as response:
        assert response.status == 406
    async with session.get(url, params={"query": "{ __typename }", "variables": "{"}) as response:
        assert response.status == 400


async def test_health_and_console(bureau: World) -> None:
    root = bureau.url.removesuffix("/graphql")
    async with bureau.session.get(f"{root}/livez") as response:
        assert response.status == 200
    async with bureau.session.get(f"{root}/readyz") as response:
        assert (await response.json())["subgraphs"] == ["cases", "directory", "registry"]
    bureau.app.draining = True
    try:
        async with bureau.session.get(f"{root}/readyz") as response:
            assert response.status == 503
    finally:
        bureau.app.draining = False
    async with bureau.session.get(f"{root}/console/console.js") as response:
        assert response.status == 404


async def test_traces_go_on_and_other_headers_do_not(bureau: World) -> None:
    bureau.sent("directory")
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await bureau.ask("{ persons { id } }", traceparent=trace, **{"x-plumbline-person": "D01.forged"})
    await bureau.ask("{ persons { id } }", traceparent="00-zz")
    first, second = bureau.sent("directory")
    assert first.headers["traceparent"] == trace
    assert second.headers["traceparent"].endswith("-00")
    assert "x-plumbline-person" not in first.headers
    assert "authorization" not in first.headers
