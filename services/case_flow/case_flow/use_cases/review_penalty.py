"""The legal review of a decision before it is made (法制审核, 行政处罚法 Art 58)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from case_flow.domain.penalty_process import PenaltyAct, ReviewerHadPart
from case_flow.storage import penalty_process as acts
from case_flow.use_cases.penalty_acts import record_act, require_on_penalty


class ReviewPenalty(msgspec.Struct, frozen=True):
    """The opinion, and whether it agrees."""

    matter_id: str
    opinion: str
    agrees: bool


async def review_penalty(uow: Uow, command: ReviewPenalty) -> str:
    """Return the matter's id. Raises NotFound, Invalid, ReviewerHadPart. The newest review counts."""
    require_on_penalty(uow, "review", command.matter_id)
    people = await acts.case_people(uow.conn, command.matter_id)
    if people is None:
        raise absent("matter")
    if uow.principal.actor in people:
        raise ReviewerHadPart("somebody who did not work on the case reviews it")
    if not command.opinion.strip():
        raise Invalid("write the legal opinion", path=("opinion",))
    return await record_act(
        uow, command.matter_id, PenaltyAct.REVIEW, note=command.opinion, agrees=command.agrees
    )
