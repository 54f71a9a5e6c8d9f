"""Put a person on a post from a day on; a new permanent post ends the one held so far."""

from dataclasses import replace
from datetime import date

import msgspec
from plumbline_org.parts import Assignment, AssignmentKind, Person, Span
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from directory.domain.checks import overlap
from directory.domain.merge import assignment_id, with_assignment
from directory.domain.parts import Directory, bureau_of_id
from directory.use_cases.edit import edit_bureau, person_in, with_person


class ChangeAssignment(msgspec.Struct, frozen=True, kw_only=True):
    """`effective_to` is the first day that no longer counts; None is open."""

    person_id: str
    post_id: str
    kind: AssignmentKind = AssignmentKind.PERMANENT
    effective_from: date
    effective_to: date | None = None


class AssignmentOverlaps(Refused):
    """A permanent assignment that begins later already exists; end or move that one first."""

    code = "ASSIGNMENT_OVERLAPS"


async def change_assignment(uow: Uow, command: ChangeAssignment) -> str:
    """Assign a person and return the person's id; publishes PersonChanged (I-003).

    Raises NotFound, Invalid for an empty period, AssignmentOverlaps, OwnAuthority.
    """
    if command.effective_to and command.effective_to <= command.effective_from:
        raise Invalid("effectiveTo must be later than effectiveFrom", path=["input", "effectiveTo"])
    bureau = bureau_of_id(command.person_id)
    await edit_bureau(uow, "directory.change_assignment", bureau, lambda known: _assigned(known, command))
    return command.person_id


def _assigned(known: Directory, command: ChangeAssignment) -> Directory:
    person = person_in(known, command.person_id)
    post = known.posts.get(command.post_id)
    if post is None or post.bureau_id != person.bureau_id:
        raise absent("post")
    if command.kind is AssignmentKind.PERMANENT:
        person = _ended(person, command.effective_from)
    assignment = Assignment(
        id=assignment_id(person.id, post.id, command.effective_from),
        person_id=person.id,
        post_id=post.id,
        unit_id=post.unit_id,
        kind=command.kind,
        span=Span(command.effective_from, command.effective_to),
    )
    changed = with_assignment(person, assignment)
    if other := overlap(changed.assignments, post.id):
        raise AssignmentOverlaps(
            f"there is a permanent assignment to {other.post_id} already: end that one first"
        )
    return with_person(known, changed)


def _ended(person: Person, on: date) -> Person:
    """Every permanent assignment that runs on the day ends the day before."""
    return replace(
        person,
        assignments=tuple(
            replace(one, span=Span(one.span.first, on)) if _runs(one, on) else one
            for one in person.assignments
        ),
    )


def _runs(one: Assignment, on: date) -> bool:
    begun_earlier = one.span.first is None or one.span.first < on
    return one.kind is AssignmentKind.PERMANENT and begun_earlier and one.span.covers(on)
