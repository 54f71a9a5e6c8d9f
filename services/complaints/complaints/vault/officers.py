"""Officers' key pairs: X25519, wraps by HPKE (RFC 9180), the private half sealed under a passphrase."""

import os
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from plumbline_shared.errors import Refused

from complaints.vault.payload import KEY_BYTES, Unsealable, binding, seal, unseal

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
SHORTEST_PASSPHRASE = 12
_SALT = 16


class WrongPassphrase(Refused):
    """The passphrase does not open this officer's key."""

    code = "WRONG_PASSPHRASE"


class WeakPassphrase(Refused):
    """The passphrase is too short to protect a key."""

    code = "WEAK_PASSPHRASE"


@dataclass(frozen=True)
class OfficerKey:
    """What is stored of a key pair."""

    person_id: str
    public: bytes
    salt: bytes
    private_sealed: bytes


def make_officer_key(person_id: str, passphrase: str) -> OfficerKey:
    """A new key pair. Raises WeakPassphrase. A forgotten passphrase cannot be helped: nobody else has it."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase(
            f"a passphrase has at least {SHORTEST_PASSPHRASE} characters", path=["passphrase"]
        )
    private, salt = X25519PrivateKey.generate(), os.urandom(_SALT)
    raw = private.private_bytes_raw()
    sealed = seal(_stretch(passphrase, salt), binding("officer-key", person_id), raw)
    return OfficerKey(person_id, private.public_key().public_bytes_raw(), salt, sealed)


def unlock(key: OfficerKey, passphrase: str) -> X25519PrivateKey:
    """The private half. Raises WrongPassphrase. Takes about 0.2 s on purpose."""
    try:
        raw = unseal(
            _stretch(passphrase, key.salt), binding("officer-key", key.person_id), key.private_sealed
        )
    except Unsealable:
        raise WrongPassphrase("this passphrase does not open your key", path=["passphrase"]) from None
    return X25519PrivateKey.from_private_bytes(raw)


def wrap(secret: bytes, public: bytes, bound_to: bytes) -> bytes:
    """`secret` for one officer, bound to its part and case."""
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public), info=bound_to)


def unwrap(wrapped: bytes, private: X25519PrivateKey, bound_to: bytes) -> bytes:
    """Raises Unsealable for another officer's wrap, another part or another case."""
    try:
        return _SUITE.decrypt(wrapped, private, info=bound_to)
    except (InvalidTag, ValueError) as error:
        raise Unsealable from error


def _stretch(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(passphrase.encode(), salt, 3, 65_536, 1, KEY_BYTES, Type.ID)
