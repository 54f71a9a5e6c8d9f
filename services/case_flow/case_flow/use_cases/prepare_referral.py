"""Prepare what leaves the bureau: a major case, a major matter, a suspected crime, conduct of staff."""

from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.referral import Referral, ReferralKind
from case_flow.domain.staff_case import StaffCase
from case_flow.referral_access import require_on_referral, require_on_staff_case
from case_flow.rules import REFERRAL_RULES
from case_flow.storage import matter as matters
from case_flow.storage import participant, staff_case
from case_flow.storage import referral as referrals
from case_flow.use_cases.acting import require_part

UNSENT = "referral_unsent"


class PrepareReferral(msgspec.Struct, frozen=True):
    """What it is about. MAJOR_CASE and SUSPECTED_CRIME name the case, STAFF_CONDUCT the case about staff.

    `known_on` is the day on which the bureau learned of it; today when left out.
    """

    kind: ReferralKind
    title: str
    summary: str
    unit_id: str | None = None
    matter_id: str | None = None
    staff_case_id: str | None = None
    known_on: date | None = None


async def prepare_referral(uow: Uow, command: PrepareReferral) -> str:
    """Return the referral's id. Raises NotFound, NotHandler, Invalid."""
    if not (command.title.strip() and command.summary.strip()):
        raise Invalid("say what it is about", path=("summary",))
    known_on, org = command.known_on or uow.today, await load_org(uow.conn, uow.principal.bureau_id or "")
    if known_on > uow.today:
        raise Invalid("the bureau learned of it today or before", path=("knownOn",))
    case = await _staff_case(uow, command)
    one = await _referral(uow, command, org, known_on, await _unit(uow, command, org))
    if one.kind is ReferralKind.MAJOR_MATTER:
        require_on_referral(uow, "prepare", one)
    await participant.add(uow.conn, one.bureau_id, one.id, _people(uow, org, case), uow.now)
    await referrals.add(uow.conn, one)
    if one.send_by:
        await uow.schedule(UNSENT, one.id, end_of_day(one.send_by))
    await uow.audit("referral.prepared", "Referral", one.id, {"kind": one.kind})
    return one.id


async def _staff_case(uow: Uow, command: PrepareReferral) -> StaffCase | None:
    if (command.kind is ReferralKind.STAFF_CONDUCT) != (command.staff_case_id is not None):
        raise Invalid("name the case about staff for STAFF_CONDUCT, and only then", path=("staffCaseId",))
    if command.staff_case_id is None:
        return None
    case = await staff_case.lock(uow.conn, command.staff_case_id)
    require_on_staff_case(uow, "refer", case)
    return case


async def _unit(uow: Uow, command: PrepareReferral, org: Org) -> str:
    """The unit it comes from: that of the case, of discipline, or the one named."""
    if command.kind in (ReferralKind.MAJOR_CASE, ReferralKind.SUSPECTED_CRIME):
        matter = await matters.get(uow.conn, command.matter_id or "")
        require_part(uow, matter)
        return matter.unit_id
    unit = command.unit_id or min(uow.principal.unit_ids, default="")
    if org.unit(unit) is None:
        raise Invalid("there is no such unit in the bureau", path=("unitId",))
    return unit


async def _referral(uow: Uow, command: PrepareReferral, org: Org, known_on: date, unit_id: str) -> Referral:
    pack = await REFERRAL_RULES.of(uow)
    rule = pack.kinds[command.kind]
    send = add_days(org.calendar, rule.send.unit, known_on, rule.send.length) if rule.send else None
    return Referral(
        id=new_id("rf"),
        bureau_id=uow.principal.bureau_id or "",
        kind=command.kind,
        addressee=rule.to,
        sealed=rule.sealed,
        unit_id=unit_id,
        title=command.title,
        summary=command.summary,
        known_on=known_on,
        prepared_by=uow.principal.actor,
        prepared_at=uow.now,
        pack=f"{pack.id}/{pack.version}",
        matter_id=command.matter_id,
        staff_case_id=command.staff_case_id,
        send_by=send.on if send else None,
    )


def _people(uow: Uow, org: Org, case: StaffCase | None) -> list[tuple[str, str]]:
    """Who prepared it and who sends it; for conduct of staff discipline alone, without the subjects."""
    sender = org.discipline_lead(uow.today) if case else org.head(uow.today)
    inside = [(one, "INVESTIGATOR") for one in (case.investigators if case else ())]
    return [(uow.principal.actor, "PREPARER"), *([(sender, "SENDER")] if sender else []), *inside]
