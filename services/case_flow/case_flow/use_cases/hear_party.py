"""Tell the party what is proposed, hear it, and hold the hearing it asks for (行政处罚法 Art 44, 45, 63 to 65)."""

from datetime import date

import msgspec
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from case_flow.domain.hold import HearingNotice
from case_flow.domain.matter import Matter
from case_flow.domain.penalty_process import (
    HearingTooSoon,
    PenaltyAct,
    PenaltyOrder,
    PresiderHadPart,
    check_order,
)
from case_flow.rules import PENALTY_RULES
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters
from case_flow.storage import penalty_process as acts
from case_flow.use_cases.acting import require_part
from case_flow.use_cases.penalty_acts import record_act


class NotifyParty(msgspec.Struct, frozen=True):
    """Facts, reasons, basis and rights, as they were put to the party."""

    matter_id: str
    notice: str
    served_on: date | None = None


class RecordStatement(msgspec.Struct, frozen=True):
    """What the party said in its defence, or that it has nothing to say."""

    matter_id: str
    statement: str


class RequestHearing(msgspec.Struct, frozen=True):
    """The day on which the party asked; today when left out."""

    matter_id: str
    requested_on: date | None = None


class AppointHearing(msgspec.Struct, frozen=True):
    """The day of the hearing, of which the party is told today, and who presides."""

    matter_id: str
    held_on: date
    presider_id: str


class RecordHearing(msgspec.Struct, frozen=True):
    """The record of the hearing, by its presider."""

    matter_id: str
    record: str


async def notify_party(uow: Uow, command: NotifyParty) -> str:
    """Return the matter's id; the amount announced is the fine entered. Raises NotFound, NotHandler, Invalid, PenaltyOrder."""
    matter = await _own(uow, command.matter_id, command.notice)
    penalty = await holds.penalty(uow.conn, matter.id)
    if penalty is None:
        raise PenaltyOrder("propose the fine first: its amount is announced")
    served_on = _day(uow, matter, command.served_on)
    fen = penalty.amount_fen
    return await record_act(uow, matter.id, PenaltyAct.NOTICE, served_on, note=command.notice, amount_fen=fen)


async def record_statement(uow: Uow, command: RecordStatement) -> str:
    """Return the matter's id. Raises NotFound, NotHandler, Invalid, PenaltyOrder before the notice."""
    matter = await _own(uow, command.matter_id, command.statement)
    check_order(await acts.process(uow.conn, matter.id), before=[PenaltyAct.NOTICE])
    return await record_act(uow, matter.id, PenaltyAct.STATEMENT, note=command.statement)


async def request_hearing(uow: Uow, command: RequestHearing) -> str:
    """Return the matter's id. Raises NotFound, NotHandler, Invalid, PenaltyOrder without a notice or after its time."""
    matter = await _own(uow, command.matter_id)
    notice = await _hearing_notice(uow, matter)
    requested_on = _day(uow, matter, command.requested_on)
    if not notice.served_on <= requested_on <= notice.request_until:
        raise PenaltyOrder(f"a hearing was to be requested by {notice.request_until}")
    check_order(await acts.process(uow.conn, matter.id), once=PenaltyAct.HEARING_REQUESTED)
    await holds.request_hearing(uow.conn, matter.id, requested_on)
    return await record_act(uow, matter.id, PenaltyAct.HEARING_REQUESTED, requested_on)


async def appoint_hearing(uow: Uow, command: AppointHearing) -> str:
    """Return the matter's id. Raises NotFound, NotHandler, Invalid, PenaltyOrder, HearingTooSoon, PresiderHadPart."""
    matter = await _own(uow, command.matter_id)
    process = await acts.process(uow.conn, matter.id)
    check_order(process, before=[PenaltyAct.HEARING_REQUESTED], once=PenaltyAct.HEARING_HELD)
    asked, limits = process.last(PenaltyAct.HEARING_REQUESTED), (await PENALTY_RULES.of(uow)).limits
    org = await load_org(uow.conn, matter.bureau_id)
    ahead, within = limits.hearing_ahead, limits.hearing_within
    earliest = add_days(org.calendar, ahead.unit, uow.today, ahead.length).on
    start = asked.on if asked else uow.today
    latest = max(earliest, add_days(org.calendar, within.unit, start, within.length).on)
    if not earliest <= command.held_on <= latest:
        raise HearingTooSoon(
            f"the hearing is held from {earliest} to {latest}", earliest=earliest.isoformat()
        )
    if command.presider_id not in org.persons_with_role(Role.LEGAL_OFFICER, uow.today):
        raise Invalid("a legal officer presides", path=("presiderId",))
    if command.presider_id in matter.people:
        raise PresiderHadPart("somebody who did not work on the case presides over its hearing")
    return await record_act(
        uow,
        matter.id,
        PenaltyAct.HEARING_APPOINTED,
        other_on=command.held_on,
        person_id=command.presider_id,
    )


async def record_hearing(uow: Uow, command: RecordHearing) -> str:
    """Return the matter's id. Raises NotFound for anybody but the presider, Invalid, PenaltyOrder."""
    process = await acts.process(uow.conn, command.matter_id)
    appointed = process.last(PenaltyAct.HEARING_APPOINTED)
    if appointed is None or appointed.person_id != uow.principal.person_id:
        raise absent("hearing")
    check_order(process, once=PenaltyAct.HEARING_HELD)
    if appointed.other_on is None or uow.today < appointed.other_on:
        raise PenaltyOrder(f"the hearing is on {appointed.other_on}")
    if not command.record.strip():
        raise Invalid("write the record of the hearing", path=("record",))
    return await record_act(uow, command.matter_id, PenaltyAct.HEARING_HELD, note=command.record)


async def _own(uow: Uow, matter_id: str, said: str = "-") -> Matter:
    """The matter of whoever has a part in it, with something to say."""
    matter = await matters.get(uow.conn, matter_id)
    require_part(uow, matter)
    if not said.strip():
        raise Invalid("write down what was said", path=("statement",))
    return matter


async def _hearing_notice(uow: Uow, matter: Matter) -> HearingNotice:
    notice = await holds.notice(uow.conn, matter.id)
    if notice is None:
        raise PenaltyOrder("serve the hearing notice first")
    return notice


def _day(uow: Uow, matter: Matter, given: date | None) -> date:
    """A day between the filing and today."""
    on = given or uow.today
    if not matter.accepted_on <= on <= uow.today:
        raise Invalid("give a day between the filing and today", path=("on",))
    return on
