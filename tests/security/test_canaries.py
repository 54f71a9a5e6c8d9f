"""What is told in confidence is found nowhere: not when it was told in the wrong form, nor one service further on."""

import json
from datetime import date
from typing import Any

import orjson
import pytest
from complaints.testing import PASSPHRASE
from plumbline_contracts.complaints.v1 import RiskSignalRaised
from plumbline_contracts.registry import from_json
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.use_case import Uow
from risk_registry.storage.signals import heightened_since
from security_canaries import found_in, listening, stored
from security_fixtures import WorldOf
from security_http import client, token
from security_world import World

NAME, PHONE, STREET = "黄雀己", "13900000006", "滨江路六号己座"
SENTENCE = "黄雀己在后门听见他们说要分钱"
LATIN = "CanaryFoxtrot"
CANARIES = [NAME, PHONE, STREET, SENTENCE, LATIN]
REPORT = {"regime": "STAFF_REPORT", "bureauId": "D01", "subjectId": "D01.chen-gang"}
CALLER = {"name": NAME, "phone": PHONE, "address": STREET}
SIGNALS = "select id, aggregate_id, subject, data, occurred_at from outbox where subject = $1"


def body(**changes: Any) -> bytes:
    whole = REPORT | {"text": SENTENCE, "informant": CALLER}
    return json.dumps(whole | changes, ensure_ascii=False).encode("utf-8", "surrogatepass")


MALFORMED: dict[str, bytes] = {
    "cut in the middle": body()[:-20],
    "another coding": body().decode().encode("utf-16"),
    "bytes that are no text": body() + b"\xff\xfe",
    "a list": b"[" + body() + b"]",
    "a string": json.dumps(SENTENCE).encode(),
    "twice": body() + body(),
    "a name as the regime": body(regime=NAME),
    "a sentence as the date": body(occurredOn=SENTENCE),
    "a telephone as the bureau": body(bureauId=PHONE),
    "a name as the subject": body(subjectId=NAME),
    "a name as the point": body(riskPointId=NAME),
    "a name as the receipt": body(previousReceipt=NAME),
    "a list as the text": body(text=[SENTENCE]),
    "an object as the name": body(informant={"name": CALLER}),
    "a field that does not exist": body(**{LATIN: SENTENCE}),
    "a caller with one more field": body(informant={**CALLER, LATIN: SENTENCE}),
    "a zero byte in the subject": body(subjectId=f"{LATIN}\0"),
    "half a character in the text": body(text=f"{SENTENCE}\ud800"),
    "half a character in the name": body(informant={**CALLER, "name": f"{NAME}\ud800"}),
    "no text at all": body(text=" "),
    "deeper than anybody goes": b'{"text":' * 5_000 + body() + b"}" * 5_000,
    "over 1 MB": body(text=SENTENCE * 60_000),
}


