"""Receipts: 24 digits, 8 that find the case and 16 that prove it. Read aloud, typed on any keyboard."""

import re
import unicodedata
from dataclasses import dataclass

_LOCATOR, _DIGITS = 8, 24
_LABEL = re.compile(r"^[CT][\s-]*20\d\d[\s-]+")


@dataclass(frozen=True)
class Receipt:
    """`locator` is stored in clear; `secret` never is."""

    locator: str
    secret: str

    def show(self, label: str) -> str:
        """`T-2026-1234-5678-…`: the label is for people and is ignored when it is typed back."""
        digits = self.locator + self.secret
        return "-".join([label, *(digits[at : at + 4] for at in range(0, _DIGITS, 4))])


def parse_receipt(text: str) -> Receipt | None:
    """The receipt in what somebody typed: full-width digits, spaces and dashes included. None if it is not one."""
    plain = _LABEL.sub("", unicodedata.normalize("NFKC", text).strip().upper())
    digits = re.sub(r"[\s\-‐-―]", "", plain)
    if len(digits) != _DIGITS or not digits.isascii() or not digits.isdigit():
        return None
    return Receipt(digits[:_LOCATOR], digits[_LOCATOR:])
