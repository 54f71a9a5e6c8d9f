"""What may be asked about adjudications, and each part of one."""

from datetime import date

import strawberry
from plumbline_shared.graphql import (
    Info,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
)

from case_flow.api.adjudications import Adjudication, AdjudicationConnection, adjudication_of
from case_flow.api.control_enums import Choice, Party
from case_flow.api.mutations import done
from case_flow.storage import adjudication as storage
from case_flow.use_cases.conclude_adjudication import ConcludeAdjudication, conclude_adjudication
from case_flow.use_cases.convene_adjudication import (
    ConveneAdjudication,
    HoldAdjudicationMeeting,
    MemberNamed,
    convene_adjudication,
    hold_adjudication_meeting,
)
from case_flow.use_cases.give_opinion import (
    GiveOpinion,
    RecuseFromAdjudication,
    give_opinion,
    recuse_from_adjudication,
)
from case_flow.use_cases.propose_adjudication import ProposeAdjudication, propose_adjudication


@strawberry.input
class ProposeAdjudicationInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    dossier: str
    proposal: str
    party: Party | None = strawberry.field(
        default=None, description="Only for a case without a fine entered."
    )
    amount_fen: int | None = None


@strawberry.input
class AdjudicationMemberInput:
    unit_id: strawberry.ID
    person_id: strawberry.ID


@strawberry.input
class ConveneAdjudicationInput:
    client_mutation_id: str
    adjudication_id: strawberry.ID
    members: list[AdjudicationMemberInput]


@strawberry.input
class HoldAdjudicationMeetingInput:
    client_mutation_id: str
    adjudication_id: strawberry.ID
    present: list[strawberry.ID]


@strawberry.input
class GiveOpinionInput:
    client_mutation_id: str
    adjudication_id: strawberry.ID
    choice: Choice
    text: str = ""


@strawberry.input
class RecuseFromAdjudicationInput:
    client_mutation_id: str
    adjudication_id: strawberry.ID
    reason: str


@strawberry.input
class ConcludeAdjudicationInput:
    client_mutation_id: str
    adjudication_id: strawberry.ID
    minutes: str


@strawberry.type
class AdjudicationPayload:
    adjudication: Adjudication | None
    user_errors: list[UserError]


@strawberry.type
class AdjudicationQuery:
    @strawberry.field(description="One adjudication; null when it does not exist or is not yours to see.")
    async def adjudication(self, info: Info, id: strawberry.ID) -> Adjudication | None:
        return await adjudication_of(info, id)

    @strawberry.field(description="Adjudications that you take part in.")
    async def adjudications(
        self,
        info: Info,
        matter_id: strawberry.ID | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> AdjudicationConnection:
        size = page_size(first)
        cursor = decode_cursor(after, tuple[date, str]) if after else None
        async with info.context.read() as conn:
            rows = await storage.page(conn, matter_id, cursor, size + 1)
        edges, page_info = paginate(
            rows, size, Adjudication.of, lambda row: encode_cursor(row.proposed_on.isoformat(), row.id)
        )
        return AdjudicationConnection(edges=edges, page_info=page_info)


@strawberry.type
class AdjudicationMutation:
    @strawberry.mutation(description="提请集体审理 of a major case.")
    async def propose_adjudication(self, info: Info, input: ProposeAdjudicationInput) -> AdjudicationPayload:
        command = ProposeAdjudication(
            input.matter_id, input.dossier, input.proposal, input.party, input.amount_fen
        )
        return _payload(
            *await done(info, propose_adjudication, command, input.client_mutation_id, adjudication_of)
        )

    @strawberry.mutation(description="组成审理委员会: who sits for which member unit.")
    async def convene_adjudication(self, info: Info, input: ConveneAdjudicationInput) -> AdjudicationPayload:
        members = tuple(MemberNamed(one.unit_id, one.person_id) for one in input.members)
        command = ConveneAdjudication(input.adjudication_id, members)
        return _payload(
            *await done(info, convene_adjudication, command, input.client_mutation_id, adjudication_of)
        )

    @strawberry.mutation(description="召开会议审理, where the opinions on the file are split.")
    async def hold_adjudication_meeting(
        self, info: Info, input: HoldAdjudicationMeetingInput
    ) -> AdjudicationPayload:
        command = HoldAdjudicationMeeting(input.adjudication_id, tuple(input.present))
        return _payload(
            *await done(info, hold_adjudication_meeting, command, input.client_mutation_id, adjudication_of)
        )

    @strawberry.mutation(description="提出审理意见: your own, once a round; a dissent says why.")
    async def give_adjudication_opinion(self, info: Info, input: GiveOpinionInput) -> AdjudicationPayload:
        command = GiveOpinion(input.adjudication_id, input.choice, input.text)
        return _payload(*await done(info, give_opinion, command, input.client_mutation_id, adjudication_of))

    @strawberry.mutation(description="回避: you take no part.")
    async def recuse_from_adjudication(
        self, info: Info, input: RecuseFromAdjudicationInput
    ) -> AdjudicationPayload:
        command = RecuseFromAdjudication(input.adjudication_id, input.reason)
        return _payload(
            *await done(info, recuse_from_adjudication, command, input.client_mutation_id, adjudication_of)
        )

    @strawberry.mutation(description="审结, with the minutes; what is decided follows from the opinions.")
    async def conclude_adjudication(
        self, info: Info, input: ConcludeAdjudicationInput
    ) -> AdjudicationPayload:
        command = ConcludeAdjudication(input.adjudication_id, input.minutes)
        return _payload(
            *await done(info, conclude_adjudication, command, input.client_mutation_id, adjudication_of)
        )


def _payload(found: Adjudication | None, errors: list[UserError]) -> AdjudicationPayload:
    return AdjudicationPayload(adjudication=found, user_errors=errors)
