"""Who decides which amount (授权矩阵): as of a day, for front ends before anybody acts; and the way on for what is beyond."""

from datetime import date
from decimal import Decimal

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Info, run

from case_flow.access import POLICY
from case_flow.api.hold_operations import HoldPayload
from case_flow.api.holds import hold_of
from case_flow.authority_packs import shipped_authority
from case_flow.control_set_access import control_set_resource
from case_flow.domain import authority as domain
from case_flow.domain.authority import OnBreach
from case_flow.domain.control_set import rules_for
from case_flow.storage import control_set as sets
from case_flow.use_cases.pass_to_authority import PassToAuthority, pass_to_authority

strawberry.enum(OnBreach, description="越权处理: held, or refused.")


@strawberry.type(description="复核层级")
class AuthorityLevel:
    roles: list[str]
    unit: str | None

    @classmethod
    def of(cls, one: domain.Level) -> "AuthorityLevel":
        return cls(roles=list(one.roles), unit=one.unit or None)


@strawberry.type(
    description="权限: whose decision amounts from `fromFen` to below `belowFen` are. Whole fen."
)
class AuthorityRow:
    item: str
    step: str
    from_fen: Decimal
    below_fen: Decimal | None = strawberry.field(description="Null: all from there on.")
    roles: list[str] = strawberry.field(description="One of these decides.")
    unit: str | None = strawberry.field(description="Code of the unit; null: the one that has the step.")
    rechecks: list[AuthorityLevel] = strawberry.field(
        description="复核: who looks again, one after the other."
    )
    on_breach: OnBreach
    hours: str | None = strawberry.field(description="On working days, HH:MM-HH:MM.")
    citation: str

    @classmethod
    def of(cls, rule: domain.Authority, row: domain.Row) -> "AuthorityRow":
        return cls(
            item=rule.item,
            step=rule.step,
            from_fen=Decimal(row.from_fen),
            below_fen=None if row.below_fen is None else Decimal(row.below_fen),
            roles=list(row.roles),
            unit=row.unit or None,
            rechecks=[AuthorityLevel.of(one) for one in row.rechecks],
            on_breach=rule.on_breach,
            hours=f"{rule.hours.start}-{rule.hours.until}" if rule.hours else None,
            citation=str(rule.citation),
        )


@strawberry.input
class PassToAuthorityInput:
    client_mutation_id: str
    hold_id: strawberry.ID


@strawberry.type
class AuthorityQuery:
    @strawberry.field(
        description="Who decides this amount (whole fen) of an item on a day: one row for each step that goes by it."
    )
    async def authority_for(
        self, info: Info, item: str, amount_fen: Decimal, as_of: date | None = None
    ) -> list[AuthorityRow]:
        if amount_fen < 0 or amount_fen != amount_fen.to_integral_value():
            raise Invalid("the amount is a whole number of fen", path=("amountFen",))
        return [AuthorityRow.of(rule, rule.row(int(amount_fen))) for rule in await _rules(info, item, as_of)]

    @strawberry.field(description="All rows of an item on a day; every amount has exactly one for each step.")
    async def authority_matrix(self, info: Info, item: str, as_of: date | None = None) -> list[AuthorityRow]:
        return [AuthorityRow.of(rule, row) for rule in await _rules(info, item, as_of) for row in rule.rows]


@strawberry.type
class AuthorityMutation:
    @strawberry.mutation(
        description="转有权人员: pass a step that is beyond your authority to those who decide its amount."
    )
    async def pass_to_authority(self, info: Info, input: PassToAuthorityInput) -> HoldPayload:
        command = PassToAuthority(input.hold_id)
        done, errors = await run(info, pass_to_authority, command, input.client_mutation_id)
        return HoldPayload(hold=await hold_of(info, done), user_errors=errors)


async def _rules(info: Info, item: str, as_of: date | None) -> tuple[domain.Authority, ...]:
    who = info.context.principal
    bureau = who.bureau_id or ""
    if not POLICY.allows(who, "read", control_set_resource(bureau)):
        return ()
    async with info.context.read() as conn:
        own = await sets.in_force(conn, bureau, as_of or info.context.today)
    return rules_for(item, own.definition if own else None, shipped_authority())
