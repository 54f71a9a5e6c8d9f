"""Subscriptions end to end: WebSocket and server-sent events to clients, WebSocket to the subgraph."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import gateway_worlds
import orjson
import pytest
from conftest import World, world

TICKS = "subscription($n: Int!) { ticks(upTo: $n) { number who: person { name } } }"
EXPECTED = [
    {"ticks": {"number": 1, "who": {"name": "Chen Gang"}}},
    {"ticks": {"number": 2, "who": {"name": "Li Wei"}}},
]
PROTOCOL = "graphql-transport-ws"


@asynccontextmanager
async def socket_of(found: World, *, init: bool = True) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with found.session.ws_connect(found.url, protocols=(PROTOCOL,)) as socket:
        if init:
            await socket.send_json({"type": "connection_init"})
            assert (await socket.receive_json())["type"] == "connection_ack"
        yield socket


def subscribe(number: str, query: str, **variables: Any) -> dict[str, Any]:
    return {"id": number, "type": "subscribe", "payload": {"query": query, "variables": variables}}


async def frames(response: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, str]]:
    event = ""
    async for raw in response.content:
        line = raw.decode().strip()
        if line.startswith("event: "):
            event = line[7:]
        elif line.startswith("data:"):
            yield event, line[5:].strip()
            if event == "complete":
                return


async def test_events_join_other_subgraphs(ticking: World) -> None:
    async with socket_of(ticking) as socket:
        await socket.send_json(subscribe("1", TICKS, n=2))
        received = [await socket.receive_json() for _ in range(3)]
    assert [one["payload"]["data"] for one in received[:2]] == EXPECTED
    assert received[2] == {"id": "1", "type": "complete"}


async def test_the_same_over_server_sent_events(ticking: World) -> None:
    body = {"query": TICKS, "variables": {"n": 2}}
    async with ticking.session.post(
        ticking.url, json=body, headers={"accept": "text/event-stream"}
    ) as response:
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        received = [frame async for frame in frames(response)]
    assert [orjson.loads(data)["data"] for event, data in received if event == "next"] == EXPECTED
    assert received[-1] == ("complete", "")


async def test_queries_over_both(ticking: World) -> None:
    query = '{ now person(id: "p1") { name } }'
    expected = {"now": 1, "person": {"name": "Chen Gang"}}
    async with socket_of(ticking) as socket:
        await socket.send_json({"type": "ping"})
        assert await socket.receive_json() == {"type": "pong"}
        await socket.send_json(subscribe("q", query))
        assert (await socket.receive_json())["payload"] == {"data": expected}
        assert (await socket.receive_json())["type"] == "complete"
        await socket.send_json(subscribe("bad", "{ nothing }"))
        refused = await socket.receive_json()
        assert (refused["type"], refused["id"]) == ("error", "bad")
        assert refused["payload"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    async with ticking.session.get(
        ticking.url, params={"query": query}, headers={"accept": "text/event-stream"}
    ) as response:
        received = [frame async for frame in frames(response)]
    assert orjson.loads(received[0][1]) == {"data": expected}
    assert received[1] == ("complete", "")


async def test_a_subscription_needs_a_stream(ticking: World) -> None:
    answer = await ticking.ask(TICKS, {"n": 1})
    assert answer["status"] == 406


async def test_many_on_one_socket_and_complete_ends_one(ticking: World) -> None:
    endless = "subscription { endless { number } }"
    async with socket_of(ticking) as socket:
        for number in ("a", "b"):
            await socket.send_json(subscribe(number, endless))
            assert (await socket.receive_json())["id"] == number
        await socket.send_json({"id": "a", "type": "complete"})
        await socket.send_json(subscribe("a", TICKS, n=1))
        assert (await socket.receive_json())["payload"]["data"]["ticks"]["number"] == 1


async def test_an_error_of_the_source_is_told(ticking: World) -> None:
    async with socket_of(ticking) as socket:
        await socket.send_json(subscribe("1", "subscription { fails { number } }"))
        assert (await socket.receive_json())["payload"]["data"] == {"fails": {"number": 1}}
        last = await socket.receive_json()
    assert last["payload"]["errors"][0]["extensions"]["code"] == "SUBGRAPH_UNAVAILABLE"


async def test_a_subgraph_that_goes_away_ends_its_subscriptions_only(tmp_path: Path) -> None:
    async with world(tmp_path, gateway_worlds.ticking(), subgraph_timeout=0.2) as found:
        async with socket_of(found) as socket:
            await socket.send_json(subscribe("1", "subscription { endless { number person { name } } }"))
            assert (await socket.receive_json())["payload"]["data"]["endless"]["number"] == 1
            await asyncio.sleep(0.5)  # longer than the upstream timeout: a silent stream lives on
            assert socket._reader.exception() is None
            await found.subgraphs["clock"].vanish()
            ended = await socket.receive_json()
            assert ended["payload"]["errors"][0]["extensions"] == {
                "code": "SUBGRAPH_UNAVAILABLE",
                "serviceName": "clock",
            }
            assert (await socket.receive_json()) == {"id": "1", "type": "complete"}
            await socket.send_json(subscribe("2", "subscription { endless { number } }"))
            assert (await socket.receive_json())["payload"]["errors"]
        assert await found.data("{ persons { id } }") == {
            "persons": [{"id": "p1"}, {"id": "p2"}, {"id": "p3"}]
        }


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([subscribe("1", TICKS, n=1)], 4401),
        (["not json"], 4400),
        ([{"type": "connection_init"}, {"type": "connection_init"}], 4429),
        ([{"type": "connection_init"}, {"type": "nonsense"}], 4400),
        ([{"type": "connection_init"}, {"type": "subscribe", "payload": {}}], 4400),
        (
            [
                {"type": "connection_init"},
                subscribe("1", "subscription { endless { number } }"),
                subscribe("1", "subscription { endless { number } }"),
            ],
            4409,
        ),
    ],
)
async def test_the_protocols_refusals(ticking: World, messages: list[Any], code: int) -> None:
    async with socket_of(ticking, init=False) as socket:
        for message in messages:
            await (socket.send_str(message) if isinstance(message, str) else socket.send_json(message))
        while not socket.closed:
            await socket.receive()
        assert socket.close_code == code


async def test_another_subprotocol_is_refused(ticking: World) -> None:
    async with ticking.session.ws_connect(ticking.url, protocols=("graphql-ws",)) as socket:
        await socket.receive()
        assert socket.close_code == 4406


async def test_a_drain_ends_streams_in_good_order(tmp_path: Path) -> None:
    async with world(tmp_path, gateway_worlds.ticking()) as found, socket_of(found) as socket:
        await socket.send_json(subscribe("1", "subscription { endless { number } }"))
        await socket.receive_json()
        async with found.session.get(
            found.url,
            params={"query": "subscription { endless { number } }"},
            headers={"accept": "text/event-stream"},
        ) as response:
            stream = frames(response)
            assert (await anext(stream))[0] == "next"
            await found.app.drain()
            assert (await anext(stream))[0] == "complete"
        await socket.receive()
        assert socket.close_code == 1001
