"""The events of one case in the order of their times, however many: beyond a few thousand they wait on disk."""

import heapq
import tempfile
from collections.abc import Iterator
from operator import attrgetter
from typing import IO

import msgspec

from case_flow.replay.events import LogEvent

_BLOCK = 64
_by_time = attrgetter("at")
_decode = msgspec.json.Decoder(list[LogEvent]).decode
_encode = msgspec.json.Encoder().encode

Block = tuple[int, int]


class Spool:
    """Takes events in the order of the file and gives them back by time; equal times keep the order of the file.

    At most `most` events are in memory, beside one block for every `most` that are on disk.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: list[LogEvent] = []
        self._runs: list[list[Block]] = []
        self._file: IO[bytes] | None = None

    def add(self, event: LogEvent) -> None:
        """One more event."""
        if len(self._held) >= self._most:
            self._spill()
        self._held.append(event)

    def ordered(self) -> Iterator[LogEvent]:
        """All events by time."""
        self._held.sort(key=_by_time)
        if not self._runs:
            return iter(self._held)
        return heapq.merge(*(self._read(run) for run in self._runs), self._held, key=_by_time)

    def clear(self) -> None:
        """Forget them all."""
        self._held, self._runs = [], []
        if self._file is not None:
            self._file.close()
            self._file = None

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the case
        self._held.sort(key=_by_time)
        run: list[Block] = []
        for first in range(0, len(self._held), _BLOCK):
            block = _encode(self._held[first : first + _BLOCK])
            run.append((self._file.tell(), len(block)))
            self._file.write(block)
        self._runs.append(run)
        self._held = []

    def _read(self, run: list[Block]) -> Iterator[LogEvent]:
        assert self._file is not None  # noqa: S101  there are runs only in a file
        for offset, size in run:
            self._file.seek(offset)
            yield from _decode(self._file.read(size))
