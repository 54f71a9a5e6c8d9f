"""How a risk is treated, over GraphQL: changes of its process, and controls (S1-037)."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info
from plumbline_shared.policy import Resource, absent
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.processes import PointDisposition
from risk_registry.domain.catalogue import Control, EntryKind
from risk_registry.domain.point_controls import binds
from risk_registry.domain.treatments import ProcessChange, TreatmentKind, TreatmentState
from risk_registry.policies import POLICY, disposition_resource, entry_resource
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.dispositions import changes_of

strawberry.enum(
    TreatmentKind, name="RiskTreatmentKind", description="流程优化 PROCESS_CHANGE, 防范措施 CONTROL"
)
strawberry.enum(TreatmentState, name="RiskTreatmentState", description="拟议 PLANNED, 生效 IN_EFFECT")


@strawberry.type(
    description="风险应对: a change of the process that a risk is on, or a control of it (S1-037)."
)
class RiskTreatment:
    kind: TreatmentKind
    state: TreatmentState
    title: str
    process: str | None
    version_id: strawberry.ID | None = strawberry.field(description="The version of the process.")
    effective_from: date | None
    disposition: PointDisposition | None = strawberry.field(description="What the change makes of the point.")
    control: str | None

    @classmethod
    def change(cls, one: ProcessChange, on: date) -> "RiskTreatment":
        return cls(
            kind=TreatmentKind.PROCESS_CHANGE,
            state=one.state(on),
            title=f"{one.process} {one.number}",
            process=one.process,
            version_id=strawberry.ID(one.version_id),
            effective_from=one.effective_from,
            disposition=PointDisposition.of(one.disposition),
            control=None,
        )

    @classmethod
    def of_control(cls, code: str, body: Control) -> "RiskTreatment":
        return cls(
            kind=TreatmentKind.CONTROL,
            state=TreatmentState.IN_EFFECT,
            title=body.title_zh,
            process=None,
            version_id=None,
            effective_from=None,
            disposition=None,
            control=code,
        )


@strawberry.type
class TreatmentQuery:
    @strawberry.field(description="What is done about a point on a day: process changes, then controls.")
    async def risk_treatments(
        self, info: Info, point_id: strawberry.ID, as_of: date | None = None
    ) -> list[RiskTreatment]:
        context = info.context
        on, bureau = loaders.day_of(context, as_of), loaders.bureau_of(context)
        point = await loaders.point(context, point_id, on)
        if point is None:
            raise absent("RiskPoint")
        who = await loaders.reader_on(context, context.today)
        async with context.runtime.db.read(who) as conn:
            changes = await changes_of(conn, bureau, point_id)
        async with context.runtime.db.read(system(bureau)) as conn:
            controls = [e for e in await bodies_on(conn, bureau, on, EntryKind.CONTROL) if binds(e[1], point)]
        seen = POLICY.decide(who, "read", [_resource(each) for each in changes])
        named = [entry_resource(bureau, EntryKind.CONTROL, code) for code, _body in controls]
        known = POLICY.decide(who, "read", named)
        return [
            *(RiskTreatment.change(each, on) for each, yes in zip(changes, seen, strict=True) if yes),
            *(RiskTreatment.of_control(*each) for each, yes in zip(controls, known, strict=True) if yes),
        ]


def _resource(one: ProcessChange) -> Resource:
    given = one.disposition
    return disposition_resource(given.sequence, one.bureau_id, one.owner_unit, given.receiver)
