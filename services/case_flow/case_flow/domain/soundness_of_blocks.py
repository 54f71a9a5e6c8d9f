"""Are the parallel blocks of a definition strict: opened and closed in pairs, entered at the split, left at the join?

With that, a split gives each branch one token, every branch can hand its token to the join, and nothing else waits for
it: no deadlock, no step twice, nothing left behind (soundness of a workflow net, by structure).
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from case_flow.domain.blocks import Block, reachable
from case_flow.domain.definition import ItemDefinition, Order, Step
from case_flow.domain.yaml_nodes import Node

Nodes = Mapping[str, Node]
DISCRETION = "discretion"


def check_blocks(definition: ItemDefinition, nodes: Nodes) -> None:
    """Report at their lines splits and joins without their other half, and branches that are crossed or meet."""
    for step in definition.steps:
        if step.split:
            _check_split(definition, step, nodes[step.code])
        if step.join:
            _check_join(definition, step, nodes[step.code])
    for block in definition.blocks:
        if block.join in nodes and block.steps <= nodes.keys():
            _check_branches(definition, block, nodes)


def _check_split(definition: ItemDefinition, step: Step, node: Node) -> None:
    if definition.order is Order.FREE:
        node.get("split").fault("BLOCK_IN_FREE_ORDER", "where any step may come at any time nothing splits")
    if step.next:
        node.get("next").fault("SPLIT_AND_NEXT", f"step {step.code!r} opens branches, so it has no 'next'")
    if len(set(step.split)) < max(2, len(step.split)):
        node.get("split").fault("TOO_FEW_BRANCHES", "'split' names two different steps at least, each once")
    if not any(one.join == step.code for one in definition.steps):
        message = f"no step has 'join: {step.code}', where its branches end"
        node.get("split").fault("SPLIT_WITHOUT_JOIN", message)


def _check_join(definition: ItemDefinition, step: Step, node: Node) -> None:
    split = definition.by_code.get(step.join)
    if split is not None and not split.split:
        node.get("join").fault("JOIN_WITHOUT_SPLIT", f"step {step.join!r} has no 'split'")
    if Counter(one.join for one in definition.steps)[step.join] > 1:
        node.get("join").fault("DUPLICATE_JOIN", f"more than one step joins what {step.join!r} splits")
    if not step.unit:
        node.fault("MISSING", f"step {step.code!r} joins branches of several units: it needs its own 'unit'")


def _check_branches(definition: ItemDefinition, block: Block, nodes: Nodes) -> None:
    outside = _outside(definition, block)
    within = {head: reachable(definition.forward, [head], without=outside) for head in block.branches}
    for head, child in zip(
        _split_of(definition, block), nodes[block.split].get("split").items(), strict=True
    ):
        if head in outside:
            child.fault("BRANCH_CROSSED", f"{head!r} begins a branch, but is also reached from outside it")
    for code in sorted(frozenset[str]().union(*within.values())):
        _check_within(definition, block, definition.by_code[code], nodes[code], outside)
        heads = [head for head, steps in within.items() if code in steps]
        if len(heads) > 1:
            message = f"step {code!r} is in the branches of {' and '.join(map(repr, heads))}: they meet at the join only"
            nodes[code].fault("BRANCHES_MEET", message)


def _check_within(
    definition: ItemDefinition, block: Block, step: Step, node: Node, outside: frozenset[str]
) -> None:
    for key, child, other in _ways(step, node):
        if other in outside and other != block.join:
            message = (
                f"step {step.code!r} leaves its branch for {other!r}, which is reached from outside too: "
                f"a branch that {block.split!r} opens is left at {block.join!r} only"
            )
            child.fault("BRANCH_CROSSED", f"{message} (in {key!r})")
    if step.end or (not step.next and not step.split):
        node.fault(
            "END_IN_BRANCH", f"step {step.code!r} is in a branch: it leads to {block.join!r}, it ends nothing"
        )
    if step.decides or DISCRETION in step.facts:
        node.fault(
            "DECIDES_IN_BRANCH", f"step {step.code!r} is in a branch: what it finds is decided after the join"
        )


def _outside(definition: ItemDefinition, block: Block) -> frozenset[str]:
    """What is reached without the block's branches: from the start, and from where they have joined."""
    around = {code: following for code, following in definition.forward.items() if code != block.split}
    return reachable(around, [definition.start, block.split, block.join])


def _ways(step: Step, node: Node) -> Iterator[tuple[str, Node, str]]:
    for key, named in (("next", step.next), ("split", step.split)):
        for child, other in zip(node.get(key).items(), named, strict=True):
            yield key, child, other


def _split_of(definition: ItemDefinition, block: Block) -> tuple[str, ...]:
    return definition.by_code[block.split].split
