"""Sealed editions of the handbook, with their bytes."""

from collections.abc import Iterable
from datetime import date

import asyncpg
from plumbline_shared.database import Connection

from risk_registry.documents.book import Volume
from risk_registry.documents.editions import Edition, HandbookScope, Subject

ADD_EDITION = """
insert into handbook_edition (
  id, bureau_id, scope, subject_id, as_of, sha256, points, post_ids, unit_ids, content, issued_by, issued_at
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (bureau_id, scope, subject_id, as_of, sha256) do nothing
"""


async def add_edition(conn: Connection, edition: Edition, content: bytes) -> None:
    """Seal an edition; one with the same bytes is the same edition."""
    about = edition.subject
    await conn.execute(
        ADD_EDITION, edition.id, edition.bureau_id, about.scope, about.id, edition.as_of, edition.sha256,
        edition.points, list(about.posts), list(about.units), content, edition.issued_by, edition.issued_at,
    )  # fmt: skip


ADD_VOLUME = """
insert into handbook_volume (edition_id, number, bureau_id, sha256, points, content) values ($1, $2, $3, $4, $5, $6)
"""


async def add_volumes(conn: Connection, edition: Edition, volumes: Iterable[tuple[Volume, bytes]]) -> None:
    """Keep the volumes after the first."""
    rows = [
        (edition.id, each.number, edition.bureau_id, each.sha256, each.points, content)
        for each, content in volumes
    ]
    await conn.executemany(ADD_VOLUME, rows)


VOLUMES = """
select number, sha256, points from handbook_volume where bureau_id = $1 and edition_id = $2 order by number
"""


async def later_volumes(conn: Connection, bureau_id: str, id_: str) -> list[tuple[int, str, int]]:
    """Number, SHA-256 and points of every volume after the first, for a reader who may see the edition."""
    return [tuple(row) for row in await conn.fetch(VOLUMES, bureau_id, id_)]


VOLUME_CONTENT = """
select sha256, content from handbook_volume where bureau_id = $1 and edition_id = $2 and number = $3
"""


async def volume_content(conn: Connection, bureau_id: str, id_: str, number: int) -> tuple[str, bytes] | None:
    """SHA-256 and PDF of a volume after the first, for a reader who may see the edition."""
    row = await conn.fetchrow(VOLUME_CONTENT, bureau_id, id_, number)
    return (row["sha256"], row["content"]) if row else None


SUBJECTS = "select distinct scope, subject_id from handbook_edition where bureau_id = $1 order by 1, 2"


async def subjects_printed(conn: Connection, bureau_id: str) -> list[tuple[HandbookScope, str]]:
    """Everything that has an edition."""
    found = await conn.fetch(SUBJECTS, bureau_id)
    return [(HandbookScope(row["scope"]), row["subject_id"]) for row in found]


LATEST = """
select id, bureau_id, scope, subject_id, as_of, sha256, points, post_ids, unit_ids, issued_by, issued_at
from handbook_edition
where bureau_id = $1 and scope = $2 and subject_id = $3 and ($4::date is null or as_of = $4)
  and ($5::text is null or sha256 = $5)
order by as_of desc, sequence desc limit 1
"""


async def latest_edition(
    conn: Connection,
    bureau_id: str,
    scope: HandbookScope,
    subject: str,
    as_of: date | None,
    sha256: str | None = None,
) -> Edition | None:
    """The edition of a day, or the latest, or the one with a hash; None when the reader may see none."""
    row = await conn.fetchrow(LATEST, bureau_id, scope, subject, as_of, sha256)
    return _edition(row) if row else None


CONTENT = """
select id, bureau_id, scope, subject_id, as_of, sha256, points, post_ids, unit_ids, issued_by, issued_at, content
from handbook_edition where bureau_id = $1 and id = $2
"""


async def edition_with_content(conn: Connection, bureau_id: str, id_: str) -> tuple[Edition, bytes] | None:
    """An edition with its PDF, for a reader who may see it."""
    row = await conn.fetchrow(CONTENT, bureau_id, id_)
    return (_edition(row), row["content"]) if row else None


DAY_OF = "select as_of from handbook_edition where bureau_id = $1 and id = $2"


async def day_of_edition(conn: Connection, bureau_id: str, id_: str) -> date | None:
    """The day of an edition, so that its reader can be taken as of it; call it as the system."""
    return await conn.fetchval(DAY_OF, bureau_id, id_)


def _edition(row: asyncpg.Record) -> Edition:
    scope, subject = HandbookScope(row["scope"]), row["subject_id"]
    about = Subject(scope, subject, subject, tuple(row["post_ids"]), tuple(row["unit_ids"]))
    return Edition(
        row["id"], row["bureau_id"], about, row["as_of"], row["sha256"], row["points"],
        row["issued_by"], row["issued_at"],
    )  # fmt: skip
