"""Requirements §5.3: every mutation, called by everybody on a real object, does what the matrix gives and no more."""

import pytest
from plumbline_org.roles import Role
from security_cast import ORGS, VIEWERS
from security_fixtures import SERVICES, WorldOf, definition
from security_world import Trial

# How a service refuses for want of authority, and no other way.
AUTHORITY = frozenset(
    {
        "NOT_FOUND",
        "UNAUTHENTICATED",
        "NOT_ELIGIBLE",
        "NOT_HANDLER",
        "NOT_ON_PANEL",
        "NOT_THE_VERIFIER",
        "NOTHING_TO_SIGN",
        "CO_SIGNER_IS_SIGNER",
        "EXTENSION_REFUSED",
        "SLIP_REFUSED",
        "RECUSED",
        "VOTER_RECUSED",
        "VOTER_NOT_PRESENT",
        "OWN_AUTHORITY",
        "OWN_UNIT",
        "TWO_KEYS_NEEDED",
        "SOD_SAME_PERSON",
        "SOD_ACCEPTOR_IS_RECTIFIER",
        "SOD_OWN_UNIT_VERIFIES",
        "SOD_SUBJECT_VERIFIES",
        "SOD_DEPARTURE",
    }
)
MUTATIONS = [
    (service, mutation)
    for service in SERVICES
    for mutation in sorted(definition(service).schema._schema.mutation_type.fields)
]


def wrong(trial: Trial) -> list[str]:
    """Everybody whose answer is not the one that the table gives."""
    found: list[str] = []
    for one in trial.attempts:
        if one.viewer in trial.allowed:
            rule = trial.but.get(one.viewer)
            fits = one.codes == ((rule,) if rule else ()) and (one.kept > 0) is (rule is None)
        else:
            refused = bool(one.codes) and set(one.codes) <= AUTHORITY | trial.also
            fits = refused and one.kept == 0
        if not fits:
            found.append(f"{one.viewer}: {', '.join(one.codes) or 'done'}, kept {one.kept}")
    return found


@pytest.mark.parametrize(("service", "mutation"), MUTATIONS)
async def test_a_mutation_is_for_whom_the_matrix_names(
    world_of: WorldOf, service: str, mutation: str
) -> None:
    world = await world_of(service)
    trials = [one for one in world.trials if one.mutation == mutation]
    assert trials, (
        f"{mutation} is not in the story of {service}: let everybody try it (see security_world.World)"
    )
    for trial in trials:
        assert {one.viewer for one in trial.attempts} == set(VIEWERS)
        assert trial.allowed <= set(VIEWERS)
        assert wrong(trial) == [], f"{mutation} is for {sorted(trial.allowed)}"


def test_somebody_holds_every_role() -> None:
    """Each role of §5.1 by itself: the person who has nearly all of them is of another bureau."""
    on = next(iter(ORGS["D01"].persons.values())).assignments[0].span.first
    assert on
    held = {
        role
        for org in ORGS.values()
        for one in org.persons
        if not one.endswith(".all")
        for role in org.roles_of(one, on)
    }
    assert held == set(Role)
