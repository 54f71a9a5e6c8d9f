"""An officer's key opens what was wrapped for him, with his passphrase alone."""

import pytest
from complaints.vault.officers import WeakPassphrase, WrongPassphrase, make_officer_key, unlock, unwrap, wrap
from complaints.vault.payload import Unsealable, binding

PASSPHRASE = "correct horse battery"
MINE = make_officer_key("D01.ma-qing", PASSPHRASE)
BOUND = binding("CONTENT", "sr_1")


def test_a_wrap_opens_for_its_officer_part_and_case_only() -> None:
    wrapped = wrap(b"k" * 32, MINE.public, BOUND)
    private = unlock(MINE, PASSPHRASE)
    assert unwrap(wrapped, private, BOUND) == b"k" * 32
    stranger = make_officer_key("D01.bai-xue", PASSPHRASE)
    for key, bound in (
        (private, binding("CONTENT", "sr_2")),
        (private, binding("IDENTITY_FIRST", "sr_1")),
        (unlock(stranger, PASSPHRASE), BOUND),
    ):
        with pytest.raises(Unsealable):
            unwrap(wrapped, key, bound)


def test_a_wrong_passphrase_and_another_officers_row_do_not_open() -> None:
    with pytest.raises(WrongPassphrase) as caught:
        unlock(MINE, PASSPHRASE + "!")
    assert PASSPHRASE not in str(caught.value)
    with pytest.raises(WrongPassphrase):
        unlock(type(MINE)("D01.bai-xue", MINE.public, MINE.salt, MINE.private_sealed), PASSPHRASE)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(WeakPassphrase):
        make_officer_key("D01.ma-qing", "short")
