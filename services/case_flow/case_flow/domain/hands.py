"""Whose hands an act counts as, and who keeps off a matter.

A delegate's act counts as both persons' hands, the delegate's and the grantor's (SoD-1, I-003). Whoever declared an
interest in the party, or was recused by decision, does nothing on the matter (税收征收管理法 Art 12; I-016).
"""

from collections.abc import Iterable
from datetime import date

from plumbline_org.model import Org
from plumbline_shared.errors import Refused

from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.eligibility import candidates
from case_flow.domain.errors import CoSignerIsSigner, NotEligible, SeparationOfDuties
from case_flow.domain.matter import Matter, joined
from case_flow.domain.separation import conflicts, require_separate


class Recused(Refused):
    """The person keeps off this matter; why is not said here."""

    code = "RECUSED"


class CoSignerAbsent(Refused):
    """The person named to sign too is away on that day; `instead` are those who may."""

    code = "CO_SIGNER_ABSENT"


def grantors(org: Org, person: str, step: Step, unit_id: str, on: date) -> tuple[str, ...]:
    """Those for whom `person` acts by delegation when they do the step; nobody when they may in their own right."""
    own = {role for role, where in org.own_role_units_of(person, on) if where in (None, unit_id)}
    in_own_right = own & set(step.roles) or (
        step.post and f"{org.bureau.id}.{step.post}" in org.posts_of(person, on)
    )
    if in_own_right:
        return ()
    acts_for = {
        one.grantor_id
        for one in org.delegations
        if one.delegate_id == person and one.authority in step.roles and one.holds(on)
    }
    return tuple(sorted(acts_for - {person}))


def barrier(
    definition: ItemDefinition, matter: Matter, step: Step, org: Org, person: str, on: date
) -> str | None:
    """The code of what keeps `person` from the step now; None when nothing does."""
    hands = (person, *grantors(org, person, step, matter.unit_id, on))
    if any(one in matter.recused for one in hands):
        return Recused.code
    if any(conflicts(definition, matter, step.code, one) for one in hands):
        return SeparationOfDuties.code
    return None


def require_free(
    definition: ItemDefinition, matter: Matter, step: Step, org: Org | None, people: Iterable[str], on: date
) -> tuple[str, ...]:
    """Those for whom `people` act by delegation at the step; without `org` nobody acts for anybody.

    Raises Recused, or SeparationOfDuties when a person or one they act for did an incompatible step.
    """
    acting = tuple(people)
    behind = (
        [one for person in acting for one in grantors(org, person, step, matter.unit_id, on)] if org else []
    )
    require_unrecused(matter, (*acting, *behind))
    require_separate(definition, matter, step.code, (*acting, *behind))
    return tuple(dict.fromkeys(behind))


def require_unrecused(matter: Matter, people: Iterable[str]) -> None:
    """Raise Recused when one of `people` keeps off the matter."""
    for person in people:
        if person in matter.recused:
            raise Recused(f"{person} keeps off this matter by recusal: choose another", person=person)


def require_distinct(step: Step, *parties: tuple[str, ...]) -> None:
    """Raise CoSignerIsSigner when two signatures are the same person's hands, by delegation too (SoD-2)."""
    seen: set[str] = set()
    for hands in parties:
        if twice := seen.intersection(hands):
            raise CoSignerIsSigner(
                f"step {step.code} needs different people, and {', '.join(sorted(twice))} would sign twice: "
                "a delegate's signature is their grantor's too",
                step=step.code,
            )
        seen.update(hands)


def require_present(
    definition: ItemDefinition,
    matter: Matter,
    step: Step,
    org: Org,
    on: date,
    people: Iterable[str],
    signer: str,
) -> None:
    """Raise CoSignerAbsent for somebody away, NotEligible for a stranger to the step; each names who may instead."""
    named, allowed = tuple(people), candidates(step, matter.unit_id, org, on)
    for person in named:
        if person in allowed:
            continue
        fit = instead(definition, matter, step, org, on, person, (signer, *named))
        may = f"these may sign: {', '.join(fit)}" if fit else "nobody else may sign today: return the matter"
        if _belongs(org, person, matter.unit_id, on):
            raise CoSignerAbsent(f"{person} is away on {on}; {may}", person=person, instead=list(fit))
        raise NotEligible(
            f"{person} cannot do step {step.code} in {matter.unit_id} on {on}; {may}",
            person=person,
            instead=list(fit),
        )


def instead(
    definition: ItemDefinition,
    matter: Matter,
    step: Step,
    org: Org,
    on: date,
    away: str,
    taken: tuple[str, ...],
) -> tuple[str, ...]:
    """Who may sign in place of somebody away: their delegates first, then their colleagues, sorted."""
    fit = [
        one
        for one in candidates(step, matter.unit_id, org, on)
        if one not in taken and barrier(definition, matter, step, org, one, on) is None
    ]
    delegates = {one for role in step.roles for one in org.delegates_of(away, role, on, matter.unit_id)}
    return joined((), *sorted(fit, key=lambda one: (one not in delegates, one)))


def _belongs(org: Org, person: str, unit_id: str, on: date) -> bool:
    """Whether the person has a post in the unit, serving or not."""
    known = org.person(person)
    return known is not None and any(
        one.unit_id == unit_id and one.span.covers(on) for one in known.assignments
    )
