"""Twenty strings come in through the hotline; none of them is found in a log, a trace, an event or a plain column."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import httpx
import pytest
from complaints.domain.report import Disposition
from complaints.storage.reports import list_reports
from complaints.testing import PASSPHRASE, Officer, Settle
from complaints.use_cases import handle_report as steps
from complaints.use_cases import open_report as opening
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from plumbline_shared import audit
from plumbline_shared.runtime import Runtime

CANARIES = [
    "黄雀甲", "13900000001", "滨江路一号甲座", "黄雀甲说科长在茶楼收了五万元现金",
    "黄雀乙", "13900000002", "滨江路二号乙座", "黄雀乙说窗口把材料退了四回不给理由",
    "黄雀丙", "13900000003", "滨江路三号丙座", "黄雀丙看见一辆银色轿车停在税务所后门",
    "黄雀丁", "13900000004", "滨江路四号丁座", "黄雀丁的账本第七十二页写着回扣",
    "CanaryEcho", "+86-755-0000005", "canary-echo-key-5", "The canary echo sentence about an invoice",
]  # fmt: skip
TABLES = "select tablename from pg_tables where schemaname = 'public' order by tablename"
Post = Callable[..., Awaitable[httpx.Response]]


async def submit(post: Post) -> list[str]:
    """Both regimes, named and anonymous, good and refused. Returns the receipts: canaries too."""
    a, b, c, d, e = (CANARIES[at : at + 4] for at in range(0, 20, 4))
    caller = [{"name": who[0], "phone": who[1], "address": who[2]} for who in (a, b, c, d, e)]
    about = {"regime": "STAFF_REPORT", "bureauId": "D01", "subjectId": "D01.chen-gang"}
    service = {"regime": "SERVICE_COMPLAINT", "bureauId": "D01", "kind": "QUALITY", "unitId": "D01.HALL"}
    good = [
        about | {"text": a[3], "informant": caller[0]},
        service | {"text": b[3], "contact": caller[1]},
        about | {"text": " ".join(c)},
        service | {"text": e[3], "contact": {"name": e[0], "phone": e[1]}},
    ]
    refused = [
        about | {"subjectId": "D01.tang-li", "text": d[3], "informant": caller[3]},
        service | {"unitId": d[0], "text": d[3], "contact": caller[3]},
        service | {"kind": d[1], "text": d[3]},
        service | {d[2]: d[3]},
        about | {"text": d[3], "occurredOn": d[1]},
        about | {"text": d[3], "previousReceipt": " ".join(d)},
        {"regime": d[0], "text": d[3]},
    ]
    answers = [await post(body, key) for body, key in zip(good, ["k1", "k2", "k3", e[2]], strict=True)]
    assert [answer.status_code for answer in answers] == [201] * 4
    for body in refused:
        answer = await post(body, d[0])
        assert answer.status_code in (400, 422)
        assert not [one for one in CANARIES if one in answer.text]
    return [answer.json()["receiptNo"] for answer in answers]


def variants(text: str) -> set[bytes]:
    return {text.encode(), text.encode("utf-16-le"), text.encode().hex().encode(), ascii(text)[1:-1].encode()}


@pytest.fixture
def spans() -> InMemorySpanExporter:
    """Every span of this process from now on."""
    if not isinstance(trace.get_tracer_provider(), TracerProvider):
        trace.set_tracer_provider(TracerProvider())
    provider = trace.get_tracer_provider()
    assert isinstance(provider, TracerProvider)
    exporter = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return exporter


async def test_canaries_are_found_nowhere(
    with_keys: Runtime,
    client: httpx.AsyncClient,
    token: Any,
    officer: Officer,
    settle: Settle,
    spans: InMemorySpanExporter,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)

    async def post(body: dict[str, Any], key: str) -> httpx.Response:
        headers = token() | {"idempotency-key": key.encode()}
        return await client.post("/v1/intakes", json=body, headers=headers)

    receipts = await submit(post)
    await settle()
    await handle(with_keys, officer)
    listing = {"query": "{ sealedReports { id } complaints { nodes { id text } } }"}
    read = await client.post("/graphql", json=listing, headers=token(sub="D01.ma-qing", client_id="web"))
    assert CANARIES[7] in read.text
    await audit.sequence_all(with_keys.db)

    digits = [receipt[7:].replace("-", "") for receipt in receipts]
    secret = [*CANARIES, *receipts, *digits, *(one[8:] for one in digits), PASSPHRASE]
    shown = capsys.readouterr()
    traced = "".join(span.to_json() for span in spans.get_finished_spans())
    assert "complaints graphql" in traced
    for place in (caplog.text, shown.out, shown.err, traced):
        assert not [one for one in secret if one in place or ascii(one)[1:-1] in place]
    control = "D01.RP-CONTROL"
    found = await search(with_keys, {one: variants(one) for one in [*secret, control]})
    assert found == [("risk_signal", control)]


async def handle(runtime: Runtime, officer: Officer) -> None:
    """Everything an officer does with a case, which must not spill it either."""
    ma = officer("ma-qing")
    async with runtime.db.read(ma) as conn:
        reports = await list_reports(conn, 10)
    for report in reports:
        await runtime.execute(ma, opening.open_content, opening.OpenContent(report.id, PASSPHRASE))
        choice = steps.DisposeReport(report.id, Disposition.PRELIMINARY_VERIFICATION, "D01.RP-CONTROL")
        await runtime.execute(ma, steps.dispose_report, choice, key=report.id)


async def search(runtime: Runtime, secret: dict[str, set[bytes]]) -> list[tuple[str, str]]:
    """(table, string) for everything found in any column of any table, as the owner sees them."""
    conn = await asyncpg.connect(runtime.settings.owner_database_url)
    looking = conn.transaction()
    await looking.start()
    try:
        tables = [row["tablename"] for row in await conn.fetch(TABLES)]
        assert {"sealed_report", "complaint", "outbox", "audit_entry", "intake_key", "timer"} <= set(tables)
        return [hit for table in tables for hit in await _search_table(conn, table, secret)]
    finally:
        await looking.rollback()
        await conn.close()


async def _search_table(
    conn: "asyncpg.Connection[asyncpg.Record]", table: str, secret: dict[str, set[bytes]]
) -> list[tuple[str, str]]:
    await conn.execute(f'alter table "{table}" no force row level security')
    rows = await conn.fetch(f'select * from "{table}"')  # noqa: S608
    content = b"\n".join(_bytes(value) for row in rows for value in row.values())
    return [(table, one) for one, forms in secret.items() if any(form in content for form in forms)]


def _bytes(value: object) -> bytes:
    return bytes(value) + value.hex().encode() if isinstance(value, bytes) else str(value).encode()
