"""Names of posts inside a bureau and in the whole: catalogues use the first, the register the second."""

from dataclasses import replace

from risk_registry.domain.processes import Graph, Step


def absolute(bureau_id: str, name: str) -> str:
    """`POLICY.chief` → `D01.POLICY.chief`; a name of the bureau stays, an empty one too."""
    return name if not name or name.startswith(f"{bureau_id}.") else f"{bureau_id}.{name}"


def relative(bureau_id: str, name: str) -> str:
    """`D01.POLICY.chief` → `POLICY.chief`."""
    return name.removeprefix(f"{bureau_id}.")


def in_bureau(bureau_id: str, graph: Graph) -> Graph:
    """The graph with the bureau's own post ids."""
    return replace(graph, steps=tuple(_placed(bureau_id, step) for step in graph.steps))


def out_of_bureau(bureau_id: str, graph: Graph) -> Graph:
    """The graph as any bureau can use it."""
    steps = tuple(
        replace(step, post=relative(bureau_id, step.post), monitor=relative(bureau_id, step.monitor))
        for step in graph.steps
    )
    return replace(graph, steps=steps)


def _placed(bureau_id: str, step: Step) -> Step:
    return replace(step, post=absolute(bureau_id, step.post), monitor=absolute(bureau_id, step.monitor))
