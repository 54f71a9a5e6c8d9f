"""W3C trace context in and out. Spans are recorded only where an exporter is configured."""

import random
import re
from collections.abc import Generator
from contextlib import contextmanager

from opentelemetry.trace import SpanKind
from plumbline_shared import telemetry

WELL_FORMED = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def context_for(traceparent: str | None) -> str:
    """The client's context if it is well-formed, or a new one that nobody samples."""
    if traceparent is not None and WELL_FORMED.fullmatch(traceparent):
        return traceparent
    return f"00-{random.getrandbits(128) or 1:032x}-{random.getrandbits(64) or 1:016x}-00"


class Tracer:
    """`recording` is false without an exporter: then a request costs no span, only the header goes on."""

    def __init__(self, endpoint: str) -> None:
        self._provider = telemetry.start("gateway", endpoint) if endpoint else None

    @contextmanager
    def span(self, name: str, traceparent: str | None) -> Generator[str]:
        """The context that subgraphs get."""
        if self._provider is None:
            yield context_for(traceparent)
            return
        parent = telemetry.context_of({"traceparent": traceparent or ""})
        with telemetry.tracer.start_as_current_span(name, context=parent, kind=SpanKind.SERVER):
            yield telemetry.traceparent() or context_for(traceparent)

    def close(self) -> None:
        """Send what is still waiting."""
        if self._provider is not None:
            self._provider.shutdown()
