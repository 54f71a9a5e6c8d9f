"""Processes over GraphQL: versions, what a draft would do, and the acts of a reform."""

from datetime import date

import strawberry
from plumbline_shared.graphql import DayUnit, Info, UserError, run
from plumbline_shared.policy import Resource, absent
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.references import Person, Post, Unit, person, post, unit
from risk_registry.api.rule_enums import Activity, DutyPower, RiskDisposition, StepFunction, Tightened
from risk_registry.api.totals import RiskFacets
from risk_registry.api.types import RiskPoint
from risk_registry.domain import processes as domain
from risk_registry.domain.processes import ProcessVersion as Version
from risk_registry.domain.reform import Disposition
from risk_registry.domain.suppression import shown
from risk_registry.policies import POLICY, disposition_resource, process_resource, register_resource
from risk_registry.storage.dispositions import dispositions_of
from risk_registry.storage.processes import load_versions, versions_on
from risk_registry.use_cases import dispose_point as disposing
from risk_registry.use_cases import draft_process as drafting
from risk_registry.use_cases.examine_reform import examine_reform
from risk_registry.use_cases.publish_process import PublishProcess, publish_process


@strawberry.type(description="环节: a step with its basis, procedure, monitor and accountable post.")
class ProcessStep:
    code: str
    title: str
    title_en: str
    function: StepFunction
    power: DutyPower
    post: Post | None
    monitor: Post | None
    basis: str
    procedure: str
    limit_days: int
    next: list[str]
    declares: str = strawberry.field(description="What the taxpayer declares to be true; empty for none.")
    replaces: list[str] = strawberry.field(description="Internal checks that this replaces (S1-139).")

    @classmethod
    def of(cls, step: domain.Step) -> "ProcessStep":
        return cls(
            code=step.code,
            title=step.title_zh,
            title_en=step.title_en,
            function=step.function,
            power=step.power,
            post=post(step.post) if step.post else None,
            monitor=post(step.monitor) if step.monitor else None,
            basis=step.basis,
            procedure=step.procedure,
            limit_days=step.limit_days,
            next=list(step.next),
            declares=step.declares,
            replaces=list(step.replaces),
        )


@strawberry.type(description="What a reform is measured by, before and after (S1-107, S1-110).")
class ProcessMetrics:
    steps: int
    hand_overs: int
    approvals: int
    approval_levels: int = strawberry.field(description="Posts that decide in turn, on the longest way.")
    approval_chain: list[str] = strawberry.field(description="Their steps.")
    limit_days: int

    @classmethod
    def of(cls, found: domain.Metrics) -> "ProcessMetrics":
        return cls(
            steps=found.steps,
            hand_overs=found.hand_overs,
            approvals=found.approvals,
            approval_levels=found.approval_levels,
            approval_chain=list(found.chain),
            limit_days=found.limit_days,
        )


@strawberry.type(
    description="What becomes of a point; a transfer counts once it is accepted (S1-131, S1-132)."
)
class PointDisposition:
    point_id: strawberry.ID
    kind: RiskDisposition
    from_step: str
    to_step: str
    receiver: Post | None
    tightened: Tightened | None
    reason: str
    accepted_by: Person | None

    @classmethod
    def of(cls, given: Disposition) -> "PointDisposition":
        return cls(
            point_id=strawberry.ID(given.point),
            kind=given.kind,
            from_step=given.from_step,
            to_step=given.to_step,
            receiver=post(given.receiver) if given.receiver else None,
            tightened=given.tightened,
            reason=given.reason,
            accepted_by=person(given.accepted_by) if given.accepted_by else None,
        )


@strawberry.type(description="What forbids publication, and what to do about it.")
class ReformProblem:
    code: str
    subject: str
    message: str


@strawberry.type(description="A draft held against what counts on its first day: nothing is written.")
class ReformPreview:
    before: ProcessMetrics | None
    after: ProcessMetrics
    removed_steps: list[str]
    added_steps: list[str]
    moved_steps: list[str]
    declared: list[strawberry.ID] = strawberry.field(
        description="Points dissolved because a taxpayer's declaration replaces their check."
    )
    affected: list[RiskPoint] = strawberry.field(description="Those of the touched points that you may see.")
    problems: list[ReformProblem]
    totals_before: RiskFacets | None = strawberry.field(description="For those who count the whole register.")
    totals_after: RiskFacets | None


