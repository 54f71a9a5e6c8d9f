"""What every act on an inspection run ends with: the row, its history, the audit row."""

from typing import Any

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain.inspection import InspectionRun, InspectionState, InspectionStateRefused
from case_flow.storage import inspection as runs


async def record(uow: Uow, run: InspectionRun, act: str, note: str = "", **changes: Any) -> InspectionRun:
    """Store the run with the changes and remember who did what; return it as it now is."""
    changed = msgspec.structs.replace(run, **changes)
    await runs.save(uow.conn, changed)
    await runs.add_act(uow.conn, changed, uow.now, uow.principal.actor, act, note)
    await uow.audit(f"inspection.{act.lower()}", "InspectionRun", run.id, {"state": changed.state})
    return changed


def check_state(run: InspectionRun, *wanted: InspectionState) -> None:
    """Raise InspectionStateRefused unless the run is in one of these states."""
    if run.state not in wanted:
        raise InspectionStateRefused(f"this belongs to a run that is {' or '.join(wanted)}", state=run.state)
