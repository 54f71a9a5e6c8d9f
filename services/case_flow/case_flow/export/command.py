"""One export: an item's matters of a period, as one person of the bureau sees them."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import TextIO

import msgspec
from plumbline_org.principal import principal_of
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import Clock, local_date
from plumbline_shared.database import Database
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import Principal, system

from case_flow.export.ocel import write_ocel
from case_flow.export.xes import Log, write_xes
from case_flow.principal import with_reach
from case_flow.storage.exported import matters_of

FORMS: dict[str, Callable[[TextIO, str, Log], Awaitable[int]]] = {"xes": write_xes, "ocel": write_ocel}


class Export(msgspec.Struct, frozen=True):
    """Matters of `item` accepted in [since, until); those of a replay with `run_id`. `form` is xes or ocel."""

    item: str
    form: str
    out: Path
    since: date = date.min
    until: date = date.max
    run_id: str | None = None


async def export_as(db: Database, clock: Clock, person_id: str, wanted: Export) -> int:
    """Export what this person sees. Raises NotFound when the bureau has no such person."""
    bureau, today = person_id.partition(".")[0], local_date(clock.now())
    async with db.read(system(bureau)) as conn:
        org = await load_org(conn, bureau)
    if org.person(person_id) is None:
        raise NotFound(f"there is no person {person_id}")
    return await export(db, with_reach(principal_of(org, person_id, today), org, today), wanted)


async def export(db: Database, reader: Principal, wanted: Export) -> int:
    """Write one snapshot to the file, row-level security deciding what is in it; how many matters there are."""
    async with db.read(reader) as conn:
        log = matters_of(conn, wanted.item, wanted.since, wanted.until, wanted.run_id)
        with wanted.out.open("w", encoding="utf-8") as out:
            return await FORMS[wanted.form](out, wanted.item, log)
