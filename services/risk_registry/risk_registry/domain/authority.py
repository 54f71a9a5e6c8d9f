"""Delegated authority (S1-104): the authority of a post, given to another unit for named operations and for a time."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Revocation:
    """A grant that ends before its time; `on` is the first day on which it no longer counts."""

    on: date
    reason: str
    by: str


@dataclass(frozen=True)
class AuthorityGrant:
    """One enumerated grant, by its code; `until` is the first day on which it no longer counts."""

    id: str
    bureau_id: str
    code: str
    grantor_post: str
    grantor_unit: str
    grantee_unit: str
    operations: tuple[str, ...]
    valid_from: date
    until: date
    reason: str
    granted_by: str
    granted_at: datetime
    revocation: Revocation | None = None

    @property
    def ends_on(self) -> date:
        """The first day on which it no longer counts, a revocation heeded."""
        return min(self.until, self.revocation.on) if self.revocation else self.until

    def holds(self, on: date) -> bool:
        """Whether it counts on a day."""
        return self.valid_from <= on < self.ends_on

    def meets(self, valid_from: date, until: date) -> bool:
        """Whether it shares a day with another span."""
        return self.valid_from < until and valid_from < self.ends_on


@dataclass(frozen=True)
class AuthorityUse:
    """One use of a grant: what was done, by whom, when, and under which number the work is to be found."""

    id: str
    grant_id: str
    operation: str
    reference: str
    person_id: str
    used_at: datetime
    recorded_by: str
    recorded_at: datetime

    def says(self) -> tuple[str, str, str, datetime]:
        """What two messages about the same work must agree on."""
        return self.grant_id, self.operation, self.person_id, self.used_at
