"""XES event logs (IEEE 1849), read as a stream: memory does not grow with the log, nor with a case."""

import gzip
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast
from zlib import error as ZlibError

import msgspec
from lxml import etree

from case_flow.domain.errors import LogRefused
from case_flow.domain.instant import instant
from case_flow.replay.events import LogEvent
from case_flow.replay.spool import Spool

PART_EVENTS = 5_000
_TAGS = ("{*}event", "{*}trace", "{*}log")
_IDENTITIES = ("identity:id", "concept:instance")
_GZIP = b"\x1f\x8b"

Seen = Callable[[int], None]


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


def read_parts(path: Path, most: int = PART_EVENTS, read: Seen | None = None) -> Iterator[LogPart]:
    """Every case of a XES file, plain or gzip, long ones in parts of `most` events; `read` is told the bytes so far.

    Raises LogRefused, with the case and event it happened at, for a file that is cut, not XML, not a log, or has
    an event outside a case, or without activity or time.
    """
    reader = _Reader(most)
    try:
        with path.open("rb") as raw:
            for part in reader.parts(_plain(raw)):
                if read is not None:
                    read(raw.tell())
                yield part
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
    finally:
        reader.close()


class _Reader:
    """The state of one pass over a log."""

    def __init__(self, most: int) -> None:
        self.number = 0
        self._most = most
        self._spool = Spool(most)
        self._start()

    def close(self) -> None:
        self._spool.clear()

    def _start(self) -> None:
        self._spool.clear()
        self._seen: set[int] = set()
        self._kept = self._duplicates = self._in_case = 0

    def parts(self, stream: IO[bytes]) -> Iterator[LogPart]:
        whole = False
        walk = etree.iterparse(stream, tag=_TAGS, resolve_entities=False, no_network=True, huge_tree=True)
        for _, element in walk:
            kind = _name(element)
            if kind == "event":
                self._add(element)
                _forget(element)
            elif kind == "trace":
                yield from self._case(element)
                _forget(element)
                self.number += 1
                self._start()
            else:
                whole = True
        if not whole:
            raise LogRefused("this file has no <log>: it is not an XES event log")

    def _add(self, element: Any) -> None:
        self._in_case += 1
        parent = element.getparent()
        if parent is None or _name(parent) != "trace":
            raise LogRefused(
                f"an event after case {self.number} belongs to no case: put it into a <trace>",
                case=self.number,
                line=element.sourceline,
            )
        found = _attributes(element)
        if any(name in found for name in _IDENTITIES):
            mark = hash(frozenset(found.items()))
            if mark in self._seen:
                self._duplicates += 1
                return
            self._seen.add(mark)
        self._spool.add(_event(found, self.number + 1, self._in_case, element.sourceline))
        self._kept += 1

    def _case(self, trace: Any) -> Iterator[LogPart]:
        attributes, ordered = _attributes(trace), self._spool.ordered()
        ref = attributes.get("concept:name") or f"trace-{self.number + 1}"
        for offset in range(0, max(self._kept, 1), self._most):
            events = tuple(islice(ordered, self._most))
            ends = offset + self._most >= self._kept
            left_out = self._duplicates if ends else 0
            yield LogPart(self.number + 1, ref, attributes, events, offset, ends, left_out)


def _plain(raw: IO[bytes]) -> IO[bytes]:
    begins = raw.read(len(_GZIP))
    raw.seek(0)
    return cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if begins == _GZIP else raw


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2]


def _forget(element: Any) -> None:
    """Take a used element, and what stands before it, out of the tree."""
    element.clear()
    before = element.getprevious()
    if before is not None and isinstance(before.tag, str) and _name(before) in ("event", "trace"):
        element.getparent().remove(before)


def _attributes(element: Any) -> dict[str, str]:
    """The attributes of an event or a case; of a list or container only its name, what is nested not at all."""
    return {
        child.get("key"): child.get("value") or ""
        for child in element
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
        at = instant(written)
    except (ValueError, OverflowError):
        raise refused(f"has no valid time: {written!r}") from None
    return LogEvent(activity, at, found.pop("org:resource", "") or None, found)
