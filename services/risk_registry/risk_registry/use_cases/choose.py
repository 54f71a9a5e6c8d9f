"""People choose posts, and the leader of a post chooses people; each ranking is its author's alone (S1-042)."""

from collections.abc import Sequence
from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.avoidance import leader_post
from risk_registry.domain.places import absolute
from risk_registry.storage.selection import Campaign, add_choice, campaigns, lock_campaign, rounds

LAST_ROUND = 2


class SelectionRoundOver(Refused):
    """The round is closed: choose in the one that is open, if there is one."""

    code = "SELECTION_ROUND_OVER"


class AlreadyPlaced(Refused):
    """An earlier round has placed this person, or filled this post."""

    code = "ALREADY_PLACED"


class ChoosePosts(msgspec.Struct, frozen=True):
    """The posts that the candidate would have, the best first; none takes the wish back."""

    campaign_id: str
    posts: list[str]


class ChoosePersons(msgspec.Struct, frozen=True):
    """The candidates that a post's leader would have on it, the best first."""

    campaign_id: str
    post: str
    persons: list[str]


class Chosen(msgspec.Struct, frozen=True):
    """The campaign and the round in which it counts."""

    campaign_id: str
    round: int


async def choose_posts(uow: Uow, command: ChoosePosts) -> Chosen:
    """Refuses with NOT_FOUND, INVALID_INPUT, SELECTION_ROUND_OVER or ALREADY_PLACED."""
    person, bureau = uow.principal.person_id or "", uow.principal.bureau_id or ""
    campaign = await _campaign(uow, bureau, command.campaign_id)
    if person not in campaign.candidates:
        raise absent("selection campaign")
    posts = [absolute(bureau, each) for each in command.posts]
    _check_ranking(posts, campaign.posts, "posts")
    return await _keep(uow, campaign, "PERSON", person, posts)


async def choose_persons(uow: Uow, command: ChoosePersons) -> Chosen:
    """Refuses with NOT_FOUND, INVALID_INPUT, SELECTION_ROUND_OVER or ALREADY_PLACED."""
    person, bureau = uow.principal.person_id or "", uow.principal.bureau_id or ""
    campaign, post = await _campaign(uow, bureau, command.campaign_id), absolute(bureau, command.post)
    org = await load_org(uow.conn, bureau)
    if post not in campaign.posts or person not in choosers_of(org, post, campaign, uow.today):
        raise absent("selection campaign")
    _check_ranking(command.persons, campaign.candidates, "persons")
    if person in command.persons:
        raise Invalid("nobody chooses themselves", path=("persons",))
    return await _keep(uow, campaign, "POST", post, command.persons)


def choosers_of(org: Org, post: str, campaign: Campaign, on: date) -> tuple[str, ...]:
    """Who holds the post that leads this one, or else the deputy in charge, or the head; never a candidate."""
    leader, unit = leader_post(org, post), org.posts[post].unit_id
    ranks = (org.holders(leader, on) if leader else (), (org.deputy_in_charge(unit, on),), (org.head(on),))
    free = (tuple(one for one in rank if one and one not in campaign.candidates) for rank in ranks)
    return next((each for each in free if each), ())


async def _campaign(uow: Uow, bureau: str, campaign_id: str) -> Campaign:
    await lock_campaign(uow.conn, campaign_id)
    await identify(uow.conn, system(bureau))
    found = await campaigns(uow.conn, bureau, campaign_id)
    if not found:
        raise absent("selection campaign")
    return found[0]


def _check_ranking(ranked: Sequence[str], known: Sequence[str], path: str) -> None:
    if len(set(ranked)) < len(ranked):
        raise Invalid("rank each once", path=(path,))
    for place, each in enumerate(ranked):
        if each not in known:
            raise Invalid("this is not part of the campaign", path=(path, place))


async def _keep(uow: Uow, campaign: Campaign, side: str, subject: str, ranked: Sequence[str]) -> Chosen:
    before = await rounds(uow.conn, campaign.id)
    number = len(before) + 1
    if number > LAST_ROUND or campaign.decision:
        raise SelectionRoundOver("the last round is closed")
    placed = {id_ for each in before for match in each.matches for id_ in (match.person_id, match.post_id)}
    if subject in placed:
        raise AlreadyPlaced("an earlier round has settled this")
    await identify(uow.conn, uow.principal)
    await add_choice(
        uow.conn, campaign, number, side, subject, ranked, uow.principal.person_id or "", uow.now
    )
    await uow.audit("choose", "Selection", campaign.id, {"round": number, "side": side})
    return Chosen(campaign.id, number)
