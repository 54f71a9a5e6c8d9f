"""XES event logs (IEEE 1849), read as a stream: memory holds part of one case, however long the log."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast
from zlib import error as ZlibError

import msgspec
from lxml import etree

from case_flow.domain.errors import LogRefused

PART_EVENTS = 5_000
_TAGS = ("{*}event", "{*}trace", "{*}log")
_IDENTITIES = ("identity:id", "concept:instance")


class LogEvent(msgspec.Struct, frozen=True):
    """One event: activity, time with the offset it was written with, and the official; the rest as attributes."""

    activity: str
    at: datetime
    official: str | None
    attributes: dict[str, str]


class LogPart(msgspec.Struct, frozen=True):
    """Up to 5,000 events of one case, by time, equal times in the order of the file.

    `offset` events of the case came before, `ends` says that none follow. `duplicates` were left out: events with
    an identity that equal an earlier one in everything.
    """

    number: int
    ref: str
    attributes: dict[str, str]
    events: tuple[LogEvent, ...]
    offset: int = 0
    ends: bool = True
    duplicates: int = 0


def read_parts(path: Path, most: int = PART_EVENTS) -> Iterator[LogPart]:
    """Every case of an `.xes` or `.xes.gz` file, long ones in parts of `most` events.

    Raises LogRefused, with the case and event it happened at, for a file that is cut, not XML, not a log, or has
    an event without activity or time.
    """
    reader = _Reader(most)
    try:
        with _opened(path) as stream:
            yield from reader.parts(stream)
    except etree.XMLSyntaxError as error:
        raise LogRefused(
            f"{path.name} is cut or is not XML, after case {reader.number}: {error.msg}", case=reader.number
        ) from None
    except (EOFError, gzip.BadGzipFile, ZlibError) as error:
        raise LogRefused(
            f"{path.name} is cut or is not gzip, after case {reader.number}: {error}", case=reader.number
        ) from None
    except OSError as error:
        raise LogRefused(f"{path.name} cannot be read: {error.strerror or error}") from None


class _Reader:
    """The state of one pass over a log."""

    def __init__(self, most: int) -> None:
        self.number = 0
        self._most = most
        self._start()

    def _start(self) -> None:
        self._events: list[LogEvent] = []
        self._seen: set[int] = set()
        self._offset = self._duplicates = self._in_case = 0

    def parts(self, stream: IO[bytes]) -> Iterator[LogPart]:
        whole = False
        walk = etree.iterparse(stream, tag=_TAGS, resolve_entities=False, no_network=True, huge_tree=True)
        for _, element in walk:
            if element.tag.endswith("event"):
                self._add(element)
                _forget(element)
                if len(self._events) > self._most:
                    yield self._part(element.getparent(), ends=False)
            elif element.tag.endswith("trace"):
                yield self._part(element, ends=True)
                _forget(element)
                self.number += 1
                self._start()
            else:
                whole = True
        if not whole:
            raise LogRefused("this file has no <log>: it is not an XES event log")

    def _add(self, element: Any) -> None:
        self._in_case += 1
        found = {
            child.get("key"): child.get("value") or "" for child in element if isinstance(child.tag, str)
        }
        if any(name in found for name in _IDENTITIES):
            mark = hash(frozenset(found.items()))
            if mark in self._seen:
                self._duplicates += 1
                return
            self._seen.add(mark)
        self._events.append(_event(found, self.number + 1, self._in_case, element.sourceline))

    def _part(self, trace: Any, *, ends: bool) -> LogPart:
        kept = len(self._events) if ends else self._most
        events, self._events = self._events[:kept], self._events[kept:]
        attributes = _attributes(trace)
        ref = attributes.get("concept:name") or f"trace-{self.number + 1}"
        ordered = tuple(sorted(events, key=lambda one: one.at))
        part = LogPart(self.number + 1, ref, attributes, ordered, self._offset, ends, self._duplicates)
        self._offset += kept
        self._duplicates = 0
        return part


def _opened(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def _forget(element: Any) -> None:
    """Take a used element, and what stands before it, out of the tree."""
    element.clear()
    before = element.getprevious()
    if before is not None and isinstance(before.tag, str) and before.tag.endswith(("event", "trace")):
        element.getparent().remove(before)


def _attributes(trace: Any) -> dict[str, str]:
    return {
        child.get("key"): child.get("value") or ""
        for child in trace
        if isinstance(child.tag, str) and child.get("key")
    }


def _event(found: dict[str, str], case: int, number: int, line: int) -> LogEvent:
    def refused(fault: str) -> LogRefused:
        return LogRefused(f"event {number} of case {case} {fault}", case=case, event=number, line=line)

    activity, written = found.pop("concept:name", ""), found.pop("time:timestamp", "")
    if not activity:
        raise refused("has no concept:name")
    if not written:
        raise refused("has no time:timestamp")
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise refused(f"has no valid time: {written!r}") from None
    return LogEvent(
        activity, at if at.tzinfo else at.replace(tzinfo=UTC), found.pop("org:resource", "") or None, found
    )
