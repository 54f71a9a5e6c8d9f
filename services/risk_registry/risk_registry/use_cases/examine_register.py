"""Look at a register file without touching the register: what it would do, and every cell that is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.database import Connection
from plumbline_shared.glyphs import missing

from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.entries import CellError, Places, RegisterFile
from risk_registry.domain.points import Origin
from risk_registry.domain.published_format import is_published, read_published
from risk_registry.domain.reconcile import Changes, Known, reconcile
from risk_registry.domain.register_format import read_register
from risk_registry.domain.sheet import Table, read_table
from risk_registry.domain.totals import Declared, Disagreement, Totals, disagreements
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.points import whole_register


@dataclass(frozen=True)
class Examination:
    """A file held against the register of its effective date; `cells` and `totals` must be empty to import it."""

    file: RegisterFile
    changes: Changes
    cells: tuple[CellError, ...]
    totals: tuple[Disagreement, ...]
    found: Totals
    declared: Declared

    @property
    def undeclared(self) -> bool:
        """A register must come with its totals; a published list cannot."""
        return self.file.origin is Origin.REGISTER and not self.declared.complete


async def examine(
    conn: Connection, bureau_id: str, name: str, content: bytes, on: date, declared: Declared | None = None
) -> Examination:
    """Read the file and compare. `declared` stands in for totals that the file does not carry itself.

    Raises Invalid or TooLarge when the file as a whole cannot be read.
    """
    table = read_table(name, content)
    refused = tuple(
        CellError(row, column, value, "NO_GLYPH", f"no handbook could print {lost}: write it otherwise")
        for row, column, value, lost in unprintable(table)
    )
    if is_published(table):
        file = read_published(table)
    else:
        file = read_register(table, places_of(await load_org(conn, bureau_id), on))
    register = {
        point.code: Known(point.code, point.origin, point.state, point.grade, point.description)
        for point in await whole_register(conn, bureau_id, on)
    }
    refused += await _strange(conn, bureau_id, file, on)
    changes = reconcile(file, register)
    found = Totals.count((entry.description.category, entry.grade) for entry in file.entries if entry.grade)
    wanted = merged(file.declared, declared or Declared())
    return Examination(
        file=file,
        changes=changes,
        cells=file.errors + refused + changes.errors,
        totals=tuple(disagreements(file.declared, found) + disagreements(declared or Declared(), found)),
        found=found,
        declared=wanted,
    )


async def _strange(conn: Connection, bureau_id: str, file: RegisterFile, on: date) -> tuple[CellError, ...]:
    """Risk items and powers that are in no catalogue of the bureau on the day."""
    kinds = {"item": EntryKind.RISK_ITEM, "power": EntryKind.POWER}
    known = {
        column: {code for code, _body in await bodies_on(conn, bureau_id, on, kind)}
        for column, kind in kinds.items()
    }
    return tuple(
        CellError(
            entry.row, column, named, "UNKNOWN_CODE", "no such entry of the bureau's catalogue on the day"
        )
        for entry in file.entries
        for column in kinds
        if (named := getattr(entry.description, column)) and named not in known[column]
    )


def unprintable(table: Table) -> Iterator[tuple[int, str, str, str]]:
    """`(row, column, cell, characters)` of cells with characters that the font of the documents has no glyph for."""
    if missing("".join(cell for row in table.rows for cell in row.cells.values())):
        for row in table.rows:
            for column, cell in row.cells.items():
                if lost := missing(cell):
                    yield row.number, column, cell, lost


def places_of(org: Org, on: date) -> Places:
    """The posts and units of the bureau that exist on a day."""
    posts = {post.id: post.unit_id for post in org.posts.values() if post.span.covers(on)}
    return Places(org.bureau.id, posts, frozenset(u.id for u in org.units.values() if u.span.covers(on)))


def merged(first: Declared, second: Declared) -> Declared:
    """What either declares; a total declared twice is checked twice, so it does not matter which is kept."""
    return Declared(
        first.size if first.size is not None else second.size,
        {**second.categories, **first.categories},
        {**second.grades, **first.grades},
    )
