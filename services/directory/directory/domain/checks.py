"""What must hold between the parts. Each problem names the sheet, the row and the column it was found in."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from plumbline_org.model import Org
from plumbline_org.parts import Assignment, AssignmentKind, BureauLevel, PostKind, Span, Unit
from plumbline_org.roles import BY_POST

from directory.domain.parts import Directory, bureau_of_id
from directory.domain.rows import Problem, Row, Sheets

LEADERS = frozenset({PostKind.BUREAU_HEAD, PostKind.DEPUTY_HEAD, PostKind.DISCIPLINE_LEAD})
"""Who may be duty director: a head or deputy on roster (requirements R3); the discipline lead is a bureau leader too."""

_HEIGHT = {BureauLevel.DISTRICT: 0, BureauLevel.CITY: 1, BureauLevel.PROVINCE: 2}


def problems_of(known: Directory, merged: Directory, sheets: Sheets) -> list[Problem]:
    """Everything wrong with the rows that lead from one directory to the other; sorted, without repeats."""
    found = [
        *_repeated(sheets),
        *_empty_spans(sheets),
        *_bureaus(known, merged, sheets),
        *_units(merged, sheets),
        *_posts(merged, sheets),
        *_persons(merged, sheets),
        *_assignments(merged, sheets),
        *_roles(merged, sheets),
        *_roster(merged, sheets),
        *_delegations(merged, sheets),
    ]
    return sorted(set(found))


def _repeated(sheets: Sheets) -> Iterator[Problem]:
    keys: Mapping[str, tuple[str, ...]] = {
        "bureaus": ("id",),
        "units": ("id",),
        "posts": ("id",),
        "persons": ("id",),
        "assignments": ("person_id", "post_id", "effective_from"),
        "roles": ("person_id", "role", "unit_id", "domain", "effective_from"),
        "roster": ("on", "rank"),
        "delegations": ("grantor_person_id", "delegate_person_id", "authority", "unit_id", "effective_from"),
    }
    for sheet, columns in keys.items():
        first: dict[tuple[object, ...], int] = {}
        for number, row in _rows(sheets, sheet):
            key = (*(getattr(row, column) for column in columns), _scope(row))
            if key in first:
                yield Problem(sheet, number, columns[0], f"the same entry is in row {first[key]} already")
            first.setdefault(key, number)


def _scope(row: Row) -> str:
    """Two bureaus may have a duty director of the same day and rank."""
    return bureau_of_id(getattr(row, "person_id", ""))


def _empty_spans(sheets: Sheets) -> Iterator[Problem]:
    for sheet in Sheets.__struct_fields__:
        for number, row in _rows(sheets, sheet):
            first, until = getattr(row, "effective_from", None), getattr(row, "effective_to", None)
            if first and until and until <= first:
                yield Problem(sheet, number, "effective_to", "must be later than effective_from")


def _bureaus(known: Directory, merged: Directory, sheets: Sheets) -> Iterator[Problem]:
    for number, row in sheets.bureaus:
        if "." in row.id:
            yield Problem("bureaus", number, "id", "the id of a bureau has no dot")
        if row.id in known.bureaus and known.bureaus[row.id].parent_id != row.parent_id:
            yield Problem("bureaus", number, "parent_id", "a bureau keeps the bureau above it")
        if row.parent_id is None:
            continue
        parent = merged.bureaus.get(row.parent_id)
        if parent is None:
            yield Problem("bureaus", number, "parent_id", f"there is no bureau {row.parent_id}")
        elif _HEIGHT[parent.level] <= _HEIGHT[row.level]:
            yield Problem("bureaus", number, "parent_id", f"{parent.id} does not stand above a {row.level}")


def _units(merged: Directory, sheets: Sheets) -> Iterator[Problem]:
    for number, row in sheets.units:
        yield from _prefix(merged, "units", number, row.id)
        yield from _same_bureau("units", number, "parent_id", row.id, row.parent_id, merged.units)
        yield from _same_bureau("units", number, "head_post_id", row.id, row.head_post_id, merged.posts)
        deputy = row.deputy_in_charge_post_id
        yield from _same_bureau("units", number, "deputy_in_charge_post_id", row.id, deputy, merged.posts)
        if _is_circular(merged.units, row.id):
            yield Problem("units", number, "parent_id", "the unit is above itself")


def _posts(merged: Directory, sheets: Sheets) -> Iterator[Problem]:
    for number, row in sheets.posts:
        yield from _prefix(merged, "posts", number, row.id)
        yield from _same_bureau("posts", number, "unit_id", row.id, row.unit_id, merged.units)


def _persons(merged: Directory, sheets: Sheets) -> Iterator[Problem]:
    accounts: dict[str, set[str]] = {}
    for one in merged.persons.values():
        accounts.setdefault(one.account or one.id, set()).add(one.id)
    for number, row in sheets.persons:
        yield from _prefix(merged, "persons", number, row.id)
        if len(accounts[row.account or row.id]) > 1:
            yield Problem("persons", number, "account", "somebody else has this account")


def _assignments(merged: Directory, sheets: Sheets) -> Iterator[Problem]:
    for number, row in sheets.assignments:
        yield from _known("assignments", number, "person_id", row.person_id, merged.persons)
        person = row.person_id
        yield from _same_bureau("assignments", number, "post_id", person, row.post_id, merged.posts)
        if (held := merged.persons.get(person)) and (other := overlap(held.assignments, row.post_id)):
            message = f"overlaps the permanent assignment to {other.post_id}: end that one first"
            yield Problem("assignments", number, "effective_from", message)


def overlap(assignments: Iterable[Assignment], post_id: str) -> Assignment | None:
    """Another permanent assignment that shares a day with a permanent one to `post_id`, if any."""
    permanent = [one for one in assignments if one.kind is AssignmentKind.PERMANENT]
    mine = [one for one in permanent if one.post_id == post_id]
    return next((o for one in mine for o in permanent if o.id != one.id and o.span.overlaps(one.span)), None)


def _roles(merged: Directory, sheets: Sheets) -> Iterator[Problem]:
    for number, row in sheets.roles:
        yield from _known("roles", number, "person_id", row.person_id, merged.persons)
        yield from _same_bureau("roles", number, "unit_id", row.person_id, row.unit_id, merged.units)
        if row.role in BY_POST:
            yield Problem("roles", number, "role", f"{row.role} comes with a post or the roster: assign that")


def _roster(merged: Directory, sheets: Sheets) -> Iterator[Problem]:
    orgs = {bureau: merged.org(bureau) for bureau in merged.bureaus}
    for number, row in sheets.roster:
        yield from _known("roster", number, "person_id", row.person_id, merged.persons)
        org = orgs.get(bureau_of_id(row.person_id))
        if org and row.person_id in org.persons and not is_leader(org, row.person_id, row.on):
            yield Problem("roster", number, "person_id", f"is not a bureau leader on {row.on}")


def is_leader(org: Org, person_id: str, on: date) -> bool:
    """Whether the person may be duty director on a day."""
    return bool(org.ranks_of(person_id, on) & LEADERS)


def _delegations(merged: Directory, sheets: Sheets) -> Iterator[Problem]:
    orgs = {bureau: merged.org(bureau) for bureau in merged.bureaus}
    for number, row in sheets.delegations:
        grantor, delegate = row.grantor_person_id, row.delegate_person_id
        yield from _known("delegations", number, "grantor_person_id", grantor, merged.persons)
        persons = merged.persons
        yield from _same_bureau("delegations", number, "delegate_person_id", grantor, delegate, persons)
        yield from _same_bureau("delegations", number, "unit_id", grantor, row.unit_id, merged.units)
        org = orgs.get(bureau_of_id(grantor))
        if grantor == delegate:
            yield Problem("delegations", number, "delegate_person_id", "is the grantor")
        elif org and not holds_authority(org, grantor, row.authority, Span(row.effective_from)):
            yield Problem("delegations", number, "authority", "the grantor does not have it on the first day")


def holds_authority(org: Org, person_id: str, authority: str, span: Span) -> bool:
    """Whether the person has the role on the first day of the span, not by delegation."""
    own = [one for one in org.delegations if one.delegate_id != person_id]
    plain = Org(org.bureau, org.units, org.posts, org.persons, org.duties, tuple(own))
    return authority in plain.roles_of(person_id, span.first or date.min)


def _prefix(merged: Directory, sheet: str, number: int, identifier: str) -> Iterator[Problem]:
    bureau, _, rest = identifier.partition(".")
    if not rest or bureau not in merged.bureaus:
        yield Problem(
            sheet, number, "id", f"must begin with a bureau's id and a dot; there is no bureau {bureau}"
        )


def _known(
    sheet: str, number: int, column: str, reference: str, parts: Mapping[str, object]
) -> Iterator[Problem]:
    if reference not in parts:
        yield Problem(sheet, number, column, f"there is no {reference}")


def _same_bureau(
    sheet: str, number: int, column: str, own: str, reference: str | None, parts: Mapping[str, object]
) -> Iterator[Problem]:
    if reference is None:
        return
    yield from _known(sheet, number, column, reference, parts)
    if reference in parts and bureau_of_id(reference) != bureau_of_id(own):
        yield Problem(sheet, number, column, f"{reference} belongs to another bureau")


def _is_circular(units: Mapping[str, Unit], unit_id: str) -> bool:
    seen: set[str] = set()
    step = units.get(unit_id)
    while step and step.parent_id:
        if step.id in seen:
            return True
        seen.add(step.id)
        step = units.get(step.parent_id)
    return False


def _rows(sheets: Sheets, sheet: str) -> Iterable[tuple[int, Row]]:
    return getattr(sheets, sheet)
