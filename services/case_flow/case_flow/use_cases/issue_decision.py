"""Issue a decision document: a number only for a decision that nothing holds and two officers signed."""

from collections.abc import Iterable

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.use_case import Uow

from case_flow.domain.hold import DocumentHeld, SignaturesMissing
from case_flow.domain.matter import Matter
from case_flow.rules import PENALTY_RULES
from case_flow.storage import document as documents
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters
from case_flow.storage.document import DecisionDocument
from case_flow.use_cases.acting import require_part
from case_flow.use_cases.major_case_gate import missing_ruling, size_of
from case_flow.use_cases.penalty_acts import UNSERVED, set_limit


class IssueDecision(msgspec.Struct, frozen=True):
    """The matter whose decision is printed."""

    matter_id: str


async def issue_decision(uow: Uow, command: IssueDecision) -> DecisionDocument:
    """Return the document; asked again, the same one. Raises NotFound, NotHandler, DocumentHeld, SignaturesMissing.

    A major case gets no number without the ruling of the committee or the bureau above (S2-060).
    """
    matter = await matters.get(uow.conn, command.matter_id)
    require_part(uow, matter)
    known = await documents.of_matter(uow.conn, matter.id)
    if known is not None:
        return known
    if await holds.open_of(uow.conn, matter.id):
        raise DocumentHeld("a hold is open on this matter: clear it before the decision gets a number")
    await _require_ruling(uow, matter)
    signers = await documents.deciding_signers(uow.conn, matter.id)
    if len(await _qualified(uow, matter, signers)) < 2:
        raise SignaturesMissing("two qualified officers sign the decision before it gets a number")
    number = await documents.next_number(uow.conn, matter.bureau_id, matter.item_code, uow.today.year)
    document = DecisionDocument(
        matter_id=matter.id,
        number=f"{matter.item_code}〔{uow.today.year}〕{number}号",
        signers=tuple(sorted(signers)),
        issued_by=uow.principal.actor,
        issued_at=uow.now,
    )
    await documents.issue(uow.conn, matter.bureau_id, document)
    await _to_be_served(uow, matter)
    await uow.audit("decision.issued", "Matter", matter.id, {"number": document.number})
    return document


async def _require_ruling(uow: Uow, matter: Matter) -> None:
    if await holds.penalty(uow.conn, matter.id) is None:
        return
    missing = await missing_ruling(uow, matter.id, await size_of(uow, matter, {}))
    if missing is not None:
        raise DocumentHeld(f"{missing}: a major case gets no number without its ruling", missing=missing)


async def _qualified(uow: Uow, matter: Matter, signers: Iterable[str]) -> frozenset[str]:
    """Those of the signers who may enforce today (行政处罚法 Art 42)."""
    org = await load_org(uow.conn, matter.bureau_id)
    people = {who: org.person(who) for who in signers}
    return frozenset(who for who, one in people.items() if one is not None and one.qualified(uow.today))


async def _to_be_served(uow: Uow, matter: Matter) -> None:
    """Served on the party within seven days (行政处罚法 Art 61)."""
    limit, org = (await PENALTY_RULES.of(uow)).limits.serve, await load_org(uow.conn, matter.bureau_id)
    await set_limit(uow, matter, UNSERVED, add_days(org.calendar, limit.unit, uow.today, limit.length).on)
