"""Propose the collective adjudication of a major case (提请集体审理, S2-060)."""

import msgspec
from plumbline_org.model import Org
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.adjudication import Adjudication, AdjudicationState, AdjudicationStateRefused
from case_flow.domain.discretion import Party
from case_flow.rules import PENALTY_RULES
from case_flow.storage import adjudication as adjudications
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters
from case_flow.storage import participant
from case_flow.use_cases.acting import require_part


class ProposeAdjudication(msgspec.Struct, frozen=True):
    """The case as the committee reads it, and what is proposed.

    Party and amount are those of the fine entered; they are given here only for a case without one.
    """

    matter_id: str
    dossier: str
    proposal: str
    party: Party | None = None
    amount_fen: int | None = None


async def propose_adjudication(uow: Uow, command: ProposeAdjudication) -> str:
    """Return the adjudication's id. Raises NotFound, NotHandler, Invalid, AdjudicationStateRefused."""
    matter = await matters.get(uow.conn, command.matter_id)
    require_part(uow, matter)
    if not (command.dossier.strip() and command.proposal.strip()):
        raise Invalid("describe the case and what is proposed", path=("dossier",))
    if await adjudications.is_open(uow.conn, matter.id):
        raise AdjudicationStateRefused("an adjudication of this case is under way")
    party, amount = await _size(uow, command)
    threshold = (await PENALTY_RULES.of(uow)).threshold(uow.today)
    one = Adjudication(
        id=new_id("aj"),
        bureau_id=matter.bureau_id,
        matter_id=matter.id,
        state=AdjudicationState.PROPOSED,
        party=party,
        amount_fen=amount,
        dossier=command.dossier,
        proposal=command.proposal,
        proposed_by=uow.principal.actor,
        proposed_on=uow.today,
        threshold=f"{(await PENALTY_RULES.of(uow)).id}/{threshold.version}"
        if threshold
        else (await PENALTY_RULES.of(uow)).id,
    )
    people = _people(await load_org(uow.conn, matter.bureau_id), uow)
    await participant.add(uow.conn, one.bureau_id, one.id, people, uow.now)
    await adjudications.add(uow.conn, one)
    await uow.audit("adjudication.proposed", "Adjudication", one.id, {"matter": matter.id})
    return one.id


async def _size(uow: Uow, command: ProposeAdjudication) -> tuple[Party, int]:
    fine = await holds.penalty(uow.conn, command.matter_id)
    if fine is not None:
        return fine.party, fine.amount_fen
    if command.party is None or command.amount_fen is None or command.amount_fen < 0:
        raise Invalid("no fine was entered: give the party and the amount of the case", path=("amountFen",))
    return command.party, command.amount_fen


def _people(org: Org, uow: Uow) -> list[tuple[str, str]]:
    """The proposer, the chair, and the committee's office in the legal section."""
    head = org.head(uow.today)
    return [
        (uow.principal.actor, "PROPOSER"),
        *([(head, "CHAIR")] if head else []),
        *((one, "OFFICE") for one in org.persons_with_role(Role.LEGAL_OFFICER, uow.today)),
    ]
