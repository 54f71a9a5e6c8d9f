"""Indicators over GraphQL: what counts on a day as known at an instant, drafting, activating, retiring."""

from datetime import date, datetime
from typing import Any, cast

import msgspec
import strawberry
from plumbline_org.roles import Role
from plumbline_shared.conditions import FactType
from plumbline_shared.graphql import Context, Info, UserError, run
from strawberry.scalars import JSON

from risk_registry.api import loaders
from risk_registry.api.enums import AlertPhase
from risk_registry.domain import indicators as domain
from risk_registry.domain.indicators import DataSource, IndicatorVersion
from risk_registry.policies import POLICY
from risk_registry.policies.indicators import indicator_resource
from risk_registry.storage import indicators as stored
from risk_registry.use_cases import keep_indicator as keeping
from risk_registry.use_cases import load_indicators as loading

strawberry.enum(
    DataSource,
    name="IndicatorSource",
    description="内控促廉 INTEGRITY_CONTROL, 执法管理 ENFORCEMENT_ASSESSMENT, 税收风险 TAX_RISK, 限时办结 TIME_LIMIT",
)
strawberry.enum(FactType, name="FactType", description="是非 BOOL, 整数 INT, 文字 TEXT")


@strawberry.type(description="A fact that the condition may name.")
class IndicatorFact:
    name: str
    type: FactType


@strawberry.type(description="A named test case: with these facts the alert is raised, or is not.")
class IndicatorCase:
    name: str
    facts: JSON
    expected: bool

    @classmethod
    def of(cls, case: domain.Case) -> "IndicatorCase":
        return cls(name=case.name, facts=cast(JSON, dict(case.facts)), expected=case.expected)


