"""Keyset pages over a bureau as of a day; the cursor is the last id."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from plumbline_org.parts import Post as PostPart
from plumbline_org.parts import Unit as UnitPart
from plumbline_shared.graphql import Connection, Info, decode_cursor, encode_cursor, page_size, paginate
from plumbline_shared.policy import absent

from directory.api.loaders import Sight
from directory.api.types import Person, Post, Unit, sight_of

Node = TypeVar("Node", Unit, Post, Person)


async def units(
    info: Info, bureau_id: str, under: str | None, on: date | None, first: int, after: str | None
) -> Connection[Unit]:
    """Units that exist on the day."""
    sight = await _sight(info, bureau_id, on)
    ids = (
        one.id for one in sight.org.units.values() if _existing(one, sight) and _below(sight, one.id, under)
    )
    return _page(ids, first, after, lambda one: Unit.of(sight, one))


async def posts(
    info: Info, bureau_id: str, under: str | None, on: date | None, first: int, after: str | None
) -> Connection[Post]:
    """Posts that exist on the day."""
    sight = await _sight(info, bureau_id, on)
    ids = (
        one.id
        for one in sight.org.posts.values()
        if _existing(one, sight) and _below(sight, one.unit_id, under)
    )
    return _page(ids, first, after, lambda one: Post.of(sight, one))


async def persons(
    info: Info,
    bureau_id: str,
    under: str | None,
    role: str | None,
    on: date | None,
    first: int,
    after: str | None,
) -> Connection[Person]:
    """Persons by unit and role on the day; a role of another bureau's persons is not answered."""
    sight = await _sight(info, bureau_id, on)
    if role is not None and not sight.detail:
        raise absent("bureau")
    org = sight.org
    found = org.persons_with_role(role, sight.on) if role is not None else org.persons
    if under is not None:
        found = (
            one for one in found if any(_below(sight, unit, under) for unit in org.units_of(one, sight.on))
        )
    return _page(found, first, after, lambda one: Person.of(sight, one))


async def _sight(info: Info, bureau_id: str, on: date | None) -> Sight:
    sight = await sight_of(info, bureau_id, on)
    if sight is None or sight.org.bureau.id != bureau_id:
        raise absent("bureau")
    return sight


def _existing(one: UnitPart | PostPart, sight: Sight) -> bool:
    return one.span.covers(sight.on)


def _below(sight: Sight, unit_id: str, under: str | None) -> bool:
    return under is None or under in sight.org.ancestors(unit_id)


def _page(
    ids: Iterable[str], first: int, after: str | None, node: Callable[[str], Node | None]
) -> Connection[Node]:
    size = page_size(first)
    begin = decode_cursor(after, tuple[str])[0] if after else ""
    chosen = sorted(one for one in ids if one > begin)[: size + 1]
    nodes = [found for one in chosen if (found := node(one))]
    edges, info = paginate(nodes, size, lambda one: one, lambda one: encode_cursor(one.id))
    return Connection(edges=edges, page_info=info)
