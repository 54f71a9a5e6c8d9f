"""Opaque, time-ordered identifiers."""

import base64

from uuid_utils import uuid7


def new_id(prefix: str) -> str:
    """Return `<prefix>_<26 characters>`: UUIDv7 in lower-case base32hex, so text order is time order."""
    return f"{prefix}_{base64.b32hexencode(uuid7().bytes).decode().rstrip('=').lower()}"
