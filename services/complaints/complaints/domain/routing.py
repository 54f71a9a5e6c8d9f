"""Who may see a tip-off: decided once, at intake, from the subject. The subject's line is never asked."""

from dataclasses import dataclass
from datetime import date

from plumbline_org.model import Org
from plumbline_org.parts import PostKind
from plumbline_org.roles import Role

LEADERS = frozenset({PostKind.BUREAU_HEAD, PostKind.DISCIPLINE_LEAD})


@dataclass(frozen=True)
class Sealed:
    """Typed in and sealed. `handlers` see the case; the identity takes one of `first` and one of `second`."""

    handlers: frozenset[str]
    first: frozenset[str]
    second: frozenset[str]


@dataclass(frozen=True)
class HandCarry:
    """Nothing is typed: the report is carried to one person, who reports up within 5 working days (Art 15)."""

    to: str


Route = Sealed | HandCarry


def route(org: Org, subject: str | None, unit: str | None, typed_by: str | None, on: date) -> Route | None:
    """Where a report goes; None when nobody may take it and the caller has to go to the bureau above.

    `subject` None is a person whom the caller cannot name; then the unit alone is kept away.
    """
    if subject is not None and _answers_above(org, subject, on):
        to = _upper_discipline(org, on)
        return HandCarry(to) if to else None
    if subject is not None and _managed_above(org, subject, on):
        head = org.head(on)
        return HandCarry(head) if head else None
    excluded = _line(org, subject, on) | _members(org, unit, on) | {typed_by}
    return _sealed(org, excluded, on)


def _sealed(org: Org, excluded: frozenset[str | None], on: date) -> Sealed | None:
    leads = frozenset(org.persons_with_role(Role.DISCIPLINE_LEAD, on)) - excluded
    heads = frozenset(org.persons_with_role(Role.BUREAU_HEAD, on)) - excluded
    officers = frozenset(org.persons_with_role(Role.DISCIPLINE_OFFICER, on)) - excluded
    first = leads or heads
    return Sealed(leads | heads, first, (officers | heads) - first) if first else None


def _answers_above(org: Org, subject: str, on: date) -> bool:
    """The head, the lead and discipline staff: only the upper discipline may hear of it (C-05, scenario 3c)."""
    return bool(LEADERS & org.ranks_of(subject, on) or Role.DISCIPLINE_OFFICER in org.roles_of(subject, on))


def _managed_above(org: Org, subject: str, on: date) -> bool:
    person = org.person(subject)
    elsewhere = person is not None and person.managed_by_bureau_id not in (None, org.bureau.id)
    return elsewhere or PostKind.DEPUTY_HEAD in org.ranks_of(subject, on)


def _upper_discipline(org: Org, on: date) -> str | None:
    return org.upper.discipline_lead(on) if org.upper else None


def _line(org: Org, subject: str | None, on: date) -> frozenset[str | None]:
    """The subject, everybody of the subject's units, and who leads those: chief and deputy in charge."""
    if subject is None:
        return frozenset()
    line: set[str | None] = {subject}
    for unit in org.units_of(subject, on):
        line |= _members(org, unit, on)
    return frozenset(line)


def _members(org: Org, unit: str | None, on: date) -> frozenset[str | None]:
    if unit is None:
        return frozenset()
    staff = {person for person in org.persons if unit in org.units_of(person, on)}
    return frozenset({*staff, org.chief_of(unit, on), org.deputy_in_charge(unit, on)})
