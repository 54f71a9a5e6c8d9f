"""Avoidance of kin (公务员法 Art 74): which pairs of posts the law keeps apart, on a day.

Not in a direct line of command; not both directly under one leader; not in personnel, discipline, audit or finance where
the other leads the bureau.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from plumbline_org.model import Org
from plumbline_org.parts import Assignment, AssignmentKind, PostKind, Span

LEADERS = frozenset({PostKind.BUREAU_HEAD, PostKind.DEPUTY_HEAD, PostKind.DISCIPLINE_LEAD})


class Relation(StrEnum):
    """The relations of Art 74: spouses, lineal, collateral up to three generations, near in-law."""

    SPOUSE = "SPOUSE"
    LINEAL = "LINEAL"
    COLLATERAL = "COLLATERAL"
    NEAR_IN_LAW = "NEAR_IN_LAW"


class Bar(StrEnum):
    """Why two posts are kept apart."""

    DIRECT_LINE = "DIRECT_LINE"
    SAME_LEADER = "SAME_LEADER"
    GUARDED_WORK = "GUARDED_WORK"


@dataclass(frozen=True)
class Barred:
    """Two kin on two posts that the law keeps apart."""

    person_id: str
    kin_id: str
    bar: Bar
    post_id: str
    kin_post_id: str


def barred(org: Org, person: str, kin: str, on: date, guarded: frozenset[str]) -> Iterator[Barred]:
    """Every bar between the posts that two kin hold on a day."""
    for post in org.posts_of(person, on):
        for other in org.posts_of(kin, on):
            for bar in _bars(org, post, other, guarded):
                yield Barred(person, kin, bar, post, other)


def leader_post(org: Org, post_id: str) -> str | None:
    """The post that directly leads another: the unit's head, the leader in charge, the bureau head; None for the last."""
    post = org.posts.get(post_id)
    unit = org.units.get(post.unit_id) if post else None
    if post is None or unit is None or post.kind is PostKind.BUREAU_HEAD:
        return None
    if post.kind in LEADERS:
        return _head_post(org)
    if unit.head_post_id and unit.head_post_id != post_id:
        return unit.head_post_id
    in_charge = (org.units[above].deputy_in_charge_post_id for above in org.ancestors(unit.id))
    return next((found for found in in_charge if found), _head_post(org))


def with_assignment(org: Org, person_id: str, post_id: str, on: date) -> Org:
    """The organisation as it would be if the person held only this post from a day on."""
    person, unit = org.persons[person_id], org.posts[post_id].unit_id
    kept = tuple(
        replace(one, span=Span(one.span.first, on)) if one.span.covers(on) else one
        for one in person.assignments
        if one.span.first is None or one.span.first < on
    )
    proposed = Assignment("proposed", person_id, post_id, unit, AssignmentKind.PERMANENT, Span(on))
    moved = replace(person, assignments=(*kept, proposed))
    return replace(org, persons={**org.persons, person_id: moved})


def _bars(org: Org, post: str, other: str, guarded: frozenset[str]) -> Iterator[Bar]:
    above, beside = leader_post(org, post), leader_post(org, other)
    if above == other or beside == post:
        yield Bar.DIRECT_LINE
    if above is not None and above == beside:
        yield Bar.SAME_LEADER
    if (_leads(org, post) and _is_guarded(org, other, guarded)) or (
        _leads(org, other) and _is_guarded(org, post, guarded)
    ):
        yield Bar.GUARDED_WORK


def _leads(org: Org, post: str) -> bool:
    return org.posts[post].kind in LEADERS if post in org.posts else False


def _is_guarded(org: Org, post: str, guarded: frozenset[str]) -> bool:
    units = org.ancestors(org.posts[post].unit_id) if post in org.posts else ()
    return any(org.units[unit].functions & guarded for unit in units)


def _head_post(org: Org) -> str | None:
    return next((one.id for one in org.posts.values() if one.kind is PostKind.BUREAU_HEAD), None)
