"""Declare an interest in a party or a matter (回避): from now on the officer does nothing on it (I-016)."""

import msgspec
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.recusal import (
    Interest,
    InterestRefused,
    Relation,
    party_key,
    require_one_object,
    require_said,
)
from case_flow.interest_access import POLICY, interest_resource
from case_flow.storage import interest as interests
from case_flow.storage import matter as matters
from case_flow.use_cases.acting import person
from case_flow.use_cases.step_out import schedule_step_out


class DeclareInterest(msgspec.Struct, frozen=True):
    """In a party, by registration number or name, or in one matter; the reason is for those with clearance."""

    relation: Relation
    reason: str
    party: str = ""
    matter_id: str = ""


class EndInterest(msgspec.Struct, frozen=True):
    """An interest that is over, and why."""

    interest_id: str
    reason: str


class InterestKept(msgspec.Struct, frozen=True):
    """The interest as it is now."""

    interest_id: str


async def declare_interest(uow: Uow, command: DeclareInterest) -> InterestKept:
    """The caller keeps off: at claim and at completion they are refused, and their open work goes to others by rule.

    Raises Invalid, NotFound for a matter that is not theirs to see, InterestRefused when it is known.
    """
    who = person(uow)
    require_one_object(command.party, command.matter_id)
    require_said(reason=command.reason)
    if command.matter_id:
        await matters.get(uow.conn, command.matter_id)
    one = Interest(
        id=new_id("it"),
        bureau_id=uow.principal.bureau_id or "",
        person_id=who,
        relation=command.relation,
        reason=command.reason,
        declared_by=who,
        declared_at=uow.now,
        party=party_key(command.party) or None,
        matter_id=command.matter_id or None,
    )
    if not await interests.add(uow.conn, one):
        raise InterestRefused("this interest is known already: nothing more to declare")
    await uow.audit("interest.declared", "Interest", one.id, {})
    await schedule_step_out(uow, one)
    return InterestKept(one.id)


async def end_interest(uow: Uow, command: EndInterest) -> InterestKept:
    """The head or the discipline lead ends it, never whose it is. Raises NotFound, Invalid, InterestRefused."""
    one = await interests.get(uow.conn, command.interest_id)
    POLICY.require(uow.principal, "end", interest_resource(one))
    require_said(reason=command.reason)
    await interests.end(uow.conn, one.id, uow.now, uow.principal.actor, command.reason)
    await uow.audit("interest.ended", "Interest", one.id, {})
    return InterestKept(one.id)
