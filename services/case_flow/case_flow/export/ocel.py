"""OCEL 2.0 as JSON: events are completed steps; objects are matters, persons (by id) and units."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TextIO

from plumbline_shared.clock import SHANGHAI

from case_flow.export.xes import Log
from case_flow.storage.exported import ExportedMatter
from case_flow.storage.trail import StepDone

OBJECT_TYPES: list[dict[str, object]] = [
    {
        "name": "Matter",
        "attributes": [
            {"name": name, "type": "string"} for name in ("receiptNo", "item", "state", "outcome")
        ],
    },
    {"name": "Person", "attributes": []},
    {"name": "Unit", "attributes": []},
]


HEAD = '{"objectTypes": ' + json.dumps(OBJECT_TYPES) + ',\n"events": ['
BETWEEN = '\n],\n"objects": ['


async def write_ocel(out: TextIO, item: str, log: Log) -> int:
    """Write the log as it comes and return the number of matters; memory holds persons, units and step codes."""
    persons, units, steps, count = set[str](), set[str](), set[str](), 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as matters:
        out.write(HEAD)
        first = True
        async for matter, done in log:
            matters.write(f"{',' if count else ''}\n{matter_object(item, matter)}")
            units.add(matter.unit_id)
            for one in done:
                out.write(f"{'' if first else ','}\n{event(one)}")
                first = False
                persons.update(one.signers)
                units.update([one.unit_id] if one.unit_id else [])
                steps.add(one.step)
            count += 1
        out.write(BETWEEN)
        matters.seek(0)
        while block := matters.read(1 << 16):
            out.write(block)
    out.writelines(names(persons, units, steps, first=not count))
    return count


def names(
    persons: Iterable[str], units: Iterable[str], steps: Iterable[str], *, first: bool
) -> Iterator[str]:
    """The rest after the matters: persons and units as objects, then the types of events; `first` without a matter."""
    for kind, listed in (("Person", persons), ("Unit", units)):
        for one in sorted(listed):
            empty: dict[str, object] = {
                "id": f"{kind}/{one}",
                "type": kind,
                "attributes": [],
                "relationships": [],
            }
            yield f"{'' if first else ','}\n{_json(empty)}"
            first = False
    attributes = [{"name": "sequence", "type": "integer"}]
    types = [{"name": step, "attributes": attributes} for step in sorted(steps)]
    yield '\n],\n"eventTypes": ' + _json(types) + "}\n"


def matter_object(item: str, matter: ExportedMatter) -> str:
    """A matter as an object."""
    return _json(_matter(item, matter))


def event(step: StepDone) -> str:
    """A completed step as an event."""
    return _json(_event(step))


def _matter(item: str, matter: ExportedMatter) -> dict[str, object]:
    begin, end = _time(matter.accepted_at), _time(matter.closed_at or matter.accepted_at)
    values = [
        ("receiptNo", begin, matter.case_ref),
        ("item", begin, f"{item}/{matter.item_version}"),
        ("state", end, matter.state),
        *([("outcome", end, matter.outcome)] if matter.outcome else []),
    ]
    return {
        "id": matter.id,
        "type": "Matter",
        "attributes": [{"name": name, "time": at, "value": value} for name, at, value in values],
        "relationships": [{"objectId": f"Unit/{matter.unit_id}", "qualifier": "with"}],
    }


def _event(step: StepDone) -> dict[str, object]:
    related = [
        (step.matter_id, "of"),
        *((f"Person/{one}", "signed by") for one in step.signers),
        *([(f"Unit/{step.unit_id}", "done in")] if step.unit_id else []),
    ]
    return {
        "id": f"{step.matter_id}/{step.seq}",
        "type": step.step,
        "time": _time(step.at),
        "attributes": [{"name": "sequence", "value": step.seq}],
        "relationships": [{"objectId": one, "qualifier": qualifier} for one, qualifier in related],
    }


def _time(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
