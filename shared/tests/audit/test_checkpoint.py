"""Signed notes: canonical, of one log, by one key."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from plumbline_shared.audit.checkpoint import BadCheckpoint, Checkpoint, Signer, VerifierKey, make_key

ROOT = bytes(range(32))


@pytest.fixture
def signer() -> Signer:
    return Signer("plumbline/complaints", Ed25519PrivateKey.generate())


def test_sign_and_open(signer: Signer) -> None:
    key = VerifierKey.parse(str(signer.verifier))
    assert key.open(signer.sign(7, ROOT)) == Checkpoint("plumbline/complaints", 7, ROOT)


def test_a_published_verifier_key_parses_with_its_hash() -> None:
    # The example key of golang.org/x/mod/sumdb/note.
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert str(VerifierKey.parse(text)) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n7\n", "\n8\n"),
        ("plumbline/complaints\n7", "plumbline/other\n7"),
        ("AAEC", "BBEC"),
        ("\n7\n", "\n07\n"),
    ],
)
def test_a_changed_note_does_not_open(signer: Signer, old: str, new: str) -> None:
    note = signer.sign(7, ROOT)
    assert old in note
    with pytest.raises(BadCheckpoint):
        signer.verifier.open(note.replace(old, new, 1))


def test_another_key_of_the_same_name_does_not_open(signer: Signer) -> None:
    stranger = Signer("plumbline/complaints", Ed25519PrivateKey.generate())
    with pytest.raises(BadCheckpoint):
        signer.verifier.open(stranger.sign(7, ROOT))


def test_further_signatures_by_witnesses_are_allowed(signer: Signer) -> None:
    witness = Signer("witness.example", Ed25519PrivateKey.generate())
    note = signer.sign(7, ROOT) + witness.sign(7, ROOT).split("\n\n")[1]
    assert signer.verifier.open(note).size == 7


@pytest.mark.parametrize("note", ["", "a\nb\nc\n\n", "plumbline/x\n1\nAAAA\n\n— x AAAA\n", "no note"])
def test_nonsense_is_refused(signer: Signer, note: str) -> None:
    with pytest.raises(BadCheckpoint):
        signer.verifier.open(note)


@pytest.mark.parametrize("key", ["", "a+b", "a+00000000+AAAA", "a+zz+!!"])
def test_a_wrong_verifier_key_is_refused(key: str) -> None:
    with pytest.raises(BadCheckpoint):
        VerifierKey.parse(key)


def test_a_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "audit.pem"
    make_key(file)
    assert file.stat().st_mode & 0o077 == 0
    assert Signer.load("x", file).verifier.open(Signer.load("x", file).sign(1, ROOT)).size == 1
    with pytest.raises(FileExistsError):
        make_key(file)
