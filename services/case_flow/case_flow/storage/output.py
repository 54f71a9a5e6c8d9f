"""Documents that the hall gave out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plumbline_shared.database import Connection


@dataclass(frozen=True)
class OutputDocument:
    """One document as it was given out."""

    matter_id: str
    kind: str
    bureau_id: str
    number: str
    text_zh: str
    text_en: str
    pack: str
    issued_by: str
    issued_at: datetime


ADD = "insert into output_document values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"


async def add(conn: Connection, one: OutputDocument) -> None:
    """Store it for ever."""
    await conn.execute(
        ADD,
        *(one.matter_id, one.kind, one.bureau_id, one.number, one.text_zh, one.text_en),
        *(one.pack, one.issued_by, one.issued_at),
    )


OF_MATTERS = "select * from output_document where matter_id = any($1::text[]) order by issued_at, kind"


async def of_matters(conn: Connection, matter_ids: Sequence[str]) -> dict[str, list[OutputDocument]]:
    """By matter, in the order given out; of matters that the asker sees."""
    found: dict[str, list[OutputDocument]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(OF_MATTERS, list(matter_ids)):
        found[row["matter_id"]].append(OutputDocument(**dict(row)))
    return found
