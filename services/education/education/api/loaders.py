"""Everything a field shows is loaded here, as its reader: row-level security and Cedar both say yes."""

from collections.abc import Iterable, Sequence

from plumbline_org.storage.load import load_org
from plumbline_shared.calendar import WorkingCalendar, seed_calendar
from plumbline_shared.errors import NotFound
from plumbline_shared.graphql import Context

from education.domain.alert import EducationAlert
from education.domain.assignment import Assignment
from education.domain.curriculum import Curriculum
from education.domain.quiz import Question
from education.policies import POLICY, alert_resource, assignment_resource
from education.storage import assignments as storage
from education.storage.curricula import load_curricula, questions_of
from education.storage.outcomes import Attempt, attempts_of, waiver_reasons

Version = tuple[str, int]


async def assignment(context: Context, assignment_id: str) -> Assignment | None:
    """One assignment; None when it does not exist or is not the reader's to see."""
    return await context.loader(_assignments).load(assignment_id)


def forget(context: Context) -> None:
    """Drop what this request knows of assignments: one was changed."""
    context.loader(_assignments).clear_all()
    context.loader(_attempts).clear_all()


async def of_person(context: Context, person_id: str) -> list[Assignment]:
    """What a person got, as far as the reader may see it."""
    return await context.loader(_of_persons).load(person_id)


async def lessons_of_point(context: Context, point_id: str) -> list[Assignment]:
    """Lessons given because of a risk point, as far as the reader may see them."""
    return await context.loader(_of_points).load(point_id)


async def curriculum(context: Context, version: Version) -> Curriculum:
    """A version of a curriculum."""
    return await context.loader(_curricula).load(version)


async def questions(context: Context, version: Version) -> list[Question]:
    """The quiz of a curriculum version."""
    return await context.loader(_questions).load(version)


async def attempts(context: Context, assignment_id: str) -> list[Attempt]:
    """The reader's own attempts."""
    return await context.loader(_attempts).load(assignment_id)


async def waiver_reason(context: Context, assignment_id: str) -> str | None:
    """Why an assignment was lifted."""
    return await context.loader(_reasons).load(assignment_id)


async def calendar(context: Context, bureau_id: str) -> WorkingCalendar:
    """The bureau's working calendar."""
    return await context.loader(_calendars).load(bureau_id)


def allowed(context: Context, found: Iterable[Assignment]) -> list[Assignment]:
    """Those that Cedar lets the reader see as well: the second lock on the same door."""
    rows = list(found)
    decisions = POLICY.decide(context.principal, "view", [assignment_resource(one) for one in rows])
    return [one for one, yes in zip(rows, decisions, strict=True) if yes]


def allowed_alerts(context: Context, found: Sequence[EducationAlert]) -> list[EducationAlert]:
    """Those alerts that Cedar lets the reader see as well."""
    decisions = POLICY.decide(context.principal, "read", [alert_resource(one) for one in found])
    return [one for one, yes in zip(found, decisions, strict=True) if yes]


async def _assignments(context: Context, ids: list[str]) -> list[Assignment | None]:
    async with context.read() as conn:
        found = await storage.load_assignments(conn, ids)
    seen = {one.id: one for one in allowed(context, found.values())}
    return [seen.get(id_) for id_ in ids]


async def _of_persons(context: Context, persons: list[str]) -> list[list[Assignment]]:
    async with context.read() as conn:
        found = allowed(context, await storage.assignments_of_persons(conn, persons))
    return [[one for one in found if one.person_id == person] for person in persons]


async def _of_points(context: Context, points: list[str]) -> list[list[Assignment]]:
    async with context.read() as conn:
        found = allowed(context, await storage.lessons_of_points(conn, points))
    return [[one for one in found if one.point_id == point] for point in points]


async def _curricula(context: Context, versions: list[Version]) -> list[Curriculum]:
    async with context.read() as conn:
        found = await load_curricula(conn, versions)
    return [found[version] for version in versions]


async def _questions(context: Context, versions: list[Version]) -> list[list[Question]]:
    async with context.read() as conn:
        return [await questions_of(conn, *version) for version in versions]


async def _attempts(context: Context, ids: list[str]) -> list[list[Attempt]]:
    async with context.read() as conn:
        found = await attempts_of(conn, ids)
    return [found.get(id_, []) for id_ in ids]


async def _reasons(context: Context, ids: list[str]) -> list[str | None]:
    async with context.read() as conn:
        found = await waiver_reasons(conn, ids)
    return [found.get(id_) for id_ in ids]


async def _calendars(context: Context, bureaus: list[str]) -> list[WorkingCalendar]:
    async with context.read() as conn:
        found: list[WorkingCalendar] = []
        for bureau in bureaus:
            try:
                found.append((await load_org(conn, bureau)).calendar)
            except NotFound:
                found.append(seed_calendar())
        return found
