"""Record the service of a hearing notice: from it run the request period and the decision's last day."""

from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.discretion import Procedure
from case_flow.domain.hold import HearingNotice, HoldStateRefused
from case_flow.domain.penalty_process import PenaltyAct
from case_flow.rules import CONTROL_RULES
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters
from case_flow.use_cases.acting import require_part
from case_flow.use_cases.penalty_acts import record_act


class ServeHearingNotice(msgspec.Struct, frozen=True):
    """The day of service on the party; today when it is left out."""

    matter_id: str
    served_on: date | None = None


async def serve_hearing_notice(uow: Uow, command: ServeHearingNotice) -> HearingNotice:
    """Return the notice with its dates (行政处罚法 Arts 60, 64). Raises NotFound, NotHandler, Invalid, HoldStateRefused."""
    matter = await matters.get(uow.conn, command.matter_id)
    require_part(uow, matter)
    penalty = await holds.penalty(uow.conn, matter.id)
    if penalty is None or penalty.procedure is not Procedure.HEARING:
        raise HoldStateRefused("no hearing is to be offered on this matter")
    if await holds.notice(uow.conn, matter.id) is not None:
        raise HoldStateRefused("the hearing notice was served already")
    served_on = command.served_on or uow.today
    if not matter.accepted_on <= served_on <= uow.today:
        raise Invalid("a notice is served between the filing and today", path=("servedOn",))
    limits, calendar = (
        (await CONTROL_RULES.of(uow)).limits,
        (await load_org(uow.conn, matter.bureau_id)).calendar,
    )
    request, decision = limits.hearing_request, limits.penalty_decision
    notice = HearingNotice(
        matter_id=matter.id,
        served_on=served_on,
        request_until=add_days(calendar, request.unit, served_on, request.length).on,
        decide_by=add_days(calendar, decision.unit, matter.accepted_on, decision.length).on,
        served_by=uow.principal.actor,
    )
    await holds.serve_notice(uow.conn, matter.bureau_id, notice)
    await record_act(uow, matter.id, PenaltyAct.NOTICE, served_on, amount_fen=penalty.amount_fen)
    await uow.audit("hearing.noticeServed", "Matter", matter.id, {"until": notice.request_until.isoformat()})
    return notice
