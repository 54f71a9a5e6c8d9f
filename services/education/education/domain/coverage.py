"""How far education reached: assignments that fell due in a year, and what became of them."""

from dataclasses import dataclass
from decimal import Decimal

TENTH = Decimal("0.1")
NOTHING = -1
"""What hides no count: readers with clearance."""


@dataclass(frozen=True)
class Coverage:
    """`due` without those waived; `done` of them. None where a small count would point at somebody."""

    due: int | None
    done: int | None
    waived: int | None

    @property
    def percent(self) -> Decimal | None:
        """Done in percent; None of nothing and of what is hidden."""
        return (
            (Decimal(100 * self.done) / self.due).quantize(TENTH)
            if self.due and self.done is not None
            else None
        )


def coverage(due: int, done: int, waived: int, hidden: int) -> Coverage:
    """Counts up to `hidden` are not told, zero neither, nor a part with a small remainder."""
    told = _shown(done, hidden) is not None and _shown(due - done, hidden) is not None
    return Coverage(due=_shown(due, hidden), done=done if told else None, waived=_shown(waived, hidden))


def _shown(count: int, hidden: int) -> int | None:
    return count if count > hidden else None
