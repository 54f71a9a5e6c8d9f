"""What the controls of a step say about an act: pass, warn, hold, or block (S2-034, S2-035)."""

from collections.abc import Iterable
from dataclasses import dataclass

from case_flow.domain.cel import CelError, Facts, holds
from case_flow.domain.definition import Action, Control
from case_flow.domain.errors import ControlBlocked, ControlUnavailable


@dataclass(frozen=True)
class Verdict:
    """The warnings to show and the first control that holds the step, if any."""

    warnings: tuple[Control, ...]
    hold: Control | None


def judge(controls: Iterable[Control], facts: Facts) -> Verdict:
    """Evaluate every control over `facts`.

    Raises ControlBlocked for a hard block, and ControlUnavailable when a control cannot be evaluated: a control
    that cannot speak does not let anything pass.
    """
    hit = [control for control in controls if _holds(control, facts)]
    for control in hit:
        if control.action is Action.BLOCK:
            raise ControlBlocked(
                control.message.en,
                control=control.id,
                message_zh=control.message.zh,
                citation=str(control.citation),
            )
    return Verdict(
        tuple(control for control in hit if control.action is Action.WARN),
        next((control for control in hit if control.action is Action.HOLD), None),
    )


def _holds(control: Control, facts: Facts) -> bool:
    try:
        return holds(control.when, facts)
    except CelError as error:
        raise ControlUnavailable(
            f"the control {control.id} needs facts that are missing: {error}", control=control.id
        ) from None
