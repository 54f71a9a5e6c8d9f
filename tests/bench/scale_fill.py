"""Fills case flow's tables by COPY: every row is a line of one real matter under another id, in its order of time."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

import asyncpg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

CHUNK = 2_000
UNITS = 400
ROLE = "TAX_ADMINISTRATOR"
STEPS_EACH = 5
LAST_LINE = {
    "matter": "select * from matter where id = $1",
    "matter_step": "select * from matter_step where matter_id = $1 order by seq desc limit 1",
    "work": "select * from work where matter_id = $1 limit 1",
    "audit_entry": "select * from audit_entry where object_type = 'Matter' and object_id = $1 order by id desc limit 1",
}

DIVIDED = "select relname from pg_class where relkind = 'p'"

Fields = Mapping[str, bytes]
Lines = Callable[[int], Sequence[Fields]]


@dataclass(frozen=True)
class Filling:
    """One table: the line that is copied, and which of its fields differ for the n-th matter."""

    table: str
    names: list[str]
    line: Fields
    of: Lines

    async def rows(self, matters: int, tell: Callable[[int], object]) -> AsyncGenerator[bytes]:
        """COPY text of the rows of `matters`, a chunk at a time."""
        for start in range(0, matters, CHUNK):
            numbers = range(start, min(start + CHUNK, matters))
            lines = (self._text(fields) for number in numbers for fields in self.of(number))
            yield b"".join(lines)
            tell(len(numbers))

    def _text(self, fields: Fields) -> bytes:
        return b"\t".join([fields.get(name) or self.line[name] for name in self.names]) + b"\n"


def unit(number: int) -> str:
    """The unit in whose queue the matter waits."""
    return f"D01.U{number % UNITS}"


async def fill(url: str, template: str, matters: int) -> None:
    """Empty the tables and put `matters` in: five steps, five sequenced audit rows and one row of open work each.

    The rows are frozen and, with `wal_level` minimal, not logged; indexes are built as they come.
    """
    conn = await asyncpg.connect(url)
    divided = {row["relname"] for row in await conn.fetch(DIVIDED)}
    columns = (TextColumn("fill {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    await conn.execute("set session_replication_role = replica")
    fillings = [await _filling(conn, table, template) for table in LAST_LINE]
    with Progress(*columns, console=Console(stderr=True)) as progress:
        async with conn.transaction():
            await conn.execute("truncate matter, audit_entry cascade")
            for one in fillings:
                task = progress.add_task(one.table, total=matters)
                rows = one.rows(matters, partial(progress.advance, task))
                await conn.copy_to_table(
                    one.table, source=rows, freeze=one.table not in divided, timeout=None
                )
    await conn.execute("vacuum analyze matter, matter_step, work, audit_entry")
    await conn.close()


async def _filling(conn: Any, table: str, template: str) -> Filling:
    text = BytesIO()
    await conn.copy_from_query(LAST_LINE[table], template, output=text, format="text", header=True)
    head, line = text.getvalue().splitlines()
    names = head.decode().split("\t")
    return Filling(table, names, dict(zip(names, line.split(b"\t"), strict=True)), OF[table])


def matter_id(number: int) -> str:
    """The id of the n-th matter: before every real one."""
    return f"mt_00{number:024}"


def audit_id(number: int) -> str:
    """The id of the n-th audit row: before every real one."""
    return f"au_00{number:024}"


def _matter(number: int) -> list[Fields]:
    return [
        {
            "id": matter_id(number).encode(),
            "case_ref": b"G%012d" % number,
            "step": b"s1",
            "handlers": b"{}",
            "queue_unit": unit(number).encode(),
            "queue_roles": b"{%s}" % ROLE.encode(),
        }
    ]


def _steps(number: int) -> list[Fields]:
    return [{"matter_id": matter_id(number).encode(), "seq": b"%d" % seq} for seq in range(1, STEPS_EACH + 1)]


def _work(number: int) -> list[Fields]:
    due_on = b"2026-%02d-%02d" % (number // UNITS % 12 + 1, number // UNITS // 12 % 28 + 1)
    return [{"matter_id": matter_id(number).encode(), "assignee": unit(number).encode(), "due_on": due_on}]


def _audit(number: int) -> list[Fields]:
    matter = matter_id(number).encode()
    return [
        {"id": audit_id(seq).encode(), "seq": b"%d" % seq, "object_id": matter}
        for seq in range(number * STEPS_EACH, (number + 1) * STEPS_EACH)
    ]


OF: Mapping[str, Lines] = {"matter": _matter, "matter_step": _steps, "work": _work, "audit_entry": _audit}
