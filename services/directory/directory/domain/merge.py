"""Rows of a workbook laid over what is known: a row replaces its own entry, everything else stays."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from plumbline_org.parts import (
    Assignment,
    Bureau,
    Delegation,
    Duty,
    Person,
    Post,
    RoleGrant,
    Span,
    StatusSpan,
    Unit,
)

from directory.domain.parts import Directory, Roster, bureau_of_id
from directory.domain.rows import AssignmentRow, DelegationRow, DutyRow, PersonRow, RoleRow, Sheets

T = TypeVar("T", Assignment, RoleGrant)
R = TypeVar("R")
K = TypeVar("K")


def merge(known: Directory, sheets: Sheets, on: date) -> Directory:
    """The directory after the rows, on the day `on`. References are not checked here: see `checks`."""
    units = {row.id: _unit(row.id, row) for _, row in sheets.units}
    posts = {row.id: _post(row.id, row) for _, row in sheets.posts}
    return replace(
        known,
        bureaus={**known.bureaus, **{row.id: _bureau(row.id, row) for _, row in sheets.bureaus}},
        units={**known.units, **units},
        posts={**known.posts, **posts},
        persons=_persons({**known.posts, **posts}, known.persons, sheets, on),
        rosters={**known.rosters, **_rosters(row for _, row in sheets.roster)},
        delegations={**known.delegations, **_delegations(row for _, row in sheets.delegations)},
    )


def assignment_id(person_id: str, post_id: str, first: date) -> str:
    """An assignment is known by person, post and first day."""
    return f"{person_id}/{post_id}/{first}"


def grant_id(person_id: str, role: str, unit_id: str | None, domain: str | None, first: date) -> str:
    """A role grant is known by person, role, unit, domain and first day."""
    return f"{person_id}/{role}/{unit_id or ''}/{domain or ''}/{first}"


def delegation_id(grantor: str, delegate: str, authority: str, unit_id: str | None, first: date) -> str:
    """A delegation is known by its two persons, the authority, the unit and the first day."""
    return f"{grantor}/{delegate}/{authority}/{unit_id or ''}/{first}"


def with_assignment(person: Person, assignment: Assignment) -> Person:
    """The person with the assignment, in place of one with the same id."""
    return replace(person, assignments=_put(person.assignments, [assignment]))


def with_grant(person: Person, grant: RoleGrant) -> Person:
    """The person with the role grant, in place of one with the same id."""
    return replace(person, grants=_put(person.grants, [grant]))


def _bureau(bureau_id: str, row: object) -> Bureau:
    return _filled(Bureau, row, id=bureau_id)


def _unit(unit_id: str, row: object) -> Unit:
    return _filled(Unit, row, id=unit_id, bureau_id=bureau_of_id(unit_id))


def _post(post_id: str, row: object) -> Post:
    return _filled(Post, row, id=post_id, bureau_id=bureau_of_id(post_id))


def _filled(kind: Callable[..., R], row: object, **own: object) -> R:
    """The part whose fields are the row's columns, with the two dates as its span."""
    columns = {name: getattr(row, name) for name in getattr(row, "__struct_fields__", ())}
    span = Span(columns.pop("effective_from"), columns.pop("effective_to"))
    return kind(**{**columns, **own}, span=span)


def _persons(
    posts: Mapping[str, Post], known: Mapping[str, Person], sheets: Sheets, on: date
) -> dict[str, Person]:
    persons = dict(known)
    for _, row in sheets.persons:
        persons[row.id] = _person(persons.get(row.id), row, on)
    assigned = _grouped((row for _, row in sheets.assignments), lambda row: row.person_id)
    for person_id, rows in assigned.items():
        if one := persons.get(person_id):
            fresh = [_assignment(posts[row.post_id].unit_id, row) for row in rows if row.post_id in posts]
            persons[person_id] = replace(one, assignments=_put(one.assignments, fresh))
    granted = _grouped((row for _, row in sheets.roles), lambda row: row.person_id)
    for person_id, rows in granted.items():
        if one := persons.get(person_id):
            persons[person_id] = replace(one, grants=_put(one.grants, [_grant(row) for row in rows]))
    return persons


def _person(known: Person | None, row: PersonRow, on: date) -> Person:
    person = known or Person(row.id, bureau_of_id(row.id), row.name)
    return replace(
        person,
        name=row.name,
        name_en=row.name_en,
        account=row.account,
        managed_by_bureau_id=row.managed_by_bureau_id,
        enforcement_qualified=row.enforcement_qualified,
        statuses=_statuses(known, row, on),
    )


def _statuses(known: Person | None, row: PersonRow, on: date) -> tuple[StatusSpan, ...]:
    """A status that differs from the one on its first day begins there; the same one again changes nothing."""
    if known is None:
        return (StatusSpan(row.status, Span(row.status_from)),)
    first = row.status_from or on
    if known.status(first) == row.status:
        return known.statuses
    return (*known.statuses, StatusSpan(row.status, Span(first)))


def _assignment(unit_id: str, row: AssignmentRow) -> Assignment:
    return Assignment(
        id=assignment_id(row.person_id, row.post_id, row.effective_from),
        person_id=row.person_id,
        post_id=row.post_id,
        unit_id=unit_id,
        kind=row.kind,
        span=Span(row.effective_from, row.effective_to),
    )


def _grant(row: RoleRow) -> RoleGrant:
    return RoleGrant(
        id=grant_id(row.person_id, row.role, row.unit_id, row.domain, row.effective_from),
        person_id=row.person_id,
        role=row.role,
        unit_id=row.unit_id,
        domain=row.domain,
        span=Span(row.effective_from, row.effective_to),
    )


def _put(known: tuple[T, ...], fresh: Iterable[T]) -> tuple[T, ...]:
    """By id, ordered by first day, so that the same entries give the same state."""
    entries = {**{one.id: one for one in known}, **{one.id: one for one in fresh}}
    return tuple(sorted(entries.values(), key=lambda one: (one.span.first or date.min, one.id)))


def _rosters(rows: Iterable[DutyRow]) -> dict[str, Roster]:
    months = _grouped(rows, lambda row: (bureau_of_id(row.person_id), row.on.isoformat()[:7]))
    rosters = (
        roster(bureau, month, (_duty(row) for row in rows)) for (bureau, month), rows in months.items()
    )
    return {one.id: one for one in rosters}


def roster(bureau_id: str, month: str, duties: Iterable[Duty]) -> Roster:
    """The roster of a month with its days in order."""
    return Roster(bureau_id, month, tuple(sorted(duties, key=lambda one: (one.on, one.rank))))


def _duty(row: DutyRow) -> Duty:
    return Duty(row.on, row.rank, row.person_id)


def _delegations(rows: Iterable[DelegationRow]) -> dict[str, Delegation]:
    found = (
        delegation(
            row.grantor_person_id,
            row.delegate_person_id,
            row.authority,
            row.unit_id,
            Span(row.effective_from, row.effective_to),
        )
        for row in rows
    )
    return {one.id: one for one in found}


def delegation(grantor: str, delegate: str, authority: str, unit_id: str | None, span: Span) -> Delegation:
    """A delegation with its id. `span.first` must be a day."""
    identifier = delegation_id(grantor, delegate, authority, unit_id, span.first or date.min)
    return Delegation(identifier, grantor, delegate, str(authority), unit_id, span)


def _grouped(rows: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    groups: defaultdict[K, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
