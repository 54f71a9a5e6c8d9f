"""Gates: checks on a step that need more than its payload, such as the discretion tier of a fine.

A step of a definition names its gates in `facts`. A gate adds facts for the step's controls, may move the step to
another unit, or stops it with a hold, which it has raised by then in the same transaction (S2-038).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from plumbline_shared.errors import Refused
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import Step
from case_flow.domain.matter import Matter


@dataclass(frozen=True)
class Passed:
    """The step may go on, with these further facts; `unit_id` moves the following step to another unit."""

    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    unit_id: str | None = None


@dataclass(frozen=True)
class Held:
    """The step is stopped by this hold."""

    hold_id: str


Gate = Callable[[Uow, Matter, Step, Mapping[str, Any]], Awaitable[Passed | Held]]


class GateUnknown(Refused):
    """The definition names a gate that this service does not have: closed on every doubt."""

    code = "CONTROL_FAILED_CLOSED"


async def pass_gates(
    gates: Mapping[str, Gate], uow: Uow, matter: Matter, step: Step, payload: Mapping[str, Any]
) -> Passed | Held:
    """Ask every gate of the step, in order; the first hold ends it."""
    facts, unit_id = dict[str, Any](), None
    for name in step.facts:
        if name not in gates:
            raise GateUnknown(f"step {step.code} names the unknown gate {name}", gate=name)
        result = await gates[name](uow, matter, step, payload)
        if isinstance(result, Held):
            return result
        facts.update(result.facts)
        unit_id = result.unit_id or unit_id
    return Passed(facts, unit_id)
