"""The rules that case flow goes by, kind by kind: what ships, and a bureau's own versions (requirements 5.3)."""

from datetime import date, datetime

import strawberry
from plumbline_shared import rules as kept
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Context, Info, UserError, run
from plumbline_shared.rules import AnyKind, ApproveRules, DraftRules, RuleVersion, in_force

from case_flow.access import POLICY
from case_flow.api.control_enums import Lang
from case_flow.api.references import Person, person
from case_flow.rules import KINDS
from case_flow.use_cases.keep_rules import approve_rules, draft_rules, rules_resource


@strawberry.type(description="A bureau's version of a kind of rules; it never changes.")
class CaseFlowRuleVersion:
    version: int
    source: str
    author: Person
    drafted_at: datetime
    approved_by: Person | None
    effective_from: date | None = strawberry.field(description="Null while it is a draft.")

    @classmethod
    def of(cls, row: RuleVersion) -> "CaseFlowRuleVersion":
        return cls(
            version=row.version,
            source=row.source,
            author=person(row.author),
            drafted_at=row.drafted_at,
            approved_by=person(row.approved_by) if row.approved_by else None,
            effective_from=row.effective_from,
        )


@strawberry.type(description="规则: a kind of rules as one YAML document with its citations.")
class CaseFlowRules:
    kind: str
    own: CaseFlowRuleVersion | None = strawberry.field(
        description="The bureau's version in force; null: what ships."
    )
    shipped: str = strawberry.field(description="The document that ships: a first draft begins with it.")
    versions: list[CaseFlowRuleVersion] = strawberry.field(description="Drafts included, the newest first.")
    known: strawberry.Private[AnyKind]

    @strawberry.field
    def label(self, lang: Lang = Lang.ZH) -> str:
        return self.known.label_zh if lang is Lang.ZH else self.known.label_en


@strawberry.input
class DraftRulesInput:
    client_mutation_id: str
    kind: str
    source: str = strawberry.field(description="The whole document (YAML).")


@strawberry.input
class ApproveRulesInput:
    client_mutation_id: str
    kind: str
    version: int
    effective_from: date


@strawberry.type
class RulesPayload:
    version: int | None
    user_errors: list[UserError]


@strawberry.type
class RulesQuery:
    @strawberry.field(description="The bureau's rules on a day, of one kind or of all.")
    async def case_flow_rules(
        self, info: Info, kind: str | None = None, as_of: date | None = None
    ) -> list[CaseFlowRules]:
        if kind is not None and kind not in KINDS:
            raise Invalid(f"a kind of rules is one of {', '.join(sorted(KINDS))}", path=("kind",))
        wanted = [KINDS[kind]] if kind else list(KINDS.values())
        return await _rules(info.context, wanted, as_of or info.context.today)


@strawberry.type
class RulesMutation:
    @strawberry.mutation(description="起草规则 from the document in force; a fault is told with its place.")
    async def draft_rules(self, info: Info, input: DraftRulesInput) -> RulesPayload:
        command = DraftRules(input.kind, input.source)
        made, errors = await run(info, draft_rules, command, input.client_mutation_id)
        return RulesPayload(version=made, user_errors=errors)

    @strawberry.mutation(description="批准规则 from a day on; never your own draft.")
    async def approve_rules(self, info: Info, input: ApproveRulesInput) -> RulesPayload:
        command = ApproveRules(input.kind, input.version, input.effective_from)
        made, errors = await run(info, approve_rules, command, input.client_mutation_id)
        return RulesPayload(version=made, user_errors=errors)


async def _rules(context: Context, wanted: list[AnyKind], day: date) -> list[CaseFlowRules]:
    bureau = context.principal.bureau_id or ""
    readable = POLICY.decide(context.principal, "read", [rules_resource(bureau, one.code) for one in wanted])
    found = list[CaseFlowRules]()
    async with context.read() as conn:
        for one, yes in zip(wanted, readable, strict=True):
            if yes:
                rows = await kept.versions(conn, bureau, one.code)
                own = in_force(rows, day)
                found.append(
                    CaseFlowRules(
                        kind=one.code,
                        own=CaseFlowRuleVersion.of(own) if own else None,
                        shipped=one.shipped_source(),
                        versions=[CaseFlowRuleVersion.of(row) for row in rows],
                        known=one,
                    )
                )
    return found
