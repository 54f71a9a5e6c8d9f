"""What case flow refuses, each with its stable code. The message says what to do."""

from dataclasses import dataclass

from plumbline_shared.errors import Conflict, Refused


@dataclass(frozen=True)
class Problem:
    """One fault of a definition: its line (1-based) or the element of the drawing, a stable code, what to change."""

    line: int
    code: str
    message: str
    element: str = ""

    @property
    def place(self) -> str:
        """Where it is."""
        return f"element {self.element}" if self.element else f"line {self.line}"


class InvalidDefinition(Refused):
    """The definition cannot be published; `problems` lists every fault with its line."""

    code = "INVALID_DEFINITION"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        listed = "; ".join(f"{one.place}: {one.message}" for one in problems)
        super().__init__(f"the definition has {len(problems)} fault(s): {listed}", problems=_listed(problems))
        self.problems = problems


class VersionImmutable(Refused):
    """That version is published with other content: raise the version number."""

    code = "VERSION_IMMUTABLE"


class VersionNotInForce(Refused):
    """The version takes effect on a later day."""

    code = "VERSION_NOT_IN_FORCE"


class StepOutOfOrder(Refused):
    """The step is not the one that is open."""

    code = "STEP_OUT_OF_ORDER"


class ChoiceRequired(Refused):
    """More than one step may follow: name it in `to`."""

    code = "CHOICE_REQUIRED"


class SeparationOfDuties(Refused):
    """The person took part in an incompatible step of the same matter (SoD-1)."""

    code = "SOD_SAME_PERSON"


class CoSignerIsSigner(Refused):
    """The second signature must be another person's (SoD-2)."""

    code = "CO_SIGNER_IS_SIGNER"


class CoSignerMissing(Refused):
    """The step needs more people than were named."""

    code = "CO_SIGNER_MISSING"


class NotHandler(Refused):
    """The step is in other hands."""

    code = "NOT_HANDLER"


class NotEligible(Refused):
    """The person does not hold the role that the step asks for, or may not serve today."""

    code = "NOT_ELIGIBLE"


class AlreadyClaimed(Refused):
    """Somebody else has the work already."""

    code = "ALREADY_CLAIMED"


class SignaturePending(Refused):
    """The step waits for signatures."""

    code = "SIGNATURE_PENDING"


class NothingToSign(Refused):
    """No signature is asked of this person."""

    code = "NOTHING_TO_SIGN"


class ExitConditionMissing(Refused):
    """The step cannot be completed without what `missing` lists."""

    code = "EXIT_CONDITION_MISSING"


class MatterIsClosed(Refused):
    """Nothing can be done on a closed matter."""

    code = "MATTER_CLOSED"


class MatterSuspended(Refused):
    """The clock stands still: resume it first."""

    code = "MATTER_SUSPENDED"


class PauseRefused(Refused):
    """The clock cannot be paused or resumed like this."""

    code = "PAUSE_REFUSED"


class ReturnRefused(Refused):
    """The matter cannot go back to that step."""

    code = "RETURN_REFUSED"


class ExtensionRefused(Refused):
    """The extension is over the cap, late, repeated, without reasons, or not by the approver."""

    code = "EXTENSION_REFUSED"


class SlipRefused(Refused):
    """The slip cannot be sent or acknowledged like this."""

    code = "SLIP_REFUSED"


class ControlUnavailable(Refused):
    """A control could not be evaluated, so the step does not pass."""

    code = "CONTROL_FAILED_CLOSED"


class ControlBlocked(Refused):
    """A control forbids the step."""

    code = "CONTROL_BLOCKED"


class PrecedenceBroken(Refused):
    """A step came without the one that must precede it."""

    code = "PRECEDENCE"


class ForbiddenAfter(Refused):
    """A step came after one that closes the way to it."""

    code = "FORBIDDEN_AFTER"


class TimeLimitExceeded(Refused):
    """A step came later than its limit allows."""

    code = "TIME_LIMIT"


class RequiredMissing(Refused):
    """The matter ended without a step that it needs."""

    code = "REQUIRED"


class DirectIntakeRefused(Refused):
    """An application comes in through the service hall, or with a reason where the item allows it (S1-094)."""

    code = "DIRECT_INTAKE"


class ChangedMeanwhile(Conflict):
    """Another act on the matter came first; read it again and repeat."""

    code = "CHANGED_MEANWHILE"


class LogRefused(Refused):
    """The event log cannot be replayed; nothing was imported."""

    code = "LOG_REFUSED"


def _listed(problems: tuple[Problem, ...]) -> list[dict[str, object]]:
    return [
        {"line": one.line, "element": one.element, "code": one.code, "message": one.message}
        for one in problems
    ]
