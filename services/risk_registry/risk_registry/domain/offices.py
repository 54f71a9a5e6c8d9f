"""How a tax office is to be divided (S1-119, S1-120): its seats, who really sits there on a day, and what is wrong.

A seat is a post or a group of the template. People in two seats, seats with too few, groups that no leader of the office
leads, and posts of another unit are faults.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline_org.model import Org
from plumbline_org.parts import PostKind
from plumbline_shared.errors import Invalid

from risk_registry.domain.places import absolute


@dataclass(frozen=True)
class Seat:
    """A post or a group that is kept apart from the others, with so many people at least."""

    code: str
    title_zh: str
    persons: int = 1
    title_en: str = ""


@dataclass(frozen=True)
class OfficeTemplate:
    """A division of an office. `leaders`: each seat is led from a post of one of these kinds; empty: none is led."""

    title_zh: str
    citation: str
    seats: tuple[Seat, ...]
    leaders: tuple[PostKind, ...] = ()
    title_en: str = ""


@dataclass(frozen=True)
class Filled:
    """The posts that an office gives to a seat, and the post that leads it; posts are named inside the bureau."""

    seat: str
    posts: tuple[str, ...] = ()
    leader: str = ""


@dataclass(frozen=True)
class OfficePlan:
    """How a bureau divides one office by a template."""

    title_zh: str
    unit: str
    template: str
    seats: tuple[Filled, ...]
    title_en: str = ""


class OfficeFaultKind(StrEnum):
    """人员不足 TOO_FEW, 无人牵头 NO_LEADER, 一人两岗 TWO_SEATS, 外单位岗位 FOREIGN_POST."""

    TOO_FEW = "TOO_FEW"
    NO_LEADER = "NO_LEADER"
    TWO_SEATS = "TWO_SEATS"
    FOREIGN_POST = "FOREIGN_POST"


@dataclass(frozen=True)
class OfficeFault:
    """What is wrong in an office; `person` is empty where nobody is meant."""

    kind: OfficeFaultKind
    seats: tuple[str, ...]
    posts: tuple[str, ...] = ()
    person: str = ""


@dataclass(frozen=True)
class Seated:
    """A seat with its posts and those who hold them on a day, its leader's post and holders among them."""

    seat: Seat
    posts: tuple[str, ...]
    persons: tuple[str, ...]
    leader_post: str
    leaders: tuple[str, ...]


def check_template(template: OfficeTemplate) -> None:
    """Raises Invalid for fewer than two seats, a seat twice, or one for nobody."""
    codes = [seat.code for seat in template.seats]
    if len(codes) < 2 or len(set(codes)) < len(codes) or min(seat.persons for seat in template.seats) < 1:
        raise Invalid("two seats or more, each once and for a person or more", path=("seats",))


def check_plan(plan: OfficePlan, template: OfficeTemplate) -> None:
    """Raises Invalid for a seat that the template does not know, or one named twice."""
    named = [each.seat for each in plan.seats]
    if len(set(named)) < len(named) or not set(named) <= {seat.code for seat in template.seats}:
        raise Invalid("each seat once, and those of the template", path=("seats",))


def seated(plan: OfficePlan, template: OfficeTemplate, org: Org, on: date) -> list[Seated]:
    """Who sits where on a day, in the order of the template."""
    filled = {each.seat: each for each in plan.seats}
    return [_seated(seat, filled.get(seat.code, Filled(seat.code)), org, on) for seat in template.seats]


def _seated(seat: Seat, filled: Filled, org: Org, on: date) -> Seated:
    posts = [absolute(org.bureau.id, each) for each in filled.posts]
    leader = absolute(org.bureau.id, filled.leader) if filled.leader else ""
    leaders = org.holders(leader, on) if leader else ()
    persons = dict.fromkeys([*(person for post in posts for person in org.holders(post, on)), *leaders])
    return Seated(seat, tuple(posts), tuple(persons), leader, leaders)


def faults(
    plan: OfficePlan, template: OfficeTemplate, org: Org, on: date, found: Sequence[Seated]
) -> Iterator[OfficeFault]:
    """What is wrong on a day, seat by seat, then people in two seats. A leader sits in the group that they lead."""
    unit = absolute(org.bureau.id, plan.unit)
    for each in found:
        code = (each.seat.code,)
        named = [*each.posts, *([each.leader_post] if each.leader_post else [])]
        foreign = tuple(post for post in named if not _is_here(org, post, unit, on))
        if foreign:
            yield OfficeFault(OfficeFaultKind.FOREIGN_POST, code, foreign)
        if len(each.persons) < each.seat.persons:
            yield OfficeFault(OfficeFaultKind.TOO_FEW, code, each.posts)
        led = each.leaders and org.posts[each.leader_post].kind in template.leaders
        if template.leaders and not led:
            yield OfficeFault(
                OfficeFaultKind.NO_LEADER, code, (each.leader_post,) if each.leader_post else ()
            )
    yield from _in_two_seats(found, org, on)


def _is_here(org: Org, post_id: str, unit: str, on: date) -> bool:
    post = org.posts.get(post_id)
    return post is not None and post.span.covers(on) and unit in org.ancestors(post.unit_id)


def _in_two_seats(found: Sequence[Seated], org: Org, on: date) -> Iterator[OfficeFault]:
    times = Counter(person for each in found for person in each.persons)
    seats: defaultdict[str, list[Seated]] = defaultdict(list)
    for each in found:
        for person in each.persons:
            seats[person].append(each)
    for person in sorted(person for person, number in times.items() if number > 1):
        named = {post for each in seats[person] for post in (*each.posts, each.leader_post)}
        held = tuple(sorted(named & set(org.posts_of(person, on))))
        codes = tuple(each.seat.code for each in seats[person])
        yield OfficeFault(OfficeFaultKind.TWO_SEATS, codes, held, person)
