"""Three subgraphs as fast as Python gets them: canned answers over a bare asyncio protocol, one process."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any

import orjson
import uvloop

CATALOG = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
type Query { products(first: Int!, tag: String!): [Product!]! }
type Product @key(fields: "id") { id: ID! name: String! weight: Int! }
"""
PRICES = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
type Product @key(fields: "id") { id: ID! price: Float! currency: String! }
"""
REVIEWS = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
type Review { stars: Int! text: String! }
"""
SCHEMAS = {"catalog": CATALOG, "prices": PRICES, "reviews": REVIEWS}

Answer = Callable[[dict[str, Any]], dict[str, Any]]


def catalog(variables: dict[str, Any]) -> dict[str, Any]:
    tag, count = variables["tag"], variables["first"]
    return {"products": [_product(f"{tag}-{number}") for number in range(count)]}


def _product(number: str) -> dict[str, Any]:
    return {"__typename": "Product", "id": number, "name": f"Product {number}", "weight": len(number)}


def prices(variables: dict[str, Any]) -> dict[str, Any]:
    return {"_entities": [{"price": 9.5, "currency": "CNY"} for _ in variables["representations"]]}


def reviews(variables: dict[str, Any]) -> dict[str, Any]:
    found = [{"stars": 5, "text": "Arrived in time"}, {"stars": 4, "text": "As described"}]
    return {"_entities": [{"reviews": found} for _ in variables["representations"]]}


ANSWERS: dict[str, Answer] = {"catalog": catalog, "prices": prices, "reviews": reviews}


class Stub(asyncio.Protocol):
    """Reads POST requests with a Content-Length; anything else is answered with `document` (the JWKS)."""

    def __init__(self, answer: Answer | None, document: bytes) -> None:
        self._answer = answer
        self._document = document
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (head := self._buffer.find(b"\r\n\r\n")) >= 0:
            length = _content_length(self._buffer[:head].lower())
            end = head + 4 + length
            if len(self._buffer) < end:
                return
            body, self._buffer = self._buffer[head + 4 : end], self._buffer[end:]
            self._transport.write(_http(self._reply(body)))  # type: ignore[attr-defined]

    def _reply(self, body: bytes) -> bytes:
        if not body or self._answer is None:
            return self._document
        return orjson.dumps({"data": self._answer(orjson.loads(body)["variables"])})


def _content_length(head: bytes) -> int:
    start = head.find(b"content-length:")
    return int(head[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0


def _http(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )


async def serve(document: bytes) -> None:
    """Print `{name: port}`, then serve until standard input ends."""
    loop = asyncio.get_running_loop()
    ports: dict[str, int] = {}
    for name, answer in {**ANSWERS, "issuer": None}.items():
        server = await loop.create_server(lambda answer=answer: Stub(answer, document), "127.0.0.1", 0)
        ports[name] = server.sockets[0].getsockname()[1]
    sys.stdout.write(orjson.dumps(ports).decode() + "\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.readline)


if __name__ == "__main__":
    uvloop.run(serve(sys.stdin.readline().encode()))
