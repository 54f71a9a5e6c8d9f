"""Penalties: which tier applies and why, the hearing notice, the decision's number."""

from datetime import date, datetime

import msgspec
import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Citation, Info, UserError, run
from strawberry.scalars import JSON

from case_flow.api.control_enums import Authority, Lang, Party, Procedure
from case_flow.api.references import Person, person
from case_flow.domain.discretion import Violation, authority_for, procedure_for
from case_flow.domain.standards import CITATION, Applies, applied
from case_flow.use_cases.issue_decision import IssueDecision, issue_decision
from case_flow.use_cases.keep_standard import standards_of
from case_flow.use_cases.serve_hearing_notice import ServeHearingNotice, serve_hearing_notice

strawberry.enum(Applies, name="StandardApplies")


@strawberry.input(
    description="The facts that a tier is chosen by; `circumstances` by name, where the point has any."
)
class PenaltyFactsInput:
    party: Party
    ordered_on: date
    corrected_on: date | None = None
    occurred_on: date | None = strawberry.field(
        default=None, description="Of the violation; the ordered date where it is not given."
    )
    due_on: date | None = None
    circumstances: JSON | None = None

    def violation(self, point: str) -> Violation:
        """The facts as the rules see them."""
        try:
            said = msgspec.convert(self.circumstances or {}, type=dict[str, bool | str])
        except msgspec.ValidationError as error:
            raise Invalid(f"circumstances: {error}", path=("facts", "circumstances")) from None
        return Violation(
            point, self.party, self.ordered_on, self.corrected_on, self.occurred_on, self.due_on, said
        )


@strawberry.type(description="裁量阶次: the tier for these facts. Amounts in fen, both ends allowed.")
class PenaltyTier:
    code: str
    violation_point: str
    days_late: int
    min_fen: int
    max_fen: int
    statutory_max_fen: int
    authority: Authority = strawberry.field(description="Who may decide the highest allowed fine.")
    procedure: Procedure = strawberry.field(
        description="The lightest procedure for the highest allowed fine."
    )
    citation: Citation
    standard_version: str
    applies: Applies = strawberry.field(description=f"Why this version: {CITATION}.")
    label_zh: strawberry.Private[str]
    label_en: strawberry.Private[str]

    @strawberry.field
    def label(self, lang: Lang = Lang.ZH) -> str:
        return self.label_zh if lang is Lang.ZH else self.label_en


@strawberry.input
class ServeHearingNoticeInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    served_on: date | None = None


@strawberry.type(description="听证告知: a hearing may be requested until, the decision is due by.")
class HearingNotice:
    served_on: date
    request_until: date
    decide_by: date


@strawberry.type
class ServeHearingNoticePayload:
    notice: HearingNotice | None
    user_errors: list[UserError]


@strawberry.input
class IssueDecisionInput:
    client_mutation_id: str
    matter_id: strawberry.ID


@strawberry.type(description="处罚决定书: a decision with its number.")
class DecisionDocument:
    number: str
    signers: list[Person]
    issued_at: datetime


@strawberry.type
class IssueDecisionPayload:
    document: DecisionDocument | None
    user_errors: list[UserError]


@strawberry.type
class PenaltyQuery:
    @strawberry.field(description="Which tier applies to a violation, and what it allows.")
    async def penalty_tier(self, info: Info, violation_point: str, facts: PenaltyFactsInput) -> PenaltyTier:
        bureau = info.context.principal.bureau_id or ""
        async with info.context.read() as conn:
            known = await standards_of(conn, bureau, info.context.today)
        use = applied(known, facts.violation(violation_point), info.context.today)
        pack, found = use.standard.pack, use.assessment
        tier = next(one for one in pack.points[found.point].tiers if one.code == found.tier)
        return PenaltyTier(
            code=found.tier,
            violation_point=found.point,
            days_late=found.days_late,
            min_fen=found.allowed.min_fen,
            max_fen=found.allowed.max_fen,
            statutory_max_fen=found.statutory_max_fen,
            authority=authority_for(pack, facts.party, found.allowed.max_fen, found.authority),
            procedure=procedure_for(pack, facts.party, found.allowed.max_fen),
            citation=Citation(text=found.citation, version=use.standard.version),
            standard_version=use.standard.version,
            applies=use.applies,
            label_zh=tier.label_zh,
            label_en=tier.label_en,
        )


@strawberry.type
class PenaltyMutation:
    @strawberry.mutation(description="送达听证告知书: its service starts the request period.")
    async def serve_hearing_notice(
        self, info: Info, input: ServeHearingNoticeInput
    ) -> ServeHearingNoticePayload:
        command = ServeHearingNotice(input.matter_id, input.served_on)
        done, errors = await run(info, serve_hearing_notice, command, input.client_mutation_id)
        notice = (
            HearingNotice(
                served_on=done.served_on, request_until=done.request_until, decide_by=done.decide_by
            )
            if done
            else None
        )
        return ServeHearingNoticePayload(notice=notice, user_errors=errors)

    @strawberry.mutation(description="打印决定书: refused while a hold is open or a signature is missing.")
    async def issue_decision(self, info: Info, input: IssueDecisionInput) -> IssueDecisionPayload:
        command = IssueDecision(input.matter_id)
        done, errors = await run(info, issue_decision, command, input.client_mutation_id)
        document = (
            DecisionDocument(
                number=done.number, signers=[person(one) for one in done.signers], issued_at=done.issued_at
            )
            if done
            else None
        )
        return IssueDecisionPayload(document=document, user_errors=errors)
