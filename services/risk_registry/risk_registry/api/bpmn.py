"""A version of a process as BPMN 2.0, and a draft from a BPMN file (S2-005)."""

import strawberry
from plumbline_shared.errors import PlumblineError
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.policy import absent

from risk_registry.api.documents import seen
from risk_registry.api.processes import ProcessVersion, versions
from risk_registry.documents.bpmn import Bound, export_bpmn, import_bpmn
from risk_registry.documents.diagram import points_by_step
from risk_registry.domain.register import PointFilter
from risk_registry.use_cases.draft_process import DraftProcess, draft_process


@strawberry.type(
    description="The points that a file binds to a step; the register itself is not changed by it."
)
class StepRisks:
    step: str
    points: list[str]


@strawberry.input
class ImportProcessBpmnInput:
    client_mutation_id: str
    process: str
    owner_unit: strawberry.ID
    bpmn: str


@strawberry.type
class ImportProcessBpmnPayload:
    process_version: ProcessVersion | None
    risks: list[StepRisks]
    user_errors: list[UserError]


async def export(info: Info, version_id: str) -> str:
    """With those of its points that the reader may see. Raises NotFound."""
    found = await versions(info, None, None, id_=version_id)
    if not found:
        raise absent("ProcessVersion")
    version = found[0].version
    points = await seen(info, PointFilter(process=version.process), info.context.today)
    risks = {
        step: [each.code for each in on_step]
        for step, on_step in points_by_step(version.process, points).items()
    }
    return export_bpmn(Bound(version.graph, risks)).decode()


async def take(info: Info, given: ImportProcessBpmnInput) -> ImportProcessBpmnPayload:
    """A draft like any other: it is published by its own rules."""
    try:
        bound = import_bpmn(given.bpmn.encode())
    except PlumblineError as error:
        return ImportProcessBpmnPayload(process_version=None, risks=[], user_errors=[UserError.of(error)])
    command = DraftProcess(given.process, given.owner_unit, bound.graph)
    done, errors = await run(info, draft_process, command, given.client_mutation_id)
    found = await versions(info, None, None, id_=done.version_id) if done else []
    return ImportProcessBpmnPayload(
        process_version=found[0] if found else None,
        risks=[StepRisks(step=step, points=list(points)) for step, points in bound.risks.items()],
        user_errors=errors,
    )


@strawberry.type
class BpmnQuery:
    @strawberry.field(description="BPMN 2.0 with layout; posts, basis and risk points as extension elements.")
    async def process_bpmn(self, info: Info, version_id: strawberry.ID) -> str:
        return await export(info, version_id)


@strawberry.type
class BpmnMutation:
    @strawberry.mutation(description="Open a draft from a BPMN 2.0 file with our elements.")
    async def import_process_bpmn(
        self, info: Info, input: ImportProcessBpmnInput
    ) -> ImportProcessBpmnPayload:
        return await take(info, input)
