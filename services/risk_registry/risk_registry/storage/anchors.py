"""The words of a grading scheme's values."""

from collections.abc import Sequence

from plumbline_shared.database import Connection

from risk_registry.domain.anchors import Anchor, Factor

ANCHORS = """
select factor, value, word_zh, word_en, citation from grading_anchor where version = $1 order by factor, value
"""


async def anchors(conn: Connection, version: str) -> list[Anchor]:
    """The ten values of a version with their words, likelihood first."""
    rows = await conn.fetch(ANCHORS, version)
    return [
        Anchor(Factor(row["factor"]), row["value"], row["word_zh"], row["word_en"], row["citation"])
        for row in rows
    ]


INSERT = """
insert into grading_anchor (version, factor, value, word_zh, word_en, citation) values ($1, $2, $3, $4, $5, $6)
"""


async def add_anchors(conn: Connection, version: str, words: Sequence[Anchor]) -> None:
    """Record a new version's words."""
    rows = [(version, each.factor, each.value, each.word_zh, each.word_en, each.citation) for each in words]
    await conn.executemany(INSERT, rows)
