"""Controls and citations in a definition file."""

from plumbline_org.roles import Role
from plumbline_shared.conditions import ConditionError

from case_flow.domain.control import condition
from case_flow.domain.definition import Action, Citation, Control, Phase, Text, Way
from case_flow.domain.yaml_nodes import Node

_CONTROL = (
    "id", "version", "phase", "action", "when", "message", "citation", "point", "severity", "ways",
)  # fmt: skip
_ROLES = frozenset(str(one) for one in Role)
_SEVERITIES = ("LOW", "MEDIUM", "HIGH")


def citation(node: Node) -> Citation:
    """`{source, locator}`; nothing is published without its basis (S1-036)."""
    if node.raw is None:
        node.fault("MISSING_CITATION", f"{node.name!r} is needed: {{source, locator}}")
        return Citation(source="")
    node.only("source", "locator")
    return Citation(source=node.get("source").text(), locator=node.get("locator").text(""))


def known_role(node: Node) -> str:
    """A role of the platform (requirements 5.1)."""
    role = node.text()
    if role not in _ROLES:
        node.fault("UNKNOWN_ROLE", f"unknown role {role!r}")
    return role


def control(node: Node) -> Control:
    """One control; its condition is compiled here, so that a typo is found before publication."""
    node.only(*_CONTROL)
    when = node.get("when").text()
    _compile(node.get("when"), when)
    message = node.get("message")
    return Control(
        id=node.get("id").text(),
        version=node.get("version").integer(1, least=1),
        phase=Phase(_one_of(node.get("phase"), tuple(map(str, Phase)))),
        action=Action(_one_of(node.get("action"), tuple(map(str, Action)))),
        when=when,
        message=Text(zh=message.get("zh").text(), en=message.get("en").text()),
        citation=citation(node.get("citation")),
        point=node.get("point").text(""),
        severity=_one_of(node.get("severity"), _SEVERITIES, "MEDIUM"),
        ways=tuple(Way(_one_of(one, tuple(map(str, Way)))) for one in node.get("ways").items())
        or (Way.CORRECT,),
    )


def _compile(node: Node, when: str) -> None:
    try:
        condition(when)
    except ConditionError as error:
        node.fault("BAD_CONDITION", f"condition {when!r}: {error}")


def _one_of(node: Node, allowed: tuple[str, ...], default: str | None = None) -> str:
    text = node.text(default)
    if text in allowed:
        return text
    if text:
        node.fault("UNKNOWN_VALUE", f"{node.name!r} is one of {', '.join(allowed)}, not {text!r}")
    return allowed[0]
