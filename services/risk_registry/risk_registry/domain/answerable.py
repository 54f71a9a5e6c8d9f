"""To whom an alert resolves: posts and persons, managers and monitors, as of the day it was raised (S2-037, §5.2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.oversight import oversight
from plumbline_org.roles import Role

from risk_registry.domain.ledger import AlertLine, Part


@dataclass(frozen=True)
class Told:
    """What an alert says of itself, and what the register says of its point that day."""

    subjects: tuple[str, ...]
    units: tuple[str, ...]
    grade: RiskGrade | None
    on: date
    point_posts: tuple[str, ...] = ()
    owner_unit: str | None = None
    domain: str | None = None
    verifier: str | None = None
    informed: tuple[str, ...] = ()
    sealed: bool = False


def lines(org: Org, told: Told) -> tuple[AlertLine, ...]:
    """Who answers, the line that oversees them, trackers (with a `domain`), the verifier, and informed roles.

    Sealing wins over grade (§5.2 c): a sealed alert has its informed roles and nobody else.
    """
    informed = tuple(_informed(org, told))
    if told.sealed:
        return informed
    answering = answerable(org, told)
    found = [*answering, *_overseers(org, told, answering)]
    found += [_line(org, told, Part.TRACKER, one, "S1-125") for one in _trackers(org, told)]
    if told.verifier:
        found.append(_line(org, told, Part.VERIFIER, told.verifier, "§5.5"))
    return (*found, *informed)


def answerable(org: Org, told: Told) -> list[AlertLine]:
    """Its subjects; without any, who holds the point in its units; else who leads them. Kin are named nowhere: none."""
    if told.subjects:
        return [_line(org, told, Part.ANSWERABLE, one, "SUBJECT") for one in told.subjects]
    posts = [one for one in told.point_posts if _unit(org, one) in told.units]
    holders = [(person, post) for post in posts for person in org.holders(post, told.on)]
    if holders:
        return [
            AlertLine(Part.ANSWERABLE, person, post, _unit(org, post), "HOLDER") for person, post in holders
        ]
    chiefs = dict.fromkeys(chief for unit in told.units if (chief := _chief(org, unit, told.on)))
    return [_line(org, told, Part.ANSWERABLE, one, "UNIT_CHIEF") for one in chiefs]


def post_of(org: Org, person: str, on: date, carrying: Sequence[str], units: Sequence[str]) -> str | None:
    """The post of a person that day: one that carries the point, else one in the units, else the first."""
    held = org.posts_of(person, on)
    near = [one for one in held if one in carrying] or [one for one in held if _unit(org, one) in units]
    return next(iter([*near, *held]), None)


def _overseers(org: Org, told: Told, answering: Sequence[AlertLine]) -> Iterator[AlertLine]:
    people = tuple(dict.fromkeys(one.person_id for one in answering))
    if told.grade is None:
        return
    seen: set[tuple[Part, str]] = set()
    for person in people:
        for reason in oversight(org, person, told.grade, told.on, told.owner_unit, holders=people).reasons:
            part = Part.MANAGER if reason.manages else Part.MONITOR
            if (part, reason.person_id) not in seen:
                seen.add((part, reason.person_id))
                yield _line(org, told, part, reason.person_id, reason.rule)


def _informed(org: Org, told: Told) -> Iterator[AlertLine]:
    for role in told.informed:
        for one in org.persons_with_role(role, told.on):
            yield _line(org, told, Part.INFORMED, one, role)


def _trackers(org: Org, told: Told) -> Iterable[str]:
    """S1-125: who tracks the matters of the domain; a grant without one is for all domains."""
    if told.domain is None:
        return
    for person_id in org.persons_with_role(Role.MATTER_TRACKER, told.on):
        person = org.persons[person_id]
        granted = [
            one for one in person.grants if one.role == Role.MATTER_TRACKER and one.span.covers(told.on)
        ]
        if any(one.domain is None or one.domain == told.domain for one in granted):
            yield person_id


def _line(org: Org, told: Told, part: Part, person: str, basis: str) -> AlertLine:
    carrying = told.point_posts if part is Part.ANSWERABLE else ()
    post = post_of(org, person, told.on, carrying, told.units)
    return AlertLine(part, person, post, _unit(org, post) if post else None, basis)


def _unit(org: Org, post: str) -> str | None:
    found = org.post(post)
    return found.unit_id if found else None


def _chief(org: Org, unit: str, on: date) -> str | None:
    return next((chief for step in org.ancestors(unit) if (chief := org.chief_of(step, on))), None)
