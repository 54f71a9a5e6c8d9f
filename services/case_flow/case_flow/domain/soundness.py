"""Is the flow of a definition sound: every step known, reachable, with a way to an end, and its branches closed?"""

from collections.abc import Iterator, Mapping

from case_flow.domain.blocks import Edges, reachable
from case_flow.domain.definition import ItemDefinition, Order, Step
from case_flow.domain.soundness_of_blocks import check_blocks
from case_flow.domain.yaml_nodes import Node


def check_flow(definition: ItemDefinition, root: Node) -> None:
    """Report unknown, doubled, unreachable and exitless steps at their lines."""
    nodes = {step.code: node for step, node in zip(definition.steps, root.get("steps").items(), strict=True)}
    _check_codes(definition, root, nodes)
    _check_activities(definition, nodes)
    if definition.order is Order.STRICT and definition.start in nodes:
        _check_paths(definition, nodes)
    check_blocks(definition, nodes)


def _check_codes(definition: ItemDefinition, root: Node, nodes: Mapping[str, Node]) -> None:
    seen: set[str] = set()
    for step, node in zip(definition.steps, root.get("steps").items(), strict=True):
        if step.code in seen:
            node.fault("DUPLICATE_STEP", f"step {step.code!r} is defined twice")
        seen.add(step.code)
        for key, named in _names(step):
            for child, name in zip(node.get(key).items(), named, strict=True):
                if name not in nodes:
                    child.fault(
                        "UNKNOWN_STEP", f"step {step.code!r} names the unknown step {name!r} in {key!r}"
                    )
    if definition.start not in nodes and definition.steps:
        root.get("start").fault("UNKNOWN_STEP", f"unknown step {definition.start!r} in 'start'")


def _names(step: Step) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every key of a step that names others."""
    yield from (("next", step.next), ("split", step.split), ("incompatible_with", step.incompatible_with))
    if step.join:
        yield "join", (step.join,)


def _check_activities(definition: ItemDefinition, nodes: Mapping[str, Node]) -> None:
    owner: dict[str, str] = {}
    for step in definition.steps:
        for activity in step.activities:
            if owner.setdefault(activity, step.code) != step.code:
                nodes[step.code].fault(
                    "DUPLICATE_ACTIVITY", f"activity {activity!r} belongs to {owner[activity]!r} already"
                )


def _check_paths(definition: ItemDefinition, nodes: Mapping[str, Node]) -> None:
    forward, backward = definition.forward, _reversed(definition.forward)
    ends = [step.code for step in definition.steps if step.end]
    from_start, to_end = reachable(forward, [definition.start]), reachable(backward, ends)
    for step in definition.steps:
        if step.code not in from_start:
            nodes[step.code].fault("UNREACHABLE_STEP", f"no way leads to step {step.code!r}")
        elif step.code not in to_end:
            nodes[step.code].fault(*_without_exit(step))
        if step.end and forward[step.code]:
            nodes[step.code].fault(
                "END_GOES_ON", f"step {step.code!r} ends the matter, so nothing follows it"
            )


def _without_exit(step: Step) -> tuple[str, str]:
    if step.next or step.split:
        return (
            "CYCLE_WITHOUT_EXIT",
            f"step {step.code!r} is in a cycle from which no step with 'end' is reached",
        )
    return "DEAD_END", f"step {step.code!r} has no 'next' and no 'end: true'"


def _reversed(edges: Edges) -> dict[str, frozenset[str]]:
    back: dict[str, set[str]] = {}
    for code, following in edges.items():
        for one in following:
            back.setdefault(one, set()).add(code)
    return {code: frozenset(before) for code, before in back.items()}
