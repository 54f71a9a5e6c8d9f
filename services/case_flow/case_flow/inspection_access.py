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
