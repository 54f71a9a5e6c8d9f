"""The hotline's REST intake: receipts, repeats, and every kind of bad input, each without a partial write."""

import time
from typing import Any

import httpx
import pytest
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime

COMPLAINT: dict[str, Any] = {
    "regime": "SERVICE_COMPLAINT",
    "bureauId": "D01",
    "kind": "QUALITY",
    "unitId": "D01.HALL",
    "text": "等了三个小时",
    "contact": {"name": "张三", "phone": "13800000000"},
}
TIP_OFF: dict[str, Any] = {
    "regime": "STAFF_REPORT",
    "bureauId": "D01",
    "subjectId": "D01.chen-gang",
    "text": "他收了红包",
    "informant": {"name": "李会计", "phone": "13911112222"},
}


async def rows(runtime: Runtime) -> int:
    tables = ("complaint", "sealed_report", "handed_report", "receipt", "intake_key", "audit_entry", "timer")
    async with runtime.db.read(system("D01")) as conn:
        return sum([await conn.fetchval(f"select count(*) from {table}") for table in tables])  # noqa: S608


async def test_a_receipt_and_the_same_again(client: httpx.AsyncClient, token: Any) -> None:
    headers = token() | {"idempotency-key": "one"}
    first = await client.post("/v1/intakes", json=TIP_OFF, headers=headers)
    again = await client.post("/v1/intakes", json=TIP_OFF, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert set(first.json()) == {"receiptNo", "receivedAt", "promisedBy", "complaintId"}
    assert first.json()["promisedBy"] == "2026-06-05"
    assert first.json()["complaintId"] is None


async def test_another_body_under_the_same_key(client: httpx.AsyncClient, token: Any) -> None:
    headers = token() | {"idempotency-key": "one"}
    await client.post("/v1/intakes", json=COMPLAINT, headers=headers)
    other = await client.post("/v1/intakes", json=COMPLAINT | {"text": "另一件事"}, headers=headers)
    assert other.status_code == 422
    assert other.headers["content-type"] == "application/problem+json"
    assert other.json()["code"] == "IDEMPOTENCY_MISMATCH"


BAD: dict[str, tuple[dict[str, Any], int, str, list[str]]] = {
    "unknown regime": (COMPLAINT | {"regime": "SECRET-13812345678"}, 400, "INVALID_INPUT", ["regime"]),
    "unknown kind": (COMPLAINT | {"kind": "SECRET-13812345678"}, 400, "INVALID_INPUT", ["kind"]),
    "no such date": (COMPLAINT | {"occurredOn": "2026-02-30"}, 400, "INVALID_INPUT", ["occurredOn"]),
    "a date to come": (COMPLAINT | {"occurredOn": "2026-05-17"}, 400, "INVALID_INPUT", ["occurredOn"]),
    "a number for text": (COMPLAINT | {"text": 13812345678}, 400, "INVALID_INPUT", ["text"]),
    "no text": (COMPLAINT | {"text": "  "}, 400, "INVALID_INPUT", ["text"]),
    "a field too many": (COMPLAINT | {"SECRET-13812345678": "x"}, 400, "INVALID_INPUT", []),
    "a field of the other regime": (COMPLAINT | {"informant": {"name": "x"}}, 400, "INVALID_INPUT", []),
    "no unit": ({k: v for k, v in COMPLAINT.items() if k != "unitId"}, 400, "INVALID_INPUT", []),
    "no such unit": (COMPLAINT | {"unitId": "D02.HALL"}, 400, "INVALID_INPUT", ["unitId"]),
    "no such person": (TIP_OFF | {"subjectId": "D01.nobody"}, 400, "INVALID_INPUT", ["subjectId"]),
    "nameless caller": (COMPLAINT | {"contact": {"name": " "}}, 400, "INVALID_INPUT", ["contact", "name"]),
    "another bureau": (COMPLAINT | {"bureauId": "D02"}, 404, "NOT_FOUND", []),
    "petition": ({"regime": "PETITION", "bureauId": "D01"}, 422, "OTHER_REGIME", ["regime"]),
    "enquiry": ({"regime": "ENQUIRY", "text": "x"}, 422, "OTHER_REGIME", ["regime"]),
    "typed about a deputy": (
        TIP_OFF | {"subjectId": "D01.tang-li"},
        422,
        "CONTENT_MUST_NOT_BE_TYPED",
        ["text"],
    ),
}


@pytest.mark.parametrize(("body", "status", "code", "path"), BAD.values(), ids=BAD.keys())
async def test_bad_input_names_the_field_and_stores_nothing(
    client: httpx.AsyncClient,
    with_keys: Runtime,
    token: Any,
    body: dict[str, Any],
    status: int,
    code: str,
    path: list[str],
) -> None:
    before = await rows(with_keys)
    answer = await client.post("/v1/intakes", json=body, headers=token() | {"idempotency-key": "one"})
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem.get("path", [])) == (status, code, path)
    assert problem["type"].startswith("https://plumbline.example/problems/")
    assert "13812345678" not in answer.text
    assert await rows(with_keys) == before


