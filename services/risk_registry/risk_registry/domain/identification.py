"""An officer looks at an own post in three steps: duties, the powers in them, the risks in those (S1-047)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plumbline_shared.errors import Conflict, Invalid

MOST_LINES = 50


class Step(StrEnum):
    """对照岗位职责 DUTIES, 梳理岗位职权 POWERS, 找准责任风险 RISKS."""

    DUTIES = "DUTIES"
    POWERS = "POWERS"
    RISKS = "RISKS"

    @property
    def before(self) -> "Step | None":
        """The step that this one rests on."""
        return {Step.POWERS: Step.DUTIES, Step.RISKS: Step.POWERS}.get(self)


@dataclass(frozen=True)
class Line:
    """One duty, power or risk. `of` is the code of the duty that gives the power, or of the power that bears the risk.

    `process`, `place` (its step) and `cause` are of a risk alone.
    """

    code: str
    title: str
    of: str = ""
    process: str = ""
    place: str = ""
    cause: str = ""


@dataclass(frozen=True)
class Saved:
    """A step as an officer saved it; the last of its kind counts."""

    step: Step
    lines: tuple[Line, ...]
    saved_at: datetime


Steps = Mapping[Step, Saved]


class StepMissing(Conflict):
    """The steps rest on one another: duties, then powers, then risks."""

    code = "IDENTIFICATION_ORDER"


def check_lines(step: Step, lines: Sequence[Line], saved: Steps) -> None:
    """Raises StepMissing before its time, Invalid for a line that does not fit, or does not rest on the step before."""
    if not 0 < len(lines) <= MOST_LINES:
        raise Invalid(f"1 to {MOST_LINES} lines", path=("lines",))
    if step.before and step.before not in saved:
        raise StepMissing(f"save {step.before} first")
    known = {line.code for line in saved[step.before].lines} if step.before else {""}
    codes: set[str] = set()
    for index, line in enumerate(lines):
        wanted = ("code", "title", "process", "place", "cause") if step is Step.RISKS else ("code", "title")
        for field in wanted:
            if not getattr(line, field).strip():
                raise Invalid("fill this in", path=("lines", index, field))
        if line.code in codes:
            raise Invalid(f"{line.code} is there twice", path=("lines", index, "code"))
        if line.of not in known:
            message = f"name a line of {step.before}" if step.before else "a duty rests on nothing"
            raise Invalid(message, path=("lines", index, "of"))
        codes.add(line.code)


def risks(saved: Steps) -> tuple[Line, ...]:
    """What the steps come to. Raises StepMissing for one that lacks, Invalid where a step was changed under a later one."""
    for step in Step:
        if step not in saved:
            raise StepMissing(f"save {step} first")
        check_lines(step, saved[step].lines, saved)
    return saved[Step.RISKS].lines
