"""Who is to answer a deviation: whoever manages it; never nobody where the row names one (S2-047)."""

from hypothesis import given
from hypothesis import strategies as st
from risk_registry.domain.deviations import ANSWERING, answerers
from risk_registry.domain.ledger import AlertLine, Part

LINES = st.lists(
    st.builds(AlertLine, st.sampled_from(Part), st.sampled_from("abc"), st.none(), st.none(), st.just("RULE"))
)


@given(lines=LINES)
def test_who_manages_answers_and_only_without_a_manager_who_did_it(lines: list[AlertLine]) -> None:
    named = {part: {one.person_id for one in lines if one.part is part} for part in Part}
    found = set(answerers(lines))
    assert found in [named[part] for part in ANSWERING]
    assert bool(found) == any(named[part] for part in ANSWERING)
    if named[Part.MANAGER]:
        assert found == named[Part.MANAGER]
    elif named[Part.ANSWERABLE]:
        assert found == named[Part.ANSWERABLE]
