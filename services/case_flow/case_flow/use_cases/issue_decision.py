"""Issue a decision document: a number only for a decision that nothing holds and two officers signed."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain.hold import DocumentHeld, SignaturesMissing
from case_flow.storage import document as documents
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters
from case_flow.storage.document import DecisionDocument
from case_flow.use_cases.acting import require_part


class IssueDecision(msgspec.Struct, frozen=True):
    """The matter whose decision is printed."""

    matter_id: str


async def issue_decision(uow: Uow, command: IssueDecision) -> DecisionDocument:
    """Return the document; asked again, the same one. Raises NotFound, NotHandler, DocumentHeld, SignaturesMissing."""
    matter = await matters.get(uow.conn, command.matter_id)
    require_part(uow, matter)
    known = await documents.of_matter(uow.conn, matter.id)
    if known is not None:
        return known
    if await holds.open_of(uow.conn, matter.id):
        raise DocumentHeld("a hold is open on this matter: clear it before the decision gets a number")
    signers = await documents.deciding_signers(uow.conn, matter.id)
    if len(frozenset(signers)) < 2:
        raise SignaturesMissing("two officers sign the decision before it gets a number")
    number = await documents.next_number(uow.conn, matter.bureau_id, matter.item_code, uow.today.year)
    document = DecisionDocument(
        matter_id=matter.id,
        number=f"{matter.item_code}〔{uow.today.year}〕{number}号",
        signers=tuple(sorted(signers)),
        issued_by=uow.principal.actor,
        issued_at=uow.now,
    )
    await documents.issue(uow.conn, matter.bureau_id, document)
    await uow.audit("decision.issued", "Matter", matter.id, {"number": document.number})
    return document
