"""Draw the files of a run and two inspectors for each; the same snapshot always gives the same files (scenario 6)."""

from collections.abc import Sequence

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.use_case import Uow

from case_flow.domain.draw import FrameUnit, Pick, draw, draw_inspectors, frame_root, seed_of
from case_flow.domain.inspection import (
    InspectionRun,
    InspectionState,
    InspectorsShort,
    RunKind,
    SeedRefused,
    SnapshotFrozen,
    move,
)
from case_flow.inspection_access import require_on_run
from case_flow.rules import INSPECTION_RULES
from case_flow.storage import inspected_file as files
from case_flow.storage import inspection as runs
from case_flow.storage import squad
from case_flow.storage.inspected_file import InspectedFile
from case_flow.use_cases.run_acts import record
from case_flow.use_cases.tell_inspected import call_inspectors


class DrawInspectionSample(msgspec.Struct, frozen=True):
    """The run whose secrets are all revealed."""

    run_id: str


async def draw_inspection_sample(uow: Uow, command: DrawInspectionSample) -> str:
    """Return the run's id; a run that is drawn stays as it is.

    Raises NotFound, SeedRefused, SnapshotFrozen for a population that is not the frozen one, InspectorsShort.
    """
    run = await runs.lock(uow.conn, command.run_id)
    require_on_run(uow, "lead", run)
    if run.seed is not None:
        return run.id
    seed, frame = await _seed(uow, run), await runs.frame(uow.conn, run.id)
    if frame_root(frame) != run.frame_root:
        raise SnapshotFrozen("the stored population is not the one that was frozen: the run cannot be drawn")
    sample = draw(seed, run.strata, frame)
    drawn = await _with_inspectors(uow, run, seed, frame, sample.picks)
    await files.add(uow.conn, drawn)
    if run.kind is RunKind.ROUTINE:
        await call_inspectors(uow, run, drawn)
    short = " ".join(f"STRATUM_SHORT {one.stratum}:{one.drawn}/{one.quota}" for one in sample.short)
    state = move(run.state, InspectionState.DRAWN)
    await record(
        uow, run, "DRAWN", short, state=state, seed=seed, drawn_by=uow.principal.actor, drawn_at=uow.now
    )
    return run.id


async def _seed(uow: Uow, run: InspectionRun) -> str:
    made = await runs.commitments(uow.conn, run.id, run.attempt)
    reveals = {role: one.secret for role, one in made.items() if one.secret is not None}
    if run.frame_root is None or len(reveals) < len((await INSPECTION_RULES.of(uow)).seed_roles):
        raise SeedRefused("freeze the frame and have every role reveal its secret first")
    return seed_of(run.frame_root, run.plan_hash, reveals)


async def _with_inspectors(
    uow: Uow, run: InspectionRun, seed: str, frame: Sequence[FrameUnit], picks: Sequence[Pick]
) -> list[InspectedFile]:
    pack, org = (await INSPECTION_RULES.of(uow)), await load_org(uow.conn, run.bureau_id)
    appointed = org.persons_with_role(pack.inspector_role, uow.today)
    chosen = await squad.members(uow.conn, run.id) or appointed
    candidates = {
        person: frozenset(org.units_of(person, uow.today)) for person in appointed if person in chosen
    }
    known = {(one.stratum, one.unit): one for one in frame}
    drawn: list[InspectedFile] = []
    for pick in picks:
        unit = known[pick.stratum, pick.unit]
        people = draw_inspectors(seed, unit, candidates, pack.inspectors_per_file)
        if len(people) < pack.inspectors_per_file:
            raise InspectorsShort("too few inspectors are free of this file: appoint more", unit=pick.unit)
        drawn.append(
            InspectedFile(
                run.id,
                run.bureau_id,
                pick.stratum,
                pick.unit,
                unit.office_id,
                pick.ticket,
                pick.position,
                people,
            )
        )
    return drawn
