"""Propose an accountability inquiry into a confirmed incident (S1-144, S1-145)."""

import msgspec
from plumbline_org.model import Org
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_incident
from case_flow.domain.inquiry import Inquiry, InquiryState, InquiryStateRefused
from case_flow.domain.liability import apportion
from case_flow.rules import ACCOUNTABILITY_RULES
from case_flow.storage import contest as contests
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.storage import participant


class ProposeInquiry(msgspec.Struct, frozen=True):
    """Into which incident, why, and what calls for it (S1-082). Respondents are those whom its acts make liable.

    `trigger` is a code of the scheme; left out, the first that fits the kind of the incident.
    """

    incident_id: str
    reason: str
    trigger: str | None = None


async def propose_inquiry(uow: Uow, command: ProposeInquiry) -> str:
    """Return the inquiry's id. Raises NotFound, Invalid, InquiryStateRefused for a second one."""
    incident = await incidents.get(uow.conn, command.incident_id)
    require_on_incident(uow, "propose", incident)
    if not command.reason.strip():
        raise Invalid("say why the incident calls for an inquiry", path=("reason",))
    trigger = (await ACCOUNTABILITY_RULES.of(uow)).trigger_for(incident.kind, command.trigger)
    if await inquiries.of_incidents(uow.conn, [incident.id]):
        raise InquiryStateRefused("there is an inquiry into this incident already")
    known = (await contests.of_incidents(uow.conn, [incident.id]))[incident.id]
    if any(one.stands is False for one in known):
        raise InquiryStateRefused("the incident was contested and set aside")
    liable = apportion(
        await incidents.acts(uow.conn, incident.id), (await ACCOUNTABILITY_RULES.of(uow)).liability
    )
    if not liable:
        raise Invalid("nobody is liable for this incident: every act was exempted", path=("incidentId",))
    inquiry = Inquiry(
        id=new_id("iq"),
        bureau_id=incident.bureau_id,
        incident_id=incident.id,
        unit_id=incident.unit_id,
        state=InquiryState.PROPOSED,
        reason=command.reason,
        proposed_by=uow.principal.actor,
        proposed_on=uow.today,
        trigger=trigger,
        scheme=(await ACCOUNTABILITY_RULES.of(uow)).named,
    )
    org = await load_org(uow.conn, inquiry.bureau_id)
    respondents = [(share.person_id, share.unit_id) for share in liable]
    people = [(person, "RESPONDENT") for person, _ in respondents] + _leadership(uow, org)
    await participant.add(uow.conn, inquiry.bureau_id, inquiry.id, people, uow.now)
    await participant.add(uow.conn, inquiry.bureau_id, incident.id, people, uow.now)
    await inquiries.add(uow.conn, inquiry)
    await inquiries.add_respondents(uow.conn, inquiry, respondents)
    await uow.audit("inquiry.proposed", "Inquiry", inquiry.id, {"incident": incident.id, "trigger": trigger})
    return inquiry.id


def _leadership(uow: Uow, org: Org) -> list[tuple[str, str]]:
    """The proposer, those who may open it, and the discipline and legal officers who prepare it (§5.3)."""
    openers = [one for one in (org.head(uow.today), org.discipline_lead(uow.today)) if one is not None]
    preparers = (Role.DISCIPLINE_OFFICER, Role.LEGAL_OFFICER)
    officers = dict.fromkeys(one for role in preparers for one in org.persons_with_role(role, uow.today))
    return [
        (uow.principal.actor, "PROPOSER"),
        *((person, "OPENER") for person in openers),
        *((person, "PREPARER") for person in officers),
    ]
