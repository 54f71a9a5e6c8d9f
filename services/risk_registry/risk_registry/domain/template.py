"""What a bureau hands on: rules, processes and points by name, nothing of persons, grades in force or evidence."""

from collections.abc import Iterable
from dataclasses import replace

from risk_registry.domain.catalogue import (
    Body,
    CataloguePoint,
    Control,
    Duty,
    Entry,
    EntryKind,
    Power,
    Regulation,
)
from risk_registry.domain.places import out_of_bureau, relative
from risk_registry.domain.processes import Graph
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE

CARRIED = frozenset(EntryKind) - {EntryKind.PROCESS, EntryKind.POINT}


def template_entries(
    bureau_id: str,
    entries: Iterable[Entry],
    versions: Iterable[tuple[str, Graph]],
    register: Iterable[PointOnDay],
) -> tuple[Entry, ...]:
    """Entries of a catalogue for the next bureau; posts are named inside the bureau, ids of this one stay here."""
    rules = [Entry(each.kind, each.code, _rule(bureau_id, each)) for each in entries]
    processes = [Entry(EntryKind.PROCESS, code, out_of_bureau(bureau_id, graph)) for code, graph in versions]
    points = [
        Entry(EntryKind.POINT, point.code, _point(bureau_id, point))
        for point in register
        if point.state in IN_FORCE
    ]
    return (*rules, *processes, *points)


def _rule(bureau_id: str, entry: Entry) -> Body:
    if isinstance(entry.body, Control):
        return replace(entry.body, points=tuple(relative(bureau_id, point) for point in entry.body.points))
    if isinstance(entry.body, Power | Duty | Regulation):
        return replace(entry.body, posts=tuple(relative(bureau_id, post) for post in entry.body.posts))
    return entry.body


def _point(bureau_id: str, point: PointOnDay) -> CataloguePoint:
    text = point.description
    return CataloguePoint(
        title_zh=text.title_zh,
        title_en=text.title_en,
        process=text.process,
        step=text.step,
        cause=text.cause,
        category=text.category,
        scope=text.scope,
        posts=tuple(relative(bureau_id, post) for post in text.posts),
        consequence=text.consequence,
        controls=text.controls,
        traits=text.traits,
        tags=text.tags,
        focus=text.focus,
        item=text.item,
        power=text.power,
    )
