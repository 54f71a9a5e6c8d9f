"""Times as records write them: xs:dateTime, the form of IEEE 1849."""

from datetime import UTC, datetime, timedelta

_FIRST_YEAR, _LAST_YEAR = 2, 9998


def instant(written: str) -> datetime:
    """A time with any number of fractional digits (those after the sixth are cut); without an offset it is UTC.

    Raises ValueError for anything else, and outside the years 2…9998, where time zones cannot be applied.
    """
    text = written.strip()
    if "T24:00:00" in text:
        at = datetime.fromisoformat(text.replace("T24:00:00", "T00:00:00")) + timedelta(days=1)
    else:
        at = datetime.fromisoformat(text)
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise ValueError(f"year {at.year}")
    return at if at.tzinfo else at.replace(tzinfo=UTC)
