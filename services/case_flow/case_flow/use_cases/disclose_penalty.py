"""Publish a decision, and take the publication back in time when the decision is set aside (行政处罚法 Art 48)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.matter import Matter
from case_flow.domain.penalty_process import PenaltyAct, Process, check_order
from case_flow.rules import PENALTY_RULES
from case_flow.storage import matter as matters
from case_flow.storage import penalty_process as acts
from case_flow.use_cases.penalty_acts import (
    LATE,
    UNWITHDRAWN,
    record_act,
    require_on_penalty,
    set_limit,
)


class PublishDecision(msgspec.Struct, frozen=True):
    """Where the served decision is published."""

    matter_id: str
    place: str


class OverturnDecision(msgspec.Struct, frozen=True):
    """The document that set the decision aside, changed it or found it unlawful."""

    matter_id: str
    document: str


class WithdrawDecision(msgspec.Struct, frozen=True):
    """How the publication was withdrawn and the reason made public."""

    matter_id: str
    explanation: str


async def publish_decision(uow: Uow, command: PublishDecision) -> str:
    """Return the matter's id. Raises NotFound, Invalid, PenaltyOrder."""
    matter, process = await _penalty(uow, command.matter_id, command.place)
    check_order(process, before=[PenaltyAct.DECISION_SERVED], once=PenaltyAct.PUBLISHED)
    check_order(process, once=PenaltyAct.OVERTURNED)
    return await record_act(uow, matter.id, PenaltyAct.PUBLISHED, note=command.place)


async def overturn_decision(uow: Uow, command: OverturnDecision) -> str:
    """Return the matter's id; a published decision is to be withdrawn within the limit. Raises as above."""
    matter, process = await _penalty(uow, command.matter_id, command.document)
    check_order(process, before=[PenaltyAct.DECISION_SERVED], once=PenaltyAct.OVERTURNED)
    if process.did(PenaltyAct.PUBLISHED):
        limit, org = (await PENALTY_RULES.of(uow)).limits.withdraw, await load_org(uow.conn, matter.bureau_id)
        last = add_days(org.calendar, limit.unit, uow.today, limit.length).on
        await set_limit(uow, matter, UNWITHDRAWN, last)
    return await record_act(uow, matter.id, PenaltyAct.OVERTURNED, note=command.document)


async def withdraw_decision(uow: Uow, command: WithdrawDecision) -> str:
    """Return the matter's id. Raises NotFound, Invalid, PenaltyOrder."""
    matter, process = await _penalty(uow, command.matter_id, command.explanation)
    both = [PenaltyAct.PUBLISHED, PenaltyAct.OVERTURNED]
    check_order(process, before=both, once=PenaltyAct.WITHDRAWN)
    await uow.cancel_timers(matter.id, LATE)
    return await record_act(uow, matter.id, PenaltyAct.WITHDRAWN, note=command.explanation)


async def _penalty(uow: Uow, matter_id: str, said: str) -> tuple[Matter, Process]:
    require_on_penalty(uow, "publish", matter_id)
    matter = await matters.get(uow.conn, matter_id)
    if not said.strip():
        raise Invalid("say where it is published, by which document, or why", path=("note",))
    return matter, await acts.process(uow.conn, matter.id)
