"""Everything a field shows is loaded here, as its reader: row-level security and Cedar both say yes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.graphql import Context
from plumbline_shared.policy import absent
from plumbline_shared.principal import Principal, system

from risk_registry.domain.display import GradeDisplay
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.reviews import CastVote, Review
from risk_registry.domain.standing import Standing
from risk_registry.domain.topics import dossier_of
from risk_registry.domain.visibility import reader
from risk_registry.policies import POLICY, point_resource, review_resource
from risk_registry.storage.display import display_on
from risk_registry.storage.points import load_points
from risk_registry.storage.proposal_answers import evidence_answered_by
from risk_registry.storage.reviews import load_reviews, open_dossiers, votes_of
from risk_registry.storage.signals import heightened_since
from risk_registry.storage.standings import standings_of

PointKey = tuple[str, date]


def day_of(context: Context, as_of: date | None) -> date:
    """The day asked for, today by default. Raises Invalid for a day that has not come."""
    if as_of is None:
        return context.today
    if as_of > context.today:
        raise Invalid("asOf is today or a day before", path=("asOf",))
    return as_of


def bureau_of(context: Context) -> str:
    """The bureau of the person who asks. Raises Unauthenticated, or NotFound for a person of no bureau."""
    context.person_id()
    if context.principal.bureau_id is None:
        raise absent("register")
    return context.principal.bureau_id


async def org_of(context: Context, bureau_id: str) -> Org:
    """The bureau's organisation, loaded once a request. Raises NotFound."""
    return await context.loader(_orgs).load(bureau_id)


async def reader_on(context: Context, on: date) -> Principal:
    """Who asks, with what opens the register to them today or on the day asked for."""
    return await context.loader(_readers).load(on)


async def point(context: Context, point_id: str, on: date) -> PointOnDay | None:
    """The point on a day; None when it does not exist or is not the reader's to see."""
    return await context.loader(_points).load((point_id, on))


async def history(context: Context, point_id: str) -> Sequence[Standing]:
    """Everything recorded about where the point stood; only for a point that was loaded for its reader."""
    return await context.loader(_histories).load(point_id)


async def heightened(context: Context, point: PointOnDay) -> date | None:
    """Since when the point is under heightened monitoring; None for everybody who is not to know."""
    return await context.loader(_heightened).load(point)


async def display(context: Context, bureau_id: str, on: date) -> dict[RiskGrade, GradeDisplay]:
    """How the bureau shows each grade on a day."""
    return await context.loader(_displays).load((bureau_id, on))


async def review(context: Context, review_id: str) -> Review | None:
    """A grading review for its panel, the head and discipline; None for everybody else."""
    return await context.loader(_reviews).load(review_id)


async def votes(context: Context, review_id: str) -> Sequence[CastVote]:
    """All votes of a closed review; of an open one the reader's own."""
    return await context.loader(_votes).load(review_id)


async def evidence_answered(context: Context, seen: Review) -> str | None:
    """The proposal of evidence that a review answers; None for everybody who is not to know of one."""
    who = await reader_on(context, context.today)
    async with context.runtime.db.read(who) as conn:
        return await evidence_answered_by(conn, seen.id)


async def votes_cast(context: Context, seen: Review) -> int:
    """How many members of a review have voted: the number is no secret of the panel."""
    async with context.runtime.db.read(system(seen.bureau_id)) as conn:
        return len((await votes_of(conn, [seen.id])).get(seen.id, []))


async def _orgs(context: Context, bureaus: list[str]) -> list[Org]:
    """The loader raises a NotFound in the list to whoever asked for that bureau."""
    async with context.read() as conn:
        found: list[Org | NotFound] = []
        for bureau in bureaus:
            try:
                found.append(await load_org(conn, bureau))
            except NotFound as missing:
                found.append(missing)
        return cast(list[Org], found)


async def _readers(context: Context, days: list[date]) -> list[Principal]:
    org, who = await org_of(context, bureau_of(context)), context.principal
    async with context.read() as conn:
        dossiers = {dossier_of(each) for each in await open_dossiers(conn, who.person_id or "")}
    readers = [reader(who, org, {context.today, day}) for day in days]
    return [replace(each, scopes=each.scopes | dossiers) for each in readers]


async def _points(context: Context, keys: list[PointKey]) -> list[PointOnDay | None]:
    bureau = context.principal.bureau_id
    if bureau is None or context.principal.person_id is None:
        return [None] * len(keys)
    found: dict[PointKey, PointOnDay] = {}
    for day in {day for _id, day in keys}:
        wanted = [id_ for id_, each in keys if each == day]
        who = await reader_on(context, day)
        async with context.runtime.db.read(who) as conn:
            loaded = await load_points(conn, bureau, day, wanted)
        found.update({(each.id, day): each for each in allowed(who, list(loaded.values()))})
    return [found.get(key) for key in keys]


def allowed(who: Principal, points: Sequence[PointOnDay]) -> list[PointOnDay]:
    """Those that Cedar lets `who` read as well: the second lock on the same door."""
    decisions = POLICY.decide(who, "read", [point_resource(each) for each in points])
    return [each for each, yes in zip(points, decisions, strict=True) if yes]


async def _histories(context: Context, ids: list[str]) -> list[list[Standing]]:
    async with context.read() as conn:
        found = await standings_of(conn, ids)
    return [found.get(id_, []) for id_ in ids]


async def _heightened(context: Context, points: list[PointOnDay]) -> list[date | None]:
    who = await reader_on(context, context.today)
    days = {each.on for each in points}
    async with context.runtime.db.read(who) as conn:
        since = {day: await heightened_since(conn, [each.id for each in points], day) for day in days}
    decisions = POLICY.decide(who, "read_heightened", [point_resource(each) for each in points])
    return [since[each.on].get(each.id) if yes else None for each, yes in zip(points, decisions, strict=True)]


async def _displays(context: Context, keys: list[tuple[str, date]]) -> list[dict[RiskGrade, GradeDisplay]]:
    async with context.read() as conn:
        return [await display_on(conn, bureau, day) for bureau, day in keys]


async def _reviews(context: Context, ids: list[str]) -> list[Review | None]:
    async with context.read() as conn:
        found = await load_reviews(conn, ids)
    seen = {
        each.id
        for each in found.values()
        if POLICY.allows(
            context.principal, "read", review_resource(each.id, each.bureau_id, each.members, each.recused)
        )
    }
    return [found[id_] if id_ in seen else None for id_ in ids]


async def _votes(context: Context, reviews: list[str]) -> list[list[CastVote]]:
    async with context.read() as conn:
        found = await votes_of(conn, reviews)
    return [found.get(id_, []) for id_ in reviews]
