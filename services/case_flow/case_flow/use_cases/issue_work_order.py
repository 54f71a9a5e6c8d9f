"""Issue a work order, a finding, or a checklist plan of orders: each line to its unit, by its day (S1-122 to S1-127)."""

from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.deadline import DeadlineRule, add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.work_order import WorkOrder, WorkOrderKind
from case_flow.rules import WORK_ORDER_RULES
from case_flow.storage import form as forms
from case_flow.storage import participant
from case_flow.storage import work_order as orders
from case_flow.work_order_access import require_on_order

UNACCEPTED, UNANSWERED = "work_order_unaccepted", "work_order_unanswered"


class IssueWorkOrder(msgspec.Struct, frozen=True):
    """What a unit is asked to do. `form` is fed back filled in; `object` is what or whom the line is about."""

    to_unit: str
    title: str
    demand: str
    due_on: date
    form: str | None = None
    object: str | None = None
    from_unit: str | None = None


class IssueFinding(msgspec.Struct, frozen=True):
    """What was found in a unit, by which kind of inspection; with its document, if it came from above."""

    to_unit: str
    title: str
    text: str
    source: str
    document: str | None = None
    form: str | None = None


class IssueWorkPlan(msgspec.Struct, frozen=True):
    """A checklist of orders under one title."""

    title: str
    lines: tuple[IssueWorkOrder, ...]


async def issue_work_order(uow: Uow, command: IssueWorkOrder) -> str:
    """Return the order's id. Raises NotFound, Invalid."""
    return await _issue(uow, await load_org(uow.conn, _bureau(uow)), command, None)


async def issue_work_plan(uow: Uow, command: IssueWorkPlan) -> str:
    """Return the plan's id; all of its orders are issued, or none. Raises NotFound, Invalid."""
    if not command.title.strip() or not command.lines:
        raise Invalid("a plan has a title and a line at least", path=("lines",))
    org, unit = await load_org(uow.conn, _bureau(uow)), min(uow.principal.unit_ids, default="")
    plan = orders.Plan(new_id("wp"), org.bureau.id, command.title, unit, uow.principal.actor, uow.now)
    await orders.add_plan(uow.conn, plan)
    for line in command.lines:
        await _issue(uow, org, line, plan.id)
    await uow.audit("work_plan.issued", "WorkPlan", plan.id, {"lines": len(command.lines)})
    return plan.id


async def issue_finding(uow: Uow, command: IssueFinding) -> str:
    """Return the finding's id; the unit answers within its limit. Raises NotFound, Invalid."""
    org, pack = await load_org(uow.conn, _bureau(uow)), (await WORK_ORDER_RULES.of(uow))
    if command.source not in pack.sources:
        raise Invalid(f"the source is one of {', '.join(pack.sources)}", path=("source",))
    order = await _order(
        uow, org, command.to_unit, (command.title, command.text), _after(uow, org, pack.answer)
    )
    finding = msgspec.structs.replace(
        order,
        kind=WorkOrderKind.FINDING,
        source=command.source,
        document=command.document,
        form=command.form,
    )
    return await _keep(uow, org, finding)


async def _issue(uow: Uow, org: Org, command: IssueWorkOrder, plan_id: str | None) -> str:
    if command.due_on < uow.today:
        raise Invalid("it is due today or later", path=("dueOn",))
    if command.from_unit is not None and org.unit(command.from_unit) is None:
        raise Invalid("there is no such unit in the bureau", path=("fromUnit",))
    order = await _order(uow, org, command.to_unit, (command.title, command.demand), command.due_on)
    return await _keep(
        uow,
        org,
        msgspec.structs.replace(
            order,
            form=command.form,
            object=command.object,
            plan_id=plan_id,
            from_unit=command.from_unit or order.from_unit,
        ),
    )


async def _order(uow: Uow, org: Org, to_unit: str, said: tuple[str, str], due_on: date) -> WorkOrder:
    if org.unit(to_unit) is None:
        raise Invalid("there is no such unit in the bureau", path=("toUnit",))
    if not all(one.strip() for one in said):
        raise Invalid("say what it is about and what is to be done", path=("demand",))
    return WorkOrder(
        id=new_id("wo"),
        bureau_id=org.bureau.id,
        kind=WorkOrderKind.TASK,
        title=said[0],
        demand=said[1],
        from_unit=min(uow.principal.unit_ids, default=""),
        to_unit=to_unit,
        issued_by=uow.principal.actor,
        issued_at=uow.now,
        accept_by=_after(uow, org, (await WORK_ORDER_RULES.of(uow)).accept),
        due_on=due_on,
    )


async def _keep(uow: Uow, org: Org, order: WorkOrder) -> str:
    require_on_order(uow, "issue", order)
    return await keep_order(uow, org, order)


async def keep_order(uow: Uow, org: Org, order: WorkOrder) -> str:
    """Store an order that its issuer may issue, show it to those who follow it, watch its days."""
    if order.form is not None:
        await forms.current(uow.conn, order.bureau_id, order.form, uow.today)
    await participant.add(uow.conn, order.bureau_id, order.id, _followers(uow, org, order), uow.now)
    await orders.add(uow.conn, order)
    await orders.add_act(uow.conn, order, orders.Act(uow.now, order.issued_by, "ISSUED", ""))
    await uow.schedule(UNACCEPTED, order.id, end_of_day(order.accept_by))
    await uow.schedule(UNANSWERED, order.id, end_of_day(order.due_on))
    await uow.audit("work_order.issued", "WorkOrder", order.id, {"kind": order.kind, "unit": order.to_unit})
    return order.id


def _followers(uow: Uow, org: Org, order: WorkOrder) -> list[tuple[str, str]]:
    """The issuer, both chiefs, the leader in charge, the head; of a finding every inspector-auditor (R9)."""
    people = (
        *(org.chief_of(unit, uow.today) for unit in (order.from_unit, order.to_unit) if org.unit(unit)),
        org.deputy_in_charge(order.to_unit, uow.today),
        org.head(uow.today),
    )
    finding = order.kind is WorkOrderKind.FINDING
    auditors = org.persons_with_role(Role.INTERNAL_AUDITOR, uow.today) if finding else ()
    return [
        (order.issued_by, "ISSUER"),
        *((one, "LEADER") for one in people if one),
        *((one, "AUDITOR") for one in auditors),
    ]


def _after(uow: Uow, org: Org, rule: DeadlineRule) -> date:
    return add_days(org.calendar, rule.unit, uow.today, rule.length).on


def _bureau(uow: Uow) -> str:
    return uow.principal.bureau_id or ""
