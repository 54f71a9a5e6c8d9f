"""The chair states what the committee decided, with the minutes; from then on every opinion is on record by name."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.adjudication_access import require_on_adjudication
from case_flow.domain.adjudication import AdjudicationState, Round, check_state, concluded
from case_flow.storage import adjudication as adjudications


class ConcludeAdjudication(msgspec.Struct, frozen=True):
    """The minutes (审理纪要)."""

    adjudication_id: str
    minutes: str


async def conclude_adjudication(uow: Uow, command: ConcludeAdjudication) -> str:
    """Return the adjudication's id; the decision follows from the opinions.

    Raises NotFound, Invalid, AdjudicationStateRefused, QuorumNotMet, OpinionsSplit for a file that is not unanimous.
    """
    one = await adjudications.lock(uow.conn, command.adjudication_id)
    require_on_adjudication(uow, "conclude", one)
    check_state(one.state, AdjudicationState.WRITTEN, AdjudicationState.MEETING)
    if not command.minutes.strip():
        raise Invalid("write the minutes", path=("minutes",))
    tally = await adjudications.tally(uow.conn, one.id, Round(one.state))
    voters = sum(not seat.recused for seat in await adjudications.seats(uow.conn, one.id))
    passed = concluded(one.state, tally, one.quorum or 0, voters)
    decided = msgspec.structs.replace(
        one,
        state=AdjudicationState.DECIDED,
        minutes=command.minutes,
        votes_for=tally.for_,
        votes_against=tally.against,
        abstained=tally.abstained,
        carried=passed,
        decided_on=uow.today,
    )
    await adjudications.save(uow.conn, decided)
    await uow.audit("adjudication.decided", "Adjudication", one.id, {"carried": passed})
    return one.id
