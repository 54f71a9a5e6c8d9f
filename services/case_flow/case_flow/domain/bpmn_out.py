"""A definition drawn as a flow diagram: a step is a task, a choice and each end of a block is a gateway.

Ways and Chinese names are in the drawing, whatever else is said of an item or a step is in its extension, as in the file.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from plumbline_shared.bpmn.diagram import Diagram, Kind, Node

from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.definition_file import content_of, yaml_text

_NAME = re.compile(r"[\w.-]+", re.ASCII)
DRAWN = ("next", "split", "join", "end")
Way = tuple[str, str]


def diagram_of(definition: ItemDefinition) -> Diagram:
    """The diagram, steps in the order of the file."""
    content, ids = content_of(definition), _ids(definition)
    nodes, flows = [Node("start", Kind.START)], [("start", ids[definition.start])]
    for step, said in zip(definition.steps, content["steps"], strict=True):
        more, ways = _around(step, ids)
        nodes += [*_join(step, ids), _task(step, said, ids[step.code]), *more]
        flows += ways
    head = {key: value for key, value in content.items() if key not in ("steps", "start", "name")}
    head["name"] = {"en": definition.name.en}
    return Diagram(
        "process",
        definition.name.zh,
        tuple(nodes),
        tuple(_through_joins(definition, ids, flows)),
        yaml_text(head),
    )


def _ids(definition: ItemDefinition) -> dict[str, str]:
    """An XML name for each step: its code where that is one."""
    return {
        step.code: f"step_{step.code}" if _NAME.fullmatch(step.code) else f"task_{number}"
        for number, step in enumerate(definition.steps)
    }


def _task(step: Step, said: Mapping[str, Any], id: str) -> Node:
    kept = {key: value for key, value in said.items() if key not in (*DRAWN, "name")}
    kept["name"] = {"en": step.name.en}
    who = " · ".join(one for one in (step.unit.removeprefix("@"), step.post or "/".join(step.roles)) if one)
    return Node(id, Kind.TASK, step.name.zh, yaml_text(kept), (step.name.zh, step.name.en, who))


def _join(step: Step, ids: Mapping[str, str]) -> Iterator[Node]:
    if step.join:
        yield Node(f"join_{ids[step.code]}", Kind.PARALLEL)


def _around(step: Step, ids: Mapping[str, str]) -> tuple[list[Node], list[Way]]:
    """What comes after a task: a gateway where there is more than one way, the end, and the ways."""
    here = ids[step.code]
    if step.end:
        return [Node(f"end_{here}", Kind.END)], [(here, f"end_{here}")]
    kind, following = (Kind.PARALLEL, step.split) if step.split else (Kind.EXCLUSIVE, step.next)
    if len(following) < 2:
        return [], [(here, ids[one]) for one in following]
    gateway = f"{'split' if step.split else 'choice'}_{here}"
    return [Node(gateway, kind)], [(here, gateway), *((gateway, ids[one]) for one in following)]


def _through_joins(definition: ItemDefinition, ids: Mapping[str, str], flows: list[Way]) -> Iterator[Way]:
    """Ways out of a branch to the step that joins lead to its gateway, all others straight to it."""
    branches = {ids[block.join]: {ids[code] for code in block.steps} for block in definition.blocks}
    for source, target in flows:
        if source.removeprefix("choice_") in branches.get(target, ()):
            yield source, f"join_{target}"
        else:
            yield source, target
    for target in branches:
        yield f"join_{target}", target
