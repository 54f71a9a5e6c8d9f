"""What several scenes do in case flow: publish items, work on matters, look who sees an alert."""

import time
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from plumbline_local.demo import case_documents as documents
from plumbline_local.demo.world import World

EVERYBODY = (
    "huang-zhen", "zhou-min", "tang-li", "ma-qing", "bai-xue", "chen-gang", "lin-jie", "qian-lu", "luo-fang",
    "ji-rou", "sun-hao", "li-wei", "zhao-qiang", "he-jun", "shi-yong", "pan-yu", "wu-yan", "gu-ping", "deng-yi",
    "xie-tao", "fan-ke", "song-ke", "ding-ning", "lu-jia", "jiang-bin", "operator-07",
)  # fmt: skip
_keys = count(time.time_ns())  # another run on the same data repeats no idempotency key


async def call(world: World, person: str, document: str, **fields: Any) -> Any:
    """One mutation as a person; every call has its own idempotency key."""
    entry = {"clientMutationId": f"demo-{next(_keys)}", **fields}
    return await world.people(person).do(document, input=entry)


async def refused(world: World, person: str, document: str, **fields: Any) -> list[str]:
    """The codes with which a mutation is refused."""
    entry = {"clientMutationId": f"demo-{next(_keys)}", **fields}
    return await world.people(person).refused(document, input=entry)


async def publish_item(world: World, source: str) -> str:
    """The head publishes an item definition; its code."""
    return (await call(world, "huang-zhen", documents.PUBLISH, source=source))["item"]["code"]


def item_source(world: World, name: str) -> str:
    """A definition that case flow ships."""
    folder = world.layout.root / "services" / "case_flow" / "case_flow" / "items"
    return (folder / f"{name}.yaml").read_text(encoding="utf-8")


async def alerts_of(world: World, person: str, **wanted: Any) -> list[Mapping[str, Any]]:
    """The alerts that a person sees."""
    return (await world.people(person).ask(documents.ALERTS, filter=wanted))["alerts"]["nodes"]


async def viewers(world: World, people: Iterable[str] = EVERYBODY, **wanted: Any) -> set[str]:
    """Who of the bureau finds such an alert in their own list."""
    return {person for person in people if await alerts_of(world, person, **wanted)}
