"""Hand a lead about staff from a taxpayer's case to discipline: written once, read by discipline alone (一案双查, S2-056)."""

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.staff_case import StaffCase, StaffCaseState
from case_flow.rules import REFERRAL_RULES
from case_flow.storage import matter as matters
from case_flow.storage import staff_case as cases
from case_flow.use_cases.acting import person, require_part


class ManagedAbove(Refused):
    """A lead about somebody whom the bureau above manages is not entered here (§6.4)."""

    code = "MANAGED_ABOVE"


class HandOverLead(msgspec.Struct, frozen=True):
    """Which of the four triggers, whom it is about, and what was seen."""

    matter_id: str
    trigger: str
    subject_ids: tuple[str, ...]
    lead: str


async def hand_over_lead(uow: Uow, command: HandOverLead) -> str:
    """Return a receipt, with which nothing can be read. Raises NotFound, NotHandler, Invalid, ManagedAbove."""
    matter, org = await matters.get(uow.conn, command.matter_id), await load_org(uow.conn, _bureau(uow))
    require_part(uow, matter)
    await _check(uow, org, command)
    lead = StaffCase(
        id=new_id("sc"),
        bureau_id=matter.bureau_id,
        matter_id=matter.id,
        trigger=command.trigger,
        lead=command.lead,
        subject_ids=command.subject_ids,
        state=StaffCaseState.LEAD,
        handed_by=person(uow),
        handed_at=uow.now,
    )
    await cases.add(uow.conn, lead)
    await uow.audit("staff_case.handed_over", "StaffCase", lead.id)
    return lead.id


async def _check(uow: Uow, org: Org, command: HandOverLead) -> None:
    known = (await REFERRAL_RULES.of(uow)).paired_triggers
    if command.trigger not in known:
        raise Invalid(f"the trigger is one of {', '.join(known)}", path=("trigger",))
    if not command.lead.strip() or not command.subject_ids:
        raise Invalid("name whom it is about and say what was seen", path=("lead",))
    above = {org.head(uow.today), org.discipline_lead(uow.today)}
    for number, one in enumerate(command.subject_ids):
        known_person = org.person(one)
        if known_person is None or one == uow.principal.person_id:
            raise Invalid("name another officer of the bureau", path=("subjectIds", number))
        if one in above or known_person.managed_by_bureau_id not in (None, org.bureau.id):
            raise ManagedAbove("this person is managed by the bureau above: hand the lead over there")


def _bureau(uow: Uow) -> str:
    return uow.principal.bureau_id or ""
