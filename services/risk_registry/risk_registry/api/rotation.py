"""Rotation over GraphQL: who holds a graded post how long, what is planned for a year, extensions."""

from datetime import date, datetime

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Citation, Info

from risk_registry.api import loaders
from risk_registry.api.enums import RiskGrade
from risk_registry.api.references import Person, Post, Unit, person, post, unit
from risk_registry.api.tenure import seen_on
from risk_registry.domain import rotation as domain
from risk_registry.domain.rotation import RotationState
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import rotation_resource
from risk_registry.storage import rotation as stored


@strawberry.type(description="轮岗: one person's holding of a graded post, its limit and where it stands.")
class Rotation:
    id: strawberry.ID
    person: Person
    post: Post
    unit: Unit
    grade: RiskGrade = strawberry.field(description="The highest grade of the points on the post.")
    held_since: date
    months_held: int = strawberry.field(description="Whole months on the day asked for.")
    due_on: date = strawberry.field(description="Last day of the limit, without an extension.")
    limit_on: date = strawberry.field(description="Last day, an approved extension included.")
    extended_until: date | None
    state: RotationState
    days_left: int = strawberry.field(description="Below 0 once overdue.")
    citation: Citation

    @classmethod
    def of(cls, one: domain.Rotation, rule: domain.RotationRule, on: date) -> "Rotation":
        return cls(
            id=strawberry.ID(one.tenure.id),
            person=person(one.tenure.person_id),
            post=post(one.tenure.post_id),
            unit=unit(one.tenure.unit_id),
            grade=one.grade,
            held_since=one.tenure.since,
            months_held=domain.months_between(one.tenure.since, on),
            due_on=one.due_on,
            limit_on=one.limit_on,
            extended_until=one.extension.until if one.extension else None,
            state=one.state(on),
            days_left=(one.limit_on - on).days,
            citation=Citation(text=rule.citation, version=rule.version),
        )


@strawberry.type(description="A proposal: who is to hold which post from when.")
class RotationProposal:
    id: strawberry.ID
    person: Person
    to_post: Post
    effective_from: date
    reason: str
    proposed_at: datetime

    @classmethod
    def of(cls, one: stored.Proposal) -> "RotationProposal":
        return cls(
            id=strawberry.ID(one.id),
            person=person(one.person_id),
            to_post=post(one.to_post_id),
            effective_from=one.effective_from,
            reason=one.reason,
            proposed_at=one.proposed_at,
        )


@strawberry.type(
    description="An extension of a limit, with the special audit that stands in for the rotation."
)
class RotationExtension:
    id: strawberry.ID
    person: Person
    post: Post
    due_on: date
    extended_until: date
    reason: str
    control: str
    audit_on: date
    approved: bool | None = strawberry.field(description="Null while it is not decided.")
    decision_reason: str | None
    decided_by: Person | None
    decided_on: date | None

    @classmethod
    def of(cls, one: stored.AskedExtension) -> "RotationExtension":
        return cls(
            id=strawberry.ID(one.id),
            person=person(one.person_id),
            post=post(one.post_id),
            due_on=one.due_on,
            extended_until=one.extended_until,
            reason=one.reason,
            control=one.control,
            audit_on=one.audit_on,
            approved=one.approved,
            decision_reason=one.decision_reason,
            decided_by=person(one.decided_by) if one.decided_by else None,
            decided_on=one.decided_on,
        )


@strawberry.type(description="轮岗计划: what falls due until the end of a year, and who is to move where.")
class RotationPlan:
    year: int
    due: list[Rotation]
    proposals: list[RotationProposal]
    unplanned: list[Person] = strawberry.field(description="Due within the year and without a proposal.")


@strawberry.input
class RotationFilter:
    state: RotationState | None = None
    unit: strawberry.ID | None = None
    due_before: date | None = None

    def admits(self, one: domain.Rotation, on: date) -> bool:
        """Whether a rotation is asked for."""
        return (
            (self.state is None or one.state(on) is self.state)
            and (self.unit is None or one.tenure.unit_id == self.unit)
            and (self.due_before is None or one.limit_on < self.due_before)
        )


@strawberry.type
class RotationQuery:
    @strawberry.field(
        description="Holdings of graded posts on a day, by their last day; those that are yours to see."
    )
    async def rotations(
        self, info: Info, filter: RotationFilter | None = None, as_of: date | None = None
    ) -> list[Rotation]:
        on, wanted = loaders.day_of(info.context, as_of), filter or RotationFilter()
        rule, found = await seen_on(info.context, on)
        return [Rotation.of(each, rule, on) for each in found if wanted.admits(each, on)]

    @strawberry.field(description="How long an officer has held each graded post on a day.")
    async def tenure(self, info: Info, holder: strawberry.ID, as_of: date | None = None) -> list[Rotation]:
        on = loaders.day_of(info.context, as_of)
        rule, found = await seen_on(info.context, on)
        return [Rotation.of(each, rule, on) for each in found if each.tenure.person_id == holder]

    @strawberry.field(description="The plan of a year: what is due until 31 December, and what is proposed.")
    async def rotation_plan(self, info: Info, year: int) -> RotationPlan:
        if not 2000 <= year <= 2100:
            raise Invalid("a year from 2000 to 2100", path=("year",))
        context, today, last = info.context, info.context.today, date(year, 12, 31)
        rule, found = await seen_on(context, today)
        due = [each for each in found if each.limit_on <= last]
        async with context.runtime.db.read(await loaders.reader_on(context, today)) as conn:
            turn = date(year + 1, 1, 1)
            given = await stored.proposals(conn, loaders.bureau_of(context), date(year, 1, 1), turn)
        moving = {each.person_id for each in given}
        waiting = dict.fromkeys(each.tenure.person_id for each in due if each.tenure.person_id not in moving)
        return RotationPlan(
            year=year,
            due=[Rotation.of(each, rule, today) for each in due],
            proposals=[RotationProposal.of(each) for each in given],
            unplanned=[person(each) for each in waiting],
        )

    @strawberry.field(description="Extensions asked for and decided, as far as they are yours to see.")
    async def rotation_extensions(self, info: Info) -> list[RotationExtension]:
        context = info.context
        bureau, who = loaders.bureau_of(context), await loaders.reader_on(context, context.today)
        async with context.runtime.db.read(who) as conn:
            found = await stored.extensions(conn, bureau)
        resources = [rotation_resource(each.id, bureau, each.person_id, each.unit_id) for each in found]
        allowed = POLICY.decide(who, "read", resources)
        return [RotationExtension.of(each) for each, yes in zip(found, allowed, strict=True) if yes]
