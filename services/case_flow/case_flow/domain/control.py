"""What the controls of a step say about an act: pass, warn, hold, or block (S2-034, S2-035)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec
from plumbline_shared.conditions import Condition, ConditionError, FactType

from case_flow.domain.definition import Action, Control
from case_flow.domain.errors import ControlBlocked, ControlUnavailable

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Verdict:
    """The warnings to show and the first control that holds the step, if any."""

    warnings: tuple[Control, ...]
    hold: Control | None


@cache
def condition(when: str) -> Condition:
    """A control's condition sees one variable, `facts` (text keys). Raises ConditionError."""
    return Condition(when, {"facts": FactType.OPEN})


def judge(controls: Iterable[Control], facts: Facts) -> Verdict:
    """Evaluate every control over `facts`.

    Raises ControlBlocked for a hard block, and ControlUnavailable when a control cannot be evaluated: a control
    that cannot speak does not let anything pass.
    """
    wanted = list(controls)
    plain: Facts = msgspec.to_builtins(dict(facts)) if wanted else {}
    hit = [control for control in wanted if _holds(control, plain)]
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
        return condition(control.when).holds({"facts": dict(facts)})
    except ConditionError as error:
        raise ControlUnavailable(
            f"the control {control.id} needs facts that are missing: {error}", control=control.id
        ) from None
