"""Whether an officer's fines differ from those of the others (S2-020)."""

from decimal import Decimal

from case_flow.domain.fine_variance import Compared, Fine, VarianceRule, compare
from case_flow.rules import PENALTY_RULES
from hypothesis import given
from hypothesis import strategies as st

RULE = VarianceRule(5, Decimal("2.5"), "S2-020")
PEOPLE = ("a", "b", "c", "d")


def fine(
    who: str, fen: int, *, point: str = "LATE", low: int = 0, high: int = 1000, departed: bool = False
) -> Fine:
    return Fine((who, "witness"), point, fen, low, high, departed)


def of(found: list[Compared], person: str) -> Compared:
    return next(one for one in found if one.person_id == person)


def test_a_light_hand_stands_out_and_its_colleagues_do_not() -> None:
    light = [fine("a", fen) for fen in (0, 10, 0, 20, 0)]
    others = [fine(who, fen) for who in ("b", "c") for fen in (400, 500, 600, 450, 550)]
    found = compare([*light, *others], RULE)
    assert (found[0].person_id, found[0].stands_out, found[0].fines, found[0].others) == ("a", True, 5, 10)
    assert found[0].difference is not None
    assert found[0].difference < 0
    assert found[0].mean == Decimal("0.006")
    assert found[0].others_mean == Decimal("0.500")
    assert not of(compare(others, RULE), "b").stands_out


def test_tiers_of_other_sizes_compare_by_their_place() -> None:
    small = [fine("a", 50, low=0, high=100) for _ in range(5)]
    large = [fine("b", 50_000, low=0, high=100_000) for _ in range(5)]
    assert of(compare([*small, *large], RULE), "a").difference == Decimal(0)


def test_constant_hands_that_differ_stand_out_and_too_few_fines_say_nothing() -> None:
    constant = [fine("a", 0) for _ in range(5)] + [fine("b", 1000) for _ in range(5)]
    assert of(compare(constant, RULE), "a").difference == Decimal(-99)
    few = of(compare(constant[1:], RULE), "a")
    assert (few.fines, few.mean, few.others_mean, few.difference, few.stands_out) == (
        4,
        None,
        None,
        None,
        False,
    )


def test_departures_and_tiers_without_a_choice_are_counted_and_not_compared() -> None:
    fixed = [fine("a", 240, low=240, high=240) for _ in range(6)]
    left = [fine("a", 1500, departed=True)]
    one = of(compare([*fixed, *left, *(fine("b", 500) for _ in range(6))], RULE), "a")
    assert (one.fines, one.departures, one.mean, one.stands_out) == (7, 1, None, False)


FINES = st.lists(
    st.builds(
        lambda who, fen, point: fine(who, fen, point=point),
        st.sampled_from(PEOPLE),
        st.integers(0, 1000),
        st.sampled_from(["LATE", "INVOICE"]),
    ),
    max_size=60,
)


@given(FINES)
def test_everybody_who_signed_has_one_line_a_point_and_the_order_of_fines_does_not_matter(
    fines: list[Fine],
) -> None:
    found = compare(fines, RULE)
    lines = [(one.person_id, one.violation_point) for one in found]
    assert len(lines) == len(set(lines))
    assert set(lines) == {(who, one.violation_point) for one in fines for who in one.signers}
    assert found == compare(list(reversed(fines)), RULE)
    assert all(one.difference is None or abs(one.difference) <= 99 for one in found)


@given(FINES)
def test_turned_round_every_difference_turns_its_sign(fines: list[Fine]) -> None:
    turned = [Fine(one.signers, one.violation_point, 1000 - one.amount_fen, 0, 1000) for one in fines]
    other = {(one.person_id, one.violation_point): one for one in compare(turned, RULE)}
    for one in compare(fines, RULE):
        mirrored = other[one.person_id, one.violation_point].difference
        assert (one.difference is None) == (mirrored is None)
        assert abs((one.difference or 0) + (mirrored or 0)) <= Decimal("0.002")


def test_the_rule_is_data_with_its_source() -> None:
    rule = PENALTY_RULES.shipped().variance
    assert rule.least_fines >= 5
    assert "S2-020" in rule.citation
