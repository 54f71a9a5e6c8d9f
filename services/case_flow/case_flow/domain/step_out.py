"""Somebody steps out of a matter: what they have goes to others, what they would have signed begins anew."""

from case_flow.domain import signing
from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.matter import Matter, Pending
from case_flow.domain.signing import SignerRefused


def step_out(definition: ItemDefinition, matter: Matter, person: str) -> Matter:
    """The matter with nothing open in the hands of `person`; a step that nobody has left is in no queue yet.

    They see it no longer, unless they did a step of it: what is done stays done.
    """
    after = matter
    for one in matter.open_steps:
        if person in one.hands:
            after = _without(definition.by_code[one.step], after.focused(one.step), person)
    did = any(person in mark.by for mark in matter.trail.values())
    people = matter.people if did else tuple(one for one in matter.people if one != person)
    return after.focused(matter.step or "").change(people=people, row_version=matter.row_version + 1)


def _without(step: Step, matter: Matter, person: str) -> Matter:
    pending = _signers_left(step, matter, person)
    if person not in matter.handlers:
        return matter.change(pending=pending)
    left = tuple(one for one in matter.handlers if one != person)
    if not left:
        return matter.change(handlers=(), queue_unit=None, queue_roles=(), pending=None)
    return matter.change(handlers=left, queue_unit=matter.unit_id, queue_roles=step.roles, pending=pending)


def _signers_left(step: Step, matter: Matter, person: str) -> Pending | None:
    """The signatures without `person`; none where too few are left, or one of theirs is among them."""
    pending = matter.pending
    if pending is None or person not in pending.signers:
        return pending
    try:
        return signing.remove(matter, step, person).pending
    except SignerRefused:
        return None
