"""Supervision groups and events as the policies see them."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.supervision import SupervisedEvent, SupervisionGroup
from case_flow.storage import supervision


def group_resource(bureau_id: str, domain: str) -> Resource:
    """The group of one domain."""
    return Resource("SupervisionGroup", f"{bureau_id}.{domain}", {"bureau": bureau_id})


def event_resource(
    event: SupervisedEvent, participants: Iterable[str] = (), members: Iterable[str] = ()
) -> Resource:
    """An event, those who follow it, and the members of its group."""
    return Resource(
        "SupervisedEvent",
        event.id,
        {
            "bureau": event.bureau_id,
            "unit": event.unit_id,
            "participants": list(participants),
            "members": list(members),
        },
    )


async def require_on_event(uow: Uow, action: str, event: SupervisedEvent) -> SupervisionGroup | None:
    """The group that supervises the event today. Raises NotFound unless the actor may do this to the event."""
    group = (await supervision.groups(uow.conn, event.bureau_id, uow.today)).get(event.domain)
    members = group.person_ids if group else ()
    POLICY.require(uow.principal, action, event_resource(event, members, members))
    return group
