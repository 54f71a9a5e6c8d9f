"""A run whose reports are not in on their day is told to the lead unit, its leader and the head (S1-150)."""

from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.inspection import InspectionState
from case_flow.storage import inspection as runs
from case_flow.use_cases.raise_alert import raise_alert

REPORT_LATE = "inspection_report_late"
_BEFORE_REPORTS = frozenset({InspectionState.PLANNED, InspectionState.DRAWN, InspectionState.FIELDWORK})


async def on_report_late(uow: Uow, timer: Timer) -> None:
    """The day of the reports has passed."""
    run = await runs.lock(uow.conn, timer.ref)
    if run.state not in _BEFORE_REPORTS:
        return
    await raise_alert(
        uow,
        kind="INSPECTION_REPORT_LATE",
        at=uow.now,
        unit_ids=[run.lead_unit_id],
        facts={"run_id": run.id, "report_due_on": run.report_due_on.isoformat(), "state": run.state},
        key=f"inspection:{run.id}:late",
    )
