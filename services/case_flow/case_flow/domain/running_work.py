"""How open work changes hands or goes back: pure functions from one state of a matter to the next."""

from case_flow.domain.definition import ItemDefinition
from case_flow.domain.errors import NotHandler, ReturnRefused, SignaturePending, SlipRefused
from case_flow.domain.matter import Matter
from case_flow.domain.blocks import reachable
from case_flow.domain.transitions import into_hands


def send_back(definition: ItemDefinition, matter: Matter, to: str, reason: str) -> Matter:
    """The matter at an earlier step that was done, in nobody's hands yet; the trail and the limit stay (退回).

    Raises ReturnRefused for a step not done before, one that does not lead here, or no reason; SlipRefused while
    the paper is on its way.
    """
    if not reason.strip():
        raise ReturnRefused("say why the matter goes back", missing=["reason"])
    forward = {step.code: frozenset(step.next) for step in definition.steps}
    earlier = [
        code for code in matter.trail if code != matter.step and matter.step in reachable(forward, [code])
    ]
    if to not in earlier:
        known = ", ".join(earlier) or "none"
        raise ReturnRefused(f"{to} is no step to go back to; these are: {known}", steps=earlier)
    if matter.slip_id is not None:
        raise SlipRefused("the paper is on its way: acknowledge its slip first", slip=matter.slip_id)
    return matter.change(
        step=to,
        state=definition.by_code[to].state,
        handlers=(),
        queue_unit=None,
        queue_roles=(),
        pending=None,
        stage_due_on=None,
        row_version=matter.row_version + 1,
    )


def hand_over(matter: Matter, giver: str, taker: str) -> Matter:
    """`taker` has the open step in place of `giver` (转办).

    Raises NotHandler unless the giver has it and the taker does not, SignaturePending while signatures are collected.
    """
    if giver not in matter.handlers:
        raise NotHandler("only whoever has the open step hands it over; the chief reassigns it")
    if taker in matter.handlers:
        raise NotHandler(f"{taker} has the step already: choose another", person=taker)
    if matter.pending is not None:
        raise SignaturePending("signatures are being collected: the people cannot change now")
    hands = tuple(taker if one == giver else one for one in matter.handlers)
    claimed = into_hands(matter, hands)
    return claimed.change(
        queue_unit=matter.queue_unit, queue_roles=matter.queue_roles, row_version=matter.row_version + 1
    )
