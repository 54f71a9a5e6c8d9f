"""One edited bureau: the shared course of every single change."""

from collections.abc import Callable
from dataclasses import replace

from plumbline_org.parts import Person
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from directory.domain.parts import Directory, changes
from directory.domain.segregation import refuse_own_authority
from directory.use_cases.recording import authorize, known_for_change, record

Edit = Callable[[Directory], Directory]


async def edit_bureau(uow: Uow, action: str, bureau_id: str, edit: Edit) -> Directory:
    """Apply a pure edit to the newest state of a bureau and return the outcome.

    Raises NotFound when the bureau is not the caller's to edit, OwnAuthority for one's own posts and roles (SoD-9),
    and whatever the edit refuses with.
    """
    known = await known_for_change(uow, [bureau_id])
    if bureau_id not in known.bureaus:
        raise absent("bureau")
    after = edit(known)
    changed = changes(known, after)
    await authorize(uow, after, changed)
    refuse_own_authority(uow.principal.person_id, known, changed)
    await record(uow, action, after, changed, uow.today)
    return after


def person_in(known: Directory, person_id: str) -> Person:
    """A person of the bureau. Raises NotFound."""
    person = known.persons.get(person_id)
    if person is None:
        raise absent("person")
    return person


def with_person(known: Directory, person: Person) -> Directory:
    """The directory with one person's new state."""
    return replace(known, persons={**known.persons, person.id: person})
