"""How work runs, in a definition file: who gets a step by rule, and whether the applicant may withdraw."""

from collections.abc import Callable

from case_flow.domain import parsing_controls
from case_flow.domain.definition import Assign, AssignRule, ItemDefinition
from case_flow.domain.yaml_nodes import Node

_PENALTY_GATES = frozenset({"discretion", "hearing"})


def assign(node: Node, post: Callable[[Node], str]) -> Assign | None:
    """`{rule, citation, areas}`; `areas` leads from the fact `area` to a post, for TERRITORY alone (S1-087)."""
    if node.raw is None:
        return None
    node.only("rule", "citation", "areas")
    rule = node.get("rule").text()
    if rule not in {str(one) for one in AssignRule}:
        node.get("rule").fault("UNKNOWN_VALUE", f"'rule' is one of {', '.join(AssignRule)}, not {rule!r}")
        rule = str(AssignRule.LEAST_LOAD)
    areas = {area: post(child) for area, child in node.get("areas").pairs()}
    if bool(areas) != (rule == AssignRule.TERRITORY):
        node.fault("TERRITORY", "TERRITORY goes with 'areas', and nothing else does")
    return Assign(
        rule=AssignRule(rule), citation=parsing_controls.citation(node.get("citation")), areas=areas
    )


def check_running(definition: ItemDefinition, root: Node) -> None:
    """A penalty case is never withdrawn by its party."""
    penalty = definition.domain == "PENALTY" or any(
        _PENALTY_GATES.intersection(step.facts) for step in definition.steps
    )
    if definition.withdrawable and penalty:
        root.get("withdrawable").fault(
            "PENALTY_WITHDRAWABLE", "a penalty case is not its party's to withdraw: leave 'withdrawable' out"
        )
