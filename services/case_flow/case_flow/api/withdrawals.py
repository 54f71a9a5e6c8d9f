"""Withdraw an application, or urge it: by whoever has or oversees it, and by the applicant with the receipt."""

from datetime import datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, page_size, run

from case_flow.api.by_receipt import run_by_receipt
from case_flow.api.matter_loaders import matter as load_matter
from case_flow.api.matter_mutations import MatterPayload
from case_flow.api.matters import Matter
from case_flow.storage import urge as urges
from case_flow.use_cases.urge_matter import UrgeMatter, urge_matter
from case_flow.use_cases.withdraw_matter import WithdrawMatter, withdraw_matter


@strawberry.input
class WithdrawMatterInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    reason: str
    statement: str = strawberry.field(description="The applicant's written statement, as the file names it.")


@strawberry.input
class WithdrawByReceiptInput:
    client_mutation_id: str
    receipt_no: str
    code: str
    reason: str


@strawberry.input
class UrgeMatterInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    note: str = ""


@strawberry.input
class UrgeByReceiptInput:
    client_mutation_id: str
    receipt_no: str
    code: str
    note: str = ""


@strawberry.type
class ByReceiptPayload:
    done: bool = strawberry.field(description="The applicant learns that it happened, never who is told.")
    user_errors: list[UserError]


@strawberry.type(description="催办通知: a matter that I have, or that waits in my unit's queue, was urged.")
class UrgeNotice:
    matter: Matter
    steps: list[str]
    by_applicant: bool
    at: datetime
    note: str


@strawberry.type
class WithdrawalQuery:
    @strawberry.field(description="What I am urged to do, latest first: notices on matters I had in hand.")
    async def my_urges(self, info: Info, first: int = 50) -> list[UrgeNotice]:
        context = info.context
        mine = [context.person_id(), *sorted(context.principal.unit_ids)]
        async with context.read() as conn:
            found = await urges.telling(conn, mine, page_size(first))
        seen = [(one, await load_matter(context, one.matter_id)) for one in found]
        return [
            UrgeNotice(
                matter=Matter.of(matter),
                steps=list(one.steps),
                by_applicant=one.urged_by == "applicant",
                at=one.at,
                note=one.note,
            )
            for one, matter in seen
            if matter is not None
        ]


@strawberry.type
class WithdrawalMutation:
    @strawberry.mutation(description="撤回: close the matter as its applicant wishes; never a penalty case.")
    async def withdraw_matter(self, info: Info, input: WithdrawMatterInput) -> MatterPayload:
        command = WithdrawMatter(input.matter_id, input.reason, input.statement)
        done, errors = await run(info, withdraw_matter, command, input.client_mutation_id)
        found = await load_matter(info.context, done.matter_id) if done else None
        return MatterPayload(matter=Matter.of(found) if found else None, user_errors=errors)

    @strawberry.mutation(description="For the applicant: withdraw with receipt number and code.")
    async def withdraw_by_receipt(self, info: Info, input: WithdrawByReceiptInput) -> ByReceiptPayload:
        done, errors = await run_by_receipt(
            info,
            withdraw_matter,
            lambda matter_id: WithdrawMatter(matter_id, input.reason),
            (input.receipt_no, input.code),
            input.client_mutation_id,
        )
        return ByReceiptPayload(done=done is not None, user_errors=errors)

    @strawberry.mutation(
        description="催办: tell whoever has it; once a working day, and nothing changes hands."
    )
    async def urge_matter(self, info: Info, input: UrgeMatterInput) -> MatterPayload:
        command = UrgeMatter(input.matter_id, input.note)
        done, errors = await run(info, urge_matter, command, input.client_mutation_id)
        found = await load_matter(info.context, done.matter_id) if done else None
        return MatterPayload(matter=Matter.of(found) if found else None, user_errors=errors)

    @strawberry.mutation(description="For the applicant: urge with receipt number and code.")
    async def urge_by_receipt(self, info: Info, input: UrgeByReceiptInput) -> ByReceiptPayload:
        done, errors = await run_by_receipt(
            info,
            urge_matter,
            lambda matter_id: UrgeMatter(matter_id, input.note),
            (input.receipt_no, input.code),
            input.client_mutation_id,
        )
        return ByReceiptPayload(done=done is not None, user_errors=errors)
