"""Regulation gaps over GraphQL: what confirmed alerts ask, what was answered and decided."""

from datetime import date, datetime
from typing import Any, cast

import strawberry
from plumbline_shared.graphql import (
    Connection,
    Context,
    Info,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
    run,
)
from strawberry.scalars import JSON

from risk_registry.api import loaders
from risk_registry.api.ledger import Alert
from risk_registry.api.references import Person, person
from risk_registry.api.rule_enums import EntryKind
from risk_registry.api.types import RiskPoint
from risk_registry.domain import gaps as domain
from risk_registry.domain.gaps import GapState
from risk_registry.policies import POLICY
from risk_registry.policies.gaps import gap_resource
from risk_registry.storage import gaps as stored
from risk_registry.use_cases import regulation_gap as asking

strawberry.enum(
    GapState,
    name="RegulationGapState",
    description="待答复 OPEN, 无缺口 NO_GAP, 已建议 PROPOSED, 已采纳 ACCEPTED, 未采纳 DECLINED",
)


@strawberry.type(description="A regulation or a control as the catalogue takes it.")
class ProposedRule:
    kind: EntryKind
    code: str
    body: JSON


@strawberry.type
class RegulationGapAnswer:
    missing: bool
    advice: str
    proposal: ProposedRule | None
    answered_by: Person
    answered_at: datetime

    @classmethod
    def of(cls, one: domain.Answer) -> "RegulationGapAnswer":
        rule = one.proposal
        return cls(
            missing=rule is not None,
            advice=one.advice,
            proposal=ProposedRule(kind=rule.kind, code=rule.code, body=cast(JSON, rule.body))
            if rule
            else None,
            answered_by=person(one.answered_by),
            answered_at=one.answered_at,
        )


@strawberry.type
class RegulationGapDecision:
    accepted: bool
    reason: str
    effective_from: date | None
    decided_by: Person
    decided_at: datetime

    @classmethod
    def of(cls, one: domain.Decision) -> "RegulationGapDecision":
        return cls(
            accepted=one.accepted,
            reason=one.reason,
            effective_from=one.effective_from,
            decided_by=person(one.decided_by),
            decided_at=one.decided_at,
        )


@strawberry.federation.type(
    keys=["id"], description="制度缺口: a confirmed alert asks whether a rule is missing (S2-053)."
)
class RegulationGap:
    gap: strawberry.Private[domain.RegulationGap]
    id: strawberry.ID
    kind: str = strawberry.field(description="The kind of alert.")
    state: GapState
    opened_at: datetime
    alerts: list[Alert]
    answer: RegulationGapAnswer | None
    decision: RegulationGapDecision | None

    @classmethod
    def of(cls, one: domain.RegulationGap) -> "RegulationGap":
        return cls(
            gap=one,
            id=strawberry.ID(one.id),
            kind=one.kind,
            state=one.state,
            opened_at=one.opened_at,
            alerts=[Alert(id=strawberry.ID(each)) for each in one.alerts],
            answer=RegulationGapAnswer.of(one.answer) if one.answer else None,
            decision=RegulationGapDecision.of(one.decision) if one.decision else None,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "RegulationGap | None":
        found = await info.context.loader(_gaps).load(id)
        return cls.of(found) if found else None

    @strawberry.field(description="The point as of today, for those who may read it.")
    async def risk_point(self, info: Info) -> RiskPoint | None:
        found = await loaders.point(info.context, self.gap.point_id, info.context.today)
        return RiskPoint.of(found) if found else None


async def _gaps(context: Context, ids: list[str]) -> list[domain.RegulationGap | None]:
    bureau = context.principal.bureau_id
    if bureau is None or context.principal.person_id is None:
        return [None] * len(ids)
    async with context.read() as conn:
        found = _allowed(context, await stored.gaps(conn, bureau, ids=ids))
    by_id = {each.id: each for each in found}
    return [by_id.get(id_) for id_ in ids]


def _allowed(context: Context, found: list[domain.RegulationGap]) -> list[domain.RegulationGap]:
    decisions = POLICY.decide(
        context.principal, "read", [gap_resource(each.id, each.bureau_id) for each in found]
    )
    return [each for each, yes in zip(found, decisions, strict=True) if yes]


@strawberry.type(description="Questions that you may see, newest first.")
class RegulationGapConnection(Connection[RegulationGap]):
    pass


@strawberry.type
class GapQuery:
    @strawberry.field(description="The register of regulation gaps.")
    async def regulation_gaps(
        self, info: Info, state: GapState | None = None, first: int = 50, after: str | None = None
    ) -> RegulationGapConnection:
        context, size = info.context, page_size(first)
        bureau = loaders.bureau_of(context)
        start = decode_cursor(after, tuple[datetime, str]) if after else None
        async with context.read() as conn:
            found = await stored.gaps(conn, bureau, state=state, after=start, size=size + 1)
        edges, more = paginate(_allowed(context, found), size, RegulationGap.of, _cursor)
        return RegulationGapConnection(edges=edges, page_info=more)


def _cursor(gap: domain.RegulationGap) -> str:
    return encode_cursor(gap.opened_at.isoformat(), gap.id)


@strawberry.input(description="REGULATION or CONTROL; `body` as `recordCatalogueEntry` takes it.")
class ProposedRuleInput:
    kind: EntryKind
    code: str
    body: JSON


@strawberry.input
class AnswerRegulationGapInput:
    client_mutation_id: str
    gap_id: strawberry.ID
    missing: bool
    advice: str
    proposal: ProposedRuleInput | None = None


@strawberry.input(description="What is accepted counts from `effectiveFrom`.")
class DecideRegulationGapInput:
    client_mutation_id: str
    gap_id: strawberry.ID
    accepted: bool
    reason: str
    effective_from: date | None = None


@strawberry.type
class RegulationGapPayload:
    gap_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class GapMutation:
    @strawberry.mutation(description="Say whether a rule is missing, and propose it if so.")
    async def answer_regulation_gap(
        self, info: Info, input: AnswerRegulationGapInput
    ) -> RegulationGapPayload:
        given = input.proposal
        entry = (
            asking.ProposedEntry(given.kind, given.code, cast(dict[str, Any], given.body)) if given else None
        )
        command = asking.AnswerGap(input.gap_id, input.missing, input.advice, entry)
        return _payload(*await run(info, asking.answer_gap, command, input.client_mutation_id))

    @strawberry.mutation(description="Accept a proposed rule, which then counts, or decline it.")
    async def decide_regulation_gap(
        self, info: Info, input: DecideRegulationGapInput
    ) -> RegulationGapPayload:
        command = asking.DecideGap(input.gap_id, input.accepted, input.reason, input.effective_from)
        return _payload(*await run(info, asking.decide_gap, command, input.client_mutation_id))


def _payload(done: asking.GapKept | None, errors: list[UserError]) -> RegulationGapPayload:
    return RegulationGapPayload(gap_id=strawberry.ID(done.id) if done else None, user_errors=errors)
