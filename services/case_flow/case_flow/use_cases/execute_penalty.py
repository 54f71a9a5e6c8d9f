"""Serve a decision and take the fine in: in time, with its surcharge, not by whoever decided (行政处罚法 Art 61, 67, 72)."""

from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.penalty_process import (
    CollectorDecided,
    PenaltyAct,
    PenaltyOrder,
    check_order,
    surcharge,
)
from case_flow.rules import PENALTY_RULES
from case_flow.storage import document as documents
from case_flow.storage import matter as matters
from case_flow.storage import penalty_process as acts
from case_flow.use_cases.acting import require_part
from case_flow.use_cases.penalty_acts import LATE, record_act, require_on_penalty


class ServeDecision(msgspec.Struct, frozen=True):
    """The day on which the party got the decision; today when left out."""

    matter_id: str
    served_on: date | None = None


class CollectFine(msgspec.Struct, frozen=True):
    """A payment on a decision, by its number."""

    number: str
    amount_fen: int


class Collected(msgspec.Struct, frozen=True):
    """What the party owes on that day: fine and surcharge, what was paid with this payment, what is left."""

    matter_id: str
    fine_fen: int
    surcharge_fen: int
    paid_fen: int
    left_fen: int
    pay_by: date


async def serve_decision(uow: Uow, command: ServeDecision) -> str:
    """Return the matter's id. Raises NotFound, NotHandler, Invalid, PenaltyOrder before the decision has its number."""
    matter = await matters.get(uow.conn, command.matter_id)
    require_part(uow, matter)
    document = await documents.of_matter(uow.conn, matter.id)
    if document is None:
        raise PenaltyOrder("issue the decision first")
    check_order(await acts.process(uow.conn, matter.id), once=PenaltyAct.DECISION_SERVED)
    served_on = command.served_on or uow.today
    if not matter.accepted_on <= served_on <= uow.today:
        raise Invalid("give a day between the filing and today", path=("servedOn",))
    await uow.cancel_timers(matter.id, LATE)
    return await record_act(uow, matter.id, PenaltyAct.DECISION_SERVED, served_on)


async def collect_fine(uow: Uow, command: CollectFine) -> Collected:
    """Return what is owed and left. Raises NotFound, Invalid, PenaltyOrder before service, CollectorDecided."""
    require_on_penalty(uow, "collect", command.number)
    found = await acts.collectable(uow.conn, command.number)
    if uow.principal.actor in found.signers:
        raise CollectorDecided("whoever decided the fine does not take it in")
    if found.served_on is None:
        raise PenaltyOrder("the decision was not served yet")
    pack, org = (await PENALTY_RULES.of(uow)), await load_org(uow.conn, uow.principal.bureau_id or "")
    pay_by = add_days(org.calendar, pack.limits.pay.unit, found.served_on, pack.limits.pay.length).on
    late = (uow.today - pay_by).days
    added = surcharge(
        found.fine_fen, max(0, found.fine_fen - found.paid_fen), late, pack.surcharge.percent_per_day
    )
    left = found.fine_fen + added - found.paid_fen - command.amount_fen
    if command.amount_fen <= 0 or left < 0:
        raise Invalid("take in no more than is owed", path=("amountFen",))
    await record_act(uow, found.matter_id, PenaltyAct.PAID, amount_fen=command.amount_fen)
    paid = found.paid_fen + command.amount_fen
    return Collected(found.matter_id, found.fine_fen, added, paid, left, pay_by)
