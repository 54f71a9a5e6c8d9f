"""Who sees an alert: the list of its kind, resolved to persons on the day of the event, and nobody else (§5.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.oversight import Line, oversight
from plumbline_org.roles import Role

from case_flow.domain.control_pack import Recipient


class Basis(StrEnum):
    """Why a person sees an alert; kept with the viewer for ever."""

    SUBJECT = "SUBJECT"
    MANAGER = "MANAGER"
    MONITOR = "MONITOR"
    SUPERIOR = "SUPERIOR"
    GROUP = "GROUP"
    TRACKER = "TRACKER"
    VERIFIER = "VERIFIER"
    ESCALATION = "ESCALATION"
    CONFIRMED = "CONFIRMED"


@dataclass(frozen=True)
class Concern:
    """Whom and what an alert is about, on the day of the event."""

    subjects: tuple[str, ...]
    units: tuple[str, ...]
    grade: RiskGrade
    domain: str
    owner_unit: str | None
    on: date


@dataclass(frozen=True)
class Viewer:
    """A person who sees an alert, and why."""

    person_id: str
    basis: Basis


def viewers(org: Org, listed: Iterable[Recipient], concern: Concern) -> tuple[Viewer, ...]:
    """The persons on the list, each once, with the first reason that applies."""
    found: dict[str, Viewer] = {}
    for recipient in listed:
        for viewer in _resolve(org, recipient, concern):
            found.setdefault(viewer.person_id, viewer)
    return tuple(found.values())


def next_tier(org: Org, managers: Iterable[str], concern: Concern) -> tuple[Viewer, ...]:
    """One tier up when nobody acknowledged: whoever manages the managers (§5.2 d)."""
    above = (oversight(org, manager, concern.grade, concern.on).managers for manager in managers)
    return tuple(
        Viewer(person, Basis.ESCALATION) for person in dict.fromkeys(p for line in above for p in line)
    )


def pick_verifier(org: Org, roles: Iterable[str], concern: Concern, involved: frozenset[str]) -> str | None:
    """The first person of the roles in order, a unit's chief first, outside every concerned unit (§5.5)."""
    barred_units = frozenset(concern.units) | {
        unit for person in concern.subjects for unit in org.units_of(person, concern.on)
    }
    for role in roles:
        fit = [
            person
            for person in org.persons_with_role(role, concern.on)
            if person not in involved and not barred_units & frozenset(org.units_of(person, concern.on))
        ]
        if fit:
            return min(fit, key=lambda person: (not _leads(org, person, concern.on), person))
    return None


def _resolve(org: Org, recipient: Recipient, concern: Concern) -> Iterator[Viewer]:
    match recipient:
        case Recipient.SUBJECT:
            yield from (Viewer(person, Basis.SUBJECT) for person in concern.subjects)
        case Recipient.MANAGER:
            yield from _line(org, concern, managers=True)
        case Recipient.MONITORS:
            yield from _line(org, concern, managers=False)
        case Recipient.UNIT_CHIEF:
            yield from _known((org.chief_of(unit, concern.on) for unit in concern.units), Basis.SUPERIOR)
        case Recipient.DEPUTY_IN_CHARGE:
            yield from _known(
                (org.deputy_in_charge(unit, concern.on) for unit in concern.units), Basis.MONITOR
            )
        case Recipient.LEGAL:
            chiefs = (org.chief_of(unit, concern.on) for unit in org.units_for("LEGAL", concern.on))
            yield from _known(chiefs, Basis.MONITOR)
        case Recipient.DISCIPLINE:
            yield from _known([org.discipline_lead(concern.on)], Basis.MONITOR)
        case Recipient.HR:
            officers = org.persons_with_role(Role.HR_OFFICER, concern.on)
            yield from (Viewer(person, Basis.MONITOR) for person in officers)
        case Recipient.HEAD:
            yield from _known([org.head(concern.on)], Basis.MONITOR)
        case Recipient.TRACKER:
            yield from (Viewer(person, Basis.TRACKER) for person in trackers(org, concern.domain, concern.on))


def trackers(org: Org, domain: str, on: date) -> tuple[str, ...]:
    """The matter trackers of a domain; one without a domain follows them all (S1-125)."""
    return tuple(
        person_id
        for person_id, person in sorted(org.persons.items())
        for grant in person.grants
        if grant.role == Role.MATTER_TRACKER and grant.span.covers(on) and grant.domain in (None, domain)
    )


def _line(org: Org, concern: Concern, *, managers: bool) -> Iterator[Viewer]:
    """The line of every subject; without a subject that of the units themselves."""
    basis = Basis.MANAGER if managers else Basis.MONITOR
    lines = [_line_of(org, subject, concern) for subject in concern.subjects]
    for line in lines:
        yield from _known(line.managers if managers else line.monitors, basis)
    if lines:
        return
    if managers and concern.grade is not RiskGrade.HIGH:
        yield from _known((org.chief_of(unit, concern.on) for unit in concern.units), basis)
    else:
        yield from _known((org.deputy_in_charge(unit, concern.on) for unit in concern.units), basis)


def _line_of(org: Org, subject: str, concern: Concern) -> Line:
    return oversight(org, subject, concern.grade, concern.on, concern.owner_unit, holders=concern.subjects)


def _known(persons: Iterable[str | None], basis: Basis) -> Iterator[Viewer]:
    yield from (Viewer(person, basis) for person in persons if person is not None)


def _leads(org: Org, person: str, on: date) -> bool:
    return any(org.chief_of(unit, on) == person for unit in org.units_of(person, on))
