"""The Merkle tree of RFC 6962 §2.1: hashes of perfect subtrees, roots, and proofs as lists of ranges.

A range (lo, hi) is the subtree over leaves lo ≤ i < hi. A node (level, index) is the perfect subtree over leaves
index·2^level … (index+1)·2^level − 1; those never change, so they are what is stored.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

Range = tuple[int, int]
Node = tuple[int, int]
Nodes = Mapping[Node, bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 with the leaf prefix."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 with the node prefix."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(size: int, leaves: Iterable[bytes], edge: Nodes) -> dict[Node, bytes]:
    """The new nodes when `leaves` (hashes) follow `size` others; `edge` holds `edge_nodes(size)`."""
    made: dict[Node, bytes] = {}
    for index, leaf in enumerate(leaves, start=size):
        level, made[0, index] = 0, leaf
        while index & 1:
            left = made.get((level, index - 1)) or edge[level, index - 1]
            index, level, right = index >> 1, level + 1, made[level, index]
            made[level, index] = node_hash(left, right)
    return made


def edge_nodes(size: int) -> list[Node]:
    """The perfect subtrees that a tree of `size` leaves consists of, largest first."""
    return nodes_of((0, size))


def nodes_of(span: Range) -> list[Node]:
    """The stored nodes that make the subtree over `span`, left to right."""
    lo, hi = span
    if lo == hi:
        return []
    width = hi - lo
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return [(level, lo >> level)]
    middle = lo + _split(width)
    return nodes_of((lo, middle)) + nodes_of((middle, hi))


def span_hash(span: Range, nodes: Nodes) -> bytes:
    """The hash of the subtree over `span` from its stored nodes; the empty tree has its own root."""
    hashes = [nodes[node] for node in nodes_of(span)]
    if not hashes:
        return EMPTY_ROOT
    total = hashes.pop()
    while hashes:
        total = node_hash(hashes.pop(), total)
    return total


def inclusion_spans(index: int, size: int) -> list[Range]:
    """The subtrees whose hashes prove leaf `index` in the tree of `size`, leaf upwards (RFC 6962 §2.1.1)."""
    return list(reversed(list(_path(index, 0, size))))


def _path(index: int, lo: int, hi: int) -> Iterator[Range]:
    while hi - lo > 1:
        middle = lo + _split(hi - lo)
        if index < middle:
            yield (middle, hi)
            hi = middle
        else:
            yield (lo, middle)
            lo = middle


def consistency_spans(old: int, new: int) -> list[Range]:
    """The subtrees that prove the tree of `old` a prefix of that of `new` (RFC 6962 §2.1.2)."""
    if old in (0, new):
        return []
    lo, hi, spans, whole = 0, new, list[Range](), True
    while old != hi:
        middle = lo + _split(hi - lo)
        if old <= middle:
            spans.append((middle, hi))
            hi = middle
        else:
            spans.append((lo, middle))
            lo, whole = middle, False
    if not whole:
        spans.append((lo, hi))
    return list(reversed(spans))


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)
