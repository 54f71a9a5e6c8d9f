"""Receipts: a number that is shown, and a code that only the applicant knows."""

import hashlib
import secrets
from datetime import date

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_receipt_no(bureau_id: str, on: date) -> str:
    """The bureau, the day and a random part, for example `D01-20261009-K7M2QX`."""
    return f"{bureau_id}-{on:%Y%m%d}-{_random(6)}"


def random_code() -> str:
    """What the applicant proves themselves with; told once."""
    return _random(10)


def code_hash(receipt_no: str, code: str) -> bytes:
    """What is kept of a receipt's code."""
    return hashlib.sha256(f"{receipt_no}|{code.upper()}".encode()).digest()


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
