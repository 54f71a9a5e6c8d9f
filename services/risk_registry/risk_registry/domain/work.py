"""How much work there was, as numbers."""

from dataclasses import dataclass
from datetime import date

Work = tuple[str, str]
"""The unit that had a matter, and its process."""


@dataclass(frozen=True)
class Counted:
    """One matter more that was accepted, or finished, on a day."""

    bureau_id: str
    work: Work
    on: date
    closed: bool
