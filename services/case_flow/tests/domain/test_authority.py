"""Authority by item and amount: every amount has exactly one row, or the rules are refused (S2-027)."""

from itertools import pairwise

import pytest
from case_flow.authority_packs import shipped_authority
from case_flow.domain.authority import Authority, amount_in
from case_flow.domain.control_set import parse_control_set, rules_for
from case_flow.domain.errors import InvalidDefinition
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid

CUTS = st.lists(st.integers(1, 10**12), min_size=1, max_size=6, unique=True).map(sorted)
Range = tuple[int, int | None]


def ranges(cuts: list[int]) -> list[Range]:
    """The rows that these cuts make of all amounts."""
    return [*pairwise([0, *cuts]), (cuts[-1], None)]


def source(rows: list[Range], more: str = "", row: str = "") -> str:
    listed = "".join(
        f"      - {{from_fen: {low}{'' if high is None else f', below_fen: {high}'}, role: REVIEWER{row}}}\n"
        for low, high in rows
    )
    return f"""
citation: {{source: D01-2026-8}}
authority:
  - item: I
    step: s
    citation: {{source: D01-2026-8, locator: Art 1}}
    {more}
    rows:
{listed}"""


def rule_of(text: str) -> Authority:
    return parse_control_set(text).authority[0]


def codes(text: str) -> set[str]:
    with pytest.raises(InvalidDefinition) as refused:
        parse_control_set(text)
    return {one.code for one in refused.value.problems}


@given(CUTS, st.randoms(use_true_random=False), st.data())
def test_an_amount_has_exactly_one_row_in_whatever_order_they_stand(
    cuts: list[int], random: "st.random.Random", data: st.DataObject
) -> None:
    rows = ranges(cuts)
    random.shuffle(rows)
    rule = rule_of(source(rows))
    near = st.sampled_from([cut + by for cut in cuts for by in (-1, 0, 1)])
    amount = data.draw(st.one_of(st.integers(0, 2 * 10**12), near))
    assert [one for one in rule.rows if one.covers(amount)] == [rule.row(amount)]


@given(CUTS, st.data())
def test_a_gap_or_an_overlap_is_refused(cuts: list[int], data: st.DataObject) -> None:
    rows = ranges(cuts)
    at, by = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(1, 10**6))
    low, high = rows[at]
    if data.draw(st.booleans()):
        rows[at] = (low + by, None if high is None else high + by)
    elif high is None:
        rows[at] = (low, low + by)
    else:
        rows[at] = (low, data.draw(st.sampled_from([high + by, max(low + 1, high - by)])))
    if rows == ranges(cuts):
        return
    assert codes(source(rows)) & {"AMOUNTS_GAP", "AMOUNTS_OVERLAP"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (source([]), "MISSING"),
        (source([(0, None), (0, None)]), "AMOUNTS_OVERLAP"),
        (source([(0, 5), (5, 5), (5, None)]), "AMOUNTS_EMPTY"),
        (source([(0, None)], row=", rechecks: [{unit: LEAD}]"), "MISSING"),
        (source([(0, None)]).replace("REVIEWER", "KING"), "UNKNOWN_ROLE"),
        (source([(0, None)], "on_breach: SHOUT"), "UNKNOWN_VALUE"),
        (source([(0, None)], 'hours: {from: "8:30", until: "18:00"}'), "NOT_A_TIME"),
        (source([(0, None)], 'hours: {from: "18:00", until: "08:30"}'), "HOURS_EMPTY"),
        (source([(0, None)]) + source([(0, None)]).split("authority:")[1], "DUPLICATE_CODE"),
        (
            source([(0, None)]).replace("    citation: {source: D01-2026-8, locator: Art 1}\n", ""),
            "MISSING_CITATION",
        ),
    ],
)
def test_a_fault_is_told(text: str, code: str) -> None:
    assert code in codes(text)


def test_an_amount_is_a_whole_number_where_the_rule_looks_for_it() -> None:
    rule = rule_of(source([(0, None)], "amount: fields.amount"))
    assert amount_in(rule, {"fields": {"amount": 7}}) == 7
    assert amount_in(rule, {"amount": 7, "fields": "none"}) is None
    for bad in (1.5, "7", True):
        with pytest.raises(Invalid):
            amount_in(rule, {"fields": {"amount": bad}})
    with pytest.raises(Invalid):
        rule.row(-1)


def test_what_is_shipped_shares_out_what_a_bureau_spends() -> None:
    [rule] = rules_for("FINANCE-EXPENDITURE", None, shipped_authority())
    levels = [len(rule.row(yuan * 100).rechecks) for yuan in (0, 4_999, 5_000, 49_999, 50_000, 10**9)]
    assert levels == [0, 0, 1, 1, 2, 2]
