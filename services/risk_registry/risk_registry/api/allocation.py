"""Supervision effort against risk over GraphQL: units, the explanation of every number, and the picture (S1-142)."""

from datetime import date
from typing import Annotated

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Citation, Context, Info
from plumbline_shared.policy import absent
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.enums import RiskGrade
from risk_registry.api.references import Unit, unit
from risk_registry.documents.allocation_picture import allocation_svg
from risk_registry.domain.allocation import Allocation, AllocationRule, AllocationState, EffortKind
from risk_registry.policies import POLICY, register_resource
from risk_registry.use_cases.allocation_of import Report, allocation_of

strawberry.enum(
    EffortKind,
    name="SupervisionEffort",
    description="核实预警 VERIFIED_ALERT, 控制测试 CONTROL_TEST, 评级审议 GRADING_REVIEW, 检查发现 FINDING, "
    "专项审计 SPECIAL_AUDIT",
)
strawberry.enum(AllocationState, description="不足 UNDER, 相称 IN_LINE, 偏多 OVER")
TITLE = "监督力量与风险 Effort against risk"
FromDay = Annotated[date, strawberry.argument(name="from")]
ToDay = Annotated[date, strawberry.argument(name="to")]


@strawberry.type(description="Points of a grade; a point of several units is shared out among them.")
class PointsOfGrade:
    grade: RiskGrade
    points: float
    weight: int


@strawberry.type(description="Acts of a kind; one about several units is shared out among them.")
class ActsOfKind:
    kind: EffortKind
    acts: float
    weight: int


@strawberry.type(
    description="A unit's share of the risk and of the effort, 0 to 1, and what they are made of."
)
class UnitAllocation:
    unit: Unit
    risk_share: float
    effort_share: float
    ratio: float | None = strawberry.field(
        description="Effort per risk, 1 where they agree; null without risk."
    )
    state: AllocationState
    points: list[PointsOfGrade]
    acts: list[ActsOfKind]

    @classmethod
    def of(cls, one: Allocation, rule: AllocationRule) -> "UnitAllocation":
        return cls(
            unit=unit(one.unit),
            risk_share=round(one.risk_share, 4),
            effort_share=round(one.effort_share, 4),
            ratio=None if one.ratio is None else round(one.ratio, 2),
            state=one.state,
            points=[
                PointsOfGrade(grade=grade, points=round(one.points[grade], 2), weight=rule.risk[grade])
                for grade in RiskGrade
                if grade in one.points
            ],
            acts=[
                ActsOfKind(kind=kind, acts=round(one.acts[kind], 2), weight=rule.effort[kind])
                for kind in EffortKind
                if kind in one.acts
            ],
        )


@strawberry.type(description="力量配置报告: effort against risk, those watched least for their risk first.")
class AllocationReport:
    rule: Citation
    explanation: list[str] = strawberry.field(description="How every number is computed.")
    units: list[UnitAllocation]
    unplaced: list[ActsOfKind] = strawberry.field(
        description="Acts about what has no unit on the last day; in no share."
    )
    svg: str


def explanation(rule: AllocationRule) -> list[str]:
    """In Chinese and in English, with the numbers of the rule."""
    risk = ", ".join(f"{grade} {rule.risk[grade]}" for grade in RiskGrade)
    effort = ", ".join(f"{kind} {rule.effort[kind]}" for kind in EffortKind)
    return [
        f"风险：截止日在册风险点按等级加权（{risk}），涉及多个单位的平分 · Risk: points in force on the last day, weighted "
        "by grade; one of several units is shared out equally",
        f"监督：期间内的监督行为按种类加权（{effort}），涉及多个单位的平分 · Effort: acts of the period, weighted by kind, "
        "shared out likewise",
        "份额为单位之和除以全局之和；比值为监督份额除以风险份额 · A share is the unit's sum over the bureau's; the ratio is "
        "the share of effort over the share of risk",
        f"比值低于 {rule.low}% 为不足，高于 {rule.high}% 为偏多 · Under {rule.low} % is too little, over {rule.high} % more "
        "than the risk asks for",
        "只计本登记知晓的行为，密封事项不计 · Only acts that the register knows are counted, and nothing sealed",
    ]


@strawberry.type
class AllocationQuery:
    @strawberry.field(
        description="Supervision effort of a period against risk, for those who count the register."
    )
    async def allocation_report(self, info: Info, start: FromDay, end: ToDay) -> AllocationReport:
        found = await report(info.context, start, end)
        rule = found.rule
        return AllocationReport(
            rule=Citation(text=rule.citation, version=found.version),
            explanation=explanation(rule),
            units=[UnitAllocation.of(each, rule) for each in found.units],
            unplaced=[
                ActsOfKind(kind=kind, acts=number, weight=rule.effort[kind])
                for kind, number in sorted(found.unplaced.items())
            ],
            svg=await picture(info.context, found, start, end),
        )


async def report(context: Context, start: date, end: date) -> Report:
    """Raises NotFound for who does not count the whole register, Invalid for a period that is none or not over."""
    bureau, who = loaders.bureau_of(context), await loaders.reader_on(context, context.today)
    if not POLICY.allows(who, "count", register_resource(bureau)):
        raise absent("AllocationReport")
    if not start <= end <= context.today:
        raise Invalid("a period ends on its first day or later, and not after today", path=("to",))
    org = await loaders.org_of(context, bureau)
    async with context.runtime.db.read(system(bureau)) as conn:
        return await allocation_of(conn, org, start, end)


async def picture(context: Context, found: Report, start: date, end: date) -> str:
    """The report as an SVG document."""
    org = await loaders.org_of(context, loaders.bureau_of(context))
    names = {each.id: each.name for each in org.units.values()}
    return allocation_svg(f"{TITLE} · {start} – {end}", found.units, names)
