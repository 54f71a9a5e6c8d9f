"""A guide counts whom they helped: on which line, as what (S1-095…S1-097)."""

import msgspec
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.hall_service import MOST_VISITS, GuidanceRefused, GuidePart, ServiceLine
from case_flow.hall_access import POLICY, hall_resource
from case_flow.storage import hall_service as store
from case_flow.storage import window as windows
from case_flow.storage.hall_service import GuidanceAct
from case_flow.use_cases.acting import person


class RecordGuidance(msgspec.Struct, frozen=True):
    """How many visits, since the last count."""

    line: ServiceLine
    part: GuidePart
    visits: int = 1


class GuidanceRecorded(msgspec.Struct, frozen=True):
    """The count that was kept."""

    act_id: str


async def record_guidance(uow: Uow, command: RecordGuidance) -> GuidanceRecorded:
    """Raises NotFound for whoever guides nobody in this hall, GuidanceRefused for a count that is none."""
    bureau, who = uow.principal.bureau_id or "", person(uow)
    unit = await windows.unit_of(uow.conn, bureau)
    POLICY.require(uow.principal, "guide", hall_resource(bureau, unit))
    if not 1 <= command.visits <= MOST_VISITS:
        raise GuidanceRefused(f"visits are 1 to {MOST_VISITS}", path=("input", "visits"))
    act = GuidanceAct(
        id=new_id("ga"),
        bureau_id=bureau,
        unit_id=unit,
        line=command.line,
        part=command.part,
        visits=command.visits,
        local_on=uow.today,
        at=uow.now,
        by_person=who,
    )
    await store.add(uow.conn, act)
    await uow.audit("recordGuidance", "GuidanceAct", act.id, {"line": act.line, "visits": act.visits})
    return GuidanceRecorded(act.id)
