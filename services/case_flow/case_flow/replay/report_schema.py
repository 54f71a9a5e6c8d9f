"""The JSON Schema of a replay's report, made from its own types."""

import msgspec

from case_flow.replay.report import SCHEMA
from case_flow.replay.report_parts import Report


def report_schema() -> bytes:
    """The schema (2020-12) as JSON text; the same as docs/reference/replay-report.schema.json."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA}
    text = msgspec.json.encode(head | msgspec.json.schema(Report))
    return msgspec.json.format(text, indent=2) + b"\n"
