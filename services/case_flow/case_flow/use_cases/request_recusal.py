"""A party asks that an officer keeps off (申请回避); the head decides, about the head the discipline lead."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain import transitions
from case_flow.domain.errors import NotEligible
from case_flow.domain.recusal import (
    Interest,
    InterestRefused,
    RecusalRequest,
    Relation,
    require_said,
    require_undecided,
)
from case_flow.interest_access import POLICY, request_resource
from case_flow.storage import interest as interests
from case_flow.storage import matter as matters
from case_flow.use_cases.acting import require_part
from case_flow.use_cases.step_out import schedule_step_out

APPLICANT = "applicant"


class RequestRecusal(msgspec.Struct, frozen=True):
    """The officer as the party knows them, and the grounds."""

    matter_id: str
    officer: str
    grounds: str


class DecideRecusal(msgspec.Struct, frozen=True):
    """Upheld: these people keep off the matter."""

    request_id: str
    upheld: bool
    people: tuple[str, ...]
    reason: str


class RecusalAsked(msgspec.Struct, frozen=True):
    """The request."""

    request_id: str


async def request_recusal(uow: Uow, command: RequestRecusal) -> RecusalAsked:
    """Keep what the party asks; the applicant themselves asks with the receipt, or whoever works on it writes it down.

    Raises NotHandler for an officer without a part in it, MatterIsClosed, Invalid, InterestRefused while it waits.
    """
    matter = await matters.get(uow.conn, command.matter_id)
    if uow.principal.kind != "system":
        require_part(uow, matter)
    transitions.require_open(matter)
    require_said(officer=command.officer, grounds=command.grounds)
    one = RecusalRequest(
        id=new_id("rr"),
        matter_id=matter.id,
        bureau_id=matter.bureau_id,
        officer=command.officer.strip(),
        grounds=command.grounds,
        asked_by=uow.principal.person_id or APPLICANT,
        asked_at=uow.now,
    )
    if not await interests.ask(uow.conn, one):
        raise InterestRefused("this was asked already and waits for its decision")
    await uow.audit("recusal.asked", "Matter", matter.id, {"request": one.id, "by": one.asked_by})
    return RecusalAsked(one.id)


async def decide_recusal(uow: Uow, command: DecideRecusal) -> RecusalAsked:
    """The head decides; where the head is meant, the discipline lead. Upheld, these people step out at once.

    Raises NotFound, NotEligible for the wrong one of the two, Invalid, InterestRefused when it was decided.
    """
    request = await interests.request(uow.conn, command.request_id)
    POLICY.require(uow.principal, "decide", request_resource(request))
    require_undecided(request)
    org = await load_org(uow.conn, request.bureau_id)
    people = tuple(dict.fromkeys(command.people))
    decider = org.discipline_lead(uow.today) if org.head(uow.today) in people else org.head(uow.today)
    if uow.principal.person_id != decider:
        raise NotEligible(
            "the head decides, and about the head the discipline lead: it is not yours to decide"
        )
    require_said(reason=command.reason)
    if command.upheld != bool(people) or any(org.person(one) is None for one in people):
        raise Invalid("name the officers who keep off, or nobody to reject it", path=("people",))
    decided = msgspec.structs.replace(
        request,
        decided_by=uow.principal.actor,
        decided_at=uow.now,
        upheld=command.upheld,
        people=people,
        reason=command.reason,
    )
    await interests.decide(uow.conn, decided)
    for one in people:
        await _keep_off(uow, decided, one)
    detail = {"request": request.id, "upheld": command.upheld, "people": list(people)}
    await uow.audit("recusal.decided", "Matter", request.matter_id, detail)
    return RecusalAsked(request.id)


async def _keep_off(uow: Uow, request: RecusalRequest, person: str) -> None:
    one = Interest(
        id=new_id("it"),
        bureau_id=request.bureau_id,
        person_id=person,
        relation=Relation.OTHER,
        reason=request.grounds,
        declared_by=uow.principal.actor,
        declared_at=uow.now,
        matter_id=request.matter_id,
        request_id=request.id,
    )
    if await interests.add(uow.conn, one):
        await schedule_step_out(uow, one)
