"""Apportionment of liability, 国税发〔2005〕42号 Art 20, and the exemption of Art 22."""

import pytest
from case_flow.domain.liability import Act, Capacity, Form, Part, Share, apportion, form_for
from case_flow.rules import ACCOUNTABILITY_RULES, CONTROL_RULES
from hypothesis import given
from hypothesis import strategies as st

PRIMARY, SECONDARY = Part.PRIMARY, Part.SECONDARY
RULE = ACCOUNTABILITY_RULES.shipped().liability
H, R, A = Capacity.HANDLER, Capacity.REVIEWER, Capacity.APPROVER

acts = st.builds(
    Act,
    person_id=st.sampled_from(["a", "b", "c", "d", "e"]),
    unit_id=st.just("u"),
    capacity=st.sampled_from(Capacity),
    fraud=st.booleans(),
    dissented=st.booleans(),
)


def parts(*made: Act) -> dict[str, Part]:
    return {share.person_id: share.part for share in apportion(made, RULE)}


def act(person: str, capacity: Capacity, *, fraud: bool = False, dissented: bool = False) -> Act:
    return Act(person, "u", capacity, fraud, dissented)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ((act("h", H),), {"h": PRIMARY}),
        ((act("h", H), act("a", A)), {"h": SECONDARY, "a": PRIMARY}),
        ((act("h", H), act("r", R), act("a", A)), {"h": SECONDARY, "r": PRIMARY, "a": SECONDARY}),
        ((act("h", H, fraud=True), act("r", R), act("a", A)), {"h": PRIMARY}),
        (
            (act("h", H), act("r", R), act("x", Capacity.RECONSIDERATION)),
            {"h": SECONDARY, "r": SECONDARY, "x": PRIMARY},
        ),
        (
            (act("p", Capacity.PRINCIPAL), act("m", Capacity.MEMBER), act("h", H)),
            {"p": PRIMARY, "m": SECONDARY, "h": SECONDARY},
        ),
        (
            (act("p", Capacity.PRINCIPAL), act("m", Capacity.MEMBER, dissented=True)),
            {"p": PRIMARY},
        ),
        ((act("h", H), act("r", R, dissented=True), act("a", A)), {"h": SECONDARY, "a": PRIMARY}),
        ((), {}),
    ],
)
def test_the_cases_of_the_article(made: tuple[Act, ...], expected: dict[str, Part]) -> None:
    assert parts(*made) == expected


def by_the_article(made: list[Act]) -> dict[str, Part]:
    """Art 20 and 22 clause by clause, said another way: by person, not by a list of capacities."""
    did: dict[str, set[Capacity]] = {}
    cheats: set[str] = set()
    for one in made:
        if one.dissented:
            continue
        did.setdefault(one.person_id, set()).add(one.capacity)
        if one.fraud and one.capacity is H:
            cheats.add(one.person_id)
    if cheats:
        return dict.fromkeys(cheats, PRIMARY)
    present = {capacity for capacities in did.values() for capacity in capacities}
    if Capacity.PRINCIPAL in present:
        first = Capacity.PRINCIPAL  # a collective decision: its principal
    elif Capacity.RECONSIDERATION in present:
        first = Capacity.RECONSIDERATION  # upheld on reconsideration
    elif R in present:
        first = R  # reviewed, then approved
    elif A in present:
        first = A  # approved
    elif H in present:
        first = H  # handled alone
    else:
        first = Capacity.MEMBER
    return {person: PRIMARY if first in capacities else SECONDARY for person, capacities in did.items()}


@given(st.lists(acts, max_size=8))
def test_the_shares_are_exactly_those_of_the_article(made: list[Act]) -> None:
    assert {share.person_id: share.part for share in apportion(made, RULE)} == by_the_article(made)


@given(st.lists(acts, max_size=8))
def test_the_parts_make_one_whole(made: list[Act]) -> None:
    """Whoever acted in the first capacity is primary; whoever is left alone bears it all; nobody liable is left out."""
    shares = {share.person_id: share.part for share in apportion(made, RULE)}
    liable = [one for one in made if not one.dissented]
    fraud = any(one.fraud and one.capacity is H for one in liable)
    if not fraud:
        assert shares.keys() == {one.person_id for one in liable}
        first = next((one for one in RULE.primary if any(act.capacity is one for act in liable)), None)
        assert {who for who, part in shares.items() if part is PRIMARY} == {
            one.person_id for one in liable if one.capacity is first
        }
    if len(shares) == 1:
        assert set(shares.values()) == {PRIMARY}


@given(st.lists(acts, max_size=8))
def test_somebody_is_primary_whenever_anybody_is_liable(made: list[Act]) -> None:
    shares = apportion(made, RULE)
    assert any(share.part is PRIMARY for share in shares) == bool(shares)
    assert len({share.person_id for share in shares}) == len(shares)


@given(st.lists(acts, max_size=8))
def test_a_recorded_dissent_exempts_that_act(made: list[Act]) -> None:
    liable = {one.person_id for one in made if not one.dissented}
    assert {share.person_id for share in apportion(made, RULE)} <= liable


@given(st.lists(acts, max_size=8))
def test_a_fraudulent_handler_leaves_everybody_else_out(made: list[Act]) -> None:
    fraud = {one.person_id for one in made if one.fraud and one.capacity is H and not one.dissented}
    if fraud:
        assert {share.person_id: share.part for share in apportion(made, RULE)} == dict.fromkeys(
            fraud, PRIMARY
        )


@given(st.lists(acts, max_size=6), st.randoms())
def test_the_order_of_the_acts_does_not_matter(made: list[Act], random: object) -> None:
    shuffled = made[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(apportion(made, RULE)) == set(apportion(shuffled, RULE))


def test_forms_come_from_the_pack() -> None:
    forms = CONTROL_RULES.shipped().forms["TIME_LIMIT_MISSED"]
    assert form_for(forms, PRIMARY) is Form.WRITTEN_SELF_CRITICISM
    assert form_for(forms, SECONDARY) is Form.CRITICISM_EDUCATION
    assert form_for({}, PRIMARY) is Form.NONE
    assert apportion([act("h", H)], RULE) == (Share("h", "u", PRIMARY),)
