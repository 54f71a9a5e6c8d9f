"""One event of a log."""

from datetime import datetime

import msgspec


class LogEvent(msgspec.Struct, frozen=True):
    """One event: activity, time with the offset it was written with, and the official; the rest as attributes."""

    activity: str
    at: datetime
    official: str | None
    attributes: dict[str, str]
