"""The audit row of an act, made beforehand so that the act and its trace are one statement."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from plumbline_shared.audit.entry import SALT_BYTES, Opening, canonical
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

Trace = tuple[str, str, str, str, datetime, bytes, str, bytes]
"""id, actor, action, object id, at, salt, detail, commitment: columns of `audit_entry`."""


def trace(uow: Uow, action: str, matter_id: str, detail: Mapping[str, object]) -> Trace:
    """What the audit log keeps of `action` on a matter: same form as `plumbline_shared.audit.append`."""
    actor = uow.principal.actor
    opening = Opening(secrets.token_bytes(SALT_BYTES), actor, matter_id, canonical(detail))
    return (
        new_id("au"), actor, action, matter_id, uow.now, opening.salt, opening.detail, opening.commitment(),
    )  # fmt: skip
