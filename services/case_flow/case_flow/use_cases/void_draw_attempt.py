"""An attempt whose secrets did not all come is void; its number, its commitments and who was silent stay on record."""

from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.inspection import InspectionState
from case_flow.storage import inspection as runs
from case_flow.use_cases.run_acts import record


async def on_draw_unrevealed(uow: Uow, timer: Timer) -> None:
    """Void the attempt unless every secret is there; the next one needs new commitments to the same frame."""
    run = await runs.lock(uow.conn, timer.ref)
    if run.state is not InspectionState.PLANNED or run.attempt != int(timer.payload["attempt"]):
        return
    made = await runs.commitments(uow.conn, run.id, run.attempt)
    silent = [role for role, one in made.items() if one.secret is None]
    if silent:
        note = f"attempt={run.attempt} silent={','.join(silent)}"
        await record(uow, run, "ATTEMPT_VOID", note, attempt=run.attempt + 1)
