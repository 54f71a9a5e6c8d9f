"""What may be followed as it happens: matters and alerts (S2-036), each read as its reader is at delivery, with a cursor."""

from collections.abc import AsyncGenerator, Sequence

import strawberry
from google.protobuf.message import Message
from plumbline_contracts.case_flow.v1 import AlertRaised, DeadlineMissed, MatterAccepted, MatterStepped
from plumbline_shared.graphql import Info, heard
from plumbline_shared.policy import absent

from case_flow.api import control_loaders, matter_loaders
from case_flow.api.alert_operations import AlertFilter
from case_flow.api.alerts import Alert
from case_flow.api.matters import Matter

MATTER_EVENTS: Sequence[type[Message]] = (MatterAccepted, MatterStepped, DeadlineMissed)
CURSOR = "Where this stands: come back with it as `after`, and nothing is missed or told twice."
FIRST = "Null in the first message, which says from which cursor on you are told."


@strawberry.type(description="An alert as it is raised.")
class AlertDelivery:
    cursor: str = strawberry.field(description=CURSOR)
    alert: Alert | None = strawberry.field(description=FIRST)


@strawberry.type(description="A matter as it is after something happened to it.")
class MatterDelivery:
    cursor: str = strawberry.field(description=CURSOR)
    matter: Matter | None = strawberry.field(description=FIRST)


@strawberry.type
class LiveSubscription:
    @strawberry.subscription(description="Alerts as they are raised; each is checked again at delivery.")
    async def alert_raised(
        self, info: Info, filter: AlertFilter | None = None, after: str | None = None
    ) -> AsyncGenerator[AlertDelivery]:
        wanted = filter or AlertFilter()
        async for one in heard(info.context, [AlertRaised], after, lambda _event: True):
            if one.event is None:
                yield AlertDelivery(cursor=one.cursor, alert=None)
                continue
            row = await control_loaders.alert(info.context, _text(one.event, "alert_id"))
            if row is not None and wanted.matches(row):
                yield AlertDelivery(cursor=one.cursor, alert=Alert.of(row))

    @strawberry.subscription(
        description="Your matters as they change, or one of them; that one ends when you may see it no longer."
    )
    async def matter_changed(
        self, info: Info, matter_id: strawberry.ID | None = None, after: str | None = None
    ) -> AsyncGenerator[MatterDelivery]:
        def wanted(event: Message) -> bool:
            return matter_id in (None, _text(event, "matter_id"))

        async for one in heard(info.context, MATTER_EVENTS, after, wanted):
            about = _text(one.event, "matter_id") if one.event else matter_id
            row = await matter_loaders.matter(info.context, about) if about else None
            if row is None and matter_id is not None:
                if one.event is None:
                    raise absent("matter")
                return
            if one.event is None:
                yield MatterDelivery(cursor=one.cursor, matter=None)
            elif row is not None:
                yield MatterDelivery(cursor=one.cursor, matter=Matter.of(row))


def _text(event: Message, field: str) -> str:
    return getattr(event, field)
