"""The rotations of a bureau on a day: who holds which graded post since when, and until when (S2-021)."""

from collections.abc import Sequence
from datetime import date

from plumbline_org.model import Org
from plumbline_shared.database import Connection

from risk_registry.domain.post_grades import grades_of_post
from risk_registry.domain.rotation import Extension, Rotation, RuleFrom, Tenure, due_on, tenures_on
from risk_registry.domain.standing import Standing
from risk_registry.storage.rotation import extensions, histories_on
from risk_registry.storage.rotation_rules import rules_until


async def rotations_on(
    conn: Connection, org: Org, on: date, persons: Sequence[str] | None = None
) -> list[Rotation]:
    """Every holding of a post with a graded point, by its last day. Ask as the service: readers are told apart later."""
    known = (
        [org.persons[each] for each in persons if each in org.persons] if persons else org.persons.values()
    )
    held = [tenure for person in known for tenure in tenures_on(person, on)]
    posts = sorted({tenure.post_id for tenure in held}) if persons else None
    rules = await rules_until(conn, org.bureau.id, on)
    histories = await histories_on(conn, org.bureau.id, on, posts)
    granted = await _granted(conn, org.bureau.id, on, persons)
    found = (_rotation(tenure, histories.get(tenure.post_id, []), rules, granted, on) for tenure in held)
    return sorted((each for each in found if each), key=lambda each: (each.limit_on, each.tenure.id))


def _rotation(
    tenure: Tenure,
    histories: list[list[Standing]],
    rules: list[RuleFrom],
    granted: dict[str, Extension],
    on: date,
) -> Rotation | None:
    grades = grades_of_post(histories, on)
    grade = grades[-1][1] if grades else None
    due = due_on(tenure.since, grades, rules)
    if grade is None or due is None:
        return None
    return Rotation(tenure, grade, due, rules[-1][1].notice_days, granted.get(tenure.id))


async def _granted(
    conn: Connection, bureau: str, on: date, persons: Sequence[str] | None
) -> dict[str, Extension]:
    found: dict[str, Extension] = {}
    for asked in await extensions(conn, bureau, persons=persons):
        if granted := asked.grants(on):
            found[asked.rotation_id] = granted
    return found
