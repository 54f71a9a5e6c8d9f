"""How an officer's fines differ from the colleagues' (S2-020)."""

from datetime import date
from decimal import Decimal

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Citation, Info
from plumbline_shared.policy import Resource
from plumbline_shared.principal import system

from case_flow.access import POLICY
from case_flow.api.references import Person, person
from case_flow.domain.fine_variance import Compared, VarianceRule, compare
from case_flow.rules import PENALTY_RULES, rules_of
from case_flow.storage.fine_variance import decided


@strawberry.type(
    description="罚款差异: an officer's fines on one violation point. A mean is a place in the tier's range, 0 to 1."
)
class FineVariance:
    officer: Person
    violation_point: str
    fines: int
    departures: int = strawberry.field(description="Decided outside the tier, by the way of §6.3.")
    mean: Decimal | None = strawberry.field(description="Null where either side has too few fines.")
    others: int
    others_mean: Decimal | None
    difference: Decimal | None = strawberry.field(
        description="In standard errors; above 0 for a heavier hand than the others'."
    )
    stands_out: bool
    citation: Citation

    @classmethod
    def of(cls, one: Compared, rule: VarianceRule, version: str) -> "FineVariance":
        return cls(
            officer=person(one.person_id),
            violation_point=one.violation_point,
            fines=one.fines,
            departures=one.departures,
            mean=one.mean,
            others=one.others,
            others_mean=one.others_mean,
            difference=one.difference,
            stands_out=one.stands_out,
            citation=Citation(text=rule.citation, version=version),
        )


@strawberry.type
class FineVarianceQuery:
    @strawberry.field(
        description="Officers' fines decided since a day and before another; the widest difference first."
    )
    async def fine_variance(self, info: Info, since: date, until: date) -> list[FineVariance]:
        if since >= until:
            raise Invalid("`until` is a later day than `since`; its own day does not count", path=("until",))
        context, pack = info.context, await rules_of(info.context, PENALTY_RULES)
        who, bureau = context.principal, context.principal.bureau_id or ""
        async with context.runtime.db.read(system(bureau)) as conn:
            fines = await decided(conn, bureau, (since, until))
        found = compare(fines, pack.variance)
        resources = [
            Resource("FineVariance", one.person_id, {"bureau": bureau, "person": one.person_id})
            for one in found
        ]
        allowed = POLICY.decide(who, "read", resources)
        return [
            FineVariance.of(one, pack.variance, pack.version)
            for one, yes in zip(found, allowed, strict=True)
            if yes
        ]
