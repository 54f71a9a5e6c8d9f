"""Resolve an alert: the verifier's verdict. Confirmed, it opens an incident (L1)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_alert
from case_flow.alert_publications import alert_resolved
from case_flow.domain.alert import Alert, AlertState, Verdict, check_verifier, move
from case_flow.domain.recipients import Basis, Viewer
from case_flow.storage import alert as alerts
from case_flow.use_cases.open_incident import IncidentDraft, open_incident


class ResolveAlert(msgspec.Struct, frozen=True):
    """The verdict with its evidence; a confirmed one comes with the incident."""

    alert_id: str
    verdict: Verdict
    evidence: str
    incident: IncidentDraft | None = None


class Resolved(msgspec.Struct, frozen=True):
    """The alert, and the incident that a confirmed verdict opened."""

    alert_id: str
    incident_id: str | None


async def resolve_alert(uow: Uow, command: ResolveAlert) -> Resolved:
    """Record the verdict.

    Raises NotFound, Invalid, AlertStateRefused, and VerifierIsSubject, VerifierOfOwnUnit or NotTheVerifier.
    """
    alert = await alerts.lock(uow.conn, command.alert_id)
    await require_on_alert(uow, "read", alert)
    check_verifier(
        uow.principal.actor,
        assigned_to=alert.verifier,
        subjects=frozenset(alert.subject_ids),
        units_of_person=uow.principal.unit_ids,
        concerned_units=frozenset(alert.unit_ids),
    )
    _check(command)
    state = move(alert.state, AlertState(command.verdict))
    await alerts.resolve(
        uow.conn,
        alert.id,
        state=state,
        verdict=command.verdict,
        evidence=command.evidence,
        at=uow.now,
        by=uow.principal.actor,
    )
    act = alerts.AlertAct(alert.id, uow.now, uow.principal.actor, "VERDICT", state, command.evidence)
    await alerts.add_act(uow.conn, alert.bureau_id, act)
    await uow.cancel_timers(alert.id)
    await uow.audit("alert.resolved", "Alert", alert.id, {"verdict": command.verdict})
    if command.incident is None:
        await alerts.set_state(uow.conn, alert.id, move(state, AlertState.CLOSED), uow.now)
        return await _told(uow, alert, command.verdict, None)
    await _show_to_discipline(uow, alert)
    incident_id = await open_incident(uow, alert, command.incident, command.evidence)
    return await _told(uow, alert, command.verdict, incident_id)


async def _told(uow: Uow, alert: Alert, verdict: Verdict, incident_id: str | None) -> Resolved:
    await uow.emit(alert.id, alert_resolved(alert, verdict, uow.now, incident_id))
    return Resolved(alert.id, incident_id)


def _check(command: ResolveAlert) -> None:
    if not command.evidence.strip():
        raise Invalid("give the evidence of your verdict", path=("evidence",))
    if (command.verdict is Verdict.CONFIRMED) != (command.incident is not None):
        raise Invalid("a confirmed alert, and only that, comes with its incident", path=("incident",))


async def _show_to_discipline(uow: Uow, alert: Alert) -> None:
    """The discipline lead reads every confirmed alert (§5.3, R4)."""
    org = await load_org(uow.conn, alert.bureau_id)
    lead = org.discipline_lead(uow.today)
    if lead is not None:
        await alerts.add_viewers(uow.conn, alert, [Viewer(lead, Basis.CONFIRMED)], uow.now)
