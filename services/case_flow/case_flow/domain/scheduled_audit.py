"""Audits that come round every so many months (每季度或半年组织专班, S1-050), with the workpapers of the team (S1-051)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

import msgspec
from plumbline_shared.errors import Refused


class Period(msgspec.Struct, frozen=True):
    """The days of one round, both included."""

    first: date
    last: date


class ScheduledAudit(msgspec.Struct, frozen=True):
    """One audit of one period: of which units, about what, by whom; `below` is the bureau below that it inspects."""

    id: str
    bureau_id: str
    code: str
    period_from: date
    period_to: date
    scope_units: tuple[str, ...]
    scope: str
    team: tuple[str, ...]
    opened_by: str
    opened_at: datetime
    report: str | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    below: str | None = None


class AuditTeam(Refused):
    """A team has two people at least, and nobody audits the own unit (SoD-3)."""

    code = "AUDIT_TEAM"


class AuditClosed(Refused):
    """The audit is closed, or not complete enough to be."""

    code = "AUDIT_CLOSED"


def period_of(day: date, months: int) -> Period:
    """The round of a calendar year in which a day lies; `months` divides twelve."""
    start = (day.month - 1) // months * months + 1
    first = day.replace(month=start, day=1)
    following = (first.replace(day=28) + timedelta(days=31 * months - 27)).replace(day=1)
    return Period(first, following - timedelta(days=1))


def check_team(team: Mapping[str, Collection[str]], scope_units: Collection[str]) -> None:
    """Raise AuditTeam unless two people or more (→ their units), all of other units, audit."""
    if len(team) < 2:
        raise AuditTeam("two people at least audit")
    own = sorted(who for who, units in team.items() if set(units) & set(scope_units))
    if own:
        raise AuditTeam("nobody audits the own unit", persons=own)
