"""What may be asked about matters."""

from datetime import date

import strawberry
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import due
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import (
    Context,
    Deadline,
    Info,
    deadline_value,
)
from plumbline_shared.principal import system

from case_flow.api import matter_loaders as loaders
from case_flow.api.hall_queries import notice_of
from case_flow.api.matter_enums import State
from case_flow.api.matter_parts import Label
from case_flow.api.matters import Matter
from case_flow.api.receipt_guard import guarded
from case_flow.domain import definition as domain
from case_flow.domain.guide import answerable
from case_flow.rules import GUIDE_RULES
from case_flow.storage import item as items
from case_flow.storage import matter as matters
from case_flow.storage import pre_review as reviews
from case_flow.use_cases.receipts import code_hash


@strawberry.type(description="What the applicant may know: stage and responsible post, never a person.")
class MatterStatus:
    receipt_no: str
    state: State
    stage: Label | None
    stages: list[Label] = strawberry.field(description="Every stage under way; several run side by side.")
    responsible_unit: str | None = strawberry.field(
        description="Unit and role that the open step belongs to."
    )
    responsible_roles: list[str]
    responsible: list[Label] = strawberry.field(description="责任岗位: unit and post of each open stage.")
    accepted_on: date | None = strawberry.field(description="Null before acceptance: no clock runs.")
    due_on: date | None
    closed_on: date | None
    outcome: str | None
    late: bool
    reason: str | None
    missing: list[str] = strawberry.field(description="What the open step still needs.")
    notice: Label | None = strawberry.field(
        default=None, description="一次性告知书: before acceptance, all that is missing."
    )


@strawberry.type
class MatterQuery:
    @strawberry.field(description="One matter; null when it does not exist or is not yours to see.")
    async def matter(self, info: Info, id: strawberry.ID) -> Matter | None:
        found = await loaders.matter(info.context, id)
        return Matter.of(found) if found else None

    @strawberry.field(
        description="For the applicant: the status by receipt number and code; null when they do not fit. Ten tries."
    )
    async def matter_by_receipt(self, info: Info, receipt_no: str, code: str) -> MatterStatus | None:
        return await guarded(info.context, receipt_no, lambda: status(info, receipt_no, code))

    @strawberry.field(description="When something would be due: the item's limit from a start date.")
    async def deadline_preview(
        self, info: Info, rule_id: str, start: date, bureau: strawberry.ID
    ) -> Deadline | None:
        return await preview(info, rule_id, start, bureau)


async def status(info: Info, receipt_no: str, code: str) -> MatterStatus | None:
    """The public view. The bureau is part of the receipt number; the code proves that it is the applicant's."""
    bureau = receipt_no.partition("-")[0]
    async with info.context.runtime.db.read(system(bureau)) as conn:
        found = await matters.by_receipt(conn, receipt_no, code_hash(receipt_no, code))
        definition = (await items.get(conn, found.bureau_id, found.item_hash)).definition if found else None
        org = await load_org(conn, bureau) if found else None
        pack = await GUIDE_RULES.on(conn, bureau, info.context.today)
    if found is None or definition is None or org is None:
        return await status_before(info.context, receipt_no, code)
    step = definition.by_code.get(found.step or "")
    opened = [definition.by_code[one.step] for one in found.open_steps]
    late = bool(found.late_working_days) or bool(
        found.due_on and not found.closed_on and found.due_on < info.context.today
    )
    return MatterStatus(
        receipt_no=found.case_ref,
        state=found.state,
        stage=Label.of(step.name) if step else None,
        stages=[Label.of(one.name) for one in opened],
        responsible_unit=found.unit_id if step else None,
        responsible_roles=list(step.roles) if step else [],
        responsible=[
            Label.of(
                answerable(
                    definition.by_code[one.step],
                    one.unit_id,
                    org,
                    pack,
                )
            )
            for one in found.open_steps
        ],
        accepted_on=found.accepted_on,
        due_on=found.due_on,
        closed_on=found.closed_on,
        outcome=found.outcome,
        late=late,
        reason=found.reason,
        missing=list(dict.fromkeys(name for one in opened for name in needed(one))),
    )


def needed(step: domain.Step) -> tuple[str, ...]:
    """What a step still wants: its fields, and the declaration to be signed."""
    return (*step.requires, *(("declaration",) if step.declaration else ()))


async def status_before(context: Context, receipt_no: str, code: str) -> MatterStatus | None:
    """The public view before acceptance: what is missing, and that no clock runs yet."""
    async with context.runtime.db.read(system(receipt_no.partition("-")[0])) as conn:
        review = await reviews.by_receipt(conn, receipt_no, code_hash(receipt_no, code))
        if review is None:
            return None
        step = (await items.get(conn, review.bureau_id, review.item_hash)).definition.by_code[review.step]
        org = await load_org(conn, review.bureau_id)
        pack = await GUIDE_RULES.on(conn, review.bureau_id, context.today)
    return MatterStatus(
        receipt_no=review.receipt_no,
        state=domain.State.SUPPLEMENT_REQUIRED if review.missing else domain.State.RECEIVED,
        stage=Label.of(step.name),
        stages=[Label.of(step.name)],
        responsible_unit=review.unit_id,
        responsible_roles=list(step.roles),
        responsible=[Label.of(answerable(step, review.unit_id, org, pack))],
        accepted_on=None,
        due_on=None,
        closed_on=None,
        outcome=None,
        late=False,
        reason=None,
        missing=[one.code for one in review.missing],
        notice=await notice_of(context, review),
    )


async def preview(info: Info, rule_id: str, start: date, bureau: str) -> Deadline | None:
    """The same arithmetic as for a real matter. `rule_id` is `<ITEM>.limit`."""
    if bureau != info.context.principal.bureau_id:
        return None
    async with info.context.read() as conn:
        code = rule_id.removesuffix(".limit")
        rule = (await items.in_force(conn, bureau, code, start)).definition.rule()
    if rule is None or rule.id != rule_id:
        raise Invalid("a rule is named `<ITEM>.limit`, for example RELIEF-APPROVAL.limit", path=("ruleId",))
    calendar = (await loaders.org(info.context, bureau)).calendar
    return deadline_value(due(rule, start, calendar), calendar, info.context.today)
