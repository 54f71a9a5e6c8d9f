"""Sealed payloads: XChaCha20-Poly1305 over padded text, bound to version, part and case."""

import os

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

KEY_BYTES = 32
_NONCE = 24
_SMALLEST = 512
VERSION = b"\x01"


class Unsealable(Exception):
    """The wrong key, another case, another part, or a changed byte: which one is not said."""


def binding(part: str, case_id: str) -> bytes:
    """What a payload and its wraps are bound to: moved to another case or part, they do not open."""
    return f"1|{part}|{case_id}".encode()


def new_key() -> bytes:
    """A fresh key for one part of one case."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, bound_to: bytes, plain: bytes) -> bytes:
    """Version, nonce and ciphertext. The length says only which power of two the text fits in."""
    nonce = os.urandom(_NONCE)
    return VERSION + nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(_pad(plain), bound_to, nonce, key)


def unseal(key: bytes, bound_to: bytes, sealed: bytes) -> bytes:
    """Raises Unsealable."""
    version, nonce, body = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    if version != VERSION:
        raise Unsealable
    try:
        return _unpad(crypto_aead_xchacha20poly1305_ietf_decrypt(body, bound_to, nonce, key))
    except (CryptoError, ValueError) as error:
        raise Unsealable from error


def split(key: bytes) -> tuple[bytes, bytes]:
    """Two shares of a key: each alone is random, both together give it back."""
    first = os.urandom(len(key))
    return first, join(first, key)


def join(first: bytes, second: bytes) -> bytes:
    """The key of two shares (exclusive or)."""
    return bytes(a ^ b for a, b in zip(first, second, strict=True))


def _pad(plain: bytes) -> bytes:
    size = _SMALLEST
    while size <= len(plain):
        size *= 2
    return plain + b"\x80" + bytes(size - len(plain) - 1)


def _unpad(padded: bytes) -> bytes:
    text, mark, zeros = padded.rpartition(b"\x80")
    if not mark or any(zeros):
        raise ValueError("padding")
    return text
