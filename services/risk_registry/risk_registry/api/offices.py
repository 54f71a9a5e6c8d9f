"""Tax offices against their templates (S1-119, S1-120): who sits where, what is missing, who sits in two seats."""

from datetime import date

import strawberry
from plumbline_org.model import Org
from plumbline_shared.graphql import Info
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.references import Person, Post, Unit, person, post, unit
from risk_registry.domain import offices as domain
from risk_registry.domain.offices import OfficeFaultKind, OfficePlan, OfficeTemplate
from risk_registry.domain.places import absolute
from risk_registry.policies import POLICY
from risk_registry.policies.offices import office_resource
from risk_registry.use_cases.violations_on import plans_on

strawberry.enum(
    OfficeFaultKind,
    description="人员不足 TOO_FEW, 无人牵头 NO_LEADER, 一人两岗 TWO_SEATS, 外单位岗位 FOREIGN_POST",
)


@strawberry.type(description="A seat of a template: its posts, and who holds them on the day.")
class OfficeSeat:
    code: str
    title_zh: str
    title_en: str
    needed: int
    missing: int = strawberry.field(description="How many people more the template asks for.")
    posts: list[Post]
    persons: list[Person]
    leader_post: Post | None
    leaders: list[Person]

    @classmethod
    def of(cls, one: domain.Seated) -> "OfficeSeat":
        return cls(
            code=one.seat.code,
            title_zh=one.seat.title_zh,
            title_en=one.seat.title_en,
            needed=one.seat.persons,
            missing=max(0, one.seat.persons - len(one.persons)),
            posts=[post(each) for each in one.posts],
            persons=[person(each) for each in one.persons],
            leader_post=post(one.leader_post) if one.leader_post else None,
            leaders=[person(each) for each in one.leaders],
        )


@strawberry.type(description="What is wrong in an office on the day.")
class OfficeFault:
    kind: OfficeFaultKind
    seats: list[str]
    posts: list[Post]
    person: Person | None = strawberry.field(description="Who sits in two seats; null for other faults.")

    @classmethod
    def of(cls, one: domain.OfficeFault) -> "OfficeFault":
        return cls(
            kind=one.kind,
            seats=list(one.seats),
            posts=[post(each) for each in one.posts],
            person=person(one.person) if one.person else None,
        )


@strawberry.type(description="税务所岗位分离: an office, its template, who sits where, and what is wrong.")
class OfficeDivision:
    unit: Unit
    template: str
    title_zh: str
    title_en: str
    citation: str
    seats: list[OfficeSeat]
    faults: list[OfficeFault]

    @classmethod
    def of(cls, plan: OfficePlan, template: OfficeTemplate, org: Org, on: date) -> "OfficeDivision":
        found = domain.seated(plan, template, org, on)
        return cls(
            unit=unit(absolute(org.bureau.id, plan.unit)),
            template=plan.template,
            title_zh=template.title_zh,
            title_en=template.title_en,
            citation=template.citation,
            seats=[OfficeSeat.of(each) for each in found],
            faults=[OfficeFault.of(each) for each in domain.faults(plan, template, org, on, found)],
        )


@strawberry.type
class OfficeQuery:
    @strawberry.field(description="Divided offices on a day, as far as they are yours to see.")
    async def office_divisions(
        self, info: Info, unit: strawberry.ID | None = None, as_of: date | None = None
    ) -> list[OfficeDivision]:
        context = info.context
        on, bureau = loaders.day_of(context, as_of), loaders.bureau_of(context)
        who, org = await loaders.reader_on(context, on), await loaders.org_of(context, bureau)
        async with context.runtime.db.read(system(bureau)) as conn:
            plans = await plans_on(conn, bureau, on)
        units = [absolute(bureau, plan.unit) for plan, _template in plans]
        allowed = POLICY.decide(who, "read", [office_resource(each, bureau) for each in units])
        return [
            OfficeDivision.of(plan, template, org, on)
            for (plan, template), office, yes in zip(plans, units, allowed, strict=True)
            if yes and unit in (None, office)
        ]
