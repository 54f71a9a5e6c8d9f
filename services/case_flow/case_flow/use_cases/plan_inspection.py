"""Plan an inspection run: which part of the population gives how many files, and what is looked at (S1-149 to S1-152)."""

from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.draw import Stratum, plan_hash
from case_flow.domain.inspection import InspectionRun, InspectionState, RunKind, check_plan
from case_flow.inspection_access import require_on_run
from case_flow.rules import INSPECTION_RULES
from case_flow.storage import inspection as runs
from case_flow.use_cases.report_run_late import REPORT_LATE


class PlanInspection(msgspec.Struct, frozen=True):
    """A run, drawn from the strata in their order; `aspects` empty means the ten of the pack.

    The period is what the files are about, not when the run takes place (S1-151, C-17). An unannounced run is hidden from
    the inspected, its inspectors among them, until fieldwork starts (S1-066).
    """

    code: str
    lead_unit_id: str
    period_from: date
    period_to: date
    report_due_on: date
    strata: tuple[Stratum, ...]
    aspects: tuple[str, ...] = ()
    kind: RunKind = RunKind.ROUTINE


async def plan_inspection(uow: Uow, command: PlanInspection) -> str:
    """Return the run's id. Raises NotFound, Invalid, Conflict for a code that is taken."""
    pack, bureau = (await INSPECTION_RULES.of(uow)), uow.principal.bureau_id or ""
    check_plan(command.code, command.strata)
    aspects = command.aspects or tuple(pack.aspects)
    if not set(aspects) <= set(pack.aspects) or command.period_to < command.period_from:
        raise Invalid(
            "name aspects of the rule pack and a period that ends after it began", path=("aspects",)
        )
    if (await load_org(uow.conn, bureau)).unit(command.lead_unit_id) is None:
        raise Invalid("there is no such unit in the bureau", path=("leadUnitId",))
    run = InspectionRun(
        id=new_id("in"),
        bureau_id=bureau,
        code=command.code,
        lead_unit_id=command.lead_unit_id,
        period_from=command.period_from,
        period_to=command.period_to,
        report_due_on=command.report_due_on,
        strata=command.strata,
        aspects=aspects,
        plan_hash=plan_hash(command.code, command.strata),
        pack=f"{pack.id}/{pack.version}",
        state=InspectionState.PLANNED,
        planned_by=uow.principal.actor,
        planned_at=uow.now,
        kind=command.kind,
    )
    require_on_run(uow, "lead", run)
    if await runs.exists(uow.conn, bureau, command.code):
        raise Conflict("the bureau has a run of this code", path=("code",))
    await runs.add(uow.conn, run)
    await runs.add_act(uow.conn, run, uow.now, uow.principal.actor, "PLANNED")
    await uow.schedule(REPORT_LATE, run.id, end_of_day(run.report_due_on))
    await uow.audit("inspection.planned", "InspectionRun", run.id, {"plan": run.plan_hash})
    return run.id
