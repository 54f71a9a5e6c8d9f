"""Work orders as the policies see them."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.work_order import WorkOrder, WorkOrderKind


def work_order_resource(order: WorkOrder, participants: Iterable[str]) -> Resource:
    """An order: from and to which unit, who issued it and who follows it."""
    return Resource(
        "WorkOrder",
        order.id,
        {
            "bureau": order.bureau_id,
            "finding": order.kind is WorkOrderKind.FINDING,
            "from": order.from_unit,
            "to": order.to_unit,
            "issuer": order.issued_by,
            "participants": list(participants),
        },
    )


def require_on_order(uow: Uow, action: str, order: WorkOrder, participants: Iterable[str] = ()) -> None:
    """Raise NotFound unless the actor may do this to the order."""
    POLICY.require(uow.principal, action, work_order_resource(order, participants))
