"""A query plan as runnable steps: fetches, in sequence or in parallel, some only under a condition."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from plumbline_gateway.execution import Execution
from plumbline_gateway.fetch import EntityFetch, EntityGroup, Request, RootFetch
from plumbline_gateway.paths import FlattenPath, Satisfies
from plumbline_gateway.representations import Requires
from plumbline_gateway.rewrites import compile_rewrites

Node = Mapping[str, Any]


class UnknownPlan(Exception):
    """The planner gave a step that this gateway does not know."""


class Step(Protocol):
    """Part of a plan."""

    async def run(self, execution: Execution) -> None: ...


@dataclass(frozen=True, slots=True)
class Sequential:
    """One after the other: each sees what the earlier ones found."""

    steps: tuple[Step, ...]

    async def run(self, execution: Execution) -> None:
        for step in self.steps:
            await step.run(execution)


@dataclass(frozen=True, slots=True)
class Parallel:
    """All at once."""

    steps: tuple[Step, ...]

    async def run(self, execution: Execution) -> None:
        async with asyncio.TaskGroup() as group:
            for step in self.steps[1:]:
                group.create_task(step.run(execution))
            await self.steps[0].run(execution)


@dataclass(frozen=True, slots=True)
class Conditional:
    """One of two, by a boolean variable."""

    variable: str
    then: Step | None
    otherwise: Step | None

    async def run(self, execution: Execution) -> None:
        step = self.then if execution.variables.get(self.variable) else self.otherwise
        if step is not None:
            await step.run(execution)


@dataclass(frozen=True, slots=True)
class Plan:
    """`subscription` is the fetch that starts a stream; `step` runs once, or on each of its events."""

    step: Step | None
    subscription: RootFetch | None = None

    async def run(self, execution: Execution) -> None:
        """Fetch everything into `execution`."""
        if self.step is not None:
            await self.step.run(execution)


def compile_plan(plan: Node, satisfies: Satisfies) -> Plan:
    """Raises UnknownPlan for a step of another kind than this gateway knows."""
    node = plan.get("node")
    if node is None:
        return Plan(None)
    first, rest = _split_subscription(node)
    compiler = _Compiler(satisfies)
    return Plan(compiler.step(rest) if rest else None, compiler.root(first) if first else None)


def _split_subscription(node: Node) -> tuple[Node | None, Node | None]:
    if node["kind"] == "Subscription":
        return node["primary"], None
    if node["kind"] == "Sequence" and node["nodes"] and node["nodes"][0]["kind"] == "Subscription":
        return node["nodes"][0]["primary"], {"kind": "Sequence", "nodes": node["nodes"][1:]}
    return None, node


class _Compiler:
    def __init__(self, satisfies: Satisfies) -> None:
        self._satisfies = satisfies

    def step(self, node: Node) -> Step:
        kind = node["kind"]
        if kind == "Fetch":
            return self.root(node)
        if kind == "Flatten":
            return self._flatten(node)
        if kind == "BatchFetch":
            return self._batch(node)
        if kind == "Condition":
            return self._condition(node)
        if kind in ("Sequence", "Parallel"):
            return self._several(kind, [self.step(one) for one in node["nodes"]])
        raise UnknownPlan(f"a plan step of kind {kind}")

    def root(self, node: Node) -> RootFetch:
        return RootFetch(_request(node), compile_rewrites(node.get("outputRewrites"), self._satisfies))

    def _several(self, kind: str, steps: Sequence[Step]) -> Step:
        if len(steps) == 1:
            return steps[0]
        return Parallel(tuple(steps)) if kind == "Parallel" else Sequential(tuple(steps))

    def _condition(self, node: Node) -> Step:
        then, otherwise = node.get("ifClause"), node.get("elseClause")
        return Conditional(
            node["condition"],
            self.step(then) if then else None,
            self.step(otherwise) if otherwise else None,
        )

    def _flatten(self, node: Node) -> Step:
        fetch = node["node"]
        if fetch["kind"] != "Fetch":
            raise UnknownPlan(f"a flattened step of kind {fetch['kind']}")
        group = self._group({**fetch, "alias": "_entities", "paths": [node["path"]]}, "representations")
        return EntityFetch(_request(fetch), (group,))

    def _batch(self, node: Node) -> Step:
        aliases = node["entityBatch"]["aliases"]
        groups = tuple(self._group(one, one["representationsVariableName"]) for one in aliases)
        return EntityFetch(_request(node), groups)

    def _group(self, node: Node, variable: str) -> EntityGroup:
        return EntityGroup(
            alias=node["alias"],
            variable=variable,
            paths=tuple(FlattenPath(path, self._satisfies) for path in node["paths"]),
            requires=Requires(node.get("requires") or (), self._satisfies),
            before=compile_rewrites(node.get("inputRewrites"), self._satisfies),
            after=compile_rewrites(node.get("outputRewrites"), self._satisfies),
        )


def _request(node: Node) -> Request:
    head = b'{"query":' + orjson.dumps(node["operation"]) + b',"variables":'
    return Request(node["serviceName"], node["operation"], head, tuple(node.get("variableUsages") or ()))
