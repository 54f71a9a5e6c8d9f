"""How long a person has held each graded post: rotations as their reader may see them, computed once a request."""

from collections.abc import Sequence
from datetime import date

import strawberry
from plumbline_shared.graphql import Context
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.enums import RiskGrade
from risk_registry.api.places import Post, Unit, post, unit
from risk_registry.domain import rotation as domain
from risk_registry.domain.rotation import RotationState
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import rotation_resource
from risk_registry.storage.rotation_rules import rule_on
from risk_registry.use_cases.rotations_of import rotations_on

Seen = tuple[domain.RotationRule, list[domain.Rotation]]
strawberry.enum(RotationState, description="任期内 IN_TIME, 将到期 DUE_SOON, 超期 OVERDUE, 延期 EXTENDED")


@strawberry.type(description="任职年限: one holding of a graded post, and its limit.")
class Tenure:
    post: Post
    unit: Unit
    grade: RiskGrade
    held_since: date
    months_held: int
    limit_on: date = strawberry.field(description="Last day, an approved extension included.")
    state: RotationState
    days_left: int = strawberry.field(description="Below 0 once overdue.")

    @classmethod
    def of(cls, one: domain.Rotation, on: date) -> "Tenure":
        return cls(
            post=post(one.tenure.post_id),
            unit=unit(one.tenure.unit_id),
            grade=one.grade,
            held_since=one.tenure.since,
            months_held=domain.months_between(one.tenure.since, on),
            limit_on=one.limit_on,
            state=one.state(on),
            days_left=(one.limit_on - on).days,
        )


async def seen_on(context: Context, on: date) -> Seen:
    """The rule and the rotations of a day, for who could read them today or that day."""
    return await context.loader(_seen).load(on)


async def tenure_of(context: Context, person_id: str, as_of: date | None) -> list[Tenure]:
    """A person's holdings on a day; empty for a person of another bureau, and for who may not know."""
    bureau = context.principal.bureau_id
    if context.principal.person_id is None or not bureau or not person_id.startswith(f"{bureau}."):
        return []
    on = loaders.day_of(context, as_of)
    _rule, found = await seen_on(context, on)
    return [Tenure.of(each, on) for each in found if each.tenure.person_id == person_id]


async def _seen(context: Context, days: Sequence[date]) -> list[Seen]:
    return [await _seen_on(context, day) for day in days]


async def _seen_on(context: Context, on: date) -> Seen:
    bureau, who = loaders.bureau_of(context), await loaders.reader_on(context, on)
    org = await loaders.org_of(context, bureau)
    async with context.runtime.db.read(system(bureau)) as conn:
        rule, found = await rule_on(conn, bureau, on), await rotations_on(conn, org, on)
    resources = [
        rotation_resource(each.tenure.id, bureau, each.tenure.person_id, each.tenure.unit_id)
        for each in found
    ]
    allowed = POLICY.decide(who, "read", resources)
    return rule, [each for each, yes in zip(found, allowed, strict=True) if yes]
