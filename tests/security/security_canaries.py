"""Strings that nobody may find again: where they went in, and where they are looked for."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from plumbline_shared.runtime import Runtime

TABLES = "select tablename from pg_tables where schemaname = 'public' order by tablename"


def variants(text: str) -> frozenset[str]:
    """The string as itself, escaped as JSON and Python escape it, and in hex."""
    escaped = json.dumps(text)[1:-1]
    return frozenset({text, escaped, ascii(text)[1:-1], escaped.replace("\\", "\\\\"), text.encode().hex()})


def found_in(place: str, canaries: Iterable[str]) -> list[str]:
    """Those of the canaries that are there, in whatever form."""
    return [one for one in canaries if any(form in place for form in variants(one))]


@dataclass
class Heard:
    """What a process says while something happens: to its logs, its traces, its terminal."""

    caplog: pytest.LogCaptureFixture
    spans: InMemorySpanExporter
    terminal: str = ""

    @property
    def places(self) -> Mapping[str, str]:
        traced = "".join(span.to_json() for span in self.spans.get_finished_spans())
        ours = [one for one in self.caplog.records if not one.name.startswith("httpx")]
        logged = [f"{one.getMessage()} {vars(one)!r} {one.exc_text}" for one in ours]
        return {"log": "\n".join(logged), "trace": traced, "terminal": self.terminal}


@contextmanager
def listening(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Iterator[Heard]:
    """Every log line down to DEBUG, every span, all output."""
    if not isinstance(trace.get_tracer_provider(), TracerProvider):
        trace.set_tracer_provider(TracerProvider())
    provider = trace.get_tracer_provider()
    assert isinstance(provider, TracerProvider)
    exporter = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with caplog.at_level(logging.DEBUG):
        heard = Heard(caplog, exporter)
        yield heard
    shown = capsys.readouterr()
    heard.terminal = shown.out + shown.err


async def stored(runtime: Runtime, canaries: Iterable[str]) -> dict[str, list[str]]:
    """Table → canaries, over every column of every table of the service as its owner sees them."""
    conn = await asyncpg.connect(runtime.settings.owner_database_url)
    looking = conn.transaction()
    await looking.start()
    try:
        tables = [row["tablename"] for row in await conn.fetch(TABLES)]
        assert {"outbox", "audit_entry", "idempotency", "timer"} <= set(tables)
        hits = {table: found_in(await _dump(conn, table), canaries) for table in tables}
        return {table: found for table, found in hits.items() if found}
    finally:
        await looking.rollback()
        await conn.close()


async def _dump(conn: "asyncpg.Connection[asyncpg.Record]", table: str) -> str:
    await conn.execute(f'alter table "{table}" no force row level security')
    rows = await conn.fetch(f'select * from "{table}"')  # noqa: S608
    return "\n".join(_text(value) for row in rows for value in row.values())


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace") + value.decode("utf-16-le", "replace") + value.hex()
    return str(value)
