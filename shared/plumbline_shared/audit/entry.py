"""One audit row: what is public in the log for ever, and what a salted commitment hides and lets be erased."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from plumbline_shared.audit.merkle import leaf_hash

SALT_BYTES = 32


class Opening(msgspec.Struct, frozen=True):
    """The erasable part: who did it to which object, with what detail (canonical JSON text)."""

    salt: bytes
    actor: str
    object_id: str
    detail: str

    def commitment(self) -> bytes:
        """HMAC-SHA-256 under the salt: binding, and without the salt it says nothing."""
        body = msgspec.json.encode([self.actor, self.object_id, self.detail])
        return hmac.digest(self.salt, body, "sha256")


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of an export. `seq` is the leaf index; `opening` is None once erased."""

    seq: int
    id: str
    bureau_id: str
    at: datetime
    action: str
    object_type: str
    commitment: bytes
    opening: Opening | None = None

    def leaf(self) -> bytes:
        """The leaf hash: everything but the opening, so that erasure changes no hash."""
        return leaf_of(self.id, self.bureau_id, self.at, self.action, self.object_type, self.commitment)

    def opens(self) -> bool:
        """Whether what is disclosed is what was committed to."""
        return self.opening is None or hmac.compare_digest(self.opening.commitment(), self.commitment)


def leaf_of(
    entry_id: str, bureau_id: str, at: datetime, action: str, object_type: str, commitment: bytes
) -> bytes:
    """RFC 6962 leaf hash over a JSON array of the public fields, `at` in UTC with microseconds."""
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    return leaf_hash(
        msgspec.json.encode([1, entry_id, bureau_id, instant, action, object_type, commitment.hex()])
    )


def canonical(detail: Mapping[str, object]) -> str:
    """JSON with sorted keys: the same text for the same detail."""
    return msgspec.json.encode(detail, order="deterministic").decode()
