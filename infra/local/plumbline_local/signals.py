"""Ctrl-C and SIGTERM end whatever goes on, once, so that the clean-up itself is not interrupted."""

import signal
from types import FrameType


class Interrupted(BaseException):
    """Leave whatever goes on and stop in good order."""


STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop_on_signals() -> None:
    """Raises Interrupted in the main thread at the first signal; later ones are ignored."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        for one in STOPPING:
            signal.signal(one, signal.SIG_IGN)
        raise Interrupted

    for number in STOPPING:
        signal.signal(number, interrupt)