async def test_over_a_megabyte(client: httpx.AsyncClient, with_keys: Runtime, token: Any) -> None:
    before = await rows(with_keys)
    body = COMPLAINT | {"text": "x" * 1_000_001}
    answer = await client.post("/v1/intakes", json=body, headers=token() | {"idempotency-key": "one"})
    assert (answer.status_code, answer.json()["code"]) == (413, "TOO_LARGE")
    assert await rows(with_keys) == before


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null"])
async def test_no_intake_at_all(client: httpx.AsyncClient, token: Any, content: bytes) -> None:
    answer = await client.post("/v1/intakes", content=content, headers=token() | {"idempotency-key": "one"})
    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_INPUT")


async def test_no_key(client: httpx.AsyncClient, token: Any) -> None:
    answer = await client.post("/v1/intakes", json=COMPLAINT, headers=token())
    assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_INPUT")


@pytest.mark.parametrize(
    "changes",
    [{"exp": int(time.time()) - 600}, {"iss": "https://evil.example"}, {"aud": "another"}, None],
    ids=["expired", "foreign issuer", "foreign audience", "none"],
)
async def test_tokens_that_do_not_hold(
    client: httpx.AsyncClient, with_keys: Runtime, token: Any, changes: dict[str, Any] | None
) -> None:
    before = await rows(with_keys)
    headers = {} if changes is None else token(**changes)
    answer = await client.post("/v1/intakes", json=COMPLAINT, headers=headers | {"idempotency-key": "one"})
    assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHENTICATED")
    assert await rows(with_keys) == before


async def test_a_program_without_the_scope(client: httpx.AsyncClient, with_keys: Runtime, token: Any) -> None:
    before = await rows(with_keys)
    headers = token(scope="openid") | {"idempotency-key": "one"}
    answer = await client.post("/v1/intakes", json=COMPLAINT, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
    assert await rows(with_keys) == before


async def test_a_batch_is_one_by_one(client: httpx.AsyncClient, token: Any) -> None:
    bodies = [COMPLAINT, COMPLAINT | {"kind": "NONE"}, TIP_OFF, COMPLAINT]
    keys = ["a", "b", "c", "a"]
    batch = {"intakes": [{"key": k, "intake": body} for k, body in zip(keys, bodies, strict=True)]}
    answer = await client.post("/v1/intakes/batch", json=batch, headers=token())
    results = answer.json()["results"]
    assert [one["status"] for one in results] == [201, 400, 201, 201]
    assert results[0]["receipt"] == results[3]["receipt"]
    for size in (0, 101):
        refused = await client.post(
            "/v1/intakes/batch", json={"intakes": batch["intakes"][:1] * size}, headers=token()
        )
        assert refused.status_code == 400


async def test_what_is_taken_here(client: httpx.AsyncClient) -> None:
    services = (await client.get("/v1/services")).json()["services"]
    assert {one["regime"] for one in services if one["taken"]} == {"SERVICE_COMPLAINT", "STAFF_REPORT"}
    assert all(one["handledBy"] and one["citation"] for one in services)
