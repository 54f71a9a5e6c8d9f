"""Signatures on steps that several people sign. Append-only."""

from datetime import datetime

from plumbline_shared.database import Connection

from case_flow.domain.matter import Matter

ADD = "insert into signature (matter_id, seq, bureau_id, step, person, at) values ($1, $2, $3, $4, $5, $6)"


async def add(conn: Connection, matter: Matter, step: str, person: str, at: datetime) -> None:
    """Keep one signature beside the version of the matter that it made."""
    await conn.execute(ADD, matter.id, matter.row_version, matter.bureau_id, step, person, at)
