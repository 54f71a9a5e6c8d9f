"""Who may do a step: the role or post it asks for, in the unit whose work it is (S1-136)."""

from collections.abc import Iterable
from datetime import date

from plumbline_org.model import Org
from plumbline_org.roles import Role
from plumbline_shared.principal import Principal

from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.errors import NotEligible
from case_flow.domain.matter import Matter
from case_flow.domain.separation import conflicts

CHIEFS = frozenset({str(Role.SECTION_CHIEF), str(Role.OFFICE_CHIEF)})
ENFORCEMENT = frozenset({str(Role.INVESTIGATOR)})
"""Roles that only a qualified officer uses (SoD-2, I-017)."""
LEADERS = frozenset({str(Role.DEPUTY_HEAD), str(Role.BUREAU_HEAD)})


def unit_of(step: Step, bureau_id: str, office_id: str | None, default: str) -> str:
    """The unit whose work the step is. Raises NotEligible when it needs an office and none was named."""
    if step.unit == "@office":
        if not office_id:
            raise NotEligible(f"step {step.code} is an office's work: name the office at acceptance")
        return office_id
    return f"{bureau_id}.{step.unit}" if step.unit else default


def may_do(step: Step, unit_id: str, who: Principal) -> bool:
    """Whether the caller holds one of the step's roles in the unit, or its post."""
    if step.post and f"{who.bureau_id}.{step.post}" in who.post_ids:
        return True
    held = who.roles.intersection(step.roles)
    return bool((unit_id in who.unit_ids and held) or (held & LEADERS and leads(who, unit_id)))


def require_eligible(step: Step, unit_id: str, who: Principal) -> None:
    """Raise NotEligible unless the caller holds one of the step's roles in the unit, or its post."""
    if may_do(step, unit_id, who):
        return
    raise NotEligible(
        f"step {step.code} is for {' or '.join(step.roles) or step.post} of {unit_id}",
        step=step.code,
        unit=unit_id,
    )


def require_serving(who: Principal) -> None:
    """Raise NotEligible for somebody who holds no post today (stand-by, unplaced): work in hand waits too (I-017)."""
    if not who.unit_ids:
        raise NotEligible(
            "you hold no post today: the chief of the unit gives this step to somebody else",
            person=who.person_id,
        )


def require_qualified(step: Step, who: Principal) -> None:
    """Raise NotEligible for somebody whose qualification for an enforcement step is gone; work in hand waits too."""
    if ENFORCEMENT.intersection(step.roles) and not who.roles.intersection(step.roles):
        raise NotEligible(
            f"step {step.code} takes a qualification in force: the chief of the unit gives it to somebody else",
            person=who.person_id,
        )


def leads(who: Principal, unit_id: str) -> bool:
    """Whether the caller is the bureau leader in charge of the unit, or the head."""
    return Role.BUREAU_HEAD in who.roles or f"leads:{unit_id}" in who.scopes


def may_assign(who: Principal, unit_id: str) -> bool:
    """Chiefs assign the work of their own unit; bureau leaders handle no matter (5.3, Matter handle)."""
    return bool(who.roles & CHIEFS) and unit_id in who.unit_ids


def had_part(who: Principal, matter: Matter) -> bool:
    """Whether the caller worked on the matter, or is chief of a unit that had it; reading it is not enough."""
    return who.person_id in matter.people or any(may_assign(who, unit) for unit in matter.units)


def uses(org: Org, person_id: str, role: str, on: date) -> bool:
    """Whether the person may use the role on that day: enforcement takes a qualification in force (I-017)."""
    if role not in ENFORCEMENT:
        return True
    known = org.person(person_id)
    return known is not None and known.qualified(on)


def candidates(step: Step, unit_id: str, org: Org, on: date) -> tuple[str, ...]:
    """Everybody of the unit who could do the step on that day, sorted."""
    if step.post:
        return org.holders(f"{org.bureau.id}.{step.post}", on)
    found = {
        person
        for role in step.roles
        for person in org.persons_with_role(role, on, unit_id)
        if unit_id in org.units_of(person, on) and uses(org, person, role, on)
    }
    if LEADERS.intersection(step.roles) and (deputy := org.deputy_in_charge(unit_id, on)):
        found.add(deputy)
    return tuple(sorted(found))


def sole_candidates(
    definition: ItemDefinition, matter: Matter, step: Step, unit_id: str, org: Org, on: date
) -> tuple[str, ...]:
    """The one person to whom the step goes by itself, when nobody else could do it; else it waits in the queue.

    Work is never chosen by the applicant (S1-087); a step for several people is dispatched by the chief (S1-138).
    """
    if step.min_actors > 1:
        return ()
    free = [
        one
        for one in candidates(step, unit_id, org, on)
        if one not in matter.recused and not conflicts(definition, matter, step.code, one)
    ]
    return tuple(free) if len(free) == 1 else ()


def require_candidates(step: Step, unit_id: str, org: Org, on: date, people: Iterable[str]) -> None:
    """Raise NotEligible when one of `people` could not do the step on that day (role, unit, status, leave)."""
    allowed = candidates(step, unit_id, org, on)
    for person in people:
        if person not in allowed:
            raise NotEligible(
                f"{person} cannot do step {step.code} in {unit_id} on {on}: choose another", person=person
            )
