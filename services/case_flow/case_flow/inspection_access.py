"""Inspection runs as the policies see them."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.inspection import InspectionRun


def run_resource(run: InspectionRun, participants: Iterable[str] = ()) -> Resource:
    """A run and the inspectors drawn for it."""
    return Resource("InspectionRun", run.id, {"bureau": run.bureau_id, "participants": list(participants)})


def require_on_run(uow: Uow, action: str, run: InspectionRun) -> None:
    """Raise NotFound unless the actor may do this to the run."""
    POLICY.require(uow.principal, action, run_resource(run))


def notice_resource(bureau_id: str, run_id: str, office_id: str) -> Resource:
    """What an inspected office was told of a run."""
    return Resource("InspectionNotice", f"{run_id}/{office_id}", {"bureau": bureau_id, "office": office_id})
