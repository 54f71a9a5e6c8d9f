"""An export that somebody asked for: what of, in which form, how far it is."""

from datetime import date, datetime
from enum import StrEnum

from plumbline_shared.errors import Conflict, Refused

from case_flow.domain.definition import Frozen


class LogForm(StrEnum):
    """XES (IEEE 1849-2016) or OCEL 2.0 as JSON."""

    XES = "XES"
    OCEL = "OCEL"


class ExportState(StrEnum):
    """RUNNING until the last page is written; FAILED when whoever asked serves in the bureau no more."""

    RUNNING = "RUNNING"
    READY = "READY"
    FAILED = "FAILED"


class LogExport(Frozen, frozen=True):
    """`done` of `total` matters are written; `last_id` is the last of them. Accepted in [since, until)."""

    id: str
    bureau_id: str
    person_id: str
    item_code: str
    form: LogForm
    since: date | None
    until: date | None
    state: ExportState
    total: int
    requested_at: datetime
    done: int = 0
    last_id: str = ""
    ended_at: datetime | None = None

    @property
    def period(self) -> tuple[date, date]:
        """The days of acceptance, the last one not included."""
        return self.since or date.min, self.until or date.max


class ExportPart(Frozen, frozen=True):
    """One page: traces (XES) or events and matters (OCEL) as text, and whom and what they name."""

    matters: str
    events: str
    persons: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


class ExportRunning(Conflict):
    """The person's last export is still being written."""

    code = "EXPORT_RUNNING"


class ExportNotReady(Refused):
    """It is still being written, or it failed."""

    code = "EXPORT_NOT_READY"
