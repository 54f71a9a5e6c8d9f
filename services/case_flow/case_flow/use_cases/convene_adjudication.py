"""Seat the committee of a major case, and hold its meeting where the file left it split (重大税务案件审理办法)."""

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.adjudication_access import require_on_adjudication
from case_flow.domain.adjudication import (
    AdjudicationState,
    MemberSeat,
    check_committee,
    check_state,
    present,
)
from case_flow.domain.collective import check_present
from case_flow.rules import PENALTY_RULES
from case_flow.storage import adjudication as adjudications
from case_flow.storage import document as documents
from case_flow.storage import participant

HAD_PART = "SOD-4: worked on the case"


class MemberNamed(msgspec.Struct, frozen=True):
    """Who sits for a member unit."""

    unit_id: str
    person_id: str


class ConveneAdjudication(msgspec.Struct, frozen=True):
    """The committee that reads the file."""

    adjudication_id: str
    members: tuple[MemberNamed, ...]


class HoldAdjudicationMeeting(msgspec.Struct, frozen=True):
    """The members who are present."""

    adjudication_id: str
    present: tuple[str, ...]


async def convene_adjudication(uow: Uow, command: ConveneAdjudication) -> str:
    """Return the adjudication's id. Raises NotFound, Invalid, AdjudicationStateRefused, CommitteeInvalid.

    Whoever had a part in the case sits without a vote from the start; the quorum counts member units.
    """
    one = await adjudications.lock(uow.conn, command.adjudication_id)
    require_on_adjudication(uow, "convene", one)
    check_state(one.state, AdjudicationState.PROPOSED)
    org, named = await load_org(uow.conn, one.bureau_id), {m.unit_id: m.person_id for m in command.members}
    if len(named) != len(command.members):
        raise Invalid("each member unit has one seat", path=("members",))
    units = await member_units(org, uow)
    quorum = (await PENALTY_RULES.of(uow)).quorum.least(len(units))
    check_committee(named, units, {who: org.units_of(who, uow.today) for who in named.values()}, quorum)
    people = await adjudications.case_people(uow.conn, one.id)
    seats = [_seat(unit, who, people) for unit, who in named.items()]
    await participant.add(
        uow.conn, one.bureau_id, one.id, [(seat.person_id, "MEMBER") for seat in seats], uow.now
    )
    await adjudications.add_seats(uow.conn, one, seats)
    number = await documents.next_number(uow.conn, one.bureau_id, "ADJUDICATION", uow.today.year)
    convened = msgspec.structs.replace(
        one,
        state=AdjudicationState.WRITTEN,
        number=f"AJ-{uow.today.year}-{number:02d}",
        chair=org.head(uow.today),
        convened_on=uow.today,
        quorum=quorum,
    )
    await adjudications.save(uow.conn, convened)
    await uow.audit("adjudication.convened", "Adjudication", one.id, {"units": sorted(named)})
    return one.id


async def hold_adjudication_meeting(uow: Uow, command: HoldAdjudicationMeeting) -> str:
    """Return the adjudication's id. Raises NotFound, Invalid, AdjudicationStateRefused, QuorumNotMet."""
    one = await adjudications.lock(uow.conn, command.adjudication_id)
    require_on_adjudication(uow, "convene", one)
    check_state(one.state, AdjudicationState.WRITTEN)
    seats = await adjudications.seats(uow.conn, one.id)
    if not frozenset(command.present) <= {seat.person_id for seat in seats}:
        raise Invalid("only members of the committee sit at its meeting", path=("present",))
    check_present(present(seats, command.present), one.quorum or 0)
    await adjudications.mark_present(uow.conn, one.id, command.present)
    met = msgspec.structs.replace(one, state=AdjudicationState.MEETING, meeting_on=uow.today)
    await adjudications.save(uow.conn, met)
    await uow.audit("adjudication.met", "Adjudication", one.id, {"present": len(command.present)})
    return one.id


async def member_units(org: Org, uow: Uow) -> frozenset[str]:
    """The units of the bureau that do what the pack's member units do."""
    functions = (await PENALTY_RULES.of(uow)).member_functions
    return frozenset(unit for does in functions for unit in org.units_for(does, uow.today))


def _seat(unit_id: str, person_id: str, people: frozenset[str]) -> MemberSeat:
    out = person_id in people
    return MemberSeat(person_id, unit_id, recused=out, recusal_reason=HAD_PART if out else "")