@strawberry.type(description="A version of a process; without `effectiveFrom` it is a draft.")
class ProcessVersion:
    version: strawberry.Private[Version]
    id: strawberry.ID
    process: str
    number: int
    title: str
    title_en: str
    process_class: str
    activities: list[Activity]
    limit_days: int
    limit_unit: DayUnit
    owner_unit: Unit
    effective_from: date | None
    steps: list[ProcessStep]
    metrics: ProcessMetrics

    @classmethod
    def of(cls, found: Version) -> "ProcessVersion":
        graph = found.graph
        return cls(
            version=found,
            id=strawberry.ID(found.id),
            process=found.process,
            number=found.number,
            title=graph.title_zh,
            title_en=graph.title_en,
            process_class=graph.process_class,
            activities=list(graph.activities),
            limit_days=graph.limit_days,
            limit_unit=graph.limit_unit,
            owner_unit=unit(found.owner_unit),
            effective_from=found.effective_from,
            steps=[ProcessStep.of(step) for step in graph.steps],
            metrics=ProcessMetrics.of(domain.metrics(graph)),
        )

    @strawberry.field(description="Classifications that you may see; a receiving post sees its own.")
    async def dispositions(self, info: Info) -> list[PointDisposition]:
        return await dispositions(info, self.version)


async def dispositions(info: Info, version: Version) -> list[PointDisposition]:
    """As the reader: row-level security first, Cedar second."""
    who = await loaders.reader_on(info.context, info.context.today)
    async with info.context.runtime.db.read(who) as conn:
        found = list((await dispositions_of(conn, version.id)).values())
    resources = [
        disposition_resource(each.sequence, version.bureau_id, version.owner_unit, each.receiver)
        for each in found
    ]
    allowed = POLICY.decide(who, "read", resources)
    return [PointDisposition.of(each) for each, yes in zip(found, allowed, strict=True) if yes]


async def versions(
    info: Info, as_of: date | None, process: str | None, *, drafts: bool = False, id_: str | None = None
) -> list[ProcessVersion]:
    """Versions in force on a day, or with `drafts` all that the reader may see."""
    bureau = loaders.bureau_of(info.context)
    on = loaders.day_of(info.context, as_of)
    who = await loaders.reader_on(info.context, info.context.today)
    async with info.context.runtime.db.read(who) as conn:
        if drafts or id_:
            found = await load_versions(conn, bureau, [id_] if id_ else None, process)
        else:
            found = await versions_on(conn, bureau, on, process)
    allowed = POLICY.decide(who, "read", [_resource(each) for each in found])
    return [ProcessVersion.of(each) for each, yes in zip(found, allowed, strict=True) if yes]


def _resource(each: Version) -> Resource:
    return process_resource(
        each.id, each.bureau_id, each.owner_unit, published=each.effective_from is not None
    )


async def what_if(info: Info, version_id: str, on: date) -> ReformPreview:
    """For whoever may draft the process. Raises NotFound for others."""
    found = await versions(info, None, None, id_=version_id)
    who = await loaders.reader_on(info.context, info.context.today)
    if not found:
        raise absent("ProcessVersion")
    version = found[0].version
    POLICY.require(who, "draft", _resource(version))
    async with info.context.runtime.db.read(system(version.bureau_id)) as conn:
        reform = await examine_reform(conn, version, on)
    seen = [await loaders.point(info.context, each.id, info.context.today) for each in reform.points]
    counts = POLICY.allows(who, "count", register_resource(version.bureau_id))
    return ReformPreview(
        before=ProcessMetrics.of(reform.before) if reform.before else None,
        after=ProcessMetrics.of(reform.after),
        removed_steps=list(reform.changes.removed),
        added_steps=list(reform.changes.added),
        moved_steps=list(reform.changes.moved),
        declared=[strawberry.ID(each.id) for each in seen if each and each.id in reform.declared],
        affected=[RiskPoint.of(each) for each in seen if each],
        problems=[ReformProblem(code=e.code, subject=e.subject, message=e.message) for e in reform.problems],
        totals_before=RiskFacets.of(shown(reform.totals_before)) if counts else None,
        totals_after=RiskFacets.of(shown(reform.totals_after)) if counts else None,
    )


@strawberry.input(description="Posts are named inside the bureau (`POLICY.chief`) or in full.")
class ProcessStepInput:
    code: str
    title: str
    function: StepFunction
    title_en: str = ""
    post: str = ""
    monitor: str = ""
    basis: str = ""
    procedure: str = ""
    limit_days: int = 0
    next: list[str] = strawberry.field(default_factory=list[str])
    declares: str = ""
    replaces: list[str] = strawberry.field(default_factory=list[str])

    def step(self) -> domain.Step:
        return domain.Step(
            self.code, self.title, self.function, self.title_en, self.post, self.monitor, self.basis,
            self.procedure, self.limit_days, tuple(self.next), self.declares, tuple(self.replaces),
        )  # fmt: skip


@strawberry.input
class ProcessGraphInput:
    title: str
    steps: list[ProcessStepInput]
    limit_days: int
    limit_unit: DayUnit = DayUnit.WORKING_DAY
    title_en: str = ""
    process_class: str = ""
    activities: list[Activity] = strawberry.field(default_factory=list[Activity])

    def graph(self) -> domain.Graph:
        steps = tuple(step.step() for step in self.steps)
        return domain.Graph(
            self.title, steps, self.limit_days, self.limit_unit, self.title_en, self.process_class,
            tuple(self.activities),
        )  # fmt: skip


