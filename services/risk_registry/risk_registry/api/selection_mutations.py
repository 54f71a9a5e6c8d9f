"""Writes of a two-way selection: open, choose on both sides, close a round, decide."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.api.selection import SelectionCampaign, campaigns
from risk_registry.use_cases.choose import ChoosePersons, ChoosePosts, choose_persons, choose_posts
from risk_registry.use_cases.close_selection_round import CloseSelectionRound, close_selection_round
from risk_registry.use_cases.decide_selection import DecideSelection, decide_selection
from risk_registry.use_cases.open_selection import OpenSelection, open_selection


@strawberry.input(description="From 1 January, or within the year with a reason (C-08).")
class OpenSelectionInput:
    client_mutation_id: str
    title: str
    effective_from: date
    posts: list[str]
    candidates: list[strawberry.ID]
    reason: str = ""


@strawberry.input(description="The best first; it takes the place of what you chose before.")
class ChoosePostsInput:
    client_mutation_id: str
    campaign_id: strawberry.ID
    posts: list[str]


@strawberry.input(description="The best first; it takes the place of what you chose before.")
class ChoosePersonsInput:
    client_mutation_id: str
    campaign_id: strawberry.ID
    post: str
    persons: list[strawberry.ID]


@strawberry.input
class CloseSelectionRoundInput:
    client_mutation_id: str
    campaign_id: strawberry.ID
    round: int


@strawberry.input
class DecideSelectionInput:
    client_mutation_id: str
    campaign_id: strawberry.ID
    approved: bool
    reason: str


@strawberry.type
class SelectionPayload:
    campaign: SelectionCampaign | None
    user_errors: list[UserError]

    @classmethod
    async def of(cls, info: Info, campaign_id: str | None, errors: list[UserError]) -> "SelectionPayload":
        seen = await campaigns(info.context, campaign_id) if campaign_id else []
        return cls(campaign=next(iter(seen), None), user_errors=errors)


@strawberry.type
class SelectionMutation:
    @strawberry.mutation(description="Open a campaign: the posts to fill, and who chooses among them.")
    async def open_selection(self, info: Info, input: OpenSelectionInput) -> SelectionPayload:
        command = OpenSelection(
            input.title, input.effective_from, input.posts, list(input.candidates), input.reason
        )
        done, errors = await run(info, open_selection, command, input.client_mutation_id)
        return await SelectionPayload.of(info, done.id if done else None, errors)

    @strawberry.mutation(description="Say which posts you would have; nobody else is shown it.")
    async def choose_posts(self, info: Info, input: ChoosePostsInput) -> SelectionPayload:
        command = ChoosePosts(input.campaign_id, input.posts)
        done, errors = await run(info, choose_posts, command, input.client_mutation_id)
        return await SelectionPayload.of(info, done.campaign_id if done else None, errors)

    @strawberry.mutation(
        description="Say whom you would have on a post that you lead; nobody else is shown it."
    )
    async def choose_persons(self, info: Info, input: ChoosePersonsInput) -> SelectionPayload:
        command = ChoosePersons(input.campaign_id, input.post, list(input.persons))
        done, errors = await run(info, choose_persons, command, input.client_mutation_id)
        return await SelectionPayload.of(info, done.campaign_id if done else None, errors)

    @strawberry.mutation(description="Close a round: a choice for which nobody would rather trade.")
    async def close_selection_round(self, info: Info, input: CloseSelectionRoundInput) -> SelectionPayload:
        command = CloseSelectionRound(input.campaign_id, input.round)
        done, errors = await run(info, close_selection_round, command, input.client_mutation_id)
        return await SelectionPayload.of(info, done.campaign_id if done else None, errors)

    @strawberry.mutation(
        description="Approve what came of it, as proposals of rotation, or decide against it."
    )
    async def decide_selection(self, info: Info, input: DecideSelectionInput) -> SelectionPayload:
        command = DecideSelection(input.campaign_id, input.approved, input.reason)
        done, errors = await run(info, decide_selection, command, input.client_mutation_id)
        return await SelectionPayload.of(info, done.campaign_id if done else None, errors)
