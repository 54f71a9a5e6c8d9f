"""Two-way selection 双向选择 (S1-042): people rank posts, units rank people, and nobody would rather trade.

Deferred acceptance (Gale and Shapley): each person asks for the best post left on their list, each post keeps the best of
those who ask. The result is stable, the best one for the people, and the same whoever is asked first. Pairs that the
avoidance of kin or a limit of tenure keeps apart are no pairs. Who was not chosen has the reason of every post above.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

Pair = tuple[str, str]
"""A person and a post."""


class Why(StrEnum):
    """Why somebody did not get a post: kin, a limit of tenure, not on the unit's list, or somebody ranked before them."""

    KIN = "KIN"
    TENURE = "TENURE"
    NOT_CHOSEN = "NOT_CHOSEN"
    RANKED_AFTER = "RANKED_AFTER"


@dataclass(frozen=True)
class Match:
    """Who is to have which post; ranks count from 1."""

    person_id: str
    post_id: str
    person_rank: int
    post_rank: int


@dataclass(frozen=True)
class Missed:
    """A post that a person ranked above what they got."""

    person_id: str
    post_id: str
    person_rank: int
    why: Why


@dataclass(frozen=True)
class Outcome:
    """What a round came to, in the order of ids."""

    matches: tuple[Match, ...]
    missed: tuple[Missed, ...]


def select(
    people: Mapping[str, Sequence[str]], posts: Mapping[str, Sequence[str]], bars: Mapping[Pair, Why]
) -> Outcome:
    """`people` rank posts, `posts` rank people, the best first; who is not ranked is not wanted."""
    order = {post: {person: place for place, person in enumerate(each)} for post, each in posts.items()}

    def may(person: str, post: str) -> bool:
        return person in order.get(post, {}) and (person, post) not in bars

    wanted = {person: [post for post in each if may(person, post)] for person, each in people.items()}
    kept: dict[str, str] = {}
    asking = sorted(people, reverse=True)
    while asking:
        person = asking.pop()
        if not wanted[person]:
            continue
        post = wanted[person].pop(0)
        present = kept.get(post)
        if present is None or order[post][person] < order[post][present]:
            kept[post] = person
            asking += [present] if present else []
        else:
            asking.append(person)
    return _outcome(people, order, bars, {person: post for post, person in kept.items()})


def settle(
    people: Mapping[str, Sequence[str]],
    posts: Mapping[str, Sequence[str]],
    bars: Mapping[Pair, Why],
    apart: Callable[[Sequence[Match]], Set[Pair]],
) -> Outcome:
    """As `select`, but what the matches together would bring under one leader is taken apart.

    `apart` names the matches that stand against one another; the one whom its post ranks lowest gives way, and all choose
    anew. Each turn rules out one pair more, so it ends.
    """
    barred = dict(bars)
    while True:
        found = select(people, posts, barred)
        against = apart(found.matches)
        clashing = [each for each in found.matches if (each.person_id, each.post_id) in against]
        if not clashing:
            return found
        last = max(clashing, key=lambda each: (each.post_rank, each.person_rank, each.person_id))
        barred[last.person_id, last.post_id] = Why.KIN


def _outcome(
    people: Mapping[str, Sequence[str]],
    order: Mapping[str, Mapping[str, int]],
    bars: Mapping[Pair, Why],
    given: Mapping[str, str],
) -> Outcome:
    matches: list[Match] = []
    missed: list[Missed] = []
    for person, ranked in sorted(people.items()):
        for place, post in enumerate(ranked, 1):
            if given.get(person) == post:
                matches.append(Match(person, post, place, order[post][person] + 1))
                break
            missed.append(Missed(person, post, place, _why(person, post, order, bars)))
    return Outcome(tuple(matches), tuple(missed))


def _why(person: str, post: str, order: Mapping[str, Mapping[str, int]], bars: Mapping[Pair, Why]) -> Why:
    if bar := bars.get((person, post)):
        return bar
    return Why.RANKED_AFTER if person in order.get(post, {}) else Why.NOT_CHOSEN
