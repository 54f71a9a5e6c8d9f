"""What a matter tells of its running work: signers, hands, assignments."""

import strawberry
from plumbline_shared.graphql import Info

from case_flow.api import running_loaders as loaders
from case_flow.api.document_services import DocumentService
from case_flow.api.running_parts import AssignmentExplanation, DelegatedAct, SignerChange, Urge
from case_flow.domain import matter as domain
from case_flow.rules import SERVICE_RULES, rules_of


@strawberry.type
class RunningFields:
    row: strawberry.Private[domain.Matter]

    @strawberry.field(description="Who was asked to sign in addition, or no longer, and why.")
    async def signer_changes(self, info: Info) -> list[SignerChange]:
        return [SignerChange.of(one) for one in await loaders.signer_changes(info.context, self.row.id)]

    @strawberry.field(description="What was done with somebody else's authority; it counts as both persons'.")
    async def delegated_acts(self, info: Info) -> list[DelegatedAct]:
        return [DelegatedAct.of(one) for one in await loaders.delegated_acts(info.context, self.row.id)]

    @strawberry.field(description="送达: documents served on its party, and the periods that run from it.")
    async def services(self, info: Info) -> list[DocumentService]:
        pack = await rules_of(info.context, SERVICE_RULES)
        return [DocumentService.of(one, pack) for one in await loaders.services(info.context, self.row.id)]

    @strawberry.field(description="Who urged it, once a working day each.")
    async def urges(self, info: Info) -> list[Urge]:
        return [Urge.of(one) for one in await loaders.urges(info.context, self.row.id)]

    @strawberry.field(
        description="Why each step came into whose hands; not told: the only person of a unit who could."
    )
    async def assignment_explanation(self, info: Info) -> list[AssignmentExplanation]:
        found = await loaders.assignments(info.context, self.row.id)
        return [AssignmentExplanation.of(one) for one in found]
