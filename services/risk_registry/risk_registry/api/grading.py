"""Grading schemes as data, the dry run of one, and what changed in a register between two days."""

from datetime import date
from typing import Annotated

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.policy import absent

from risk_registry.api import loaders
from risk_registry.api.enums import RiskGrade
from risk_registry.api.reviews import GradingScheme
from risk_registry.api.types import RiskPoint
from risk_registry.domain.anchors import Anchor, Factor
from risk_registry.domain.difference import Changed, Difference, differences
from risk_registry.domain.grading import Family, Method
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.schemes import dry_run
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.points import whole_register
from risk_registry.storage.schemes import assessed_on, schemes
from risk_registry.use_cases.keep_scheme import (
    AdoptGradingScheme,
    PublishGradingScheme,
    SchemeKept,
    adopt_grading_scheme,
    publish_grading_scheme,
)

FromDay = Annotated[date, strawberry.argument(name="from")]
ToDay = Annotated[date, strawberry.argument(name="to")]
strawberry.enum(Difference, name="RiskPointDifference")
strawberry.enum(Factor, name="GradingFactor", description="发生频率 LIKELIHOOD, 后果 SEVERITY")
strawberry.enum(Family, name="GradingFamily")
strawberry.enum(Method, name="GradingMethod")


@strawberry.type(description="A point that a version would grade otherwise.")
class SchemeRegrade:
    point_id: strawberry.ID
    present: RiskGrade
    proposed: RiskGrade


@strawberry.type(description="What reviews by a version would propose; the register stays as it is.")
class SchemeDryRun:
    version: str
    regrades: list[SchemeRegrade]
    unchanged: int
    unassessed: int = strawberry.field(description="Points on whose factors no panel has voted.")


@strawberry.type(description="A point that is not the same on both days; null where it was not in force.")
class RiskPointChange:
    point_id: strawberry.ID
    kinds: list[Difference]
    before: RiskPoint | None
    after: RiskPoint | None

    @classmethod
    def of(cls, changed: Changed) -> "RiskPointChange":
        before, after = changed.before, changed.after
        return cls(
            point_id=strawberry.ID(changed.id),
            kinds=list(changed.kinds),
            before=RiskPoint.of(before) if before else None,
            after=RiskPoint.of(after) if after else None,
        )


@strawberry.type
class GradingQuery:
    @strawberry.field(description="The versions that your bureau may grade by.")
    async def grading_schemes(self, info: Info) -> list[GradingScheme]:
        loaders.bureau_of(info.context)
        async with info.context.read() as conn:
            return [GradingScheme.of(each) for each in await schemes(conn)]

    @strawberry.field(description="What a version would regrade, for head and discipline lead.")
    async def grading_scheme_dry_run(
        self, info: Info, version: str, as_of: date | None = None
    ) -> SchemeDryRun:
        bureau = loaders.bureau_of(info.context)
        POLICY.require(info.context.principal, "keep_scheme", register_resource(bureau))
        async with info.context.read() as conn:
            rules = next((each for each in await schemes(conn) if each.version == version), None)
            if rules is None:
                raise absent("grading scheme")
            points = await assessed_on(conn, bureau, loaders.day_of(info.context, as_of))
        found = dry_run(points, rules)
        return SchemeDryRun(
            version=version,
            regrades=[
                SchemeRegrade(
                    point_id=strawberry.ID(each.point_id), present=each.present, proposed=each.proposed
                )
                for each in found.regrades
            ],
            unchanged=found.unchanged,
            unassessed=found.unassessed,
        )

    @strawberry.field(description="What changed in a unit's register, as its reader of each day.")
    async def risk_point_diff(
        self, info: Info, unit: strawberry.ID, start: FromDay, end: ToDay
    ) -> list[RiskPointChange]:
        if start > end:
            raise Invalid("from is before to", path=("from",))
        before, after = await _register(info, unit, start), await _register(info, unit, end)
        return [RiskPointChange.of(each) for each in differences(before, after)]


async def _register(info: Info, unit: str, day: date) -> list[PointOnDay]:
    """The points of a unit and those below it that the reader of the day may see."""
    context = info.context
    bureau = loaders.bureau_of(context)
    who = await loaders.reader_on(context, loaders.day_of(context, day))
    units = set((await loaders.org_of(context, bureau)).subtree(unit))
    async with context.runtime.db.read(who) as conn:
        points = await whole_register(conn, bureau, day)
    return [each for each in loaders.allowed(who, points) if units & set(each.description.units)]


@strawberry.input
class GradingAnchorInput:
    factor: Factor
    value: int
    word_zh: str
    word_en: str
    citation: str


@strawberry.input(
    description="A version of the bureau's own; `grid[likelihood - 1][severity - 1]` is L, M or H."
)
class PublishGradingSchemeInput:
    client_mutation_id: str
    name: str
    family: Family
    method: Method
    medium_from: int
    high_from: int
    quorum: int
    citation: str
    grid: list[str] = strawberry.field(default_factory=list[str])
    second_round_over: int = 1
    factors_only: bool = False
    anchors: list[GradingAnchorInput] = strawberry.field(
        default_factory=list[GradingAnchorInput],
        description="Words for all ten values, or none: then those that ship.",
    )


@strawberry.input
class AdoptGradingSchemeInput:
    client_mutation_id: str
    version: str
    effective_from: date


@strawberry.type
class GradingSchemePayload:
    version: str | None
    user_errors: list[UserError]

    @classmethod
    def of(cls, done: SchemeKept | None, errors: list[UserError]) -> "GradingSchemePayload":
        return cls(version=done.version if done else None, user_errors=errors)


@strawberry.type
class GradingMutation:
    @strawberry.mutation(description="Publish a version of a grading scheme; it is never changed.")
    async def publish_grading_scheme(
        self, info: Info, input: PublishGradingSchemeInput
    ) -> GradingSchemePayload:
        command = PublishGradingScheme(
            input.name, input.family, input.method, input.medium_from, input.high_from, input.quorum,
            input.citation, input.grid, input.second_round_over, input.factors_only,
            [Anchor(one.factor, one.value, one.word_zh, one.word_en, one.citation) for one in input.anchors],
        )  # fmt: skip
        done = await run(info, publish_grading_scheme, command, input.client_mutation_id)
        return GradingSchemePayload.of(*done)

    @strawberry.mutation(description="Grade new reviews by a version from a day on; nothing is rescored.")
    async def adopt_grading_scheme(self, info: Info, input: AdoptGradingSchemeInput) -> GradingSchemePayload:
        command = AdoptGradingScheme(input.version, input.effective_from)
        done = await run(info, adopt_grading_scheme, command, input.client_mutation_id)
        return GradingSchemePayload.of(*done)
