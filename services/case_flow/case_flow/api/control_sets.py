"""A bureau's own controls: versions with author and approver, in force as of a day (requirements 5.3, Rules & forms)."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Context, Info, UserError, page_size, run

from case_flow.access import POLICY
from case_flow.api.authority import AuthorityRow
from case_flow.api.references import Person, person
from case_flow.control_set_access import control_set_resource
from case_flow.storage import control_set as storage
from case_flow.storage.control_set import ControlSetRow
from case_flow.use_cases.publish_controls import (
    ApproveControlSet,
    DraftControlSet,
    approve_control_set,
    draft_control_set,
)


@strawberry.type(description="本局增设的控制")
class LocalControl:
    item: str
    step: str
    id: str
    when: str
    action: str
    citation: str


@strawberry.type(description="本局控制包: drafted by one, approved by another, in force from a day on.")
class ControlSet:
    version: int
    citation: str
    source: str
    author: Person
    drafted_at: datetime
    approved_by: Person | None
    effective_from: date | None = strawberry.field(description="Null while it is a draft.")
    controls: list[LocalControl]
    authority: list[AuthorityRow] = strawberry.field(description="权限: who decides which amount.")

    @classmethod
    def of(cls, row: ControlSetRow) -> "ControlSet":
        controls = [
            LocalControl(
                item=one.item,
                step=one.step,
                id=one.control.id,
                when=one.control.when,
                action=one.control.action,
                citation=str(one.control.citation),
            )
            for one in row.definition.controls
        ]
        return cls(
            version=row.version,
            citation=str(row.definition.citation),
            source=row.source,
            author=person(row.author),
            drafted_at=row.drafted_at,
            approved_by=person(row.approved_by) if row.approved_by else None,
            effective_from=row.effective_from,
            controls=controls,
            authority=[
                AuthorityRow.of(rule, line) for rule in row.definition.authority for line in rule.rows
            ],
        )


@strawberry.input
class DraftControlSetInput:
    client_mutation_id: str
    source: str = strawberry.field(
        description="YAML: citation, controls with item, step and control, authority."
    )


@strawberry.input
class ApproveControlSetInput:
    client_mutation_id: str
    version: int
    effective_from: date


@strawberry.type
class ControlSetPayload:
    version: int | None
    user_errors: list[UserError]


@strawberry.type
class ControlSetQuery:
    @strawberry.field(description="The bureau's own controls in force on a day; null when it has none.")
    async def control_set(self, info: Info, as_of: date | None = None) -> ControlSet | None:
        bureau, on = info.context.principal.bureau_id or "", as_of or info.context.today
        async with info.context.read() as conn:
            found = await storage.in_force(conn, bureau, on)
        return next((ControlSet.of(row) for row in _readable(info.context, [found] if found else [])), None)

    @strawberry.field(description="Every version of the bureau, drafts included, the newest first.")
    async def control_sets(self, info: Info, first: int = 50) -> list[ControlSet]:
        async with info.context.read() as conn:
            rows = await storage.page(conn, info.context.principal.bureau_id or "", page_size(first))
        return [ControlSet.of(row) for row in _readable(info.context, rows)]


@strawberry.type
class ControlSetMutation:
    @strawberry.mutation(description="起草控制包; every fault is told with its line.")
    async def draft_control_set(self, info: Info, input: DraftControlSetInput) -> ControlSetPayload:
        command = DraftControlSet(input.source)
        made, errors = await run(info, draft_control_set, command, input.client_mutation_id)
        return ControlSetPayload(version=made, user_errors=errors)

    @strawberry.mutation(description="批准控制包 from a day on; never your own draft.")
    async def approve_control_set(self, info: Info, input: ApproveControlSetInput) -> ControlSetPayload:
        command = ApproveControlSet(input.version, input.effective_from)
        made, errors = await run(info, approve_control_set, command, input.client_mutation_id)
        return ControlSetPayload(version=made, user_errors=errors)


def _readable(context: Context, rows: Sequence[ControlSetRow]) -> list[ControlSetRow]:
    """Those that Cedar, too, lets the caller read."""
    resources = [control_set_resource(row.bureau_id, row.version) for row in rows]
    decisions = POLICY.decide(context.principal, "read", resources)
    return [row for row, yes in zip(rows, decisions, strict=True) if yes]
