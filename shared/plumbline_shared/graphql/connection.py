"""Relay-style connections over keyset pages: a cursor is the sort key of a row, never an offset."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec
import strawberry

from plumbline_shared.errors import Invalid

Node = TypeVar("Node")
Row = TypeVar("Row")
Values = TypeVar("Values")

MAX_PAGE = 200


@strawberry.federation.type(shareable=True)
class PageInfo:
    """Where a page ends and whether another follows."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Edge(Generic[Node]):
    """One item with the cursor that continues after it."""

    node: Node
    cursor: str


@strawberry.type
class Connection(Generic[Node]):
    """One page of a list."""

    edges: list[Edge[Node]]
    page_info: PageInfo

    @strawberry.field(description="The items without their cursors.")
    def nodes(self) -> list[Node]:
        return [edge.node for edge in self.edges]


def encode_cursor(*values: str | int | None) -> str:
    """An opaque cursor from the sort key of a row."""
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def decode_cursor(cursor: str, kind: type[Values]) -> Values:
    """The sort key in `cursor`, as the tuple type `kind`. Raises Invalid for anything that we did not make."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=kind)
    except (binascii.Error, msgspec.MsgspecError, ValueError):
        raise Invalid(
            "this cursor is not one of ours: take `endCursor` of the page before", path=["after"]
        ) from None


def page_size(first: int) -> int:
    """`first`, checked. Raises Invalid outside 1…200."""
    if not 1 <= first <= MAX_PAGE:
        raise Invalid(f"`first` is 1 to {MAX_PAGE}", path=["first"])
    return first


def paginate(
    rows: Sequence[Row], first: int, to_node: Callable[[Row], Node], to_cursor: Callable[[Row], str]
) -> tuple[list[Edge[Node]], PageInfo]:
    """Edges and page info from `first + 1` rows: the row too many only says that another page follows."""
    page = rows[:first]
    edges = [Edge(node=to_node(row), cursor=to_cursor(row)) for row in page]
    end = edges[-1].cursor if edges else None
    return edges, PageInfo(has_next_page=len(rows) > first, end_cursor=end)
