"""The files a run drew, their reports, the run's reports, and the orders that followed."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from case_flow.domain.inspection import AspectResult, Finding, InspectionRun, ReportKind


class InspectedFile(msgspec.Struct, frozen=True):
    """A drawn file with its two inspectors, and their report once it is made; complete once both signed."""

    run_id: str
    bureau_id: str
    stratum: str
    unit: str
    office_id: str
    ticket: str
    position: int
    inspectors: tuple[str, ...]
    results: dict[str, AspectResult] | None = None
    findings: tuple[Finding, ...] = ()
    reported_by: str | None = None
    reported_at: datetime | None = None
    signed_by: str | None = None
    signed_at: datetime | None = None


class RunReport(msgspec.Struct, frozen=True):
    """One of the four reports of a run."""

    kind: ReportKind
    text: str
    submitted_by: str
    submitted_at: datetime


class RunOrder(msgspec.Struct, frozen=True):
    """A rectification order that came of a run; special ones are supervised apart (S1-153)."""

    order_id: str
    kind: str
    special: bool


ADD = """
insert into inspected_file select * from jsonb_populate_recordset(null::inspected_file, $1::text::jsonb)
"""


async def add(conn: Connection, files: Sequence[InspectedFile]) -> None:
    """Store what was drawn."""
    await conn.execute(ADD, msgspec.json.encode(list(files)).decode())


OF_RUN = "select to_jsonb(f) from inspected_file f where run_id = $1 order by stratum, position"


async def of_run(conn: Connection, run_id: str) -> list[InspectedFile]:
    """Everything a run drew."""
    return [msgspec.json.decode(row[0], type=InspectedFile) for row in await conn.fetch(OF_RUN, run_id)]


LOCK = "select to_jsonb(f) from inspected_file f where run_id = $1 and unit = $2 for update"


async def lock(conn: Connection, run_id: str, unit: str) -> InspectedFile:
    """A drawn file. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, run_id, unit)
    if found is None:
        raise NotFound("the run drew no such file; check its name", path=("unit",))
    return msgspec.json.decode(found, type=InspectedFile)


SAVE = """
update inspected_file f set
  results = n.results, findings = n.findings, reported_by = n.reported_by, reported_at = n.reported_at,
  signed_by = n.signed_by, signed_at = n.signed_at
from jsonb_populate_record(null::inspected_file, $1::text::jsonb) n where f.run_id = n.run_id and f.unit = n.unit
"""


async def save(conn: Connection, one: InspectedFile) -> None:
    """Store a report or its second signature."""
    await conn.execute(SAVE, msgspec.json.encode(one).decode())


UNSIGNED = "select count(*) from inspected_file where run_id = $1 and signed_at is null"


async def unsigned(conn: Connection, run_id: str) -> int:
    """How many files lack a report signed by both."""
    return await conn.fetchval(UNSIGNED, run_id)


ADD_REPORT = """
insert into inspection_report (run_id, bureau_id, kind, text, submitted_by, submitted_at)
values ($1, $2, $3, $4, $5, $6)
"""


async def add_report(conn: Connection, run: InspectionRun, report: RunReport) -> None:
    """Store one of the four reports."""
    await conn.execute(
        ADD_REPORT, run.id, run.bureau_id, report.kind, report.text, report.submitted_by, report.submitted_at
    )


REPORTS = (
    "select kind, text, submitted_by, submitted_at from inspection_report where run_id = $1 order by kind"
)


async def reports(conn: Connection, run_id: str) -> list[RunReport]:
    """The run's reports."""
    rows = await conn.fetch(REPORTS, run_id)
    return [
        RunReport(ReportKind(row["kind"]), row["text"], row["submitted_by"], row["submitted_at"])
        for row in rows
    ]


ADD_ORDER = (
    "insert into inspection_order (run_id, bureau_id, order_id, kind, special) values ($1, $2, $3, $4, $5)"
)


async def add_order(conn: Connection, run: InspectionRun, order: RunOrder) -> None:
    """Remember that an order came of this run."""
    await conn.execute(ADD_ORDER, run.id, run.bureau_id, order.order_id, order.kind, order.special)


ORDERS = "select order_id, kind, special from inspection_order where run_id = $1 order by order_id"


async def orders(conn: Connection, run_id: str) -> list[RunOrder]:
    """The orders of a run."""
    return [RunOrder(*row.values()) for row in await conn.fetch(ORDERS, run_id)]


OPEN_ORDERS = """
select count(*) from inspection_order i
left join rectification_order o on o.id = i.order_id
where i.run_id = $1 and o.verified_at is null
"""


async def open_orders(conn: Connection, run_id: str) -> int:
    """How many orders of the run nobody verified yet; one that the asker does not see counts as open."""
    return await conn.fetchval(OPEN_ORDERS, run_id)
