"""Referrals to the bureau above and the procuratorate, major-matter reports among them (S1-045, S2-018, S2-059)."""

from collections.abc import Sequence
from datetime import date

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
)

from case_flow.access import POLICY
from case_flow.api.control_enums import Lang
from case_flow.api.mutations import done
from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain import referral as rules
from case_flow.domain.referral import Addressee, ReferralKind, ReferralState
from case_flow.referral_access import referral_resource
from case_flow.rules import REFERRAL_RULES, rules_of
from case_flow.storage import participant
from case_flow.storage import referral as storage
from case_flow.use_cases.prepare_referral import PrepareReferral, prepare_referral
from case_flow.use_cases.send_referral import (
    AcknowledgeReferral,
    AnswerReferral,
    SendReferral,
    acknowledge_referral,
    answer_referral,
    send_referral,
)

strawberry.enum(ReferralKind, description="重大案件, 重大事项报告, 涉税犯罪移送, 职务犯罪移送(密)")
strawberry.enum(
    Addressee, name="ReferralAddressee", description="上级税务机关 SUPERIOR, 检察院 PROCURATORATE"
)
strawberry.enum(ReferralState, description="待发 PREPARED, 已发 SENT, 已签收 ACKNOWLEDGED, 已答复 ANSWERED")


@strawberry.federation.type(
    keys=["id"], description="移送、上报: sent with a document, acknowledged, answered."
)
class Referral:
    row: strawberry.Private[rules.Referral]
    id: strawberry.ID
    kind: ReferralKind
    addressee: Addressee
    sealed: bool
    state: ReferralState
    unit: Unit
    title: str
    summary: str
    known_on: date
    prepared_by: Person
    send_by: date | None = strawberry.field(description="Null where no limit runs.")
    document: str | None
    sent_on: date | None
    acknowledge_by: date | None
    receipt: str | None
    acknowledged_on: date | None
    answer: str | None
    carried: bool | None = strawberry.field(description="The ruling of the bureau above on a major case.")
    amount_fen: int | None
    answered_on: date | None

    @classmethod
    def of(cls, row: rules.Referral) -> "Referral":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            kind=row.kind,
            addressee=row.addressee,
            sealed=row.sealed,
            state=row.state,
            unit=unit(row.unit_id),
            title=row.title,
            summary=row.summary,
            known_on=row.known_on,
            prepared_by=person(row.prepared_by),
            send_by=row.send_by,
            document=row.document,
            sent_on=row.sent_on,
            acknowledge_by=row.acknowledge_by,
            receipt=row.receipt,
            acknowledged_on=row.acknowledged_on,
            answer=row.answer,
            carried=row.carried,
            amount_fen=row.amount_fen,
            answered_on=row.answered_on,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Referral | None":
        return await referral_of(info, id)

    @strawberry.field
    async def label(self, info: Info, lang: Lang = Lang.ZH) -> str:
        label = (await rules_of(info.context, REFERRAL_RULES)).kinds[self.row.kind].label
        return label.zh if lang is Lang.ZH else label.en


@strawberry.type(description="Referrals that you take part in, the latest first.")
class ReferralConnection(Connection[Referral]):
    pass


async def referral_of(info: Info, referral_id: str | None) -> Referral | None:
    """The referral as the caller sees it."""
    found = await info.context.loader(_referrals).load(referral_id) if referral_id else None
    return Referral.of(found) if found else None


async def _referrals(context: Context, ids: Sequence[str]) -> list[rules.Referral | None]:
    async with context.read() as conn:
        rows = await storage.many(conn, ids)
        mine = await participant.mine(conn, list(rows), context.principal.person_id)
    me = (context.principal.person_id or "",)
    resources = [referral_resource(row, me if row.id in mine else ()) for row in rows.values()]
    decisions = POLICY.decide(context.principal, "read", resources)
    allowed = {one.id for one, yes in zip(resources, decisions, strict=True) if yes}
    return [rows[one] if one in allowed else None for one in ids]


@strawberry.input
class PrepareReferralInput:
    client_mutation_id: str
    kind: ReferralKind
    title: str
    summary: str
    unit_id: strawberry.ID | None = None
    matter_id: strawberry.ID | None = None
    staff_case_id: strawberry.ID | None = None
    known_on: date | None = None


@strawberry.input
class SendReferralInput:
    client_mutation_id: str
    referral_id: strawberry.ID
    document: str


@strawberry.input
class AcknowledgeReferralInput:
    client_mutation_id: str
    referral_id: strawberry.ID
    receipt: str


@strawberry.input
class AnswerReferralInput:
    client_mutation_id: str
    referral_id: strawberry.ID
    answer: str
    carried: bool | None = None
    amount_fen: int | None = None


@strawberry.type
class ReferralPayload:
    referral: Referral | None
    user_errors: list[UserError]


@strawberry.type
class ReferralQuery:
    @strawberry.field(description="One referral; null when it does not exist or is not yours to see.")
    async def referral(self, info: Info, id: strawberry.ID) -> Referral | None:
        return await referral_of(info, id)

    @strawberry.field(description="Referrals that you take part in.")
    async def referrals(
        self, info: Info, kind: ReferralKind | None = None, first: int = 50, after: str | None = None
    ) -> ReferralConnection:
        size = page_size(first)
        cursor = decode_cursor(after, tuple[date, str]) if after else None
        async with info.context.read() as conn:
            rows = await storage.page(conn, kind, cursor, size + 1)
        edges, page_info = paginate(
            rows, size, Referral.of, lambda row: encode_cursor(row.known_on.isoformat(), row.id)
        )
        return ReferralConnection(edges=edges, page_info=page_info)


@strawberry.type
class ReferralMutation:
    @strawberry.mutation(
        description="拟制移送、上报 of a case, a major matter, a suspected crime, staff conduct."
    )
    async def prepare_referral(self, info: Info, input: PrepareReferralInput) -> ReferralPayload:
        command = PrepareReferral(
            kind=input.kind,
            title=input.title,
            summary=input.summary,
            unit_id=input.unit_id,
            matter_id=input.matter_id,
            staff_case_id=input.staff_case_id,
            known_on=input.known_on,
        )
        return _payload(*await done(info, prepare_referral, command, input.client_mutation_id, referral_of))

    @strawberry.mutation(description="发出, with its document; the clock for the receipt starts.")
    async def send_referral(self, info: Info, input: SendReferralInput) -> ReferralPayload:
        command = SendReferral(input.referral_id, input.document)
        return _payload(*await done(info, send_referral, command, input.client_mutation_id, referral_of))

    @strawberry.mutation(description="签收, with the addressee's receipt.")
    async def acknowledge_referral(self, info: Info, input: AcknowledgeReferralInput) -> ReferralPayload:
        command = AcknowledgeReferral(input.referral_id, input.receipt)
        return _payload(
            *await done(info, acknowledge_referral, command, input.client_mutation_id, referral_of)
        )

    @strawberry.mutation(description="答复; on a major case the ruling.")
    async def answer_referral(self, info: Info, input: AnswerReferralInput) -> ReferralPayload:
        command = AnswerReferral(input.referral_id, input.answer, input.carried, input.amount_fen)
        return _payload(*await done(info, answer_referral, command, input.client_mutation_id, referral_of))


def _payload(found: Referral | None, errors: list[UserError]) -> ReferralPayload:
    return ReferralPayload(referral=found, user_errors=errors)