@strawberry.input(description="Without a graph the draft starts from the version in force or the catalogue.")
class DraftProcessVersionInput:
    client_mutation_id: str
    process: str
    owner_unit: strawberry.ID
    graph: ProcessGraphInput | None = None


@strawberry.input
class ReviseProcessDraftInput:
    client_mutation_id: str
    version_id: strawberry.ID
    graph: ProcessGraphInput


@strawberry.input
class DisposeRiskPointInput:
    client_mutation_id: str
    version_id: strawberry.ID
    point_id: strawberry.ID
    kind: RiskDisposition
    to_step: str = ""
    receiver: str = ""
    tightened: Tightened | None = None
    reason: str = ""


@strawberry.input
class AcceptTransferInput:
    client_mutation_id: str
    version_id: strawberry.ID
    point_id: strawberry.ID


@strawberry.input
class PublishProcessVersionInput:
    client_mutation_id: str
    version_id: strawberry.ID
    effective_from: date


@strawberry.type
class ProcessVersionPayload:
    process_version: ProcessVersion | None
    user_errors: list[UserError]


@strawberry.type
class AcceptTransferPayload:
    accepted: bool
    user_errors: list[UserError]


@strawberry.type
class ProcessMutation:
    @strawberry.mutation(description="Open a draft of a process.")
    async def draft_process_version(
        self, info: Info, input: DraftProcessVersionInput
    ) -> ProcessVersionPayload:
        graph = input.graph.graph() if input.graph else None
        command = drafting.DraftProcess(input.process, input.owner_unit, graph)
        done, errors = await run(info, drafting.draft_process, command, input.client_mutation_id)
        return await _payload(info, done.version_id if done else None, errors)

    @strawberry.mutation(description="Give the whole graph of a draft anew.")
    async def revise_process_draft(self, info: Info, input: ReviseProcessDraftInput) -> ProcessVersionPayload:
        command = drafting.ReviseDraft(input.version_id, input.graph.graph())
        done, errors = await run(info, drafting.revise_draft, command, input.client_mutation_id)
        return await _payload(info, done.version_id if done else None, errors)

    @strawberry.mutation(
        description="Say what becomes of a point that the draft touches; the last word counts."
    )
    async def dispose_risk_point(self, info: Info, input: DisposeRiskPointInput) -> ProcessVersionPayload:
        command = disposing.DisposePoint(
            input.version_id, input.point_id, input.kind, input.to_step, input.receiver, input.tightened, input.reason
        )  # fmt: skip
        done, errors = await run(info, disposing.dispose_point, command, input.client_mutation_id)
        return await _payload(info, done.version_id if done else None, errors)

    @strawberry.mutation(description="The receiving post takes a point over.")
    async def accept_transfer(self, info: Info, input: AcceptTransferInput) -> AcceptTransferPayload:
        command = disposing.AcceptTransfer(input.version_id, input.point_id)
        done, errors = await run(info, disposing.accept_transfer, command, input.client_mutation_id)
        return AcceptTransferPayload(accepted=done is not None, user_errors=errors)

    @strawberry.mutation(description="Refused with SOD_VIOLATION, DISPOSITION_MISSING, NO_LEGAL_BASIS, …")
    async def publish_process_version(
        self, info: Info, input: PublishProcessVersionInput
    ) -> ProcessVersionPayload:
        command = PublishProcess(input.version_id, input.effective_from)
        done, errors = await run(info, publish_process, command, input.client_mutation_id)
        return await _payload(info, done.version_id if done else None, errors)


async def _payload(info: Info, version_id: str | None, errors: list[UserError]) -> ProcessVersionPayload:
    found = await versions(info, None, None, id_=version_id) if version_id else []
    return ProcessVersionPayload(process_version=found[0] if found else None, user_errors=errors)


@strawberry.type
class ProcessQuery:
    @strawberry.field(description="Processes in force on a day, for everybody in the bureau.")
    async def processes(
        self, info: Info, as_of: date | None = None, process: str | None = None
    ) -> list[ProcessVersion]:
        return await versions(info, as_of, process)

    @strawberry.field(description="Every version of a process that you may see, drafts included.")
    async def process_versions(self, info: Info, process: str) -> list[ProcessVersion]:
        return await versions(info, None, process, drafts=True)

    @strawberry.field
    async def process_version(self, info: Info, id: strawberry.ID) -> ProcessVersion | None:
        return next(iter(await versions(info, None, None, id_=id)), None)

    @strawberry.field(description="What publishing a draft would do and what forbids it; writes nothing.")
    async def process_what_if(
        self, info: Info, version_id: strawberry.ID, effective_from: date
    ) -> ReformPreview:
        return await what_if(info, version_id, effective_from)
