"""One loaded supergraph with everything that depends on it: replaced as a whole when the file changes."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plumbline_gateway.errors import ErrorDict, RequestError
from plumbline_gateway.introspection import introspect
from plumbline_gateway.lru import Lru
from plumbline_gateway.operation import Operation, read_operation
from plumbline_gateway.plan import Plan, UnknownPlan, compile_plan
from plumbline_gateway.planner import Planner, PlannerGone, PlanRefused
from plumbline_gateway.projection import Projection
from plumbline_gateway.schema import ConsumerSchema, read_consumer_schema, read_subgraph_urls
from plumbline_gateway.settings import Limits
from plumbline_gateway.transport import Transport
from plumbline_gateway.variables import Variables

DOCUMENTS = 2_000
PLANS = 1_000
CHOICES = 16
NO_PLAN = Plan(None)


@dataclass(eq=False)
class Prepared:
    """An operation with its plan, and its projections by `@include` and `@skip` choice."""

    operation: Operation
    plan: Plan
    variables: Variables
    projections: Lru[tuple[Any, ...], Projection] = field(default_factory=lambda: Lru(CHOICES))
    introspected: tuple[dict[str, Any], list[ErrorDict]] | None = None


class Graph:
    """Made by `await Graph.load(sdl, …)`."""

    def __init__(
        self,
        consumer: ConsumerSchema,
        urls: Mapping[str, str],
        planner: Planner,
        transport: Transport,
        limits: Limits,
    ) -> None:
        self.consumer = consumer
        self.urls = urls
        self.planner = planner
        self._transport = transport
        self._limits = limits
        self._prepared: Lru[tuple[str, str | None], Prepared] = Lru(DOCUMENTS)
        self._plans: Lru[str, Plan] = Lru(PLANS)
        self._planning: dict[str, asyncio.Task[Plan]] = {}

    @classmethod
    async def load(cls, sdl: str, transport: Transport, limits: Limits) -> "Graph":
        """Read a supergraph and start its planner. Raises BadSupergraph."""
        urls = read_subgraph_urls(sdl)
        planner = await Planner.start(sdl)
        try:
            consumer = await asyncio.to_thread(read_consumer_schema, planner.consumer_schema)
            return cls(consumer, urls, planner, transport, limits)
        except BaseException:
            await planner.close()
            raise

    async def post(self, service: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """Send `body` to a subgraph. Raises SubgraphFailed."""
        return await self._transport.post(service, self.urls[service], body, headers)

    async def prepare(self, query: str, name: str | None) -> Prepared:
        """Parse, validate and plan, or take all that from the cache. Raises RequestError."""
        known = self._prepared.get((query, name))
        if known is not None:
            return known
        operation = read_operation(query, name, self.consumer, self._limits)
        plan = await self._plan(operation.planned) if operation.planned else NO_PLAN
        variables = Variables(self.consumer.schema, operation.definition)
        return self._prepared.put((query, name), Prepared(operation, plan, variables))

    def projection(self, prepared: Prepared, variables: Mapping[str, Any]) -> Projection:
        """How the answer to these variables looks."""
        choice = tuple(variables.get(name) for name in prepared.operation.conditions)
        known = prepared.projections.get(choice)
        if known is None:
            known = prepared.projections.put(choice, Projection(self.consumer, prepared.operation, variables))
        return known

    def introspected(
        self, prepared: Prepared, variables: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[ErrorDict]]:
        """The introspection part of an answer; kept when no variable changes it."""
        if prepared.introspected is not None:
            return prepared.introspected
        result = introspect(self.consumer, prepared.operation, variables)
        found = result.data or {}, [dict(one.formatted) for one in result.errors or ()]
        if not variables:
            prepared.introspected = found
        return found

    async def close(self) -> None:
        """End the planner."""
        await self.planner.close()

    async def _plan(self, text: str) -> Plan:
        known = self._plans.get(text)
        if known is not None:
            return known
        task = self._planning.get(text)
        if task is None:
            task = self._planning[text] = asyncio.create_task(self._make_plan(text))
            task.add_done_callback(lambda _: self._planning.pop(text, None))
        return await asyncio.shield(task)

    async def _make_plan(self, text: str) -> Plan:
        try:
            plan = compile_plan(await self.planner.plan(text, None), self.consumer.satisfies)
        except PlanRefused as refused:
            raise RequestError.of("PLANNING_REFUSED", f"no subgraph can answer this: {refused}") from None
        except (PlannerGone, UnknownPlan) as failed:
            raise RequestError.of("PLANNING_FAILED", f"{failed}; repeat later", 503) from None
        return self._plans.put(text, plan)
