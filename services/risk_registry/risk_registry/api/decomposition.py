"""Who holds which share of a process (S2-061): by post for whoever sees the version, by officer for those who oversee."""

import strawberry
from plumbline_shared.graphql import Info
from plumbline_shared.policy import absent

from risk_registry.api import loaders
from risk_registry.api.processes import versions
from risk_registry.api.references import Person, Post, person, post
from risk_registry.api.rule_enums import DutyPower
from risk_registry.domain import decomposition as domain
from risk_registry.domain.processes import DutyPower as Power
from risk_registry.policies import POLICY, finding_resource, process_resource


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


@strawberry.type(description="分解权力: the whole of one version.")
class PowerDecomposition:
    steps: int
    by_post: list[PowerShare]
    unanswered_steps: list[str] = strawberry.field(description="Steps for which no post answers.")
    by_person: list[PowerShare] | None = strawberry.field(
        description="By those who hold the posts today; null unless you oversee the bureau or own the process."
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
        )


async def _persons(info: Info, bureau: str, graph: domain.Graph) -> list[PowerShare]:
    org = await loaders.org_of(info.context, bureau)
    held = {step.post: org.holders(step.post, info.context.today) for step in graph.steps if step.post}
    return [_share(each, person=person(each.holder)) for each in domain.by_person(graph, held)]


def _share(each: domain.Share, post: Post | None = None, person: Person | None = None) -> PowerShare:
    return PowerShare(
        post=post, person=person, steps=list(each.steps), percent=each.percent,
        powers=[power for power in Power if power in each.powers], concentrated=each.concentrated,
    )  # fmt: skip
