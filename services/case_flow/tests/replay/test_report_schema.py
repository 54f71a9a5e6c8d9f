"""The report's JSON Schema in the documentation is that of the report, and every report written keeps it."""

import json
from pathlib import Path
from typing import Any

import pytest
from case_flow.cli import main
from case_flow.replay.report_parts import Report
from msgspec.json import decode

DOCUMENTED = Path(__file__).parents[4] / "docs/reference/replay-report.schema.json"
WABO = Path(__file__).parents[2] / "case_flow/items/receipt_wabo.yaml"
KINDS = {"string": str, "integer": int, "number": float, "object": dict, "array": list, "null": type(None)}


def test_the_documented_schema_is_the_one_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    main(["report-schema"])
    assert capsys.readouterr().out == DOCUMENTED.read_text(encoding="utf-8")


def test_a_report_keeps_the_schema(receipt_log: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    main(["replay", str(receipt_log), "--definition", str(WABO), "--report", str(out)])
    schema = json.loads(DOCUMENTED.read_text(encoding="utf-8"))
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["schema"] == schema["title"]
    assert list(faults(written, schema, schema["$defs"], "report")) == []
    assert decode(out.read_bytes(), type=Report).cases == 1434


def faults(value: Any, schema: dict[str, Any], parts: dict[str, Any], place: str) -> list[str]:
    """As much of JSON Schema as the report's uses."""
    if "$ref" in schema:
        return faults(value, parts[schema["$ref"].rpartition("/")[2]], parts, place)
    if "anyOf" in schema:
        return min((faults(value, one, parts, place) for one in schema["anyOf"]), key=len)
    kind = KINDS[schema["type"]]
    if not isinstance(value, kind) and not (kind is float and isinstance(value, int)):
        return [f"{place} is no {schema['type']}"]
    found = [f"{place}.{name} is missing" for name in schema.get("required", ()) if name not in value]
    if isinstance(value, dict):
        known, more = schema.get("properties", {}), schema.get("additionalProperties")
        for name, each in value.items():
            if name in known or more:
                found += faults(each, known.get(name, more), parts, f"{place}.{name}")
            else:
                found.append(f"{place}.{name} is not in the schema")
    if isinstance(value, list):
        for number, each in enumerate(value):
            found += faults(each, schema["items"], parts, f"{place}[{number}]")
    return found
