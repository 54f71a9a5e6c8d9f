from collections.abc import Mapping

import httpx
import pytest
from directory.domain.workbook import MAX_FILE
from plumbline_shared.auth import Claims
from plumbline_shared.errors import Unauthenticated
from plumbline_shared.health import Health
from plumbline_shared.process import web_app


class OneToken:
    """Knows one bearer token, of the client that loads."""

    async def authenticate(self, authorization: str | None) -> Claims:
        if authorization != "Bearer good":
            raise Unauthenticated("none was sent as `Authorization: Bearer`")
        return Claims("loader", None, "client", frozenset({"directory:import"}))


@pytest.fixture
def post(directory):
    directory.authenticator = OneToken()
    transport = httpx.ASGITransport(web_app(directory, Health(directory)), raise_app_exceptions=False)

    async def send(content: bytes, headers: Mapping[str, str], query: str = "") -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://directory") as client:
            return await client.post(f"/imports{query}", content=content, headers=dict(headers))

    return send


HEADERS = {"authorization": "Bearer good", "idempotency-key": "1"}


async def test_a_file_is_previewed_and_imported_over_rest(post, make_file) -> None:
    file = make_file({"persons": [{"id": "D01.wu-yan", "name": "吴燕"}]})
    preview = await post(file, {**HEADERS, "idempotency-key": "0"}, "?dryRun=true")
    assert (preview.status_code, preview.json()["applied"]) == (200, False)
    done = await post(file, HEADERS)
    assert (done.status_code, done.json()["applied"]) == (200, True)
    assert done.json()["changes"] == [{"kind": "person", "added": 1, "changed": 0}]


async def test_problems_are_unprocessable_and_named(post, make_file) -> None:
    answer = await post(make_file({"persons": [{"id": "wu-yan", "name": "吴燕"}]}), HEADERS)
    assert answer.status_code == 422
    assert [one["column"] for one in answer.json()["problems"]] == ["id"]


BAD = [
    ({}, b"x", 401, "UNAUTHENTICATED"),
    ({**HEADERS, "authorization": "Bearer foreign"}, b"x", 401, "UNAUTHENTICATED"),
    ({"authorization": "Bearer good"}, b"x", 400, "INVALID_INPUT"),
    (HEADERS, b"no workbook", 400, "INVALID_INPUT"),
    (HEADERS, b"0" * (MAX_FILE + 1), 413, "TOO_LARGE"),
]


async def test_a_bad_request_is_a_problem_document(post) -> None:
    for headers, content, status, code in BAD:
        answer = await post(content, headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"
