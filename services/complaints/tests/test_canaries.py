"""Twenty strings come in through the hotline; none of them is found in a log, a trace, an event or a plain column."""

import logging
from typing import Any

import asyncpg
import pytest
from complaints.app import definition
from complaints.domain.intake import Person
from complaints.domain.report import Disposition
from complaints.storage.reports import list_reports
from complaints.testing import PASSPHRASE, File, Officer, Settle, complaint, tip_off
from complaints.use_cases import handle_report as steps
from complaints.use_cases import open_report as opening
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from plumbline_shared import audit
from plumbline_shared.errors import PlumblineError
from plumbline_shared.runtime import Runtime

CANARIES = [
    "黄雀甲", "13900000001", "滨江路一号甲座", "黄雀甲说科长在茶楼收了五万元现金",
    "黄雀乙", "13900000002", "滨江路二号乙座", "黄雀乙说窗口把材料退了四回不给理由",
    "黄雀丙", "13900000003", "滨江路三号丙座", "黄雀丙看见一辆银色轿车停在税务所后门",
    "黄雀丁", "13900000004", "滨江路四号丁座", "黄雀丁的账本第七十二页写着回扣",
    "CanaryEcho", "+86-755-0000005", "canary-echo-key-5", "The canary echo sentence about an invoice",
]  # fmt: skip
TEXT_OF_ALL_COLUMNS = """
select table_name, column_name from information_schema.columns where table_schema = 'public'
"""


async def submit(file: File) -> list[str]:
    """Both regimes, named and anonymous, good and refused. Returns the receipts: canaries too."""
    a, b, c, d, e = (CANARIES[at : at + 4] for at in range(0, 20, 4))
    answers = [
        await file(tip_off(text=a[3], informant=Person(*a[:3])), key="canary-key-1"),
        await file(complaint(text=b[3], contact=Person(*b[:3])), key="canary-key-2"),
        await file(tip_off(text=f"{c[0]} {c[1]} {c[2]} {c[3]}", informant=None), key="canary-key-3"),
        await file(complaint(text=e[3], contact=Person(e[0], e[1])), key=e[2]),
    ]
    for wrong in (
        tip_off(subject_id="D01.tang-li", text=d[3], informant=Person(*d[:3])),
        complaint(unit_id="D01.NONE", text=d[3], contact=Person(*d[:3])),
        tip_off(previous_receipt=" ".join(d)),
    ):
        with pytest.raises(PlumblineError) as caught:
            await file(wrong, key="canary-key-4")
        assert not [one for one in CANARIES if one in repr(caught.value.problem())]
    return [answer.receipt_no for answer in answers]


def variants(text: str) -> set[bytes]:
    return {text.encode(), text.encode("utf-16-le"), text.encode().hex().encode(), ascii(text)[1:-1].encode()}


async def test_canaries_are_found_nowhere(
    with_keys: Runtime,
    officer: Officer,
    file: File,
    settle: Settle,
    database_urls_for: Any,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spans = InMemorySpanExporter()
    trace.set_tracer_provider(TracerProvider())
    provider = trace.get_tracer_provider()
    assert isinstance(provider, TracerProvider)
    provider.add_span_processor(SimpleSpanProcessor(spans))
    caplog.set_level(logging.DEBUG)

    receipts = await submit(file)
    await settle()
    await handle(with_keys, officer)
    await settle()
    await audit.sequence_all(with_keys.db)

    digits = [receipt[7:].replace("-", "") for receipt in receipts]
    secret = [*CANARIES, *receipts, *digits, *(one[8:] for one in digits), PASSPHRASE]
    shown = capsys.readouterr()
    places = {
        "log": caplog.text,
        "output": shown.out + shown.err,
        "trace": "".join(span.to_json() for span in spans.get_finished_spans()),
    }
    for place, text in places.items():
        assert not [one for one in secret if one in text], place
    found = await search(with_keys, {one: variants(one) for one in secret})
    assert found == []


async def handle(runtime: Runtime, officer: Officer) -> None:
    """Everything an officer does with a case, which must not spill it either."""
    ma = officer("ma-qing")
    async with runtime.db.read(ma) as conn:
        reports = await list_reports(conn, 10)
    for report in reports:
        await runtime.execute(ma, opening.open_content, opening.OpenContent(report.id, PASSPHRASE))
        choice = steps.DisposeReport(report.id, Disposition.PRELIMINARY_VERIFICATION, "D01.RP-1")
        await runtime.execute(ma, steps.dispose_report, choice, key=report.id)


async def search(runtime: Runtime, secret: dict[str, set[bytes]]) -> list[tuple[str, str]]:
    """(table, canary) for everything found in any column of any table, as the superuser sees them."""
    conn = await asyncpg.connect(runtime.settings.owner_database_url)
    try:
        tables = {row["table_name"] for row in await conn.fetch(TEXT_OF_ALL_COLUMNS)}
        assert {"sealed_report", "complaint", "outbox", "audit_entry", "intake_key", "timer"} <= tables
        await conn.execute("select set_config('plumbline.actor', 'system', false)")
        found: list[tuple[str, str]] = []
        for table in sorted(tables):
            await conn.execute(f'alter table "{table}" no force row level security')
            rows = await conn.fetch(f'select * from "{table}"')  # noqa: S608
            content = b"\n".join(_bytes(value) for row in rows for value in row.values())
            found += [(table, one) for one, forms in secret.items() if any(form in content for form in forms)]
        assert definition.name == "complaints"
        return found
    finally:
        await conn.close()


def _bytes(value: object) -> bytes:
    return bytes(value) + value.hex().encode() if isinstance(value, bytes) else str(value).encode()
