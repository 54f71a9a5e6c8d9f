"""The demonstration's callers: officers through the gateway's GraphQL, programs through REST."""

from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson

from plumbline_local.issuer import CLIENT_SCOPES
from plumbline_local.layout import Layout
from plumbline_local.tokens import TokenIssuer


class CallFailed(Exception):
    """The gateway or a service answered with an error where the play needs success."""


class Caller:
    """Somebody with a token. Answers are plain JSON."""

    def __init__(self, layout: Layout, http: aiohttp.ClientSession, token: str) -> None:
        self._layout = layout
        self._http = http
        self._headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}

    async def answer(self, document: str, **variables: Any) -> dict[str, Any]:
        """The gateway's whole answer, with `errors` if there are any."""
        body = orjson.dumps({"query": document, "variables": variables})
        url = self._layout.url("gateway", "/graphql")
        async with self._http.post(url, data=body, headers=self._headers) as response:
            return orjson.loads(await response.read())

    async def ask(self, document: str, **variables: Any) -> Any:
        """The `data` of a query. Raises CallFailed on any error."""
        answer = await self.answer(document, **variables)
        if answer.get("errors") or not answer.get("data"):
            raise CallFailed(_first_line(document) + ": " + orjson.dumps(answer.get("errors")).decode()[:600])
        return answer["data"]

    async def do(self, document: str, **variables: Any) -> Any:
        """The payload of a mutation with one field. Raises CallFailed when it has user errors."""
        (payload,) = (await self.ask(document, **variables)).values()
        if payload.get("userErrors"):
            raise CallFailed(
                _first_line(document) + ": " + orjson.dumps(payload["userErrors"]).decode()[:600]
            )
        return payload

    async def refused(self, document: str, **variables: Any) -> list[str]:
        """The codes with which a mutation or query is refused; empty when it was not."""
        answer = await self.answer(document, **variables)
        errors = [one.get("extensions", {}).get("code", "") for one in answer.get("errors") or ()]
        data: dict[str, Any] = answer.get("data") or {}
        payloads = [payload for payload in data.values() if payload]
        return errors + [one["code"] for payload in payloads for one in payload.get("userErrors") or ()]

    async def rest(
        self, service: str, method: str, path: str, body: object, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and JSON body of a service's own REST interface; `bytes` are sent as they are."""
        data = body if isinstance(body, bytes) else orjson.dumps(body)
        sent = {**self._headers, **(headers or {})}
        async with self._http.request(
            method, self._layout.url(service, path), data=data, headers=sent
        ) as response:
            content = await response.read()
            return response.status, orjson.loads(content) if content else None


class People:
    """Callers by id; a token is made once."""

    def __init__(self, layout: Layout, http: aiohttp.ClientSession, tokens: TokenIssuer) -> None:
        self._layout = layout
        self._http = http
        self._tokens = tokens
        self._callers: dict[str, Caller] = {}

    def __call__(self, person_id: str) -> Caller:
        """An officer, such as `D01.chen-gang`; without a bureau it is one of D01."""
        full = person_id if "." in person_id else f"D01.{person_id}"
        if full not in self._callers:
            self._callers[full] = Caller(self._layout, self._http, self._tokens.person(full))
        return self._callers[full]

    def client(self, client_id: str, bureau: str = "D01") -> Caller:
        """A program: `hotline`, `importer` or the hall's `queue` machine."""
        key = f"{client_id}@{bureau}"
        if key not in self._callers:
            token = self._tokens.client(client_id, CLIENT_SCOPES[client_id], bureau)
            self._callers[key] = Caller(self._layout, self._http, token)
        return self._callers[key]


def _first_line(document: str) -> str:
    return document.strip().splitlines()[0][:80]
