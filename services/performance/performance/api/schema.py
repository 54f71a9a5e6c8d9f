"""The performance subgraph: each field one line of work."""

from collections.abc import AsyncGenerator

import strawberry
from plumbline_shared.graphql import Info, UserError, build_schema, run

from performance.api.live import posted_in
from performance.api.types import Incident, Person, PersonScore, ScoreEntry, ScoreReversal, Unit, UnitScore
from performance.storage import reversals
from performance.use_cases.reverse_entry import DecideReversal, ReverseEntry, decide_reversal, reverse_entry


@strawberry.type
class Query:
    @strawberry.field(
        description="A unit's score of a year with every entry. Null when it is not yours to see."
    )
    async def unit_score(self, info: Info, unit_id: strawberry.ID, year: int) -> UnitScore | None:
        return await UnitScore.load(info, unit_id, year)

    @strawberry.field(
        description="A person's score of a year with every entry. Null when it is not yours to see."
    )
    async def person_score(self, info: Info, person_id: strawberry.ID, year: int) -> PersonScore | None:
        return await PersonScore.load(info, person_id, year)

    @strawberry.field(description="A request to take an entry back; for the supervision office.")
    async def score_reversal(self, info: Info, id: strawberry.ID) -> ScoreReversal | None:
        return await _reversal(info, id)


@strawberry.input
class ReverseScoreEntryInput:
    client_mutation_id: str
    entry_id: strawberry.ID
    reason: str


@strawberry.input
class DecideScoreReversalInput:
    client_mutation_id: str
    reversal_id: strawberry.ID
    confirm: bool


@strawberry.type
class ReverseScoreEntryPayload:
    reversal: ScoreReversal | None
    user_errors: list[UserError]


@strawberry.type
class DecideScoreReversalPayload:
    entry: ScoreEntry | None
    user_errors: list[UserError]


@strawberry.type
class Mutation:
    @strawberry.mutation(
        description="Enter a reversal; a second person of the supervision office decides it."
    )
    async def reverse_score_entry(
        self, info: Info, input: ReverseScoreEntryInput
    ) -> ReverseScoreEntryPayload:
        command = ReverseEntry(input.entry_id, input.reason)
        request, errors = await run(info, reverse_entry, command, input.client_mutation_id)
        reversal = await _reversal(info, request) if request else None
        return ReverseScoreEntryPayload(reversal=reversal, user_errors=errors)

    @strawberry.mutation(description="Confirm or reject a reversal that somebody else entered.")
    async def decide_score_reversal(
        self, info: Info, input: DecideScoreReversalInput
    ) -> DecideScoreReversalPayload:
        command = DecideReversal(input.reversal_id, input.confirm)
        entry, errors = await run(info, decide_reversal, command, input.client_mutation_id)
        found = await ScoreEntry.load(info, entry) if entry else None
        return DecideScoreReversalPayload(entry=found, user_errors=errors)


@strawberry.type
class Subscription:
    @strawberry.subscription(description="Entries of a unit and of its persons, as they are posted.")
    async def score_posted(self, info: Info, unit_id: strawberry.ID) -> AsyncGenerator[ScoreEntry, None]:
        async for found in posted_in(info.context, unit_id):
            yield ScoreEntry.of(found)


async def _reversal(info: Info, request_id: str) -> ScoreReversal | None:
    async with info.context.read() as conn:
        request = await reversals.get(conn, request_id)
    return ScoreReversal.of(request) if request else None


schema = build_schema(Query, Mutation, Subscription, types=[Incident, Person, ScoreEntry, Unit])
