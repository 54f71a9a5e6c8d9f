"""Events out: what the others may know."""

from datetime import date

from plumbline_contracts.complaints import v1

from complaints.domain.complaint import Complaint


def substantiated(complaint: Complaint, on: date, point_id: str = "") -> v1.ComplaintSubstantiated:
    """A service complaint was justified: unit, person and point if named, and kind. No word of it."""
    return v1.ComplaintSubstantiated(
        complaint_id=complaint.id,
        bureau_id=complaint.bureau_id,
        unit_id=complaint.unit_id,
        person_id=complaint.person_id or "",
        kind=f"COMPLAINT_KIND_{complaint.kind}",
        decided_on=on.isoformat(),
        point_id=point_id,
    )


def overturned(complaint: Complaint, unit_id: str, on: date) -> v1.ComplaintOverturned:
    """The superior bureau decided otherwise: `unit_id` is the unit whose decision it was (SR-04)."""
    return v1.ComplaintOverturned(
        complaint_id=complaint.id,
        bureau_id=complaint.bureau_id,
        unit_id=unit_id,
        decided_on=on.isoformat(),
    )


def signal(signal_id: str, bureau_id: str, point_id: str) -> v1.RiskSignalRaised:
    """A sealed report touches a risk point: no subject, no informant, no time of the call."""
    return v1.RiskSignalRaised(
        signal_id=signal_id, bureau_id=bureau_id, point_id=point_id, kind="TIP_OFF", sealed=True
    )
