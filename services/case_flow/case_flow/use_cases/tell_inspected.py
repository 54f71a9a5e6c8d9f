"""Who hears of a run, and when: the inspected offices by a notice, the drawn inspectors by seeing it (S1-066)."""

from collections.abc import Collection, Sequence

from plumbline_shared.use_case import Uow

from case_flow.domain.inspection import InspectionRun, Notice
from case_flow.storage import inspection_notice as notices
from case_flow.storage import participant
from case_flow.storage.inspected_file import InspectedFile


async def tell_inspected(uow: Uow, run: InspectionRun, offices: Collection[str]) -> None:
    """From now on everybody in these offices reads what the run is about."""
    await notices.add(uow.conn, run, sorted(offices), Notice.of(run), uow.now)
    await uow.audit("inspection.told", "InspectionRun", run.id, {"offices": sorted(offices)})


async def call_inspectors(uow: Uow, run: InspectionRun, drawn: Sequence[InspectedFile]) -> None:
    """From now on the drawn inspectors see the run."""
    people = {(person, "INSPECTOR") for one in drawn for person in one.inspectors}
    await participant.add(uow.conn, run.bureau_id, run.id, sorted(people), uow.now)
