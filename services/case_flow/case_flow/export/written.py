"""A finished export as it goes out: page by page, so that memory holds one of them."""

from collections.abc import AsyncGenerator

from plumbline_shared.database import Database
from plumbline_shared.principal import Principal

from case_flow.domain.log_export import ExportPart, LogExport, LogForm
from case_flow.export import ocel, xes
from case_flow.storage import log_export as store


async def written(db: Database, reader: Principal, one: LogExport) -> AsyncGenerator[str]:
    """The whole document in pieces, read as whoever asked for it."""
    if one.form is LogForm.XES:
        yield xes.head(one.item_code)
        async for part in _pages(db, reader, one):
            yield part.matters
        yield xes.TAIL
        return
    yield ocel.HEAD
    first = True
    async for part in _pages(db, reader, one):
        if part.events:
            yield part.events if first else f",\n{part.events}"
            first = False
    yield ocel.BETWEEN
    first = True
    async for part in _pages(db, reader, one):
        yield part.matters if first else f",\n{part.matters}"
        first = False
    async with db.read(reader) as conn:
        named = await store.names(conn, one.id)
    for piece in ocel.names(named.persons, named.units, named.steps, first=first):
        yield piece


async def _pages(db: Database, reader: Principal, one: LogExport) -> AsyncGenerator[ExportPart]:
    after = -1
    while True:
        async with db.read(reader) as conn:
            found = await store.page(conn, one.id, after)
        if found is None:
            return
        after, part = found
        yield part
