"""Freeze the population of a run: from now on nobody edits it, and its hash goes into the seed (SoD-11)."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain.draw import FrameUnit, frame_root
from case_flow.domain.inspection import InspectionState, RunKind, SeedRefused, SnapshotFrozen, check_frame
from case_flow.inspection_access import require_on_run
from case_flow.rules import INSPECTION_RULES
from case_flow.storage import inspection as runs
from case_flow.use_cases.commit_draw_seed import await_reveals
from case_flow.use_cases.run_acts import check_state, record
from case_flow.use_cases.tell_inspected import tell_inspected


class FreezeInspectionFrame(msgspec.Struct, frozen=True):
    """Every file of every stratum, with its office and the persons who worked on it."""

    run_id: str
    units: tuple[FrameUnit, ...]


async def freeze_inspection_frame(uow: Uow, command: FreezeInspectionFrame) -> str:
    """Return the run's id; the same population again changes nothing.

    Raises NotFound, Invalid, SnapshotFrozen for another population, SeedRefused before the commitments.
    """
    run = await runs.lock(uow.conn, command.run_id)
    require_on_run(uow, "lead", run)
    root = frame_root(command.units)
    if run.frame_root == root:
        return run.id
    if run.frame_root is not None:
        raise SnapshotFrozen("the population was frozen before: plan another run for another population")
    check_state(run, InspectionState.PLANNED)
    check_frame(run.strata, command.units)
    if len(await runs.commitments(uow.conn, run.id, run.attempt)) < len(
        (await INSPECTION_RULES.of(uow)).seed_roles
    ):
        raise SeedRefused("each role commits to its secret before the frame is frozen")
    await runs.add_frame(uow.conn, run, command.units)
    frozen = await record(
        uow, run, "FROZEN", root, frame_root=root, frozen_by=uow.principal.actor, frozen_at=uow.now
    )
    await await_reveals(uow, frozen)
    if run.kind is RunKind.ROUTINE:
        await tell_inspected(uow, frozen, {one.office_id for one in command.units})
    return run.id
