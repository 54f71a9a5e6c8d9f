"""The `checks` section of a definition file: steps may be named by code or by activity."""

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plumbline_shared.deadline import DayUnit

from case_flow.domain.definition import Checks, Migrates, Step, TimeLimit
from case_flow.domain.yaml_nodes import Node

_CHECKS = ("same_person", "precedence", "forbidden_after", "required", "time_limit")
_TIME_LIMIT = ("id", "from", "to", "length", "unit", "by")


def checks(node: Node, steps: tuple[Step, ...]) -> Checks:
    """Pairs, required steps and time limits, with unknown names reported."""
    node.only(*_CHECKS)
    return Checks(
        same_person=_pairs(node.get("same_person"), steps),
        precedence=_pairs(node.get("precedence"), steps),
        forbidden_after=_pairs(node.get("forbidden_after"), steps),
        required=tuple(step_code(one, steps) for one in node.get("required").items()),
        time_limit=tuple(_time_limit(one, steps) for one in node.get("time_limit").items()),
    )


def step_code(node: Node, steps: tuple[Step, ...]) -> str:
    """The code of the step that the node names by code or by activity."""
    name = node.text()
    for step in steps:
        if name == step.code or name in step.activities:
            return step.code
    node.fault("UNKNOWN_STEP", f"unknown step {name!r}")
    return name


def day(node: Node) -> date | None:
    """An ISO date; None when there is none."""
    if node.raw is None:
        return None
    try:
        return date.fromisoformat(node.text())
    except ValueError:
        node.fault("NOT_A_DATE", f"{node.name!r} is a date such as 2026-06-01")
        return None


def migrates(node: Node, steps: tuple[Step, ...]) -> Migrates:
    """Where the steps of an earlier version go."""
    node.only("from", "steps")
    taken_in = {old: step_code(new, steps) for old, new in node.get("steps").pairs()}
    return Migrates(version=node.get("from").integer(least=1), steps=taken_in)


def time_zone(node: Node) -> str:
    """An IANA zone in which local dates are taken; empty: as the record has them."""
    name = node.text("")
    try:
        if name:
            ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        node.fault("UNKNOWN_TIME_ZONE", f"unknown time zone {name!r}")
    return name


def _pairs(node: Node, steps: tuple[Step, ...]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for pair in node.items():
        names = pair.items()
        if len(names) != 2:
            pair.fault("NOT_A_PAIR", f"{node.name!r} is a list of pairs: [[A, B], …]")
            continue
        found.append((step_code(names[0], steps), step_code(names[1], steps)))
    return tuple(found)


def _time_limit(node: Node, steps: tuple[Step, ...]) -> TimeLimit:
    node.only(*_TIME_LIMIT)
    start, until = _moment(node.get("from"), steps), _moment(node.get("to"), steps)
    by, unit = node.get("by").text("local_date"), node.get("unit").text(str(DayUnit.CALENDAR_DAY))
    if by not in ("local_date", "instant"):
        node.get("by").fault("UNKNOWN_VALUE", f"'by' is local_date or instant, not {by!r}")
    if unit not in {str(one) for one in DayUnit}:
        node.get("unit").fault("UNKNOWN_VALUE", f"'unit' is one of {', '.join(DayUnit)}, not {unit!r}")
        unit = str(DayUnit.CALENDAR_DAY)
    if by == "instant" and unit == DayUnit.WORKING_DAY:
        node.get("by").fault("UNKNOWN_VALUE", "working days are counted by local date")
    return TimeLimit(
        id=node.get("id").text(f"{start}->{until}"),
        start=start,
        until=until,
        length=node.get("length").integer(0),
        unit=DayUnit(unit),
        by_instant=by == "instant",
    )


def _moment(node: Node, steps: tuple[Step, ...]) -> str:
    name = node.text()
    return name if name.startswith("@") or not name else step_code(node, steps)
