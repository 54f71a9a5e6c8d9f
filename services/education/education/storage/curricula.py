"""Curricula and their quizzes: read only, versions of data."""

from collections.abc import Sequence
from datetime import date

import asyncpg
import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.deadline import DayUnit, DeadlineRule

from education.domain.curriculum import Curriculum, Kind, Trigger
from education.domain.quiz import Option, Question

CURRENT = """
select distinct on (code) * from curriculum where effective_from <= $1 order by code, version desc
"""


async def current_curricula(conn: Connection, on: date) -> list[Curriculum]:
    """The version of every curriculum that counts on a day, by code."""
    return [_curriculum(row) for row in await conn.fetch(CURRENT, on)]


VERSIONS = """
select c.* from curriculum c join unnest($1::text[], $2::integer[]) as wanted (code, version) using (code, version)
"""


async def load_curricula(
    conn: Connection, keys: Sequence[tuple[str, int]]
) -> dict[tuple[str, int], Curriculum]:
    """The named versions, by (code, version)."""
    rows = await conn.fetch(VERSIONS, [code for code, _ in keys], [version for _, version in keys])
    return {(row["code"], row["version"]): _curriculum(row) for row in rows}


QUESTIONS = """
select id, text_zh, text_en, options::text as options, correct from quiz_question
where curriculum = $1 and curriculum_version = $2 order by ordinal
"""


async def questions_of(conn: Connection, code: str, version: int) -> list[Question]:
    """The quiz of a curriculum version, in order; empty for a pledge."""
    return [_question(row) for row in await conn.fetch(QUESTIONS, code, version)]


class _StoredOption(msgspec.Struct):
    id: str
    zh: str
    en: str


def _question(row: asyncpg.Record) -> Question:
    stored = msgspec.json.decode(row["options"], type=list[_StoredOption])
    options = tuple(Option(one.id, one.zh, one.en) for one in stored)
    return Question(row["id"], row["text_zh"], row["text_en"], options, frozenset(row["correct"]))


def _curriculum(row: asyncpg.Record) -> Curriculum:
    rule = DeadlineRule(
        id=row["code"],
        version=str(row["version"]),
        unit=DayUnit(row["unit"]),
        length=row["length"],
        citation=row["citation"],
    )
    return Curriculum(
        code=row["code"],
        version=row["version"],
        kind=Kind(row["kind"]),
        trigger=Trigger(row["trigger"]),
        match=row["match"],
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        text_zh=row["text_zh"],
        rule=rule,
        pass_mark=row["pass_mark"],
    )
