"""The register by person, by process, by regulation: of the points that the reader may see (S1-048)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import strawberry
from plumbline_shared.graphql import Info

from risk_registry.api import loaders
from risk_registry.api.documents import seen
from risk_registry.api.enums import RiskGrade
from risk_registry.api.references import Person, person
from risk_registry.api.types import RiskPoint
from risk_registry.documents.words import ACTIVITY_WORDS
from risk_registry.domain.catalogue import Control, EntryKind
from risk_registry.domain.pivot import (
    Keys,
    PivotAxis,
    by_activity,
    by_item,
    by_power,
    by_process,
    by_regulation,
    pivot,
)
from risk_registry.domain.register import PointFilter, PointOnDay
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.processes import versions_on
from risk_registry.use_cases.panel import holders_of

strawberry.enum(
    PivotAxis,
    name="PivotAxis",
    description="人 PERSON, 程序 PROCESS, 制度 REGULATION, 环节 ACTIVITY, 事项 ITEM, 权力 POWER",
)


PARENTS: Mapping[PivotAxis, tuple[EntryKind, Keys]] = {
    PivotAxis.ITEM: (EntryKind.RISK_ITEM, by_item),
    PivotAxis.POWER: (EntryKind.POWER, by_power),
}


@strawberry.type(description="One person, process or regulation with its points in force that you may see.")
class PivotRow:
    found: strawberry.Private[Sequence[PointOnDay]]
    key: str = strawberry.field(
        description="Empty for points without one: nobody holds them, they rest on no regulation, …"
    )
    title: str
    person: Person | None

    @strawberry.field
    def point_count(self) -> int:
        return len(self.found)

    @strawberry.field
    def grades(self) -> list["PivotGrade"]:
        counts = Counter(each.grade for each in self.found)
        return [PivotGrade(grade=grade, count=counts[grade]) for grade in RiskGrade]

    @strawberry.field(description="In the order of their codes.")
    def points(self) -> list[RiskPoint]:
        return [RiskPoint.of(each) for each in self.found]


@strawberry.type
class PivotGrade:
    grade: RiskGrade
    count: int


@strawberry.type
class PivotQuery:
    @strawberry.field(description="以人为点, 以程序为线, 以制度为面: the register of a day by an axis.")
    async def register_pivot(self, info: Info, axis: PivotAxis, as_of: date | None = None) -> list[PivotRow]:
        on = loaders.day_of(info.context, as_of)
        points = await seen(info, PointFilter(), on)
        titles, keys = await _keys(info, axis, on)
        return [
            PivotRow(
                found=found, key=key, title=titles.get(key, key),
                person=person(key) if key and axis is PivotAxis.PERSON else None,
            )
            for key, found in pivot(points, keys).items()
        ]  # fmt: skip


async def _keys(info: Info, axis: PivotAxis, on: date) -> tuple[dict[str, str], Keys]:
    """What each key is called, and the keys of a point."""
    bureau = loaders.bureau_of(info.context)
    if axis is PivotAxis.PERSON:
        org = await loaders.org_of(info.context, bureau)
        names = {each.id: each.name for each in org.persons.values()}
        return names, lambda point: [each for each, _unit in holders_of(org, point.description, on)]
    who = await loaders.reader_on(info.context, on)
    if parent := PARENTS.get(axis):
        kind, keys = parent
        async with info.context.runtime.db.read(who) as conn:
            return {code: body.title_zh for code, body in await bodies_on(conn, bureau, on, kind)}, keys
    async with info.context.runtime.db.read(who) as conn:
        flows = dict(await bodies_on(conn, bureau, on, EntryKind.PROCESS))
        flows |= {each.process: each.graph for each in await versions_on(conn, bureau, on)}
        rules = await bodies_on(conn, bureau, on, EntryKind.REGULATION)
        controls = [body for _code, body in await bodies_on(conn, bureau, on, EntryKind.CONTROL)]
    if axis is PivotAxis.PROCESS:
        return {code: graph.title_zh for code, graph in flows.items()}, by_process
    if axis is PivotAxis.ACTIVITY:
        words = {str(each): word for each, word in ACTIVITY_WORDS.items()}
        return words, by_activity({code: graph.activities for code, graph in flows.items()})
    steps = {(code, step.code): step.basis for code, graph in flows.items() for step in graph.steps}
    return {code: rule.title_zh for code, rule in rules}, by_regulation(steps, _clauses(controls))


def _clauses(controls: Sequence[Control]) -> dict[str, list[str]]:
    """The clauses that controls on a point carry out; a reader without clearance sees no control, and so none of them."""
    found: dict[str, list[str]] = {}
    for control in controls:
        for point in control.points:
            found.setdefault(point, []).append(control.basis)
    return found
