"""出件: documents that the hall gives out, by template and number (S1-102)."""

from collections.abc import Sequence
from datetime import datetime

import strawberry
from plumbline_shared.graphql import Context, Info, UserError, run

from case_flow.api.matter_parts import Label
from case_flow.api.references import Person, person
from case_flow.domain import matter as domain
from case_flow.domain.output import OutputPack
from case_flow.rules import OUTPUT_RULES, rules_of
from case_flow.storage import output as store
from case_flow.use_cases.issue_output import IssueOutput, issue_output


@strawberry.type(description="One document as it was given out.")
class OutputDocument:
    kind: str
    name: Label
    number: str
    text: Label = strawberry.field(description="To print, as it was on its day.")
    issued_by: Person
    issued_at: datetime

    @classmethod
    def of(cls, one: store.OutputDocument, pack: OutputPack) -> "OutputDocument":
        template = pack.templates.get(one.kind)
        name = (
            Label(zh=template.name.zh, en=template.name.en) if template else Label(zh=one.kind, en=one.kind)
        )
        return cls(
            kind=one.kind,
            name=name,
            number=one.number,
            text=Label(zh=one.text_zh, en=one.text_en),
            issued_by=person(one.issued_by),
            issued_at=one.issued_at,
        )


@strawberry.type
class OutputFields:
    row: strawberry.Private[domain.Matter]

    @strawberry.field(description="What the applicant was given, in order.")
    async def outputs(self, info: Info) -> list[OutputDocument]:
        pack = await rules_of(info.context, OUTPUT_RULES)
        return [OutputDocument.of(one, pack) for one in await info.context.loader(_outputs).load(self.row.id)]


@strawberry.input
class IssueOutputInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    kind: str = strawberry.field(description="ACCEPTANCE, APPROVAL or REFUSAL.")


@strawberry.type
class IssueOutputPayload:
    output: OutputDocument | None
    user_errors: list[UserError]


@strawberry.type
class OutputMutation:
    @strawberry.mutation(description="出件: give a document out; asked again it is the same one.")
    async def issue_output(self, info: Info, input: IssueOutputInput) -> IssueOutputPayload:
        command = IssueOutput(input.matter_id, input.kind)
        done, errors = await run(info, issue_output, command, input.client_mutation_id)
        made = await _output(info.context, done.matter_id, input.kind) if done else None
        return IssueOutputPayload(output=made, user_errors=errors)


async def _output(context: Context, matter_id: str, kind: str) -> OutputDocument | None:
    pack, [given] = await rules_of(context, OUTPUT_RULES), await _outputs(context, [matter_id])
    return next((OutputDocument.of(one, pack) for one in given if one.kind == kind), None)


async def _outputs(context: Context, ids: list[str]) -> Sequence[list[store.OutputDocument]]:
    async with context.read() as conn:
        found = await store.of_matters(conn, ids)
    return [found[one] for one in ids]
