"""Windows of the service hall: flexible ones change their class with the load, and nobody called is sent away (S1-093)."""

from collections.abc import Mapping

import msgspec
from plumbline_shared.errors import Refused

from case_flow.domain.definition import Frozen


class Window(Frozen, frozen=True):
    """One window: the class it was set up with, the one it serves now, and whom it has called."""

    code: str
    home: str
    serves: str
    flexible: bool = False
    called: tuple[str, ...] = ()

    def change(self, **changes: object) -> "Window":
        """A copy with `changes`."""
        return msgspec.structs.replace(self, **changes)


Windows = Mapping[str, Window]


class WindowFixed(Refused):
    """The window keeps its class: it is not a flexible one, or there is no such window."""

    code = "WINDOW_FIXED"


class WindowServing(Refused):
    """Somebody was called to the window: serve them first, or hand them over to a window of the same class."""

    code = "WINDOW_SERVING"


class WrongWindow(Refused):
    """The window serves another class, or nobody at all."""

    code = "WRONG_WINDOW"


class TicketRefused(Refused):
    """The ticket was called already, or is not being served."""

    code = "TICKET_REFUSED"


def switched(windows: Windows, code: str, to: str, hand_over: str = "") -> Windows:
    """The windows after one of them changed its class; its called tickets go to `hand_over`, of the same class.

    Raises WindowFixed, WindowServing, WrongWindow.
    """
    window = windows.get(code)
    if window is None or not window.flexible:
        raise WindowFixed(f"{code} is not a flexible window: choose one of those", window=code)
    if window.serves == to:
        raise WindowFixed(f"{code} serves {to} already", window=code)
    after = dict(windows)
    if window.called:
        if not hand_over:
            raise WindowServing(
                f"{code} has called {', '.join(window.called)}: serve them first or hand them over",
                window=code,
                tickets=list(window.called),
            )
        taker = _taker(windows, window, hand_over)
        after[hand_over] = taker.change(called=(*taker.called, *window.called))
    after[code] = window.change(serves=to, called=())
    return after


def call(windows: Windows, code: str, ticket: str, queue: str) -> Windows:
    """A ticket of a class's queue is called to a window of that class. Raises WrongWindow, TicketRefused."""
    window = windows.get(code)
    if window is None or window.serves != queue:
        raise WrongWindow(
            f"{code} does not serve {queue}: call the ticket to a window that does", window=code
        )
    if (at := place_of(windows, ticket)) is not None:
        raise TicketRefused(f"{ticket} is at {at} already", ticket=ticket)
    return {**windows, code: window.change(called=(*window.called, ticket))}


def end(windows: Windows, ticket: str) -> Windows:
    """The ticket was served or left. Raises TicketRefused when no window has it."""
    window = _having(windows, ticket)
    return {**windows, window.code: window.change(called=_without(window, ticket))}


def hand_over(windows: Windows, ticket: str, to: str) -> Windows:
    """The ticket goes on to another window of its class. Raises TicketRefused, WrongWindow."""
    window = _having(windows, ticket)
    taker = _taker(windows, window, to)
    return {
        **windows,
        window.code: window.change(called=_without(window, ticket)),
        to: taker.change(called=(*taker.called, ticket)),
    }


def place_of(windows: Windows, ticket: str) -> str | None:
    """The window that has the ticket."""
    return next((one.code for one in windows.values() if ticket in one.called), None)


def _having(windows: Windows, ticket: str) -> Window:
    at = place_of(windows, ticket)
    if at is None:
        raise TicketRefused(f"no window has called {ticket}", ticket=ticket)
    return windows[at]


def _taker(windows: Windows, window: Window, code: str) -> Window:
    taker = windows.get(code)
    if taker is None or code == window.code or taker.serves != window.serves:
        raise WrongWindow(
            f"{code} does not serve {window.serves}: hand over to a window that does", window=code
        )
    return taker


def _without(window: Window, ticket: str) -> tuple[str, ...]:
    return tuple(one for one in window.called if one != ticket)


def proposed(
    windows: Windows, waiting: Mapping[str, int], queue: str, threshold: int, per_window: int
) -> tuple[str, ...]:
    """Which flexible windows should go over to a queue that is too long; none while it is not over the threshold.

    One for each `per_window` people over it, from the class with the shortest queue, and never from one that is too
    long itself.
    """
    over = waiting.get(queue, 0) - threshold
    if over <= 0:
        return ()
    free = [
        one
        for one in windows.values()
        if one.flexible and one.serves != queue and waiting.get(one.serves, 0) <= threshold
    ]
    spare = {one.serves: sum(other.serves == one.serves for other in free) for one in free}
    free.sort(key=lambda one: (waiting.get(one.serves, 0), -spare[one.serves], one.code))
    return tuple(one.code for one in free[: -(-over // per_window)])
