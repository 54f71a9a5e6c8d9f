"""How a matter moves: pure functions from one state to the next."""

from datetime import date, datetime

import msgspec

from case_flow.domain.branches import open_after
from case_flow.domain.definition import ItemDefinition, Outcome, State, Step
from case_flow.domain.errors import (
    AlreadyClaimed,
    ChoiceRequired,
    ExitConditionMissing,
    MatterIsClosed,
    MatterSuspended,
    NotHandler,
    NothingToSign,
    SignaturePending,
    StepOutOfOrder,
)
from case_flow.domain.matter import Completion, Matter, Pending, joined, marked


def require_open(matter: Matter) -> None:
    """Raise MatterIsClosed when nothing more can be done."""
    if matter.closed_at is not None:
        raise MatterIsClosed(f"{matter.case_ref} was closed on {matter.closed_on}")


def open_step(definition: ItemDefinition, matter: Matter, code: str) -> Step:
    """The step named, which must be the open one: it opened when those before it were complete (S2-029).

    Raises StepOutOfOrder, MatterIsClosed, MatterSuspended.
    """
    require_open(matter)
    if matter.suspension is not None:
        raise MatterSuspended(f"the clock stands still since {matter.suspension.started_on}: resume it first")
    step = definition.by_code.get(code)
    if step is None or matter.step != code:
        raise StepOutOfOrder(
            f"the open step is {matter.open_at}, not {code}", open_step=matter.step, step=code
        )
    return step


def require_in_hands(matter: Matter, person: str) -> None:
    """Raise NotHandler when the open step is in other hands."""
    if matter.handlers and person not in matter.handlers:
        raise NotHandler(f"the step {matter.step} is assigned to somebody else: ask the chief to reassign it")


def require_exit(step: Step, payload: dict[str, object]) -> None:
    """Raise ExitConditionMissing with every field that the step needs and the payload lacks."""
    needed = (*step.requires, *(("outcome",) if step.decides else ()))
    missing = [name for name in needed if payload.get(name) in (None, "", [])]
    if step.decides and not missing and payload["outcome"] not in list(Outcome):
        missing = ["outcome"]
    if missing:
        raise ExitConditionMissing(f"step {step.code} needs: {', '.join(missing)}", missing=missing)


def following(step: Step, to: str) -> tuple[str, ...]:
    """What comes after: one step, every branch of a split, nothing at the end. Raises ChoiceRequired, StepOutOfOrder."""
    if to and to not in step.next:
        raise StepOutOfOrder(f"{to} does not follow {step.code}", step=to)
    if to:
        return (to,)
    if len(step.next) > 1:
        raise ChoiceRequired(
            f"after {step.code} comes one of {', '.join(step.next)}: name it", choices=list(step.next)
        )
    return step.split or step.next


def complete(definition: ItemDefinition, matter: Matter, completion: Completion) -> Matter:
    """The matter after one completed step: trail, outcome, and the steps now open, the new ones in nobody's hands yet."""
    step = definition.by_code[completion.step]
    opened = open_after(definition, matter, step.code, following(step, completion.to))
    outcome = str(completion.payload["outcome"]) if step.decides else matter.outcome
    decided: dict[str, object] = {"state": State(outcome)} if step.decides and outcome else {}
    return matter.standing(
        opened,
        trail=marked(matter, completion),
        outcome=outcome,
        reason=str(completion.payload.get("reason") or "") or matter.reason,
        people=joined(matter.people, *completion.signers),
        row_version=matter.row_version + 1,
        **decided,
    )


def record(definition: ItemDefinition, matter: Matter, completion: Completion) -> Matter:
    """The matter after a step of a record, whose flow need not follow the definition."""
    step = definition.by_code[completion.step]
    after = step.next if len(step.next) == 1 else step.split
    return matter.standing(
        open_after(definition, matter, step.code, after),
        trail=marked(matter, completion),
        state=step.state,
        people=joined(matter.people, *completion.signers),
        row_version=matter.row_version + 1,
    )


def close(matter: Matter, at: datetime, on: date, late: int) -> Matter:
    """The matter at its end; the outcome stays beside the final state."""
    return matter.standing((), state=State.CLOSED, closed_at=at, closed_on=on, late_working_days=late)


def into_queue(matter: Matter, step: Step, unit_id: str, due_on: date | None) -> Matter:
    """The open step waits in a unit's queue for whoever has one of its roles."""
    return matter.change(
        unit_id=unit_id,
        units=joined(matter.units, unit_id),
        queue_unit=unit_id,
        queue_roles=step.roles,
        handlers=(),
        stage_due_on=due_on,
    )


def into_hands(matter: Matter, people: tuple[str, ...]) -> Matter:
    """The open step is in the hands of `people`."""
    return matter.change(
        handlers=people, queue_unit=None, queue_roles=(), people=joined(matter.people, *people)
    )


def claim(matter: Matter, step: Step, person: str) -> Matter:
    """`person` takes the open step; as many may claim as it needs. Raises AlreadyClaimed."""
    if person in matter.handlers:
        return matter
    if len(matter.handlers) >= step.min_actors:
        raise AlreadyClaimed("somebody else has this work: ask the chief to reassign it")
    hands = (*matter.handlers, person)
    claimed = into_hands(matter, hands)
    if len(hands) < step.min_actors:
        claimed = claimed.change(queue_unit=matter.queue_unit, queue_roles=matter.queue_roles)
    return claimed.change(row_version=matter.row_version + 1)


def ask_signatures(
    matter: Matter, completion: Completion, signers: tuple[str, ...], needed: int = 0
) -> Matter:
    """The first signature is given; the others must follow, each from their own session, until `needed` are there."""
    if matter.pending is not None:
        raise SignaturePending(
            f"{matter.pending.step} waits for signatures already: sign it, do not start it again"
        )
    pending = Pending(
        step=completion.step,
        signers=signers,
        signed=signers[:1],
        since=completion.at,
        payload=completion.payload,
        to=completion.to,
        needed=needed,
        hands=completion.hands,
        rechecks=completion.rechecks,
    )
    return matter.change(
        pending=pending, people=joined(matter.people, *signers), row_version=matter.row_version + 1
    )


def sign(matter: Matter, step: str, person: str) -> Pending:
    """One more signature. Raises NothingToSign when none is asked of `person` on this step."""
    pending = matter.pending
    if pending is None or pending.step != step or person not in pending.signers or person in pending.signed:
        raise NothingToSign(f"no signature of yours is asked for on {step}", step=step)
    return msgspec.structs.replace(pending, signed=(*pending.signed, person))
