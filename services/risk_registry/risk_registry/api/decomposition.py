"""Who holds which share of a process (S2-061), and whether departments divide it as the bureau says (S2-017).

By post for whoever sees the version, by officer for those who oversee.
"""

import strawberry
from plumbline_shared.graphql import Info
from plumbline_shared.policy import absent

from risk_registry.api import loaders
from risk_registry.api.processes import ReformProblem, versions
from risk_registry.api.references import Person, Post, person, post
from risk_registry.api.rule_enums import DutyPower
from risk_registry.domain import decomposition as domain
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.processes import DutyPower as Power
from risk_registry.domain.processes import ProcessVersion
from risk_registry.policies import POLICY, finding_resource, process_resource
from risk_registry.storage.catalogue import bodies_on
from risk_registry.use_cases.examine_reform import split_problems


@strawberry.type(
    description="A share of a process: steps, and which of the three powers they exercise (S2-015)."
)
class PowerShare:
    post: Post | None
    person: Person | None
    steps: list[str]
    percent: float
    powers: list[DutyPower]
    concentrated: bool = strawberry.field(description="More than one of the three powers in one hand.")


@strawberry.type(description="三权分设: the kinds of department that hold each power of a process (S2-017).")
class PowerSplit:
    code: str
    decision: list[str]
    execution: list[str]
    supervision: list[str]
    citation: str


@strawberry.type(description="分解权力: the whole of one version.")
class PowerDecomposition:
    steps: int
    by_post: list[PowerShare]
    unanswered_steps: list[str] = strawberry.field(description="Steps for which no post answers.")
    by_person: list[PowerShare] | None = strawberry.field(
        description="By those who hold the posts today; null unless you oversee the bureau or own the process."
    )
    splits: list[PowerSplit] = strawberry.field(
        description="What the bureau says of this process; empty where it says nothing."
    )
    misplaced: list[ReformProblem] | None = strawberry.field(
        description="What breaks it: POWER_MISPLACED, SIGNATURE_MISSING; null like byPerson."
    )


@strawberry.type
class DecompositionQuery:
    @strawberry.field(description="Who holds which share of a version that you may see.")
    async def power_decomposition(self, info: Info, version_id: strawberry.ID) -> PowerDecomposition:
        found = await versions(info, None, None, id_=version_id)
        if not found:
            raise absent("ProcessVersion")
        version = found[0].version
        who = await loaders.reader_on(info.context, info.context.today)
        resource = process_resource(version.id, version.bureau_id, version.owner_unit)
        cleared = POLICY.allows(who, "read", finding_resource("decomposition", version.bureau_id))
        cleared = cleared or POLICY.allows(who, "draft", resource)
        posts = domain.by_post(version.graph)
        return PowerDecomposition(
            steps=len(version.graph.steps),
            by_post=[_share(each, post=post(each.holder)) for each in posts if each.holder],
            unanswered_steps=[code for each in posts if not each.holder for code in each.steps],
            by_person=await _persons(info, version.bureau_id, version.graph) if cleared else None,
            splits=await _splits(info, version),
            misplaced=await _misplaced(info, version) if cleared else None,
        )


async def _splits(info: Info, version: ProcessVersion) -> list[PowerSplit]:
    on = info.context.today
    async with info.context.read() as conn:
        found = await bodies_on(conn, version.bureau_id, on, EntryKind.POWER_SPLIT)
    return [
        PowerSplit(
            code=code, decision=list(each.decision), execution=list(each.execution),
            supervision=list(each.supervision), citation=each.citation,
        )
        for code, each in found
        if each.process == version.process
    ]  # fmt: skip


async def _misplaced(info: Info, version: ProcessVersion) -> list[ReformProblem]:
    async with info.context.read() as conn:
        found = await split_problems(conn, version, info.context.today)
    return [ReformProblem(code=each.code, subject=each.subject, message=each.message) for each in found]


async def _persons(info: Info, bureau: str, graph: domain.Graph) -> list[PowerShare]:
    org = await loaders.org_of(info.context, bureau)
    held = {step.post: org.holders(step.post, info.context.today) for step in graph.steps if step.post}
    return [_share(each, person=person(each.holder)) for each in domain.by_person(graph, held)]


def _share(each: domain.Share, post: Post | None = None, person: Person | None = None) -> PowerShare:
    return PowerShare(
        post=post, person=person, steps=list(each.steps), percent=each.percent,
        powers=[power for power in Power if power in each.powers], concentrated=each.concentrated,
    )  # fmt: skip
