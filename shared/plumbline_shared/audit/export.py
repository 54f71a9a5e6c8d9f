"""An export as JSON lines, and its verification with no database: only the file, checkpoints and a key."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from plumbline_shared.audit.checkpoint import BadCheckpoint, Checkpoint, VerifierKey, read
from plumbline_shared.audit.entry import Entry
from plumbline_shared.audit.merkle import Node, consistency_spans, grow, inclusion_spans, span_hash
from plumbline_shared.audit.proofs import extends


class BadExport(ValueError):
    """The export was cut, changed, reordered, or belongs to another checkpoint. The message says where."""


@dataclass(frozen=True)
class Verified:
    """What holds: `entries` lines up to the newer checkpoint, of which `erased` no longer disclose detail."""

    entries: int
    erased: int
    older: Checkpoint
    newer: Checkpoint


def write_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """One JSON line per entry."""
    return (msgspec.json.encode(entry) + b"\n" for entry in entries)


def read_lines(file: Path) -> Iterator[Entry]:
    """Raises BadExport with the number of the line that is not an entry."""
    decoder = msgspec.json.Decoder(Entry)
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield decoder.decode(line)
            except msgspec.MsgspecError as error:
                raise BadExport(
                    f"line {number} is not an audit entry: the file was cut or changed"
                ) from error


def tree_of(entries: Iterable[Entry]) -> tuple[int, int, dict[Node, bytes]]:
    """(size, erased, nodes) of an export that starts at leaf 0. Raises BadExport at the first bad entry."""
    leaves: list[bytes] = []
    erased = 0
    for position, entry in enumerate(entries):
        if entry.seq != position:
            raise BadExport(f"entry {position} is missing or out of order (found {entry.seq})")
        if not entry.opens():
            raise BadExport(f"entry {position} does not open its commitment: its content was changed")
        erased += entry.opening is None
        leaves.append(entry.leaf())
    return len(leaves), erased, grow(0, leaves, {})


def verify(entries: Iterable[Entry], older: str, newer: str, key: VerifierKey | None = None) -> Verified:
    """Hold an export against two checkpoints. Raises BadExport or BadCheckpoint.

    Without `key` the signatures are not checked: then the caller vouches for where the checkpoints come from.
    """
    first, second = sorted((_open(older, key), _open(newer, key)), key=lambda point: point.size)
    if first.origin != second.origin:
        raise BadCheckpoint(f"the checkpoints are of two logs: {first.origin} and {second.origin}")
    size, erased, nodes = tree_of(entries)
    for point in (first, second):
        _hold(point, size, nodes)
    proof = [span_hash(span, nodes) for span in consistency_spans(first.size, second.size)]
    if not extends(first.size, second.size, first.root, second.root, proof):
        raise BadExport("the older checkpoint is no prefix of the newer one")
    return Verified(size, erased, first, second)


def inclusion(entries: Iterable[Entry], seq: int, size: int) -> tuple[bytes, Sequence[bytes]]:
    """The leaf hash of entry `seq` and its proof in the tree of `size`. Raises BadExport when out of range."""
    found, _, nodes = tree_of(entries)
    if not 0 <= seq < size <= found:
        raise BadExport(f"the export has {found} entries: choose 0 ≤ seq < size ≤ {found}")
    return nodes[0, seq], [span_hash(span, nodes) for span in inclusion_spans(seq, size)]


def _open(note: str, key: VerifierKey | None) -> Checkpoint:
    return read(note)[0] if key is None else key.open(note)


def _hold(point: Checkpoint, size: int, nodes: dict[Node, bytes]) -> None:
    if point.size > size:
        raise BadExport(f"the export ends at {size}, the checkpoint covers {point.size}: entries are missing")
    if span_hash((0, point.size), nodes) != point.root:
        raise BadExport(f"the first {point.size} entries are not those that the checkpoint was signed over")
