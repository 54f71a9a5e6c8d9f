"""Which bureaus stand in one line; what row-level security and policies ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plumbline_org.parts import Bureau
from plumbline_shared.database import Connection


@dataclass(frozen=True)
class BureauLine:
    """The bureaus above a bureau, and all in one line with it (above, itself, below)."""

    above: frozenset[str]
    line: frozenset[str]


LINES = "select bureau_id, in_line_id, above from bureau_line where bureau_id = any($1::text[])"


async def lines_of(conn: Connection, bureau_ids: Iterable[str]) -> Mapping[str, BureauLine]:
    """The line of each bureau; a bureau nobody recorded stands alone."""
    wanted = list(bureau_ids)
    rows = await conn.fetch(LINES, wanted)
    return {
        bureau: BureauLine(
            above=frozenset(r["in_line_id"] for r in rows if r["bureau_id"] == bureau and r["above"]),
            line=frozenset(r["in_line_id"] for r in rows if r["bureau_id"] == bureau) | {bureau},
        )
        for bureau in wanted
    }


ADD_LINE = """
insert into bureau_line (bureau_id, in_line_id, above) values ($1, $2, $3) on conflict do nothing
"""


async def put_lines(conn: Connection, bureaus: Iterable[Bureau]) -> None:
    """Add the lines that these bureaus' parents give. A bureau keeps its parent, so a line only ever grows."""
    parents = {one.id: one.parent_id for one in bureaus}
    rows: list[tuple[str, str, bool]] = []
    for bureau in parents:
        rows.append((bureau, bureau, False))
        for upper in _above(parents, bureau):
            rows += [(bureau, upper, True), (upper, bureau, False)]
    await conn.executemany(ADD_LINE, rows)


def _above(parents: Mapping[str, str | None], bureau: str) -> list[str]:
    chain: list[str] = []
    step = parents.get(bureau)
    while step and step not in chain:
        chain.append(step)
        step = parents.get(step)
    return chain