@pytest.mark.parametrize("given", MALFORMED.values(), ids=MALFORMED)
async def test_a_malformed_intake_is_refused_without_a_word_of_it(
    world_of: WorldOf, given: bytes, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    runtime = (await world_of("complaints")).runtime
    with listening(caplog, capsys) as heard:
        async with client(runtime) as http:
            answer = await http.post(
                f"/v1/intakes?from={PHONE}",
                content=given,
                headers=hotline() | {"idempotency-key": f"key of {PHONE}"},
            )
    assert answer.status_code in (400, 404, 413, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert found_in(answer.text + str(answer.headers), CANARIES) == []
    assert {place: found_in(text, CANARIES) for place, text in heard.places.items()} == {
        "log": [],
        "trace": [],
        "terminal": [],
    }
    assert await stored(runtime, CANARIES) == {}


JSON = {"content-type": "application/json"}


def hotline() -> dict[str, str]:
    scope = {"sub": "hotline", "kind": "client", "scope": "complaints:intake"}
    return {"authorization": f"Bearer {token('complaints', **scope)}"}


FILE = "mutation($input: FileIntakeInput!) { fileIntake(input: $input) { result { complaintId } userErrors { code message } } }"
GOOD: dict[str, Any] = {**REPORT, "clientMutationId": f"m {PHONE}", "text": SENTENCE, "caller": CALLER}
REQUESTS: dict[str, dict[str, Any]] = {
    "a good one": {"query": FILE, "variables": {"input": GOOD}},
    "a name as the regime": {"query": FILE, "variables": {"input": GOOD | {"regime": NAME}}},
    "a telephone as the date": {"query": FILE, "variables": {"input": GOOD | {"occurredOn": PHONE}}},
    "an object as the text": {"query": FILE, "variables": {"input": GOOD | {"text": CALLER}}},
    "a field that does not exist": {"query": FILE, "variables": {"input": GOOD | {LATIN: SENTENCE}}},
    "the caller as the input": {"query": FILE, "variables": {"input": CALLER}},
    "half a character in the text": {
        "query": FILE,
        "variables": {"input": GOOD | {"text": SENTENCE + "\ud800"}},
    },
    "half a character in the name": {
        "query": FILE,
        "variables": {"input": GOOD | {"caller": CALLER | {"name": NAME + "\ud800"}}},
    },
    "half a character in the key": {
        "query": FILE,
        "variables": {"input": GOOD | {"clientMutationId": NAME + "\ud800"}},
    },
    "a zero byte in the subject": {"query": FILE, "variables": {"input": GOOD | {"subjectId": f"{NAME}\0"}}},
    "variables that are a list": {"query": FILE, "variables": [SENTENCE]},
}


@pytest.mark.parametrize("given", REQUESTS.values(), ids=REQUESTS)
async def test_variables_are_found_nowhere(
    world_of: WorldOf,
    given: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    runtime = (await world_of("complaints")).runtime
    with listening(caplog, capsys) as heard:
        async with client(runtime) as http:
            headers = {"authorization": f"Bearer {token('complaints', sub='D01.operator-07')}"}
            answer = await http.post("/graphql", content=json.dumps(given), headers=headers | JSON)
    assert found_in(answer.text, CANARIES) == []
    assert "INTERNAL" not in answer.text
    assert "complaints graphql" in heard.places["trace"]
    assert {place: found_in(text, CANARIES) for place, text in heard.places.items()} == {
        "log": [],
        "trace": [],
        "terminal": [],
    }
    assert await stored(runtime, CANARIES) == {}


async def test_the_register_learns_the_point_and_the_day_and_nothing_else(
    world_of: WorldOf, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    complaints, registry = (await world_of("complaints")), (await world_of("risk_registry")).runtime
    await complaints.at("2026-05-16 22:47")
    with listening(caplog, capsys) as heard:
        await tipped_off(complaints)
        await complaints.at("2026-05-17 00:00")
        for event in await signals(complaints.runtime):
            assert found_in(event["data"], [*CANARIES, "D01.chen-gang", "22:47", "14:47"]) == []
            await consumed(registry, event)
    assert {place for place, text in heard.places.items() if found_in(text, CANARIES)} == set()
    assert await stored(complaints.runtime, CANARIES) == {}
    # The time of the call, in Shanghai and in UTC, is told by no row of the register; the point is, once.
    reports = [
        one["id"] for one in (await complaints.ask("ma-qing", "{ sealedReports { id } }"))["sealedReports"]
    ]
    secret = [*CANARIES, *reports, "2026-05-16 22:47", "2026-05-16 14:47", POINT]
    assert await stored(registry, secret) == {"heightened_monitoring": [POINT]}
    async with registry.db.read(system("D01")) as conn:
        since = await heightened_since(conn, [POINT], date(2026, 6, 1))
    assert since == {POINT: date(2026, 5, 16)}


POINT = "D01.RP-CANARY-07"


async def tipped_off(complaints: World) -> None:
    """A tip-off by telephone, opened and disposed of by the discipline lead."""
    before = {
        one["id"] for one in (await complaints.ask("ma-qing", "{ sealedReports { id } }"))["sealedReports"]
    }
    async with client(complaints.runtime) as http:
        filed = await http.post(
            "/v1/intakes",
            content=body(riskPointId=POINT),
            headers=hotline() | {"idempotency-key": f"t {PHONE}"},
        )
    assert filed.status_code == 201, filed.text
    after = (await complaints.ask("ma-qing", "{ sealedReports { id } }"))["sealedReports"]
    (report,) = {one["id"] for one in after} - before
    opened = {"reportId": report, "passphrase": PASSPHRASE}
    read = await complaints.do("ma-qing", "openSealedReport", opened, "content { text riskPointId }")
    assert read["content"] == {"text": SENTENCE, "riskPointId": POINT}
    choice = {"reportId": report, "disposition": "PRELIMINARY_VERIFICATION", "riskPointId": POINT}
    await complaints.do("ma-qing", "disposeSealedReport", choice)


async def signals(runtime: Runtime) -> list[Any]:
    """What complaints publishes, as it lies in its outbox."""
    async with runtime.db.read(system()) as conn:
        found = await conn.fetch(SIGNALS, subject_of(RiskSignalRaised))
    assert found
    return found


async def consumed(registry: Runtime, event: Any) -> None:
    """The event arrives at the register, as its consumer hands it on."""
    message = from_json(RiskSignalRaised, orjson.loads(event["data"]))
    meta = EventMeta("ev-canary", event["subject"], event["aggregate_id"], 1, event["occurred_at"], "D01")
    handler = registry.definition.subscriptions[RiskSignalRaised]
    async with registry.db.transaction(system("D01")) as conn:
        await handler(Uow(conn, system("D01"), registry.clock.now(), meta), message)
