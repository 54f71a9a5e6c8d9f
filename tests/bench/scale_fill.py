"""Fills case flow's tables by COPY: every row is a line of one real matter under another id, in its order of time."""

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
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

Rows = Callable[[int], Iterable[tuple[bytes, ...]]]


@dataclass(frozen=True)
class Filling:
    """One table: a line of it with `%b` for what differs, and what stands there for the n-th matter."""

    table: str
    names: list[str]
    line: bytes
    of: Rows

    async def rows(self, matters: int, tell: Callable[[int], object]) -> AsyncGenerator[bytes]:
        """COPY text of the rows of `matters`, a chunk at a time."""
        for start in range(0, matters, CHUNK):
            numbers = range(start, min(start + CHUNK, matters))
            yield b"".join([self.line % differs for number in numbers for differs in self.of(number)])
            tell(len(numbers))


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
                whole = one.table not in divided
                await conn.copy_to_table(
                    one.table, source=rows, columns=one.names, freeze=whole, timeout=None
                )
    await conn.execute("vacuum analyze matter, matter_step, work, audit_entry")
    await conn.close()


async def _filling(conn: Any, table: str, template: str) -> Filling:
    text = BytesIO()
    await conn.copy_from_query(LAST_LINE[table], template, output=text, format="text", header=True)
    head, line = text.getvalue().splitlines()
    given = dict(zip(head.decode().split("\t"), line.replace(b"%", b"%%").split(b"\t"), strict=True))
    differ, of = OF[table]
    first = dict.fromkeys(differ, b"%b")
    given = first | {name: value for name, value in given.items() if name not in differ}
    return Filling(table, list(given), b"\t".join(given.values()) + b"\n", of)


def matter_id(number: int) -> str:
    """The id of the n-th matter: before every real one."""
    return f"mt_00{number:024}"


def audit_id(number: int) -> str:
    """The id of the n-th audit row: before every real one."""
    return f"au_00{number:024}"


def _matter(number: int) -> Iterable[tuple[bytes, ...]]:
    queue, roles = unit(number).encode(), b"{%b}" % ROLE.encode()
    yield matter_id(number).encode(), b"G%012d" % number, b"s1", b"{}", queue, roles


def _steps(number: int) -> Iterable[tuple[bytes, ...]]:
    matter = matter_id(number).encode()
    return ((matter, b"%d" % seq) for seq in range(1, STEPS_EACH + 1))


def _work(number: int) -> Iterable[tuple[bytes, ...]]:
    due_on = b"2026-%02d-%02d" % (number // UNITS % 12 + 1, number // UNITS // 12 % 28 + 1)
    yield matter_id(number).encode(), unit(number).encode(), due_on, b"{%b}" % ROLE.encode()


def _audit(number: int) -> Iterable[tuple[bytes, ...]]:
    matter = matter_id(number).encode()
    rows = range(number * STEPS_EACH, (number + 1) * STEPS_EACH)
    return ((audit_id(seq).encode(), b"%d" % seq, matter) for seq in rows)


OF: Mapping[str, tuple[tuple[str, ...], Rows]] = {
    "matter": (("id", "case_ref", "step", "handlers", "queue_unit", "queue_roles"), _matter),
    "matter_step": (("matter_id", "seq"), _steps),
    "work": (("matter_id", "assignee", "due_on", "roles"), _work),
    "audit_entry": (("id", "seq", "object_id"), _audit),
}
