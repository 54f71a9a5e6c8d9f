"""Urge a matter (催办): whoever has it is told; who handles it never changes by that."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import transitions
from case_flow.domain.errors import MatterSuspended, NotHandler
from case_flow.domain.matter import Matter, joined
from case_flow.domain.withdrawal import UrgedAlready, may_urge
from case_flow.storage import urge as urges
from case_flow.storage.urge import Urge
from case_flow.use_cases.acting import load, org_of
from case_flow.use_cases.request_recusal import APPLICANT


class UrgeMatter(msgspec.Struct, frozen=True):
    """The matter, and what is said with it."""

    matter_id: str
    note: str = ""


class Urged(msgspec.Struct, frozen=True):
    """Who is told: people, or the unit in whose queue it is."""

    matter_id: str
    told: tuple[str, ...]


async def urge_matter(uow: Uow, command: UrgeMatter) -> Urged:
    """Once a working day each; the applicant with the receipt, or those who oversee it.

    Raises NotHandler, MatterIsClosed, MatterSuspended, UrgedAlready.
    """
    matter, _definition = await load(uow, command.matter_id)
    if uow.principal.kind != "system" and not may_urge(uow.principal, matter):
        raise NotHandler("the tracker, the chief, the leader in charge or the applicant urges a matter")
    transitions.require_open(matter)
    if matter.suspension is not None:
        raise MatterSuspended(f"the clock stands still since {matter.suspension.started_on}")
    calendar = (await org_of(uow, matter)).calendar
    one = Urge(
        matter_id=matter.id,
        bureau_id=matter.bureau_id,
        urged_by=uow.principal.person_id or APPLICANT,
        on_day=calendar.next_working_day(uow.today),
        at=uow.now,
        steps=tuple(step.step for step in matter.open_steps),
        told=_told(matter),
        note=command.note,
    )
    if not await urges.add(uow.conn, one):
        raise UrgedAlready(f"it was urged for {one.on_day}: once each working day", on=one.on_day.isoformat())
    detail = {"by": one.urged_by, "steps": list(one.steps), "told": list(one.told)}
    await uow.audit("urgeMatter", "Matter", matter.id, detail)
    return Urged(matter.id, one.told)


def _told(matter: Matter) -> tuple[str, ...]:
    """Whoever has or must sign each open step; the unit's queue where nobody has it."""
    return joined(
        (), *(who for one in matter.open_steps for who in one.hands or (one.queue_unit or one.unit_id,))
    )
