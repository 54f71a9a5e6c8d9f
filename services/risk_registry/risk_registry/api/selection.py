"""Two-way selection over GraphQL: each sees the campaign, their own rankings, and what came of them (S1-042)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Context, Info
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.references import Person, Post, person, post
from risk_registry.domain.selection import Match, Missed, Outcome, Why
from risk_registry.policies import POLICY
from risk_registry.policies.selection import selection_resource
from risk_registry.storage import selection as stored
from risk_registry.use_cases.choose import LAST_ROUND, choosers_of

WORDS = {
    Why.KIN: ("任职回避", "the avoidance of kin keeps them apart"),
    Why.TENURE: ("该岗位任期将满", "the limit on the present post falls within the year"),
    Why.NOT_CHOSEN: ("单位未选择", "the unit did not choose them"),
    Why.RANKED_AFTER: ("单位选择了排序在前的人选", "the unit had somebody whom it ranked before them"),
    None: ("不符合条件", "not eligible"),
}
strawberry.enum(
    Why,
    name="SelectionReason",
    description="任职回避 KIN, 任期将满 TENURE, 单位未选 NOT_CHOSEN, 排序在后 RANKED_AFTER",
)


@strawberry.type(description="Who is to have which post; ranks count from 1.")
class SelectionMatch:
    person: Person
    post: Post
    person_rank: int
    post_rank: int

    @classmethod
    def of(cls, match: Match) -> "SelectionMatch":
        return cls(
            person=person(match.person_id),
            post=post(match.post_id),
            person_rank=match.person_rank,
            post_rank=match.post_rank,
        )


@strawberry.type(
    description="A post ranked above what the person got. Kin and tenure are for head, discipline and HR; null else."
)
class SelectionMiss:
    person: Person
    post: Post
    person_rank: int
    why: Why | None
    words: str
    words_en: str

    @classmethod
    def of(cls, miss: Missed, *, cleared: bool) -> "SelectionMiss":
        why = miss.why if cleared or miss.why in (Why.NOT_CHOSEN, Why.RANKED_AFTER) else None
        return cls(
            person=person(miss.person_id),
            post=post(miss.post_id),
            person_rank=miss.person_rank,
            why=why,
            words=WORDS[why][0],
            words_en=WORDS[why][1],
        )


@strawberry.type(description="What a closed round came to, as far as it is yours to see.")
class SelectionRound:
    number: int
    matches: list[SelectionMatch]
    missed: list[SelectionMiss]


@strawberry.type(description="Your ranking in the open round.")
class SelectionRanking:
    post: Post | None = strawberry.field(description="The post for which you choose; null for your own wish.")
    posts: list[Post]
    persons: list[Person]


@strawberry.type
class SelectionDecision:
    approved: bool
    reason: str
    decided_by: Person
    decided_at: datetime


@strawberry.type(description="双向选择: people choose posts, units choose people, the head decides.")
class SelectionCampaign:
    id: strawberry.ID
    title: str
    effective_from: date
    open_round: int | None = strawberry.field(
        description="Null once the last one is closed, or it is decided."
    )
    posts: list[Post]
    candidates: list[Person] = strawberry.field(
        description="All of them for who chooses and who runs it; else only yourself."
    )
    choosing_for: list[Post] = strawberry.field(description="The posts for which you choose.")
    own: list[SelectionRanking]
    rounds: list[SelectionRound]
    open_posts: list[Post] = strawberry.field(description="Without anybody so far, for who runs it.")
    unplaced: list[Person] = strawberry.field(description="Without a post so far, for who runs it.")
    decision: SelectionDecision | None


async def campaigns(context: Context, campaign_id: str | None = None) -> list[SelectionCampaign]:
    """Those that are the reader's to see."""
    bureau, who = loaders.bureau_of(context), await loaders.reader_on(context, context.today)
    async with context.runtime.db.read(who) as conn:
        found = await stored.campaigns(conn, bureau, campaign_id)
    resources = [selection_resource(each.id, bureau, each.candidates, each.units) for each in found]
    allowed = POLICY.decide(who, "read", resources)
    return [await _shown(context, each) for each, yes in zip(found, allowed, strict=True) if yes]


