"""Events out: what happened to a matter, as contract messages."""

from datetime import datetime

from plumbline_contracts.case_flow import v1

from case_flow.domain.matter import Matter


def matter_accepted(matter: Matter) -> v1.MatterAccepted:
    """A clock runs."""
    return v1.MatterAccepted(
        matter_id=matter.id,
        bureau_id=matter.bureau_id,
        item_code=matter.item_code,
        item_version=matter.item_version,
        unit_id=matter.unit_id,
        accepted_on=matter.accepted_on.isoformat(),
        due_on=matter.due_on.isoformat() if matter.due_on else "",
        provisional=matter.due_provisional,
    )


def matter_closed(matter: Matter, incident_id: str | None) -> v1.MatterClosed:
    """A clock stopped, in time or late; with the incident that was confirmed on the matter, if any."""
    return v1.MatterClosed(
        matter_id=matter.id,
        bureau_id=matter.bureau_id,
        item_code=matter.item_code,
        unit_id=matter.unit_id,
        due_on=matter.due_on.isoformat() if matter.due_on else "",
        closed_on=matter.closed_on.isoformat() if matter.closed_on else "",
        late_working_days=matter.late_working_days or 0,
        incident_id=incident_id or "",
    )


def deadline_missed(matter: Matter, alert_id: str, point_id: str, missed_at: datetime) -> v1.DeadlineMissed:
    """A due date passed while the matter was open."""
    event = v1.DeadlineMissed(
        matter_id=matter.id,
        alert_id=alert_id,
        point_id=point_id,
        bureau_id=matter.bureau_id,
        unit_id=matter.unit_id,
        due_on=matter.due_on.isoformat() if matter.due_on else "",
        item_code=matter.item_code,
    )
    event.missed_at.FromDatetime(missed_at)
    return event
