"""The two fetches of a plan: from a root field, and of entities that are already known by their keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from plumbline_gateway.errors import error
from plumbline_gateway.execution import Execution
from plumbline_gateway.merge import copy, merge
from plumbline_gateway.paths import FlattenPath, Location
from plumbline_gateway.representations import Batch, Requires
from plumbline_gateway.rewrites import Rewrite
from plumbline_gateway.values import is_list, is_object


@dataclass(frozen=True, slots=True)
class Request:
    """`head` is the JSON body up to the value of `variables`."""

    service: str
    operation: str
    head: bytes
    variables: tuple[str, ...]

    def chosen(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The variables that this operation uses, if the client gave them."""
        return {name: given[name] for name in self.variables if name in given}

    def body(self, given: Mapping[str, Any], representations: Sequence[tuple[str, bytes]] = ()) -> bytes:
        """The JSON body; `representations` are (variable, JSON list)."""
        variables: dict[str, Any] = self.chosen(given)
        for name, raw in representations:
            variables[name] = orjson.Fragment(raw)
        return self.head + orjson.dumps(variables) + b"}"


@dataclass(frozen=True, slots=True)
class RootFetch:
    """A query, a mutation, or the start of a subscription."""

    request: Request
    after: Sequence[Rewrite]

    async def run(self, execution: Execution) -> None:
        request = self.request
        answer = await execution.post(request.service, request.body(execution.variables), ())
        if answer is not None:
            self.take(execution, answer)

    def take(self, execution: Execution, answer: Mapping[str, Any]) -> None:
        """Join an answer of the subgraph to the data."""
        data = answer.get("data")
        for found in answer.get("errors") or ():
            execution.note(self.request.service, found, [_location(found)])
        if is_object(data):
            for rewrite in self.after:
                rewrite(data)
            merge(execution.data, data)


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """One `_entities` selection of a fetch."""

    alias: str
    variable: str
    paths: tuple[FlattenPath, ...]
    requires: Requires
    before: Sequence[Rewrite]
    after: Sequence[Rewrite]

    def batch(self, data: dict[str, Any]) -> Batch:
        """The entities in `data` that wait for this."""
        batch = Batch()
        for path in self.paths:
            batch.add(path.targets(data), self.requires, self.before)
        return batch

    def take(self, batch: Batch, entities: Any) -> None:
        """Give each waiting place what came back for it."""
        if not is_list(entities):
            return
        for places, entity in zip(batch.waiting, entities, strict=False):
            if not is_object(entity):
                continue
            for rewrite in self.after:
                rewrite(entity)
            for number, (target, _) in enumerate(places):
                merge(target, entity if number == 0 else copy(entity))


@dataclass(frozen=True, slots=True)
class EntityFetch:
    """All entities of one step in one request; nothing is sent when there are none."""

    request: Request
    groups: tuple[EntityGroup, ...]

    async def run(self, execution: Execution) -> None:
        batches = [group.batch(execution.data) for group in self.groups]
        total = sum(map(len, batches))
        if total == 0:
            return
        if total > execution.max_representations:
            execution.errors.append(self._too_many(execution.max_representations))
            return
        lists = [(group.variable, batch.json()) for group, batch in zip(self.groups, batches, strict=True)]
        # Two places share one representation: a copy for the second keeps later steps from writing into both.
        body = self.request.body(execution.variables, lists)
        answer = await execution.post(self.request.service, body, self.groups[0].paths[0].prefix)
        if answer is None:
            return
        self._note_errors(execution, batches, answer.get("errors") or ())
        data = answer.get("data")
        if is_object(data):
            for group, batch in zip(self.groups, batches, strict=True):
                group.take(batch, data.get(group.alias))

    def _too_many(self, limit: int) -> dict[str, Any]:
        message = (
            f"the answer needs more than {limit} entities of {self.request.service}; ask for less at once"
        )
        return error("TOO_MANY_ENTITIES", message, self.groups[0].paths[0].prefix, limit=limit)

    def _note_errors(self, execution: Execution, batches: Sequence[Batch], errors: Sequence[Any]) -> None:
        for found in errors:
            execution.note(self.request.service, found, self._places(batches, _location(found)))

    def _places(self, batches: Sequence[Batch], location: Location) -> list[Location]:
        if len(location) >= 2:
            for group, batch in zip(self.groups, batches, strict=True):
                index = location[1]
                if group.alias == location[0] and isinstance(index, int) and index < len(batch.waiting):
                    return [(*at, *location[2:]) for _, at in batch.waiting[index]]
        return [self.groups[0].paths[0].prefix]


def _location(found: Any) -> Location:
    path = found.get("path") if is_object(found) else None
    return tuple(path) if is_list(path) else ()
