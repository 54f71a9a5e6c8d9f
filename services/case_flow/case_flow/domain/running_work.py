"""How open work changes hands or goes back: pure functions from one state of a matter to the next."""

from case_flow.domain.blocks import reachable
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.errors import NotHandler, ReturnRefused, SignaturePending, SlipRefused
from case_flow.domain.matter import Matter, OpenStep
from case_flow.domain.transitions import into_hands


def send_back(definition: ItemDefinition, matter: Matter, to: str, reason: str) -> Matter:
    """The matter at an earlier step that was done, in nobody's hands yet; the trail and the limit stay (退回).

    Branches beside it go on. Raises ReturnRefused for a step not done before, one that does not lead here, one before
    the split while other branches are open, or no reason; SlipRefused while the paper is on its way.
    """
    if not reason.strip():
        raise ReturnRefused("say why the matter goes back", missing=["reason"])
    earlier = [code for code in matter.trail if code != matter.step and _leads_here(definition, matter, code)]
    if to not in earlier:
        known = ", ".join(earlier) or "none"
        raise ReturnRefused(f"{to} is no step to go back to; these are: {known}", steps=earlier)
    if matter.slip_id is not None:
        raise SlipRefused("the paper is on its way: acknowledge its slip first", slip=matter.slip_id)
    back = OpenStep(step=to, state=definition.by_code[to].state, unit_id=matter.unit_id)
    return matter.standing((back, *matter.others)).change(row_version=matter.row_version + 1)


def _leads_here(definition: ItemDefinition, matter: Matter, code: str) -> bool:
    """Whether the step in focus comes after `code`, with every other open step in a branch beside `code` too."""
    here = matter.step or ""
    joins = [block.join for block in definition.blocks if here in block.steps]
    return here in reachable(definition.forward, [code], without=joins) and all(
        definition.parallel(code, one.step) for one in matter.others
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
