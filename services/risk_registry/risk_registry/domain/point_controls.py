"""What controls a point, how well, and what it rests on (requirements 8.2, operation 3; S2-050)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from risk_registry.domain.catalogue import Control
from risk_registry.domain.control_tests import ControlAspect, ControlTest
from risk_registry.domain.pivot import by_regulation
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE


class ControlStatus(StrEnum):
    """What the latest test of one aspect said: 有效, 有缺陷, 未测试."""

    EFFECTIVE = "EFFECTIVE"
    DEFICIENT = "DEFICIENT"
    UNTESTED = "UNTESTED"


@dataclass(frozen=True)
class BoundControl:
    """A control in force on a point; its design and its operation are judged apart."""

    code: str
    control: Control
    design: ControlStatus
    operating: ControlStatus


def binds(control: Control, point: PointOnDay) -> bool:
    """By the point's code, by its power, or at its step."""
    text = point.description
    return (
        point.code in control.points
        or (text.power != "" and text.power in control.powers)
        or any((node.process, node.step) == (text.process, text.step) for node in control.nodes)
    )


def controls_of(
    point: PointOnDay, controls: Mapping[str, Control], tests: Sequence[ControlTest]
) -> list[BoundControl]:
    """The controls on a point in the order of their codes; `tests` oldest first."""
    return [
        BoundControl(
            code,
            each,
            status(code, ControlAspect.DESIGN, tests),
            status(code, ControlAspect.OPERATING, tests),
        )
        for code, each in sorted(controls.items())
        if binds(each, point)
    ]


def status(control: str, aspect: ControlAspect, tests: Sequence[ControlTest]) -> ControlStatus:
    """The last word on one aspect of a control."""
    said = [each for each in tests if each.control == control and each.aspect is aspect]
    if not said:
        return ControlStatus.UNTESTED
    return ControlStatus.DEFICIENT if said[-1].deficiency else ControlStatus.EFFECTIVE


def regulations_of(
    point: PointOnDay, steps: Mapping[tuple[str, str], str], controls: Iterable[Control]
) -> list[str]:
    """Codes of the regulations that the point's step and its controls rest on; `steps` are clauses by process and step."""
    clauses = {point.code: [each.basis for each in controls if binds(each, point)]}
    return sorted(set(by_regulation(steps, clauses)(point)))


def uncovered(points: Iterable[PointOnDay], controls: Iterable[Control]) -> list[str]:
    """Codes of the points in force that no control is on."""
    active = list(controls)
    return [
        point.code
        for point in points
        if point.state in IN_FORCE and not any(binds(each, point) for each in active)
    ]
