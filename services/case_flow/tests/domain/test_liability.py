"""Apportionment of liability, 国税发〔2005〕42号 Art 20, and the exemption of Art 22."""

import pytest
from case_flow.domain.liability import Act, Capacity, Form, Part, Share, apportion, form_for
from case_flow.packs import control_pack
from hypothesis import given
from hypothesis import strategies as st

PRIMARY, SECONDARY = Part.PRIMARY, Part.SECONDARY
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
    return {share.person_id: share.part for share in apportion(made)}


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


@given(st.lists(acts, max_size=8))
def test_somebody_is_primary_whenever_anybody_is_liable(made: list[Act]) -> None:
    shares = apportion(made)
    assert any(share.part is PRIMARY for share in shares) == bool(shares)
    assert len({share.person_id for share in shares}) == len(shares)


@given(st.lists(acts, max_size=8))
def test_a_recorded_dissent_exempts_that_act(made: list[Act]) -> None:
    liable = {one.person_id for one in made if not one.dissented}
    assert {share.person_id for share in apportion(made)} <= liable


@given(st.lists(acts, max_size=8))
def test_a_fraudulent_handler_leaves_everybody_else_out(made: list[Act]) -> None:
    fraud = {one.person_id for one in made if one.fraud and one.capacity is H and not one.dissented}
    if fraud:
        assert {share.person_id: share.part for share in apportion(made)} == dict.fromkeys(fraud, PRIMARY)


@given(st.lists(acts, max_size=6), st.randoms())
def test_the_order_of_the_acts_does_not_matter(made: list[Act], random: object) -> None:
    shuffled = made[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(apportion(made)) == set(apportion(shuffled))


def test_forms_come_from_the_pack() -> None:
    forms = control_pack().forms["TIME_LIMIT_MISSED"]
    assert form_for(forms, PRIMARY) is Form.WRITTEN_SELF_CRITICISM
    assert form_for(forms, SECONDARY) is Form.CRITICISM_EDUCATION
    assert form_for({}, PRIMARY) is Form.NONE
    assert apportion([act("h", H)]) == (Share("h", "u", PRIMARY),)
