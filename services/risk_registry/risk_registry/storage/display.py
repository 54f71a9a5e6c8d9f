"""Display profiles, and which one a bureau shows on a day."""

from datetime import date, datetime

from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.display import GradeDisplay

DISPLAY_ON = """
select p.profile, p.grade, p.colour, p.word_zh, p.word_en, p.citation from display_profile p
where p.profile = coalesce(
  (select profile from bureau_display where bureau_id = $1 and valid_from <= $2
   order by valid_from desc, sequence desc limit 1), 'NATIONAL')
"""


async def display_on(conn: Connection, bureau_id: str, on: date) -> dict[RiskGrade, GradeDisplay]:
    """Colour and words of every grade as the bureau shows them on a day; NATIONAL unless it chose another."""
    rows = await conn.fetch(DISPLAY_ON, bureau_id, on)
    return {
        RiskGrade(row["grade"]): GradeDisplay(
            row["profile"],
            RiskGrade(row["grade"]),
            row["colour"],
            row["word_zh"],
            row["word_en"],
            row["citation"],
        )
        for row in rows
    }


PROFILES = "select distinct profile from display_profile order by profile"


async def profiles(conn: Connection) -> list[str]:
    """The names of the profiles that ship."""
    return [row["profile"] for row in await conn.fetch(PROFILES)]


CHOOSE = "insert into bureau_display (bureau_id, profile, valid_from, recorded_at) values ($1, $2, $3, $4)"


async def choose(conn: Connection, bureau_id: str, profile: str, valid_from: date, now: datetime) -> None:
    """Show grades by `profile` from a day on."""
    await conn.execute(CHOOSE, bureau_id, profile, valid_from, now)
