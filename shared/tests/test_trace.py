"""One trace from the request through the outbox to the handler of another service."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from plumbline_contracts.education.v1 import AssignmentCompleted
from plumbline_shared import consumer, inbox, outbox
from plumbline_shared.principal import system
from plumbline_shared.runtime import ServiceDefinition
from plumbline_shared.telemetry import context_of, tracer
from plumbline_shared.testing.plugin import RuntimeFor
from plumbline_shared.use_case import Uow

CLIENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture(scope="module")
def exporter() -> Iterator[InMemorySpanExporter]:
    """Spans of this module, whatever provider was set before."""
    found = InMemorySpanExporter()
    provider = trace.get_tracer_provider()
    if not isinstance(provider, TracerProvider):
        provider = TracerProvider()
        trace.set_tracer_provider(provider)
    provider.add_span_processor(SimpleSpanProcessor(found))
    yield found
    found.shutdown()


async def on_completed(uow: Uow, event: AssignmentCompleted) -> None:
    with tracer.start_as_current_span("effect"):
        assert event.assignment_id == "a"


async def test_the_clients_trace_reaches_the_handler(
    runtime_for: RuntimeFor, notebook: ServiceDefinition, exporter: InMemorySpanExporter
) -> None:
    writer = await runtime_for(replace(notebook, name="education"))
    reader = await runtime_for(
        replace(notebook, name="performance", subscriptions={AssignmentCompleted: on_completed})
    )
    with tracer.start_as_current_span("request", context=context_of({"traceparent": CLIENT})):
        async with writer.db.transaction(system("D01")) as conn:
            uow = Uow(conn, system("D01"), writer.clock.now())
            await uow.emit("a", AssignmentCompleted(assignment_id="a"))
    async with writer.db.read(system()) as conn:
        row = (await outbox.unsent(conn, 1))[0]
    delivery = inbox.Delivery(1, row["subject"], outbox.envelope(row))
    routes = consumer.routes_of(reader.definition.subscriptions)["EDUCATION"]
    await consumer.apply(reader, "EDUCATION", routes, [delivery])
    assert traces(exporter.get_finished_spans()) == {
        name: CLIENT.split("-")[1]
        for name in ("request", "handle education.v1.AssignmentCompleted", "effect")
    }


def traces(spans: tuple[ReadableSpan, ...]) -> dict[str, str]:
    return {span.name: format(span.context.trace_id, "032x") for span in spans if span.context}
