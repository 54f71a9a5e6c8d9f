"""Close a round: the stable choice among the pairs that neither kin nor a limit of tenure keeps apart (S1-042)."""

from collections.abc import Callable, Iterable, Sequence

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.avoidance import barred, with_assignment
from risk_registry.domain.rotation import add_months
from risk_registry.domain.selection import Match, Outcome, Pair, Why, settle
from risk_registry.policies import POLICY
from risk_registry.policies.selection import selection_resource
from risk_registry.storage.kin import kin
from risk_registry.storage.rotation_rules import rule_on
from risk_registry.storage.selection import Campaign, add_round, campaigns, choices, lock_campaign, rounds
from risk_registry.use_cases.choose import SelectionRoundOver
from risk_registry.use_cases.rotations_of import rotations_on

YEAR_MONTHS = 12


class CloseSelectionRound(msgspec.Struct, frozen=True):
    """`round` is the one to close, so that asking twice never closes two."""

    campaign_id: str
    round: int


class SelectionRoundClosed(msgspec.Struct, frozen=True):
    """How many posts the round has filled."""

    campaign_id: str
    matched: int


async def close_selection_round(uow: Uow, command: CloseSelectionRound) -> SelectionRoundClosed:
    """Refuses with NOT_FOUND or SELECTION_ROUND_OVER."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "run", selection_resource(command.campaign_id, bureau))
    await lock_campaign(uow.conn, command.campaign_id)
    await identify(uow.conn, system(bureau))
    found = await campaigns(uow.conn, bureau, command.campaign_id)
    if not found:
        raise absent("selection campaign")
    before = await rounds(uow.conn, command.campaign_id)
    if command.round != len(before) + 1 or found[0].decision:
        raise SelectionRoundOver(f"round {command.round} is not the one that is open")
    outcome = await _outcome(uow, found[0], command.round, [each for one in before for each in one.matches])
    await add_round(uow.conn, found[0], command.round, outcome, uow.principal.actor, uow.now)
    await uow.audit("close_selection_round", "Selection", found[0].id, {"round": command.round})
    return SelectionRoundClosed(found[0].id, len(outcome.matches))


async def _outcome(uow: Uow, campaign: Campaign, number: int, placed: Sequence[Match]) -> Outcome:
    people = await choices(uow.conn, campaign.id, number, "PERSON")
    posts = await choices(uow.conn, campaign.id, number, "POST")
    org = await load_org(uow.conn, campaign.bureau_id)
    apart = await apart_by_kin(uow, org, campaign)
    bars = await _tenure_bars(uow, org, campaign)
    for person, ranked in people.items():
        for post in ranked:
            if apart([Match(person, post, 0, 0)]):
                bars[person, post] = Why.KIN
    taken = {each.post_id for each in placed}
    free = {person: [post for post in ranked if post not in taken] for person, ranked in people.items()}
    return settle(free, posts, bars, lambda matches: apart([*placed, *matches]))


async def apart_by_kin(uow: Uow, org: Org, campaign: Campaign) -> Callable[[Sequence[Match]], set[Pair]]:
    """Which of some matches would put kin on posts that the law keeps apart, all of them made at once."""
    pairs = await kin(uow.conn, campaign.bureau_id)
    day = campaign.effective_from
    guarded = (await rule_on(uow.conn, campaign.bureau_id, day)).guarded_functions

    def apart(matches: Iterable[Match]) -> set[Pair]:
        given = {each.person_id: each.post_id for each in matches}
        concerned = [each for each in pairs if {each.person_id, each.kin_id} & given.keys()]
        after = org
        for person, post in given.items() if concerned else ():
            after = with_assignment(after, person, post, day)
        against = {
            person
            for each in concerned
            if any(barred(after, each.person_id, each.kin_id, day, guarded))
            for person in (each.person_id, each.kin_id)
        }
        return {(person, post) for person, post in given.items() if person in against}

    return apart


async def _tenure_bars(uow: Uow, org: Org, campaign: Campaign) -> dict[Pair, Why]:
    """Nobody stays on a post whose limit falls within the year that begins."""
    last = add_months(campaign.effective_from, YEAR_MONTHS)
    held = await rotations_on(uow.conn, org, uow.today, campaign.candidates)
    return {(each.tenure.person_id, each.tenure.post_id): Why.TENURE for each in held if each.limit_on < last}
