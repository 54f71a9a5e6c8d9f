"""What a service hall does beside its matters, counted: guidance, intake by item, waiting (S1-095…S1-098, S1-113)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from plumbline_shared.errors import Refused

MOST_VISITS = 1000
MINUTE = timedelta(minutes=1)


class ServiceLine(StrEnum):
    """The three service lines: 导税咨询, 综合服务, 纳税人学校."""

    GUIDANCE = "GUIDANCE"
    ONE_WINDOW = "ONE_WINDOW"
    TAXPAYER_SCHOOL = "TAXPAYER_SCHOOL"


class GuidePart(StrEnum):
    """What a guide is for whoever comes: 接待员, 联络员, 协调员, 救火员."""

    RECEIVE = "RECEIVE"
    LIAISE = "LIAISE"
    COORDINATE = "COORDINATE"
    RESOLVE = "RESOLVE"


LINE_LABELS: Mapping[ServiceLine, tuple[str, str]] = {
    ServiceLine.GUIDANCE: ("导税咨询", "Guidance"),
    ServiceLine.ONE_WINDOW: ("综合服务", "One window"),
    ServiceLine.TAXPAYER_SCHOOL: ("纳税人学校", "Taxpayer school"),
}
PART_LABELS: Mapping[GuidePart, tuple[str, str]] = {
    GuidePart.RECEIVE: ("接待员", "Receive"),
    GuidePart.LIAISE: ("联络员", "Liaise"),
    GuidePart.COORDINATE: ("协调员", "Coordinate"),
    GuidePart.RESOLVE: ("救火员", "Resolve"),
}


class GuidanceRefused(Refused):
    """A count that is none."""

    code = "GUIDANCE"


class TicketTime(Refused):
    """A ticket is drawn before it is called, on the same day."""

    code = "TICKET_TIME"


@dataclass(frozen=True)
class Waited:
    """How long people waited in a queue, in whole minutes, by nearest rank."""

    tickets: int
    median: int
    p90: int


def waited(durations: Iterable[timedelta]) -> Waited | None:
    """The figures of a queue; None without a ticket that says when it was drawn."""
    minutes = sorted(one // MINUTE for one in durations)
    if not minutes:
        return None
    return Waited(len(minutes), _rank(minutes, 50), _rank(minutes, 90))


def require_drawn_before(drawn_at: datetime | None, called_at: datetime, days: tuple[date, date]) -> None:
    """Raise TicketTime for a ticket that was drawn later than it is called, or on another day; `days` of the two."""
    if drawn_at is not None and (drawn_at > called_at or days[0] != days[1]):
        raise TicketTime("a ticket is drawn before it is called, on the same day", path=("input", "drawnAt"))


def _rank(ordered: list[int], percent: int) -> int:
    return ordered[-(-len(ordered) * percent // 100) - 1]
