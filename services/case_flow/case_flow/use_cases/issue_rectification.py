"""Issue a rectification order to a unit: its clock starts, those who follow it are named (L5)."""

import msgspec
from plumbline_org.model import Org
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_order
from case_flow.control_publications import rectification_issued
from case_flow.domain.rectification import RectificationOrder, RectificationState, overdue_from
from case_flow.rules import CONTROL_RULES
from case_flow.storage import incident as incidents
from case_flow.storage import participant
from case_flow.storage import rectification as orders
from case_flow.use_cases.follow_incident import follow_incident


class IssueRectification(msgspec.Struct, frozen=True):
    """What the unit is to put right; with the incident behind it, if there is one."""

    unit_id: str
    subject: str
    demand: str
    incident_id: str | None = None


async def issue_rectification(uow: Uow, command: IssueRectification) -> str:
    """Return the order's id. Raises NotFound, Invalid."""
    bureau = uow.principal.bureau_id or ""
    org, limit = await load_org(uow.conn, bureau), (await CONTROL_RULES.of(uow)).limits.rectify
    if org.unit(command.unit_id) is None:
        raise Invalid("there is no such unit in the bureau", path=("unitId",))
    if not (command.subject.strip() and command.demand.strip()):
        raise Invalid("say what is wrong and what is to be done", path=("demand",))
    if command.incident_id is not None:
        await incidents.get(uow.conn, command.incident_id)
    due = add_days(org.calendar, limit.unit, uow.today, limit.length)
    order = RectificationOrder(
        id=new_id("ro"),
        bureau_id=bureau,
        incident_id=command.incident_id,
        unit_id=command.unit_id,
        subject=command.subject,
        demand=command.demand,
        state=RectificationState.ISSUED,
        issued_by=uow.principal.actor,
        issued_on=uow.today,
        due_on=due.on,
        provisional=due.provisional,
    )
    require_on_order(uow, "issue", order)
    await participant.add(uow.conn, bureau, order.id, _followers(uow, org, order), uow.now)
    await orders.add(uow.conn, order)
    await orders.add_act(uow.conn, order, uow.now, uow.principal.actor, "ISSUED")
    block = (await CONTROL_RULES.of(uow)).limits.rectify_block
    fire_at = overdue_from(order.due_on, block, 0, org.calendar)
    await uow.schedule("rectification_overdue", order.id, fire_at, {"blocks": 0})
    await uow.emit(order.id, rectification_issued(order))
    await follow_incident(uow, order.incident_id)
    await uow.audit("rectification.issued", "RectificationOrder", order.id, {"unit": order.unit_id})
    return order.id


def _followers(uow: Uow, org: Org, order: RectificationOrder) -> list[tuple[str, str]]:
    """The issuer, the leaders above the unit, and those who may accept the work: legal, discipline, audit (§5.3)."""
    leaders = (
        org.head(uow.today),
        org.discipline_lead(uow.today),
        org.deputy_in_charge(order.unit_id, uow.today),
    )
    acceptors = (
        *org.persons_with_role(Role.LEGAL_OFFICER, uow.today),
        *org.persons_with_role(Role.INTERNAL_AUDITOR, uow.today),
    )
    return [
        (uow.principal.actor, "ISSUER"),
        *((person, "LEADER") for person in leaders if person is not None),
        *((person, "ACCEPTOR") for person in acceptors),
    ]
