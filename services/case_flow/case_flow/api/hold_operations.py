"""What may be asked about holds and done with them: correct, depart, give up."""

from datetime import datetime

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import (
    Info,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
    run,
)
from strawberry.scalars import JSON

from case_flow.api.beyond import beyond
from case_flow.api.control_enums import HoldState, HoldWay
from case_flow.api.holds import Hold, HoldConnection, hold_of
from case_flow.api.matter_inputs import mapping
from case_flow.storage import hold as holds
from case_flow.use_cases.abandon_hold import AbandonHold, abandon_hold
from case_flow.use_cases.co_sign_departure import CoSignDeparture, co_sign_departure
from case_flow.use_cases.correct_hold import CorrectHold, correct_hold
from case_flow.use_cases.decide_departure import DecideDeparture, decide_departure
from case_flow.use_cases.request_departure import RequestDeparture, request_departure
from case_flow.use_cases.review_departure import ReviewDeparture, review_departure


@strawberry.input
class CorrectHoldInput:
    client_mutation_id: str
    hold_id: strawberry.ID
    payload: JSON
    co_signers: list[strawberry.ID] = strawberry.field(default_factory=list)
    way: HoldWay = strawberry.field(default=HoldWay.CORRECT, description="CORRECT or CONVERT_TO_ORDINARY.")

    def command(self) -> CorrectHold:
        if self.way not in (HoldWay.CORRECT, HoldWay.CONVERT_TO_ORDINARY):
            raise Invalid("a hold is corrected by CORRECT or CONVERT_TO_ORDINARY", path=("way",))
        return CorrectHold(self.hold_id, mapping(self.payload, "payload"), tuple(self.co_signers), self.way)


@strawberry.input
class AbandonHoldInput:
    client_mutation_id: str
    hold_id: strawberry.ID
    reason: str


@strawberry.input
class RequestDepartureInput:
    client_mutation_id: str
    hold_id: strawberry.ID
    reason: str


@strawberry.input
class ReviewDepartureInput:
    client_mutation_id: str
    hold_id: strawberry.ID
    opinion: str
    agrees: bool


@strawberry.input
class DecideDepartureInput:
    client_mutation_id: str
    hold_id: strawberry.ID
    members: list[strawberry.ID]
    votes_for: int
    votes_against: int


@strawberry.input
class CoSignDepartureInput:
    client_mutation_id: str
    hold_id: strawberry.ID


@strawberry.type
class HoldPayload:
    hold: Hold | None
    user_errors: list[UserError]


@strawberry.type
class CorrectHoldPayload:
    hold: Hold | None = strawberry.field(description="The hold that was to be corrected.")
    still_held_by: Hold | None = strawberry.field(description="What holds the step now; null once it passed.")
    user_errors: list[UserError]


@strawberry.type
class HoldQuery:
    @strawberry.field(description="One hold; null when it does not exist or is not yours to see.")
    async def hold(self, info: Info, id: strawberry.ID) -> Hold | None:
        return await hold_of(info, id)

    @strawberry.field(description="Holds that you see.")
    async def holds(
        self,
        info: Info,
        state: HoldState | None = None,
        matter_id: strawberry.ID | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> HoldConnection:
        size = page_size(first)
        cursor = decode_cursor(after, tuple[datetime, str]) if after else None
        async with info.context.read() as conn:
            rows = await holds.page(conn, state, matter_id, cursor, size + 1)
        edges, page_info = paginate(
            rows, size, Hold.of, lambda row: encode_cursor(row.raised_at.isoformat(), row.id)
        )
        return HoldConnection(edges=edges, page_info=page_info)


@strawberry.type
class HoldMutation:
    @strawberry.mutation(description="更正: the held step again, with another payload.")
    async def correct_hold(self, info: Info, input: CorrectHoldInput) -> CorrectHoldPayload:
        done, errors = await run(info, correct_hold, input.command(), input.client_mutation_id)
        return CorrectHoldPayload(
            hold=await hold_of(info, input.hold_id if done else None),
            still_held_by=await hold_of(info, done.hold_id if done else None),
            user_errors=[*errors, *beyond(done)],
        )

    @strawberry.mutation(description="放弃: the step is not taken; the reason stays on record.")
    async def abandon_hold(self, info: Info, input: AbandonHoldInput) -> HoldPayload:
        command = AbandonHold(input.hold_id, input.reason)
        done, errors = await run(info, abandon_hold, command, input.client_mutation_id)
        return HoldPayload(hold=await hold_of(info, done), user_errors=errors)

    @strawberry.mutation(description="申请偏离: with legal review and collective discussion.")
    async def request_departure(self, info: Info, input: RequestDepartureInput) -> HoldPayload:
        command = RequestDeparture(input.hold_id, input.reason)
        done, errors = await run(info, request_departure, command, input.client_mutation_id)
        return HoldPayload(hold=await hold_of(info, done), user_errors=errors)

    @strawberry.mutation(description="法制审核 of a departure.")
    async def review_departure(self, info: Info, input: ReviewDepartureInput) -> HoldPayload:
        command = ReviewDeparture(input.hold_id, input.opinion, input.agrees)
        done, errors = await run(info, review_departure, command, input.client_mutation_id)
        return HoldPayload(hold=await hold_of(info, done), user_errors=errors)

    @strawberry.mutation(description="集体讨论: what the meeting decided on a departure.")
    async def decide_departure(self, info: Info, input: DecideDepartureInput) -> HoldPayload:
        command = DecideDeparture(input.hold_id, tuple(input.members), input.votes_for, input.votes_against)
        done, errors = await run(info, decide_departure, command, input.client_mutation_id)
        return HoldPayload(hold=await hold_of(info, input.hold_id if done else None), user_errors=errors)

    @strawberry.mutation(
        description="会签: the discipline lead co-signs a departure that the meeting granted."
    )
    async def co_sign_departure(self, info: Info, input: CoSignDepartureInput) -> HoldPayload:
        command = CoSignDeparture(input.hold_id)
        done, errors = await run(info, co_sign_departure, command, input.client_mutation_id)
        return HoldPayload(hold=await hold_of(info, done), user_errors=errors)
