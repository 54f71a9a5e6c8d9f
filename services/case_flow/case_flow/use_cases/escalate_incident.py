"""An incident is graver than it was confirmed: one step or more up the ladder, never down (S1-005)."""

from collections.abc import Sequence

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.incident import Escalation, Incident, IncidentLevel, check_escalation
from case_flow.storage import contest as contests
from case_flow.storage import incident as incidents
from case_flow.storage import participant


class EscalateIncident(msgspec.Struct, frozen=True):
    """To which level, and why."""

    incident_id: str
    level: IncidentLevel
    reason: str


async def escalate_incident(uow: Uow, command: EscalateIncident) -> str:
    """Return the incident's id; a SERIOUS one is shown to head and discipline lead, who open inquiries.

    Raises NotFound, Invalid, EscalationRefused.
    """
    incident = await incidents.get(uow.conn, command.incident_id)
    acts = await incidents.acts(uow.conn, incident.id)
    POLICY.require(uow.principal, "escalate", _resource(incident, [one.person_id for one in acts]))
    if not command.reason.strip():
        raise Invalid("say what makes it graver", path=("reason",))
    known = (await contests.of_incidents(uow.conn, [incident.id]))[incident.id]
    check_escalation(incident.level, command.level, set_aside=any(one.stands is False for one in known))
    given = Escalation(command.level, command.reason, uow.principal.actor, uow.now)
    await incidents.escalate(uow.conn, incident, given)
    if command.level is IncidentLevel.SERIOUS:
        org = await load_org(uow.conn, incident.bureau_id)
        leaders = [one for one in (org.head(uow.today), org.discipline_lead(uow.today)) if one is not None]
        people = [(one, "ESCALATION") for one in leaders]
        await participant.add(uow.conn, incident.bureau_id, incident.id, people, uow.now)
    await uow.audit("incident.escalated", "Incident", incident.id, {"level": command.level})
    return incident.id


def _resource(incident: Incident, named: Sequence[str]) -> Resource:
    """An incident that the actor sees, and who is named in it."""
    return Resource("GraverIncident", incident.id, {"bureau": incident.bureau_id, "named": list(named)})
