"""Sealed means sealed: for one key, one part, one case, every byte."""

import pytest
from complaints.vault.payload import Unsealable, binding, join, new_key, seal, split, unseal
from hypothesis import given
from hypothesis import strategies as st


@given(st.binary(max_size=3000))
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    key, bound = new_key(), binding("CONTENT", "sr_1")
    assert unseal(key, bound, seal(key, bound, plain)) == plain


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_the_length_tells_nothing_of_a_short_text(one: bytes, other: bytes) -> None:
    key, bound = new_key(), binding("CONTENT", "sr_1")
    assert len(seal(key, bound, one)) == len(seal(key, bound, other))
    assert seal(key, bound, one) != seal(key, bound, one)


@pytest.mark.parametrize("bound", [binding("CONTENT", "sr_2"), binding("IDENTITY", "sr_1")])
def test_another_case_or_part_does_not_open(bound: bytes) -> None:
    key = new_key()
    with pytest.raises(Unsealable):
        unseal(key, bound, seal(key, binding("CONTENT", "sr_1"), b"x"))


@given(st.data())
def test_a_changed_byte_does_not_open(data: st.DataObject) -> None:
    key, bound = new_key(), binding("CONTENT", "sr_1")
    sealed = bytearray(seal(key, bound, b"secret"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unsealable):
        unseal(key, bound, bytes(sealed))


def test_another_key_and_a_cut_payload_do_not_open() -> None:
    bound = binding("CONTENT", "sr_1")
    sealed = seal(new_key(), bound, b"x")
    for wrong in (sealed, sealed[:-1], b"", b"\x01"):
        with pytest.raises(Unsealable):
            unseal(new_key(), bound, wrong)


@given(st.binary(min_size=32, max_size=32))
def test_two_shares_make_the_key_and_none_alone(key: bytes) -> None:
    first, second = split(key)
    assert join(first, second) == key
    again, _ = split(key)
    assert again != first
