"""Answers operations: prepare, charge, execute the plan, project. Knows nothing of HTTP or WebSocket."""

import contextlib
import logging
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import OperationType

from plumbline_gateway.errors import ErrorDict, RequestError, error
from plumbline_gateway.execution import Execution
from plumbline_gateway.graph import Graph, Prepared
from plumbline_gateway.identity import Caller
from plumbline_gateway.projection import Violation
from plumbline_gateway.rate import RateLimit
from plumbline_gateway.settings import Settings
from plumbline_gateway.transport import SubgraphFailed
from plumbline_gateway.upstream import Upstream

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent, in the form of GraphQL over HTTP."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An execution result; `data` is null when it broke as a whole."""

    data: dict[str, Any] | None
    errors: list[ErrorDict]

    def payload(self) -> dict[str, Any]:
        """As the specification has it: no `errors` where there are none."""
        return {"errors": self.errors, "data": self.data} if self.errors else {"data": self.data}

    def json(self) -> bytes:
        """The payload as JSON."""
        return orjson.dumps(self.payload())


@dataclass(frozen=True, slots=True)
class Ready:
    """A request that may run, on the graph that it was checked against."""

    graph: Graph
    prepared: Prepared
    variables: Mapping[str, Any]

    @property
    def kind(self) -> OperationType:
        return self.prepared.operation.kind


class Gateway:
    """`graph` is replaced on reload; a running operation keeps the one it started with."""

    def __init__(self, settings: Settings, graph: Graph, rate: RateLimit, upstream: Upstream) -> None:
        self.settings = settings
        self.graph = graph
        self._rate = rate
        self._upstream = upstream

    async def prepare(self, request: Request, caller: Caller) -> Ready:
        """Everything that can refuse a request before it runs. Raises RequestError."""
        graph = self.graph
        prepared = await graph.prepare(request.query, request.operation_name)
        if prepared.operation.introspects and not self.settings.introspection:
            raise RequestError.of("INTROSPECTION_DISABLED", "introspection is switched off here", 403)
        self._rate.charge(caller.key, prepared.operation.cost)
        return Ready(graph, prepared, prepared.variables.read(request.variables or {}))

    async def answer(self, ready: Ready, caller: Caller) -> Answer:
        """Run a query or a mutation."""
        execution = self._execution(ready, caller)
        await ready.prepared.plan.run(execution)
        return _project(ready, execution)

    async def events(self, ready: Ready, caller: Caller) -> AsyncGenerator[Answer, None]:
        """Run a subscription: one answer for each event, at last one with the error that ended it."""
        source = ready.prepared.plan.subscription
        if source is None:
            raise RequestError.of("PLANNING_FAILED", "the plan has no subscription", 500)
        service, chosen = source.request.service, source.request.chosen(ready.variables)
        url = ready.graph.urls[service]
        stream = self._upstream.subscribe(service, url, source.request.operation, chosen, caller)
        try:
            async with contextlib.aclosing(stream) as payloads:
                async for payload in payloads:
                    execution = self._execution(ready, caller)
                    source.take(execution, payload)
                    await ready.prepared.plan.run(execution)
                    yield _project(ready, execution)
        except SubgraphFailed as failed:
            yield Answer(None, [failed.error(())])

    def _execution(self, ready: Ready, caller: Caller) -> Execution:
        limit = self.settings.limits.max_representations
        return Execution(ready.graph, caller, ready.variables, limit)


def _project(ready: Ready, execution: Execution) -> Answer:
    if ready.prepared.operation.introspects:
        found, errors = ready.graph.introspected(ready.prepared, ready.variables)
        execution.data.update(found)
        execution.errors += errors
    projection = ready.graph.projection(ready.prepared, ready.variables)
    data, violations = projection.project(execution.data)
    errors = execution.errors
    if violations:
        errors += [found for violation in violations if (found := _unexplained(violation, errors))]
    return Answer(data, errors)


def _unexplained(violation: Violation, errors: list[ErrorDict]) -> ErrorDict | None:
    """None where a subgraph's own error is the reason: the client learns it once."""
    path = violation.path
    for known in errors:
        place = known.get("path")
        if not place or place == path[: len(place)] or path == place[: len(path)]:
            return None
    return error("NULL_VIOLATION", violation.message, path)
