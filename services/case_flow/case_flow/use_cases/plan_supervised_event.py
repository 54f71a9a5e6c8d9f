"""Plan an event that its standing group supervises (S1-062, S1-063)."""

from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.supervision import SupervisedEvent, SupervisionGroup
from case_flow.rules import SUPERVISION_RULES
from case_flow.storage import participant, supervision
from case_flow.supervision_access import require_on_event
from case_flow.use_cases.supervision_acts import remember, set_limits


class PlanSupervisedEvent(msgspec.Struct, frozen=True):
    """What a unit is going to hold, and on which day."""

    domain: str
    title: str
    unit_id: str
    planned_on: date


async def plan_supervised_event(uow: Uow, command: PlanSupervisedEvent) -> str:
    """Return the event's id. Raises NotFound, Invalid."""
    bureau, pack = uow.principal.bureau_id or "", (await SUPERVISION_RULES.of(uow))
    org = await load_org(uow.conn, bureau)
    if command.domain not in pack.domains:
        raise Invalid(f"the domain is one of {', '.join(pack.domains)}", path=("domain",))
    if org.unit(command.unit_id) is None:
        raise Invalid("there is no such unit in the bureau", path=("unitId",))
    if not command.title.strip():
        raise Invalid("say what will be held", path=("title",))
    event = SupervisedEvent(
        id=new_id("se"),
        bureau_id=bureau,
        domain=command.domain,
        title=command.title,
        unit_id=command.unit_id,
        planned_on=command.planned_on,
        planned_by=uow.principal.actor,
        planned_at=uow.now,
        pack=f"{pack.id}/{pack.version}",
    )
    group = await require_on_event(uow, "plan", event)
    if group is None:
        raise Invalid("form the group of this domain first", path=("domain",))
    if command.planned_on < uow.today:
        raise Invalid("plan an event of today or later", path=("plannedOn",))
    await participant.add(uow.conn, bureau, event.id, _followers(uow, org, event, group), uow.now)
    await supervision.add(uow.conn, event)
    await remember(uow, event, "PLANNED")
    await set_limits(uow, org, event)
    return event.id


def _followers(uow: Uow, org: Org, event: SupervisedEvent, group: SupervisionGroup) -> list[tuple[str, str]]:
    """The planner, the group, the unit's chief and the leader in charge; others see events by their role."""
    chief = org.chief_of(event.unit_id, uow.today)
    leader = org.deputy_in_charge(event.unit_id, uow.today)
    return [
        (uow.principal.actor, "PLANNER"),
        *((person, "GROUP") for person in group.person_ids),
        *((person, basis) for person, basis in ((chief, "CHIEF"), (leader, "LEADER")) if person),
    ]
