"""Where the nodes of a diagram go, from left to right, and how the ways run between them, all at right angles.

A column is as far as the longest way from the start. A node that a way divides at gives each way rows of its own, and
where they meet again the first row goes on: no two ways lie on each other, however deep blocks are nested.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plumbline_shared.bpmn.diagram import Diagram, Kind

COLUMN, ROW, MARGIN = 190, 120, 40
SIZES = {Kind.TASK: (150, 84), Kind.START: (36, 36), Kind.END: (36, 36)}
GATEWAY = (50, 50)
Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """The place of a node: its upper left corner and size, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def right(self) -> Point:
        """The middle of its right side."""
        return self.x + self.width, self.middle[1]


@dataclass(frozen=True)
class Layout:
    """Boxes by node, corners of each way in the order of the flows, and the whole size."""

    boxes: Mapping[str, Box]
    ways: tuple[tuple[Point, ...], ...]
    width: int
    height: int


def laid_out(diagram: Diagram) -> Layout:
    """Lay out a diagram; what no way leads to gets columns from the left."""
    columns = _columns(diagram)
    rows = _Rows(diagram, columns)
    backward = [(one, other) for one, other in diagram.flows if columns[one] >= columns[other]]
    top = MARGIN + 22 * len(backward)
    boxes = {node.id: _box(node.kind, columns[node.id], rows.of[node.id], top) for node in diagram.nodes}
    ways = _Ways(boxes, columns, rows, backward, top)
    height = top + ROW * (1 + max(rows.all, default=0)) + MARGIN // 2
    width = MARGIN * 2 + COLUMN * (1 + max(columns.values(), default=0))
    return Layout(boxes, tuple(ways.corners(one, other) for one, other in diagram.flows), width, height)


def _box(kind: Kind, column: int, row: int, top: int) -> Box:
    width, height = SIZES.get(kind, GATEWAY)
    return Box(
        MARGIN + column * COLUMN + (COLUMN - width) // 2, top + row * ROW + (ROW - height) // 2, width, height
    )


def _columns(diagram: Diagram) -> dict[str, int]:
    """The longest way from a beginning to each node; ways back to where one has been do not count."""
    order = _order(diagram)
    place = {node: number for number, node in enumerate(order)}
    columns = dict.fromkeys(order, 0)
    for node in order:
        for after in diagram.ahead[node]:
            if place[after] > place[node]:
                columns[after] = max(columns[after], columns[node] + 1)
    return columns


def _order(diagram: Diagram) -> list[str]:
    """Every node before those that it leads to, ways back left out."""
    seen: set[str] = set()
    done: list[str] = []
    starts = [node.id for node in diagram.nodes if not diagram.behind[node.id]]
    for first in (*starts, *(node.id for node in diagram.nodes)):
        stack = [(first, iter(diagram.ahead[first]))] if first not in seen else []
        seen.add(first)
        while stack:
            node, following = stack[-1]
            after = next(following, None)
            if after is None:
                done.append(node)
                stack.pop()
            elif after not in seen:
                seen.add(after)
                stack.append((after, iter(diagram.ahead[after])))
    return done[::-1]


