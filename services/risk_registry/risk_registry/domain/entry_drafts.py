"""Rules wait for a second officer before they count: whoever wrote one does not approve it (SoD-6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbline_shared.errors import Conflict
from plumbline_shared.four_eyes import check_approver

from risk_registry.domain.catalogue import EntryKind

RULES = frozenset(
    {
        EntryKind.REGULATION,
        EntryKind.CONTROL,
        EntryKind.SOD_RULE,
        EntryKind.CONDUCT,
        EntryKind.GRANT,
        EntryKind.OFFICE_TEMPLATE,
        EntryKind.ALLOCATION_RULE,
    }
)
"""Kinds by which others are judged or stopped; the other kinds describe the bureau."""


@dataclass(frozen=True)
class EntryDraft:
    """An entry as somebody would have it from a day on; `accepted` is None until it is decided."""

    id: str
    kind: EntryKind
    code: str
    body: Mapping[str, Any]
    retired: bool
    effective_from: date
    drafted_by: str
    drafted_at: datetime
    accepted: bool | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


class DraftDecided(Conflict):
    """A draft is decided once: write another."""

    code = "DRAFT_DECIDED"


def check_decision(draft: EntryDraft, by: str) -> None:
    """Raise DraftDecided or AuthorApproves unless this person may decide the draft."""
    if draft.accepted is not None:
        raise DraftDecided("this draft is decided: write another")
    check_approver(draft.drafted_by, by, "somebody who did not write the rule decides about it")
