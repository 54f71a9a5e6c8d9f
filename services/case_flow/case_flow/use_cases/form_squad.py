"""Form the squad of a run: people of the legal, discipline and audit units and of a tax office (S1-064)."""

import msgspec
from plumbline_org.model import Org
from plumbline_org.parts import UnitKind
from plumbline_org.storage.load import load_org
from plumbline_shared.use_case import Uow

from case_flow.domain.inspection import InspectionState, SnapshotFrozen
from case_flow.domain.squad import check_squad
from case_flow.inspection_access import require_on_run
from case_flow.rules import INSPECTION_RULES, WORK_ORDER_RULES
from case_flow.storage import inspection as runs
from case_flow.storage import squad
from case_flow.use_cases.run_acts import check_state, record

OFFICE = "OFFICE"


class FormSquad(msgspec.Struct, frozen=True):
    """Who inspects; the draw gives each file two of them."""

    run_id: str
    members: tuple[str, ...]


async def form_squad(uow: Uow, command: FormSquad) -> str:
    """Return the run's id. Raises NotFound, InspectionStateRefused, SquadComposition.

    SnapshotFrozen once the frame is frozen: nobody fits the squad to the files.
    """
    run = await runs.lock(uow.conn, command.run_id)
    require_on_run(uow, "lead", run)
    check_state(run, InspectionState.PLANNED)
    if run.frame_root is not None:
        raise SnapshotFrozen("the frame is frozen: the squad stays as it is")
    org = await load_org(uow.conn, run.bureau_id)
    units = {who: org.units_of(who, uow.today) for who in command.members}
    inspectors = org.persons_with_role((await INSPECTION_RULES.of(uow)).inspector_role, uow.today)
    check_squad(units, await _kinds(org, uow), inspectors)
    await squad.put(uow.conn, run, {who: min(own) for who, own in units.items()})
    await record(uow, run, "SQUAD_FORMED", f"members={len(units)}")
    return run.id


async def _kinds(org: Org, uow: Uow) -> dict[str, tuple[str, ...]]:
    rule = (await WORK_ORDER_RULES.of(uow)).squad
    kinds = {does: org.units_for(does, uow.today) for does in rule.functions}
    if rule.offices:
        kinds[OFFICE] = tuple(unit.id for unit in org.units.values() if unit.kind is UnitKind.OFFICE)
    return kinds
