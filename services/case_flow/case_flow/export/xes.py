"""XES (IEEE 1849-2016): one trace a matter, one event a completed step."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import TextIO
from xml.sax.saxutils import quoteattr

from plumbline_shared.clock import SHANGHAI

from case_flow.storage.exported import ExportedMatter
from case_flow.storage.trail import StepDone

Log = AsyncIterator[tuple[ExportedMatter, list[StepDone]]]

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
<global scope="event"><string key="concept:name" value="UNKNOWN"/><date key="time:timestamp" value="1970-01-01T00:00:00+08:00"/><string key="lifecycle:transition" value="complete"/></global>
<classifier name="Step" keys="concept:name"/>
"""
TAIL = "</log>\n"


async def write_xes(out: TextIO, item: str, log: Log) -> int:
    """Write the log as it comes and return the number of matters; persons by their ids."""
    count = 0
    out.write(head(item))
    async for matter, steps in log:
        out.write(trace(matter, steps))
        count += 1
    out.write(TAIL)
    return count


def head(item: str) -> str:
    """What comes before the first trace."""
    return f"{HEAD}{_string('concept:name', item)}\n"


def trace(matter: ExportedMatter, steps: Sequence[StepDone]) -> str:
    """One matter with its events."""
    events = "".join(f"<event>{_event(matter, one)}</event>\n" for one in steps)
    return f"<trace>{_trace(matter)}\n{events}</trace>\n"


def _trace(matter: ExportedMatter) -> str:
    parts = [
        _string("concept:name", matter.case_ref),
        _string("item", matter.item_code),
        f'<int key="version" value="{matter.item_version}"/>',
        _string("state", matter.state),
        _date("accepted", matter.accepted_at),
    ]
    optional = (_string("outcome", matter.outcome) if matter.outcome else "", _day("due", matter.due_on))
    return "".join((*parts, *optional, _date("closed", matter.closed_at) if matter.closed_at else ""))


def _event(matter: ExportedMatter, step: StepDone) -> str:
    several = "".join(_string("org:resource", one) for one in step.signers[1:])
    return "".join(
        (
            _string("concept:name", step.step),
            _string("concept:instance", f"{matter.id}/{step.seq}"),
            _string("lifecycle:transition", "complete"),
            _date("time:timestamp", step.at),
            _string("org:resource", step.signers[0]) if step.signers else "",
            _string("org:group", step.unit_id) if step.unit_id else "",
            f'<list key="co-signers"><values>{several}</values></list>' if several else "",
        )
    )


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(value)}/>'


def _date(key: str, at: datetime) -> str:
    return f'<date key="{key}" value="{at.astimezone(SHANGHAI).isoformat()}"/>'


def _day(key: str, on: date | None) -> str:
    return f'<date key="{key}" value="{on.isoformat()}T00:00:00+08:00"/>' if on else ""
