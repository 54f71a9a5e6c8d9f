"""The register's processes and controls, version by version, as its events told them."""

from dataclasses import dataclass
from datetime import date

from plumbline_shared.database import Connection

from case_flow.domain.incident import Incident


@dataclass(frozen=True)
class ProcessVersion:
    """A published version; `number` grows."""

    version_id: str
    bureau_id: str
    process: str
    number: int
    owner_unit_id: str
    effective_from: date
    limit_days: int
    limit_unit: str
    step_count: int
    previous_step_count: int
    removed_steps: list[str]


@dataclass(frozen=True)
class ControlVersion:
    """A published version of a control; `nodes` are `PROCESS/step`, `phase` is EX_ANTE, IN_PROCESS or EX_POST."""

    bureau_id: str
    code: str
    version: int
    title: str
    title_en: str
    phase: str
    nodes: list[str]
    effective_from: date
    retired: bool


KEEP_PROCESS = """
insert into process_version (version_id, bureau_id, process, number, owner_unit_id, effective_from, limit_days, limit_unit,
                             step_count, previous_step_count, removed_steps)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing
"""


async def keep_process(conn: Connection, one: ProcessVersion) -> None:
    """Keep a version; a repeat changes nothing."""
    await conn.execute(
        KEEP_PROCESS,
        *(one.version_id, one.bureau_id, one.process, one.number, one.owner_unit_id, one.effective_from),
        *(one.limit_days, one.limit_unit, one.step_count, one.previous_step_count, one.removed_steps),
    )


PROCESS_ON = """
select version_id, bureau_id, process, number, owner_unit_id, effective_from, limit_days, limit_unit, step_count,
       previous_step_count, removed_steps
from process_version where bureau_id = $1 and process = $2 and effective_from <= $3
order by effective_from desc, number desc limit 1
"""


async def process_on(conn: Connection, bureau_id: str, process: str, on: date) -> ProcessVersion | None:
    """The version in force on a day; None while the register has published none."""
    row = await conn.fetchrow(PROCESS_ON, bureau_id, process, on)
    return ProcessVersion(**dict(row)) if row else None


KEEP_CONTROL = """
insert into control_version (bureau_id, code, version, title, title_en, phase, nodes, effective_from, retired)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
"""


async def keep_control(conn: Connection, one: ControlVersion) -> None:
    """Keep a version; a repeat changes nothing."""
    await conn.execute(
        KEEP_CONTROL,
        *(one.bureau_id, one.code, one.version, one.title, one.title_en, one.phase, one.nodes),
        *(one.effective_from, one.retired),
    )


CONTROLS_ON = """
select * from (
  select distinct on (code) bureau_id, code, version, title, title_en, phase, nodes, effective_from, retired
  from control_version where bureau_id = $1 and effective_from <= $3 order by code, version desc
) newest
where not retired and exists (select from unnest(nodes) node where starts_with(node, $2 || '/')) order by code
"""


async def controls_on(conn: Connection, bureau_id: str, process: str, on: date) -> list[ControlVersion]:
    """The controls at the steps of a process in force on a day, by code."""
    rows = await conn.fetch(CONTROLS_ON, bureau_id, process, on)
    return [ControlVersion(**dict(row)) for row in rows]


PROCESS_OF = """
select coalesce(
  nullif((select v.definition ->> 'process' from matter m
          join item_version v on v.bureau_id = m.bureau_id and v.content_hash = m.item_hash where m.id = $1 limit 1), ''),
  (select r.process from risk_point_replica r where r.point_id = $2), '')
"""


async def process_of(conn: Connection, incident: Incident) -> str:
    """The process an incident happened in: its matter's, else its risk point's, else empty."""
    return await conn.fetchval(PROCESS_OF, incident.matter_id, incident.point_id)
