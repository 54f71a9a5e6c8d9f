"""The head decides a campaign: what was matched becomes proposals of rotation, checked once more (S1-042)."""

from collections.abc import Sequence

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid, Refused
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.selection import Match, Pair
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.selection import selection_resource
from risk_registry.storage.rotation import Proposal, add_proposal
from risk_registry.storage.selection import Campaign, Decision, campaigns, decide, lock_campaign, rounds
from risk_registry.use_cases.close_selection_round import apart_by_kin


class SelectionDecided(Conflict):
    """There is a decision already."""

    code = "SELECTION_DECIDED"


class SelectionOpen(Refused):
    """No round is closed yet: there is nothing to decide."""

    code = "SELECTION_OPEN"


class SelectionOutdated(Refused):
    """Somebody left, a post ended, or kin were declared since the round: decide against it, and open another."""

    code = "SELECTION_OUTDATED"


class OwnSelection(Refused):
    """Nobody decides about a post that they are to get themselves (SoD-12)."""

    code = "SOD_OWN_SELECTION"


class DecideSelection(msgspec.Struct, frozen=True):
    """The head's decision with its reason."""

    campaign_id: str
    approved: bool
    reason: str


class SelectionClosed(msgspec.Struct, frozen=True):
    """The campaign, and how many rotations it proposes."""

    campaign_id: str
    proposed: int


async def decide_selection(uow: Uow, command: DecideSelection) -> SelectionClosed:
    """Refuses with NOT_FOUND, INVALID_INPUT, SELECTION_DECIDED, SELECTION_OPEN, SELECTION_OUTDATED or SOD_OWN_SELECTION."""
    bureau, reason = uow.principal.bureau_id or "", checked(command.reason, "reason").strip()
    POLICY.require(uow.principal, "decide", selection_resource(command.campaign_id, bureau))
    if not reason:
        raise Invalid("give the reasons", path=("reason",))
    await lock_campaign(uow.conn, command.campaign_id)
    await identify(uow.conn, system(bureau))
    campaign, matches = await _decidable(uow, bureau, command.campaign_id)
    if command.approved:
        await _propose(uow, campaign, matches)
    made = Decision(command.approved, reason, uow.principal.actor, uow.now)
    await decide(uow.conn, campaign, made)
    await uow.audit("decide_selection", "Selection", campaign.id, {"approved": command.approved})
    return SelectionClosed(campaign.id, len(matches) if command.approved else 0)


async def _decidable(uow: Uow, bureau: str, campaign_id: str) -> tuple[Campaign, list[Match]]:
    found = await campaigns(uow.conn, bureau, campaign_id)
    if not found:
        raise absent("selection campaign")
    closed = await rounds(uow.conn, campaign_id)
    if found[0].decision:
        raise SelectionDecided("this campaign is decided")
    if not closed:
        raise SelectionOpen("close a round first")
    if uow.principal.person_id in found[0].candidates:
        raise OwnSelection("somebody else decides a campaign in which you are a candidate")
    return found[0], [match for each in closed for match in each.matches]


async def _propose(uow: Uow, campaign: Campaign, matches: Sequence[Match]) -> None:
    org, day = await load_org(uow.conn, campaign.bureau_id), campaign.effective_from
    gone = [
        each.person_id
        for each in matches
        if each.person_id not in org.persons
        or not org.persons[each.person_id].serves(day)
        or each.post_id not in org.posts
        or not org.posts[each.post_id].span.covers(day)
    ]
    apart = await apart_by_kin(uow, org, campaign)
    against = set[Pair]() if gone else apart(matches)
    if gone or against or day < uow.today:
        raise SelectionOutdated(f"{len(gone) + len(against)} of {len(matches)} can no longer be made so")
    for each in matches:
        if each.post_id not in org.posts_of(each.person_id, day):
            await add_proposal(
                uow.conn, campaign.bureau_id, _proposal(uow, org.posts[each.post_id].unit_id, campaign, each)
            )


def _proposal(uow: Uow, unit: str, campaign: Campaign, match: Match) -> Proposal:
    return Proposal(
        new_id("rp"), match.person_id, unit, match.post_id, campaign.effective_from,
        f"双向选择 two-way selection: {campaign.title}", uow.principal.actor, uow.now,
    )  # fmt: skip
