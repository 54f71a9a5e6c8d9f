"""Give a document out by its template, under the next number of its series (S1-102)."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain.output import OutputRefused, Source, numbered, rendered, require_due
from case_flow.rules import OUTPUT_RULES
from case_flow.storage import document as numbers
from case_flow.storage import matter as matters
from case_flow.storage import output as outputs
from case_flow.storage.output import OutputDocument
from case_flow.use_cases.acting import load, org_of, person, require_part


class IssueOutput(msgspec.Struct, frozen=True):
    """Which document of which matter; `kind` is a template of the pack."""

    matter_id: str
    kind: str


class OutputIssued(msgspec.Struct, frozen=True):
    """The matter, and the number."""

    matter_id: str
    number: str


async def issue_output(uow: Uow, command: IssueOutput) -> OutputIssued:
    """Asked again it is the same document. Raises NotFound, NotHandler, OutputRefused.

    A penalty's decision has gates and a series of its own: `issue_decision`.
    """
    matter, definition = await load(uow, command.matter_id)
    require_part(uow, matter)
    matter = await matters.get_alone(uow.conn, matter.id)
    known = (await outputs.of_matters(uow.conn, [matter.id]))[matter.id]
    for one in known:
        if one.kind == command.kind:
            return OutputIssued(matter.id, one.number)
    pack = await OUTPUT_RULES.of(uow)
    template = pack.templates.get(command.kind)
    if template is None or definition.domain == "PENALTY":
        raise OutputRefused(f"a document is one of {', '.join(pack.templates)}", path=("input", "kind"))
    require_due(template, matter)
    year = uow.today.year
    at = await numbers.next_number(uow.conn, matter.bureau_id, template.series, year)
    number = numbered(template, year, at)
    text = rendered(template, number, Source(matter, definition, (await org_of(uow, matter)).bureau))
    made = OutputDocument(
        matter_id=matter.id,
        kind=command.kind,
        bureau_id=matter.bureau_id,
        number=number,
        text_zh=text.zh,
        text_en=text.en,
        pack=pack.ref,
        issued_by=person(uow),
        issued_at=uow.now,
    )
    await outputs.add(uow.conn, made)
    await uow.audit("output.issued", "Matter", matter.id, {"kind": made.kind, "number": made.number})
    return OutputIssued(matter.id, number)
