"""A bureau as of a day, ready to walk through; cached by the version that every change renews."""

from datetime import date
from uuid import UUID

from plumbline_org.model import Org
from plumbline_shared.database import Connection

from directory.storage import records

_CACHED = 64
_cache: dict[tuple[UUID, date], Org] = {}

VISIBLE_VERSION = """
select version from org_version
where bureau_id = $1 and exists (select from record where kind = 'bureau' and id = $1)
"""


async def org_as_of(conn: Connection, bureau_id: str, on: date) -> Org | None:
    """The bureau with the names and the tree of the day `on`; None when the caller may not see it.

    Row-level security decides in the first query, which is asked every time; the cache only saves the second.
    """
    version: UUID | None = await conn.fetchval(VISIBLE_VERSION, bureau_id)
    if version is None:
        return None
    if (version, on) not in _cache:
        known = await records.as_of(conn, bureau_id, on)
        if bureau_id not in known.bureaus:
            return None
        while len(_cache) >= _CACHED:
            _cache.pop(next(iter(_cache)))
        _cache[version, on] = known.org(bureau_id)
    return _cache[version, on]
