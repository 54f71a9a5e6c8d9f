"""Personnel opens a campaign of two-way selection: the posts to fill, and who chooses among them (S1-042, C-08)."""

from collections.abc import Sequence
from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.places import absolute
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.selection import selection_resource
from risk_registry.storage.selection import Campaign, add_campaign
from risk_registry.use_cases.plan_rotation import NotAtYearBoundary

MOST = 500


class OpenSelection(msgspec.Struct, frozen=True):
    """`reason` for a campaign that does not wait for the year's turn."""

    title: str
    effective_from: date
    posts: list[str]
    candidates: list[str]
    reason: str = ""


class SelectionKept(msgspec.Struct, frozen=True):
    """The campaign."""

    id: str


async def open_selection(uow: Uow, command: OpenSelection) -> SelectionKept:
    """Refuses with NOT_FOUND, INVALID_INPUT, EFFECTIVE_IN_PAST or NOT_AT_YEAR_BOUNDARY."""
    bureau, day = uow.principal.bureau_id or "", command.effective_from
    POLICY.require(uow.principal, "run", selection_resource("new", bureau))
    title, reason = checked(command.title, "title").strip(), checked(command.reason, "reason").strip()
    if not title:
        raise Invalid("give the campaign a title", path=("title",))
    if day < uow.today:
        raise EffectiveInPast(f"a rotation counts from {uow.today} or later", path=("effectiveFrom",))
    if (day.month, day.day) != (1, 1) and not reason:
        raise NotAtYearBoundary("name the reason for a rotation within the year, or plan it for 1 January")
    await identify(uow.conn, system(bureau))
    org = await load_org(uow.conn, bureau)
    posts = _posts(org, [absolute(bureau, each) for each in command.posts], day)
    candidates = _candidates(org, command.candidates, day)
    units = tuple(sorted({org.posts[post].unit_id for post in posts}))
    campaign = Campaign(
        new_id("sc"), bureau, title, day, reason, posts, units, candidates, uow.principal.actor, uow.now
    )
    await add_campaign(uow.conn, campaign)
    await uow.audit("open_selection", "Selection", campaign.id, {"posts": len(posts)})
    return SelectionKept(campaign.id)


def _posts(org: Org, posts: Sequence[str], on: date) -> tuple[str, ...]:
    if not 0 < len(posts) <= MOST or len(set(posts)) < len(posts):
        raise Invalid(f"name 1 to {MOST} posts, each once", path=("posts",))
    for place, post in enumerate(posts):
        if post not in org.posts or not org.posts[post].span.covers(on):
            raise Invalid("there is no such post on that day", path=("posts", place))
    return tuple(sorted(posts))


def _candidates(org: Org, persons: Sequence[str], on: date) -> tuple[str, ...]:
    if not 0 < len(persons) <= MOST or len(set(persons)) < len(persons):
        raise Invalid(f"name 1 to {MOST} candidates, each once", path=("candidates",))
    for place, person in enumerate(persons):
        if person not in org.persons or not org.persons[person].serves(on):
            raise Invalid("there is no such officer who serves on that day", path=("candidates", place))
    return tuple(sorted(persons))
