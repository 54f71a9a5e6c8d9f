"""The volumes of a handbook: the register of a day and the flow of each of its processes, drawn and set."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plumbline_org.model import Org
from plumbline_shared.clock import start_of_day
from plumbline_shared.database import Connection

from risk_registry.documents.book import Cover, Displays, Names, Volume, book_of
from risk_registry.documents.chapters import Chapter, Diagram, chapters_of, volumes_of
from risk_registry.documents.diagram import dot_of, printed_height
from risk_registry.documents.editions import Subject
from risk_registry.documents.jobs import Job
from risk_registry.documents.workshop import workshop
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.handbook_rule import HandbookRule
from risk_registry.domain.places import in_bureau
from risk_registry.domain.processes import Graph
from risk_registry.domain.register import PointOnDay
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.display import display_on
from risk_registry.storage.processes import versions_on


@dataclass(frozen=True)
class Printed:
    """One volume as PDF."""

    volume: Volume
    content: bytes


async def printed(
    conn: Connection, org: Org, about: Subject, on: date, points: Sequence[PointOnDay], rule: HandbookRule
) -> list[Printed]:
    """At least one volume; the cover of the first names the hashes of the others. Raises Invalid, Unavailable."""
    shown = await display_on(conn, org.bureau.id, on)
    flows = await _flows(conn, org.bureau.id, on)
    wanted = {name: graph for name, graph in flows.items() if about.whole or _touches(graph, about.posts)}
    names = _names(org)
    chapters = chapters_of(points, await _diagrams(wanted, points, shown, names))
    bound = volumes_of(chapters, rule.volume_points, rule.volume_diagrams)
    cover = Cover(about.name, on, shown, names, about.whole, volumes=len(bound))
    others = [
        await _set(replace(cover, number=number), volume, chapters)
        for number, volume in enumerate(bound[1:], start=2)
    ]
    first = replace(cover, others=[each.volume for each in others])
    return [await _set(first, bound[0], chapters), *others]


async def _set(cover: Cover, volume: Sequence[Chapter], everything: Sequence[Chapter]) -> Printed:
    book = book_of(cover, volume, everything)
    content = await workshop().do(Job("pdf", book, int(start_of_day(cover.on).timestamp())))
    names = [chapter.process for chapter in volume] or [""]
    points = sum(len(chapter.points) for chapter in volume)
    return Printed(
        Volume(cover.number, hashlib.sha256(content).hexdigest(), points, names[0], names[-1]), content
    )


async def _flows(conn: Connection, bureau: str, on: date) -> dict[str, Graph]:
    """Every process in force: the bureau's own published version, or what a catalogue in use says of it."""
    shipped = await bodies_on(conn, bureau, on, EntryKind.PROCESS)
    own = {each.process: each.graph for each in await versions_on(conn, bureau, on)}
    return {**{code: in_bureau(bureau, graph) for code, graph in shipped}, **own}


async def _diagrams(
    flows: Mapping[str, Graph], points: Sequence[PointOnDay], shown: Displays, names: Names
) -> dict[str, Diagram]:
    found: dict[str, Diagram] = {}
    for process, graph in flows.items():
        svg = (await workshop().do(Job("diagram", dot_of(process, graph, points, shown, names)))).decode()
        found[process] = Diagram(graph.title_zh, svg, printed_height(svg))
    return found


def _touches(graph: Graph, posts: Sequence[str]) -> bool:
    return any(step.post in posts for step in graph.steps)


def _names(org: Org) -> Names:
    return {each.id: each.name for each in org.units.values()} | {
        each.id: each.title for each in org.posts.values()
    }
