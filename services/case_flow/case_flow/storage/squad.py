"""The squad of an inspection run."""

from collections.abc import Mapping

from plumbline_shared.database import Connection

from case_flow.domain.inspection import InspectionRun

CLEAR = "delete from inspection_squad where run_id = $1"
ADD = "insert into inspection_squad (run_id, person_id, unit_id, bureau_id) values ($1, $2, $3, $4)"


async def put(conn: Connection, run: InspectionRun, members: Mapping[str, str]) -> None:
    """Compose the squad of persons (→ unit), in place of the one before."""
    await conn.execute(CLEAR, run.id)
    await conn.executemany(ADD, [(run.id, who, unit, run.bureau_id) for who, unit in members.items()])


MEMBERS = "select person_id, unit_id from inspection_squad where run_id = $1 order by person_id"


async def members(conn: Connection, run_id: str) -> dict[str, str]:
    """Persons (→ unit) of a run's squad; nobody while it has none."""
    return {row["person_id"]: row["unit_id"] for row in await conn.fetch(MEMBERS, run_id)}
