"""Who may do what in the control half: each object as Cedar sees it, and the check a use case makes."""

from collections.abc import Iterable
from pathlib import Path

from plumbline_shared.policy import Policy, Resource
from plumbline_shared.use_case import Uow

from case_flow.domain.alert import Alert
from case_flow.domain.hold import Hold
from case_flow.domain.incident import Incident
from case_flow.domain.inquiry import Inquiry
from case_flow.domain.recipients import Basis, Viewer
from case_flow.domain.rectification import RectificationOrder
from case_flow.storage import alert as alerts

POLICY = Policy.load(Path(__file__).parent / "policies")

_ANSWERABLE = frozenset(
    {Basis.MANAGER, Basis.MONITOR, Basis.SUPERIOR, Basis.GROUP, Basis.ESCALATION, Basis.VERIFIER}
)


def alert_resource(alert: Alert, viewers: Iterable[Viewer]) -> Resource:
    """An alert: who sees it, and who of them answers for it."""
    seen_by = list(viewers)
    return Resource(
        "Alert",
        alert.id,
        {
            "bureau": alert.bureau_id,
            "viewers": [one.person_id for one in seen_by],
            "answerable": [one.person_id for one in seen_by if one.basis in _ANSWERABLE],
            "subjects": alert.subject_ids,
        },
    )


def hold_resource(hold: Hold, viewers: Iterable[Viewer]) -> Resource:
    """A hold is seen by those who see its alert."""
    return Resource(
        "Hold",
        hold.id,
        {
            "bureau": hold.bureau_id,
            "viewers": [one.person_id for one in viewers],
            "handler": hold.person_id,
        },
    )


def incident_resource(incident: Incident, participants: Iterable[str]) -> Resource:
    """An incident is seen by those who take part in its case."""
    return Resource(
        "Incident", incident.id, {"bureau": incident.bureau_id, "participants": list(participants)}
    )


def inquiry_resource(inquiry: Inquiry, participants: Iterable[str], respondents: Iterable[str]) -> Resource:
    """An inquiry; once decided it is seen as far as it is published (C-11)."""
    return Resource(
        "Inquiry",
        inquiry.id,
        {
            "bureau": inquiry.bureau_id,
            "unit": inquiry.unit_id,
            "participants": list(participants),
            "respondents": list(respondents),
            "scope": inquiry.publication_scope if inquiry.decided_on else None,
        },
    )


def order_resource(order: RectificationOrder, participants: Iterable[str]) -> Resource:
    """A rectification order is seen by its unit and by those who follow it."""
    return Resource(
        "RectificationOrder",
        order.id,
        {
            "bureau": order.bureau_id,
            "unit": order.unit_id,
            "lead": f"leads:{order.unit_id}",
            "participants": list(participants),
        },
    )


def decision_register(bureau_id: str) -> Resource:
    """The bureau's register of relief decisions that another record has; everybody who reads it reads all."""
    return Resource("DecisionRegister", bureau_id, {"bureau": bureau_id})


async def require_on_alert(uow: Uow, action: str, alert: Alert) -> None:
    """Raise NotFound unless the actor may do this to the alert."""
    seen_by = (await alerts.viewers_of(uow.conn, [alert.id]))[alert.id]
    POLICY.require(uow.principal, action, alert_resource(alert, seen_by))


async def require_on_hold(uow: Uow, action: str, hold: Hold) -> None:
    """Raise NotFound unless the actor may do this to the hold."""
    seen_by = (await alerts.viewers_of(uow.conn, [hold.alert_id]))[hold.alert_id]
    POLICY.require(uow.principal, action, hold_resource(hold, seen_by))


def require_on_incident(uow: Uow, action: str, incident: Incident) -> None:
    """Raise NotFound unless the actor, who sees the incident, may do this to it."""
    POLICY.require(uow.principal, action, incident_resource(incident, _actor(uow)))


def require_on_inquiry(uow: Uow, action: str, inquiry: Inquiry, respondents: Iterable[str] = ()) -> None:
    """Raise NotFound unless the actor, who takes part in the inquiry, may do this to it."""
    POLICY.require(uow.principal, action, inquiry_resource(inquiry, _actor(uow), respondents))


def require_on_order(uow: Uow, action: str, order: RectificationOrder) -> None:
    """Raise NotFound unless the actor, who sees the order, may do this to it."""
    POLICY.require(uow.principal, action, order_resource(order, _actor(uow)))


def _actor(uow: Uow) -> tuple[str, ...]:
    """The row came through row-level security as the actor: that already says who takes part."""
    return (uow.principal.person_id,) if uow.principal.person_id else ()