async def _shown(context: Context, one: stored.Campaign) -> SelectionCampaign:
    me, org = context.person_id(), await loaders.org_of(context, one.bureau_id)
    cleared = POLICY.allows(context.principal, "read_outcome", selection_resource(one.id, one.bureau_id))
    mine = [each for each in one.posts if me in choosers_of(org, each, one, context.today)]
    async with context.runtime.db.read(system(one.bureau_id)) as conn:
        closed = await stored.rounds(conn, one.id)
    placed = {id_ for each in closed for match in each.matches for id_ in (match.person_id, match.post_id)}
    number = len(closed) + 1 if len(closed) < LAST_ROUND and not one.decision else None
    seen = one.candidates if cleared or mine else tuple(each for each in one.candidates if each == me)
    return SelectionCampaign(
        id=strawberry.ID(one.id),
        title=one.title,
        effective_from=one.effective_from,
        open_round=number,
        posts=_posts(one.posts),
        candidates=_persons(seen),
        choosing_for=_posts(mine),
        own=await _own(context, one, number) if number else [],
        rounds=[
            _round(place, _visible(each, me, mine, cleared=cleared), cleared=cleared)
            for place, each in enumerate(closed, 1)
        ],
        open_posts=_posts(each for each in one.posts if cleared and closed and each not in placed),
        unplaced=_persons(each for each in one.candidates if cleared and closed and each not in placed),
        decision=_decision(one.decision) if one.decision else None,
    )


def _visible(found: Outcome, me: str, mine: Sequence[str], *, cleared: bool) -> Outcome:
    """A candidate sees their own, a leader what their posts got, and nobody how another was ranked elsewhere."""
    if cleared:
        return found
    return replace(
        found,
        matches=tuple(each for each in found.matches if each.person_id == me or each.post_id in mine),
        missed=tuple(each for each in found.missed if each.person_id == me),
    )


def _round(number: int, found: Outcome, *, cleared: bool) -> SelectionRound:
    return SelectionRound(
        number=number,
        matches=[SelectionMatch.of(each) for each in found.matches],
        missed=[SelectionMiss.of(each, cleared=cleared) for each in found.missed],
    )


async def _own(context: Context, one: stored.Campaign, number: int) -> list[SelectionRanking]:
    async with context.read() as conn:
        wishes = await stored.choices(conn, one.id, number, "PERSON")
        chosen = await stored.choices(conn, one.id, number, "POST")
    own = [SelectionRanking(post=None, posts=_posts(each), persons=[]) for each in wishes.values()]
    return own + [
        SelectionRanking(post=post(subject), posts=[], persons=_persons(each))
        for subject, each in chosen.items()
    ]


def _decision(made: stored.Decision) -> SelectionDecision:
    return SelectionDecision(
        approved=made.approved,
        reason=made.reason,
        decided_by=person(made.decided_by),
        decided_at=made.decided_at,
    )


def _posts(ids: Iterable[str]) -> list[Post]:
    return [post(each) for each in ids]


def _persons(ids: Iterable[str]) -> list[Person]:
    return [person(each) for each in ids]


@strawberry.type
class SelectionQuery:
    @strawberry.field(
        description="Campaigns of two-way selection in which you have a part, or which you run."
    )
    async def selection_campaigns(self, info: Info) -> list[SelectionCampaign]:
        return await campaigns(info.context)

    @strawberry.field(description="One campaign; null when it is not yours to see.")
    async def selection_campaign(self, info: Info, id: strawberry.ID) -> SelectionCampaign | None:
        return next(iter(await campaigns(info.context, id)), None)
