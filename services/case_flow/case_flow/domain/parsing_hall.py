"""The hall's part of a definition file: forms, declarations, pre-review, direct intake, sampled post-review."""

from collections.abc import Callable

from case_flow.domain import parsing_controls
from case_flow.domain.definition import (
    Declaration,
    DirectIntake,
    ItemDefinition,
    Mode,
    Order,
    Origin,
    PostReview,
    Text,
)
from case_flow.domain.yaml_nodes import Node


def gates(node: Node) -> tuple[str, ...]:
    """The gates of a step; a form brings its own."""
    named = node.get("facts").texts()
    return (*named, "form") if node.get("form").raw and "form" not in named else named


def post_review(node: Node, role: Callable[[Node], str], unit: Callable[[Node], str]) -> PostReview | None:
    """`{share, role, unit, limit, point, citation}`."""
    if node.raw is None:
        return None
    node.only("share", "role", "unit", "limit", "point", "citation")
    share = node.get("share").integer(least=1)
    if share > 100:
        node.get("share").fault("NOT_A_NUMBER", "'share' is a percentage, 1 to 100")
    return PostReview(
        share=share,
        role=role(node.get("role")),
        unit=unit(node.get("unit")),
        limit=node.get("limit").integer(least=1),
        point=node.get("point").text(""),
        citation=parsing_controls.citation(node.get("citation")),
    )


def declaration(node: Node, name: Callable[[Node], Text]) -> Declaration | None:
    """`{text: {zh, en}, replaces, citation}` (S1-139)."""
    if node.raw is None:
        return None
    node.only("text", "replaces", "citation")
    return Declaration(
        text=name(node.get("text")),
        replaces=node.get("replaces").texts(),
        citation=parsing_controls.citation(node.get("citation")),
    )


def direct_intake(
    node: Node, role: Callable[[Node], str], unit: Callable[[Node], str]
) -> DirectIntake | None:
    """`{role, unit, citation}` (S1-094)."""
    if node.raw is None:
        return None
    node.only("role", "unit", "citation")
    place = unit(node.get("unit"))
    if not place:
        node.fault(
            "MISSING", "'direct_intake' names the 'unit' whose officers may accept, for example @office"
        )
    return DirectIntake(
        role=role(node.get("role")),
        unit=place,
        citation=parsing_controls.citation(node.get("citation")),
    )


def check_hall(definition: ItemDefinition, root: Node) -> None:
    """What is handled first is reviewed after; pre-review is the start; a front-loaded item names its former owner."""
    if (definition.mode is Mode.HANDLE_FIRST) != (definition.post_review is not None):
        root.get("mode").fault("POST_REVIEW", "HANDLE_FIRST goes with 'post_review', and nothing else does")
    if definition.origin is Origin.FRONT_LOADED and not definition.former_owner:
        root.get("origin").fault("MISSING", "a front-loaded item names its 'former_owner' (S1-091)")
    replaced = {one for step in definition.steps if step.declaration for one in step.declaration.replaces}
    for step, node in zip(definition.steps, root.get("steps").items(), strict=True):
        if step.pre_review and (step.code != definition.start or len(step.next) != 1 or step.form):
            node.fault("PRE_REVIEW", "a pre-review is the first step, has one 'next' and no form of its own")
        if step.point in replaced:
            node.fault(
                "DECLARED_POINT", f"a declaration stands for the check at {step.point}: watch it no more"
            )
    start = definition.by_code.get(definition.start)
    if definition.direct_intake and (definition.order is Order.FREE or (start and start.pre_review)):
        root.get("direct_intake").fault(
            "DIRECT_INTAKE", "what the guide looks at first, and a record, is taken in no other way"
        )
