"""Rules of authority in a file; a gap or an overlap between their amounts is a fault (S2-027)."""

import re
from itertools import pairwise

from case_flow.domain.authority import Authority, Hours, Level, OnBreach, Row
from case_flow.domain.parsing_controls import citation, known_role
from case_flow.domain.yaml_nodes import Node

_RULE = ("item", "step", "amount", "on_breach", "hours", "citation", "rows")
_ROW = ("from_fen", "below_fen", "role", "unit", "rechecks")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def authorities(node: Node) -> tuple[Authority, ...]:
    """A list of rules, one for a step."""
    found, seen = [_rule(one) for one in node.items()], set[tuple[str, str]]()
    for child, rule in zip(node.items(), found, strict=True):
        if (rule.item, rule.step) in seen:
            child.fault(
                "DUPLICATE_CODE", f"the step {rule.step} of {rule.item} has two rules: one holds all rows"
            )
        seen.add((rule.item, rule.step))
    return tuple(found)


def _rule(node: Node) -> Authority:
    node.only(*_RULE)
    return Authority(
        item=node.get("item").text(),
        step=node.get("step").text(),
        amount=tuple(node.get("amount").text("amount_fen").split(".")),
        on_breach=_on_breach(node.get("on_breach")),
        hours=_hours(node.get("hours")),
        citation=citation(node.get("citation")),
        rows=_rows(node.get("rows")),
    )


def _rows(node: Node) -> tuple[Row, ...]:
    """The rows by amount. Faults: AMOUNTS_GAP, AMOUNTS_OVERLAP, also before the first and after the last."""
    pairs = sorted(((one, _row(one)) for one in node.items()), key=lambda pair: pair[1].from_fen)
    if not pairs or pairs[0][1].from_fen:
        node.fault("AMOUNTS_GAP", "the first row begins at 0 fen")
    for (_, low), (child, high) in pairwise(pairs):
        if low.below_fen is None or low.below_fen > high.from_fen:
            child.fault("AMOUNTS_OVERLAP", f"{high.from_fen} fen is in the row before it too")
        elif low.below_fen < high.from_fen:
            child.fault("AMOUNTS_GAP", f"nobody decides {low.below_fen} fen: the row begins there")
    if pairs and pairs[-1][1].below_fen is not None:
        pairs[-1][0].fault("AMOUNTS_GAP", "the last row has no end: leave 'below_fen' out")
    return tuple(row for _, row in pairs)


def _row(node: Node) -> Row:
    node.only(*_ROW)
    start = node.get("from_fen").integer(0)
    below = node.get("below_fen")
    row = Row(
        from_fen=start,
        below_fen=below.integer(least=1) if below.raw else None,
        roles=_roles(node),
        unit=node.get("unit").text(""),
        rechecks=tuple(_level(one) for one in node.get("rechecks").items()),
    )
    if row.below_fen is not None and row.below_fen <= row.from_fen:
        below.fault("AMOUNTS_EMPTY", "a row ends above where it begins")
    return row


def _level(node: Node) -> Level:
    node.only("role", "unit")
    return Level(roles=_roles(node), unit=node.get("unit").text(""))


def _roles(node: Node) -> tuple[str, ...]:
    roles = tuple(known_role(one) for one in node.get("role").items())
    if not roles:
        node.fault("MISSING", "somebody must be answerable: name the 'role'")
    return roles


def _hours(node: Node) -> Hours | None:
    if node.raw is None:
        return None
    node.only("from", "until")
    hours = Hours(start=_time(node.get("from")), until=_time(node.get("until")))
    if hours.start >= hours.until:
        node.fault("HOURS_EMPTY", "the hours end after they begin")
    return hours


def _time(node: Node) -> str:
    text = node.text()
    if not _TIME.fullmatch(text):
        node.fault("NOT_A_TIME", f'{node.name!r} is a time of day as "08:30"')
    return text


def _on_breach(node: Node) -> OnBreach:
    text = node.text(str(OnBreach.HOLD))
    if text not in {str(one) for one in OnBreach}:
        node.fault("UNKNOWN_VALUE", f"'on_breach' is one of {', '.join(OnBreach)}, not {text!r}")
        return OnBreach.HOLD
    return OnBreach(text)