@dataclass
class _Rows:
    """Gives every node a row, and every way that skips a block one of its own."""

    diagram: Diagram
    columns: Mapping[str, int]
    of: dict[str, int] = field(default_factory=dict[str, int])
    skips: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def __post_init__(self) -> None:
        owner = _owners(self.diagram, self.columns)
        self._owned: dict[str, list[str]] = {}
        for node, above in owner.items():
            self._owned.setdefault(above, []).append(node)
        free = 0
        for node in self._owned.get("", []):
            free += self._place(node, free)

    @property
    def all(self) -> Iterator[int]:
        """Every row in use."""
        yield from self.of.values()
        yield from self.skips.values()

    def _place(self, node: str, row: int) -> int:
        """Put a node and all that only it leads to from `row` on; how many rows they take."""
        self.of[node] = row
        owned = sorted(self._owned.get(node, []), key=lambda one: self.columns[one])
        heads = [one for one in self.diagram.ahead[node] if one in owned and self._only(one)]
        merges = [one for one in owned if one not in heads]
        used = 0
        for head in dict.fromkeys(heads):
            used += self._place(head, row + used)
        for merge in merges:
            if heads and merge in self.diagram.ahead[node]:
                self.skips[node, merge] = row + used
                used += 1
        after = max(
            (self._place(one, row + (used if number else 0)) for number, one in enumerate(merges)), default=0
        )
        return max(1, used, after)

    def _only(self, node: str) -> bool:
        """Whether a single way leads forward to it."""
        return sum(self.columns[one] < self.columns[node] for one in self.diagram.behind[node]) == 1


def _owners(diagram: Diagram, columns: Mapping[str, int]) -> dict[str, str]:
    """For each node the last one that every way to it passes; empty for a beginning."""
    owner: dict[str, str] = {}
    for node in sorted((node.id for node in diagram.nodes), key=lambda one: columns[one]):
        before = [one for one in diagram.behind[node] if columns[one] < columns[node]]
        owner[node] = _common(owner, before)
    return owner


def _common(owner: Mapping[str, str], nodes: Sequence[str]) -> str:
    lines = [_line(owner, node) for node in nodes]
    if not lines:
        return ""
    return next((node for node in lines[0] if all(node in line for line in lines)), "")


def _line(owner: Mapping[str, str], node: str) -> list[str]:
    line: list[str] = []
    while node:
        line.append(node)
        node = owner[node]
    return line


@dataclass(frozen=True)
class _Ways:
    """The corners of ways between boxes."""

    boxes: Mapping[str, Box]
    columns: Mapping[str, int]
    rows: _Rows
    backward: Sequence[tuple[str, str]]
    top: int

    def corners(self, one: str, other: str) -> tuple[Point, ...]:
        """From the edge of one box to the edge of the other."""
        source, target = self.boxes[one], self.boxes[other]
        if (one, other) in self.backward:
            return self._back(one, other)
        if (one, other) in self.rows.skips:
            return self._around(source, target, self.rows.skips[one, other])
        down = target.middle[1] - source.middle[1]
        if not down:
            return source.right, (target.x, target.middle[1])
        if self.rows.of[other] > self.rows.of[one]:
            return _side(source, down), (source.middle[0], target.middle[1]), (target.x, target.middle[1])
        return source.right, (target.middle[0], source.middle[1]), _side(target, -down)

    def _around(self, source: Box, target: Box, row: int) -> tuple[Point, ...]:
        y = self.top + row * ROW + ROW // 2
        start, end = _side(source, y - source.middle[1]), _side(target, y - target.middle[1])
        return start, (start[0], y), (end[0], y), end

    def _back(self, one: str, other: str) -> tuple[Point, ...]:
        """Up beside the source, over everything, down beside the target, each way back at a height of its own."""
        source, target = self.boxes[one], self.boxes[other]
        number = self.backward.index((one, other))
        y, out, into = MARGIN // 2 + 22 * number, _gap(source, 1), _gap(target, 0)
        above, over = source.y - 12 - 3 * number, target.y - 12 - 3 * number
        start, end = (source.middle[0], source.y), (target.middle[0], target.y)
        return (
            start, (start[0], above), (out + 3 * number, above), (out + 3 * number, y),
            (into - 3 * number, y), (into - 3 * number, over), (end[0], over), end,
        )  # fmt: skip


def _side(box: Box, down: int) -> Point:
    """The middle of its lower side, or of its upper one."""
    return box.middle[0], box.y + (box.height if down > 0 else 0)


def _gap(box: Box, right: int) -> int:
    """The line between columns beside a box."""
    return box.middle[0] + (COLUMN // 2 if right else -COLUMN // 2)