@strawberry.federation.type(keys=["id"], description="指标: one version; it counts from `effectiveFrom`.")
class Indicator:
    version: strawberry.Private[IndicatorVersion]
    id: strawberry.ID
    indicator_id: strawberry.ID = strawberry.field(description="For example D01.DEADLINE-MISSED.")
    code: str
    number: int
    title: str
    title_en: str
    alert_kind: str
    phase: AlertPhase
    source: DataSource
    basis: str = strawberry.field(description="REGULATION#clause.")
    citation: str
    condition: str = strawberry.field(description="CEL over the facts.")
    author: str
    drafted_at: datetime
    approver: str | None
    activated_at: datetime | None
    effective_from: date | None = strawberry.field(description="Null for a draft.")

    @classmethod
    def of(cls, one: IndicatorVersion) -> "Indicator":
        return cls(
            version=one,
            id=strawberry.ID(one.id),
            indicator_id=strawberry.ID(one.indicator_id),
            code=one.code,
            number=one.version,
            title=one.body.title_zh,
            title_en=one.body.title_en,
            alert_kind=one.body.alert_kind,
            phase=one.body.phase,
            source=one.body.source,
            basis=one.body.basis,
            citation=one.body.citation,
            condition=one.body.when,
            author=one.author,
            drafted_at=one.drafted_at,
            approver=one.approver,
            activated_at=one.activated_at,
            effective_from=one.effective_from,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Indicator | None":
        found = await version(info.context, id)
        return cls.of(found) if found else None

    @strawberry.field
    def facts(self) -> list[IndicatorFact]:
        return [IndicatorFact(name=name, type=kind) for name, kind in self.version.body.facts.items()]

    @strawberry.field(description="Its test cases; passed, all of them, when it was activated.")
    def cases(self) -> list[IndicatorCase]:
        return [IndicatorCase.of(case) for case in self.version.evidence or self.version.body.cases]

    @strawberry.field(description="Roles that read its alerts besides the oversight line.")
    def informed(self) -> list[str]:
        return [str(Role(one)) for one in self.version.body.informed]

    @strawberry.field(description="The body as `draftIndicator` takes it, to draft the next version from.")
    def body(self) -> JSON:
        return cast(JSON, msgspec.to_builtins(self.version.body))


async def version(context: Context, version_id: str) -> IndicatorVersion | None:
    """A version that the reader may see."""
    return await context.loader(_versions).load(version_id)


async def _versions(context: Context, ids: list[str]) -> list[IndicatorVersion | None]:
    bureau = context.principal.bureau_id
    if bureau is None or context.principal.person_id is None:
        return [None] * len(ids)
    async with context.read() as conn:
        found = _allowed(context, await stored.versions(conn, bureau, ids=ids))
    by_id = {each.id: each for each in found}
    return [by_id.get(id_) for id_ in ids]


def _allowed(context: Context, found: list[IndicatorVersion]) -> list[IndicatorVersion]:
    resources = [
        indicator_resource(each.id, each.bureau_id, active=bool(each.activated_at)) for each in found
    ]
    decisions = POLICY.decide(context.principal, "read", resources)
    return [each for each, yes in zip(found, decisions, strict=True) if yes]


@strawberry.type
class IndicatorQuery:
    @strawberry.field(
        description="Indicators that count on a day, as known at an instant; with `drafts` also what is not active."
    )
    async def indicators(
        self, info: Info, as_of: date | None = None, known_at: datetime | None = None, drafts: bool = False
    ) -> list[Indicator]:
        context = info.context
        bureau, on = loaders.bureau_of(context), loaders.day_of(context, as_of)
        async with context.read() as conn:
            found = _allowed(context, await stored.versions(conn, bureau))
            ended = await stored.retirements(conn, bureau)
        waiting = [each for each in found if drafts and each.activated_at is None]
        return [Indicator.of(each) for each in (*domain.in_force(found, ended, on, known_at), *waiting)]

    @strawberry.field(description="One version; null when it is not there or not yours to see.")
    async def indicator(self, info: Info, id: strawberry.ID) -> Indicator | None:
        found = await version(info.context, id)
        return Indicator.of(found) if found else None


@strawberry.input(description="`body` as an indicator's `body` shows it.")
class DraftIndicatorInput:
    client_mutation_id: str
    code: str
    body: JSON


@strawberry.input
class ActivateIndicatorInput:
    client_mutation_id: str
    version_id: strawberry.ID
    effective_from: date


@strawberry.input
class RetireIndicatorInput:
    client_mutation_id: str
    code: str
    retired_from: date
    reason: str


@strawberry.input(description="All indicators that ship, with the regulations that they cite.")
class LoadIndicatorsInput:
    client_mutation_id: str
    effective_from: date


@strawberry.type
class LoadIndicatorsPayload:
    indicators: int
    activated: int = strawberry.field(description="How many versions were new.")
    user_errors: list[UserError]


@strawberry.type
class IndicatorPayload:
    version_id: strawberry.ID | None
    indicator_id: strawberry.ID | None
    number: int | None
    user_errors: list[UserError]

    @classmethod
    def of(cls, done: keeping.IndicatorKept | None, errors: list[UserError]) -> "IndicatorPayload":
        return cls(
            version_id=strawberry.ID(done.id) if done else None,
            indicator_id=strawberry.ID(done.indicator_id) if done else None,
            number=done.version if done else None,
            user_errors=errors,
        )


@strawberry.type
class IndicatorMutation:
    @strawberry.mutation(description="Draft a version; a fault of its condition is refused with its place.")
    async def draft_indicator(self, info: Info, input: DraftIndicatorInput) -> IndicatorPayload:
        command = keeping.DraftIndicator(input.code, cast(dict[str, Any], input.body))
        return IndicatorPayload.of(
            *await run(info, keeping.draft_indicator, command, input.client_mutation_id)
        )

    @strawberry.mutation(description="Let a draft count: cited, and proved by its cases; not by its author.")
    async def activate_indicator(self, info: Info, input: ActivateIndicatorInput) -> IndicatorPayload:
        command = keeping.ActivateIndicator(input.version_id, input.effective_from)
        return IndicatorPayload.of(
            *await run(info, keeping.activate_indicator, command, input.client_mutation_id)
        )

    @strawberry.mutation(description="Let what ships count: all of it or nothing; twice is once.")
    async def load_indicators(self, info: Info, input: LoadIndicatorsInput) -> LoadIndicatorsPayload:
        command = loading.LoadIndicators(input.effective_from)
        done, errors = await run(info, loading.load_indicators, command, input.client_mutation_id)
        return LoadIndicatorsPayload(
            indicators=done.indicators if done else 0,
            activated=done.activated if done else 0,
            user_errors=errors,
        )

    @strawberry.mutation(description="No version of the code counts from a day on.")
    async def retire_indicator(self, info: Info, input: RetireIndicatorInput) -> IndicatorPayload:
        command = keeping.RetireIndicator(input.code, input.retired_from, input.reason)
        return IndicatorPayload.of(
            *await run(info, keeping.retire_indicator, command, input.client_mutation_id)
        )
