"""Who may do what (Cedar), and objects as the policies see them."""

from pathlib import Path

from plumbline_shared.policy import Policy, Resource

from complaints.domain.complaint import Complaint, ComplaintState
from complaints.domain.report import Report

POLICY = Policy.load(Path(__file__).parent)


def intake_resource(bureau_id: str) -> Resource:
    """The hotline of a bureau."""
    return Resource("Intake", bureau_id, {"bureau": bureau_id})


def clearance_resource(bureau_id: str) -> Resource:
    """The sealed clearance of a bureau."""
    return Resource("Clearance", bureau_id, {"bureau": bureau_id})


def complaint_resource(complaint: Complaint) -> Resource:
    """A service complaint: whom and which unit it concerns, who typed it, and whether it is accepted."""
    return Resource(
        "Complaint",
        complaint.id,
        {
            "bureau": complaint.bureau_id,
            "unit": complaint.unit_id,
            "subject": complaint.person_id,
            "typedBy": complaint.typed_by,
            "accepted": complaint.state is not ComplaintState.RECEIVED,
        },
    )


def report_resource(report: Report) -> Resource:
    """A sealed report: those whom the routing let in, and nobody else."""
    return Resource("SealedReport", report.id, {"bureau": report.bureau_id, "handlers": report.handlers})
