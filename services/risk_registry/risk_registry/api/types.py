"""The risk point as an entity of the graph, and what belongs to it."""

from datetime import date, datetime
from typing import Annotated

import strawberry
from plumbline_org.oversight import oversight
from plumbline_shared.graphql import Info

from risk_registry.api import loaders
from risk_registry.api.enums import (
    PointOrigin,
    PointScope,
    RiskCategory,
    RiskFocus,
    RiskGrade,
    RiskPointStatus,
    RiskTag,
)
from risk_registry.api.point_controls import (
    PointControl,
    PointRegulation,
    controls_on,
    regulations_on,
)
from risk_registry.api.references import Person, Post, Unit, person, post, unit
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import Period, periods
from risk_registry.use_cases.panel import holders_of

AsOf = Annotated[
    date | None, strawberry.argument(description="A day up to today; the point's own day by default.")
]


@strawberry.type(description="How a bureau shows a grade: the word always stands beside the colour (C-01).")
class GradeDisplay:
    profile: str
    colour: str
    word_zh: str
    word_en: str
    citation: str


@strawberry.type(description="Where a row of the register comes from.")
class RiskSource:
    title: str
    url: str
    locator: str


@strawberry.type(
    description="State and grade from one day until the next change; nothing is ever overwritten."
)
class GradePeriod:
    status: RiskPointStatus
    grade: RiskGrade | None
    valid_from: date
    valid_to: date | None = strawberry.field(description="First day that no longer counts; null while open.")
    recorded_at: datetime
    review_id: strawberry.ID | None
    scheme: str | None
    reason: str

    @classmethod
    def of(cls, period: Period) -> "GradePeriod":
        each = period.standing
        return cls(
            status=each.state,
            grade=each.grade,
            valid_from=each.valid_from,
            valid_to=period.valid_to,
            recorded_at=each.recorded_at,
            review_id=strawberry.ID(each.review_id) if each.review_id else None,
            scheme=each.scheme,
            reason=each.reason,
        )


@strawberry.type(description="Who manages and who monitors the point for one of its holders (§5.2, C-05).")
class Oversight:
    holder: Person
    managers: list[Person]
    monitors: list[Person]
    circular_fixed: bool = strawberry.field(description="A seat moved up because its person holds the point.")
    escalated_to_upper: bool = strawberry.field(description="A seat belongs to the bureau above.")


@strawberry.federation.type(keys=["id"], description="风险点: risk at a step and post.")
class RiskPoint:
    point: strawberry.Private[PointOnDay]
    id: strawberry.ID
    code: str
    as_of: date
    title: str
    title_en: str
    category: RiskCategory
    scope: PointScope
    origin: PointOrigin
    status: RiskPointStatus
    grade: RiskGrade | None = strawberry.field(description="Null until a review has graded the point.")
    grade_from: date
    process: str
    step: str
    traits: str
    cause: str = strawberry.field(description="The root cause.")
    consequence: str
    controls: str
    tags: list[RiskTag]
    focus: list[RiskFocus]
    item: str = strawberry.field(description="风险事项: the code of the item it belongs to; empty for none.")
    power: str = strawberry.field(description="权力: the code of the power it is a risk of; empty for none.")
    post_named: str = strawberry.field(description="The post as a published list names it.")
    source: RiskSource

    @classmethod
    def of(cls, point: PointOnDay) -> "RiskPoint":
        text = point.description
        return cls(
            point=point,
            id=strawberry.ID(point.id),
            code=point.code,
            as_of=point.on,
            title=text.title_zh,
            title_en=text.title_en,
            category=text.category,
            scope=text.scope,
            origin=point.origin,
            status=point.state,
            grade=point.grade,
            grade_from=point.grade_from,
            process=text.process,
            step=text.step,
            traits=text.traits,
            cause=text.cause,
            consequence=text.consequence,
            controls=text.controls,
            tags=list(text.tags),
            focus=list(text.focus),
            item=text.item,
            power=text.power,
            post_named=text.post_named,
            source=RiskSource(title=text.source.title, url=text.source.url, locator=text.source.locator),
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "RiskPoint | None":
        found = await loaders.point(info.context, id, info.context.today)
        return cls.of(found) if found else None

    @strawberry.field
    def posts(self) -> list[Post]:
        return [post(each) for each in self.point.description.posts]

    @strawberry.field
    def units(self) -> list[Unit]:
        return [unit(each) for each in self.point.description.units]

    @strawberry.field(description="The unit that owns the process.")
    def owner_unit(self) -> Unit | None:
        owner = self.point.description.owner_unit
        return unit(owner) if owner else None

    @strawberry.field(
        description="防范措施 in force on the point; null unless you read the bureau's controls."
    )
    async def controls_in_force(self, info: Info) -> list[PointControl] | None:
        return await controls_on(info.context, self.point)

    @strawberry.field(
        description="制度 that its step rests on, and what its controls carry out as far as you read them."
    )
    async def regulations(self, info: Info) -> list[PointRegulation]:
        return await regulations_on(info.context, self.point)

    @strawberry.field(description="Colour and word of the grade in the bureau's profile.")
    async def grade_display(self, info: Info) -> GradeDisplay | None:
        if self.point.grade is None:
            return None
        shown = (await loaders.display(info.context, self.point.bureau_id, self.as_of))[self.point.grade]
        return GradeDisplay(
            profile=shown.profile,
            colour=shown.colour,
            word_zh=shown.word_zh,
            word_en=shown.word_en,
            citation=shown.citation,
        )

    @strawberry.field(description="Where the point stood, oldest first, up to the point's day.")
    async def grade_history(self, info: Info) -> list[GradePeriod]:
        known = await loaders.history(info.context, self.point.id)
        return [GradePeriod.of(each) for each in periods(known) if each.standing.valid_from <= self.as_of]

    @strawberry.field(description="Who holds a post of the point on the day.")
    async def holders(self, info: Info, as_of: AsOf = None) -> list[Person]:
        seen = await self._on(info, as_of)
        if seen is None:
            return []
        org = await loaders.org_of(info.context, seen.bureau_id)
        return [person(each) for each, _unit in holders_of(org, seen.description, seen.on)]

    @strawberry.field(
        description="The oversight line of each holder by the grade of the day; empty without a grade."
    )
    async def oversight(self, info: Info, as_of: AsOf = None) -> list[Oversight]:
        seen = await self._on(info, as_of)
        if seen is None or seen.grade is None:
            return []
        org = await loaders.org_of(info.context, seen.bureau_id)
        everyone = [each for each, _unit in holders_of(org, seen.description, seen.on)]
        owner = seen.description.owner_unit or None
        lines = [
            (each, oversight(org, each, seen.grade, seen.on, owner, holders=everyone)) for each in everyone
        ]
        return [
            Oversight(
                holder=person(holder),
                managers=[person(each) for each in line.managers],
                monitors=[person(each) for each in line.monitors],
                circular_fixed=line.circular_fixed,
                escalated_to_upper=line.escalated_to_upper,
            )
            for holder, line in lines
        ]

    @strawberry.field(
        description="Since when the point is monitored more closely; null unless you are to know."
    )
    async def heightened_since(self, info: Info) -> date | None:
        return await loaders.heightened(info.context, self.point)

    async def _on(self, info: Info, as_of: date | None) -> PointOnDay | None:
        """The point on another day, if the reader could see it then."""
        day = loaders.day_of(info.context, as_of) if as_of else self.as_of
        return self.point if day == self.as_of else await loaders.point(info.context, self.point.id, day)
