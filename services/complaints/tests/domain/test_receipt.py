"""A receipt comes back however it was typed."""

from complaints.domain.receipt import Receipt, parse_receipt
from hypothesis import given
from hypothesis import strategies as st

DIGITS = st.text(alphabet="0123456789", min_size=24, max_size=24)
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


@given(DIGITS, st.sampled_from(["T-2026", "C-2031"]))
def test_what_is_shown_is_read_back(digits: str, label: str) -> None:
    receipt = Receipt(digits[:8], digits[8:])
    shown = receipt.show(label)
    spaced = shown.replace("-", " ")
    for typed in (shown, shown.lower(), spaced, f"  {digits} ", digits, shown.translate(FULL_WIDTH)):
        assert parse_receipt(typed) == receipt


@given(st.text(max_size=40))
def test_anything_else_is_no_receipt(text: str) -> None:
    parsed = parse_receipt(text)
    assert parsed is None or len(parsed.locator + parsed.secret) == 24


@given(DIGITS.map(lambda digits: digits[1:]))
def test_a_digit_too_few_is_no_receipt(digits: str) -> None:
    assert parse_receipt(digits) is None
