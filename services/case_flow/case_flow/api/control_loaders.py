"""Alerts, holds, incidents, inquiries and orders as their reader: row-level security and Cedar both say yes."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from plumbline_shared.database import Connection
from plumbline_shared.graphql import Context
from plumbline_shared.policy import Resource

from case_flow.access import (
    POLICY,
    alert_resource,
    hold_resource,
    incident_resource,
    inquiry_resource,
    order_resource,
)
from case_flow.domain.alert import Alert
from case_flow.domain.hold import Hold
from case_flow.domain.incident import Incident
from case_flow.domain.inquiry import Inquiry
from case_flow.domain.recipients import Viewer
from case_flow.domain.rectification import RectificationOrder
from case_flow.storage import alert as alerts
from case_flow.storage import hold as holds
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.storage import participant
from case_flow.storage import rectification as orders

Row = TypeVar("Row")


async def alert(context: Context, alert_id: str) -> Alert | None:
    """The alert; None when it does not exist or is not the reader's to see."""
    return await context.loader(load_alerts).load(alert_id)


async def viewers(context: Context, alert_id: str) -> list[Viewer]:
    """Who sees an alert that the reader sees."""
    return await context.loader(_viewers).load(alert_id)


async def hold(context: Context, hold_id: str) -> Hold | None:
    """The hold; None when it does not exist or is not the reader's to see."""
    return await context.loader(_holds).load(hold_id)


async def incident(context: Context, incident_id: str) -> Incident | None:
    """The incident; None when it does not exist or is not the reader's to see."""
    return await context.loader(_incidents).load(incident_id)


async def incident_of_alert(context: Context, alert_id: str) -> Incident | None:
    """The incident that an alert was confirmed as, under the same condition."""
    return await context.loader(_incidents_of_alerts).load(alert_id)


async def inquiry(context: Context, inquiry_id: str) -> Inquiry | None:
    """The inquiry; None when it does not exist or is not the reader's to see."""
    return await context.loader(_inquiries).load(inquiry_id)


async def inquiry_of_incident(context: Context, incident_id: str) -> Inquiry | None:
    """The inquiry into an incident, under the same condition."""
    return await context.loader(_inquiries_of_incidents).load(incident_id)


async def order(context: Context, order_id: str) -> RectificationOrder | None:
    """The order; None when it does not exist or is not the reader's to see."""
    return await context.loader(_orders).load(order_id)


async def load_alerts(context: Context, ids: Sequence[str]) -> list[Alert | None]:
    """Alerts in the order of `ids`; past both locks."""
    async with context.read() as conn:
        rows = await alerts.many(conn, ids)
        seen_by = await alerts.viewers_of(conn, ids)
    allowed = _allowed(context, [alert_resource(row, seen_by[row.id]) for row in rows.values()])
    return [rows[one] if one in allowed else None for one in ids]


async def _viewers(context: Context, ids: list[str]) -> list[list[Viewer]]:
    async with context.read() as conn:
        found = await alerts.viewers_of(conn, ids)
    return [found[one] for one in ids]


async def _holds(context: Context, ids: list[str]) -> list[Hold | None]:
    async with context.read() as conn:
        rows = await holds.many(conn, ids)
        seen_by = await alerts.viewers_of(conn, [row.alert_id for row in rows.values()])
    allowed = _allowed(context, [hold_resource(row, seen_by[row.alert_id]) for row in rows.values()])
    return [rows[one] if one in allowed else None for one in ids]


async def _incidents(context: Context, ids: list[str]) -> list[Incident | None]:
    async with context.read() as conn:
        return _in_order(await visible_incidents(context, conn, await incidents.many(conn, ids)), ids)


async def _incidents_of_alerts(context: Context, ids: list[str]) -> list[Incident | None]:
    async with context.read() as conn:
        return _in_order(await visible_incidents(context, conn, await incidents.of_alerts(conn, ids)), ids)


async def visible_incidents(
    context: Context, conn: Connection, rows: Mapping[str, Incident]
) -> dict[str, Incident]:
    """Those that Cedar lets the reader see, under the same keys."""
    mine = await participant.mine(conn, [row.id for row in rows.values()], context.principal.person_id)
    resources = [incident_resource(row, _me(context, row.id, mine)) for row in rows.values()]
    allowed = _allowed(context, resources)
    return {key: row for key, row in rows.items() if row.id in allowed}


async def _inquiries(context: Context, ids: list[str]) -> list[Inquiry | None]:
    async with context.read() as conn:
        return _in_order(await visible_inquiries(context, conn, await inquiries.many(conn, ids)), ids)


async def _inquiries_of_incidents(context: Context, ids: list[str]) -> list[Inquiry | None]:
    async with context.read() as conn:
        return _in_order(await visible_inquiries(context, conn, await inquiries.of_incidents(conn, ids)), ids)


async def visible_inquiries(
    context: Context, conn: Connection, rows: Mapping[str, Inquiry]
) -> dict[str, Inquiry]:
    """Those that Cedar lets the reader see, under the same keys."""
    mine = await participant.mine(conn, [row.id for row in rows.values()], context.principal.person_id)
    resources = [inquiry_resource(row, _me(context, row.id, mine), ()) for row in rows.values()]
    allowed = _allowed(context, resources)
    return {key: row for key, row in rows.items() if row.id in allowed}


async def _orders(context: Context, ids: list[str]) -> list[RectificationOrder | None]:
    async with context.read() as conn:
        return _in_order(await visible_orders(context, conn, await orders.many(conn, ids)), ids)


async def visible_orders(
    context: Context, conn: Connection, rows: Mapping[str, RectificationOrder]
) -> dict[str, RectificationOrder]:
    """Those that Cedar lets the reader see, under the same keys."""
    mine = await participant.mine(conn, list(rows), context.principal.person_id)
    allowed = _allowed(context, [order_resource(row, _me(context, row.id, mine)) for row in rows.values()])
    return {key: row for key, row in rows.items() if row.id in allowed}


def _allowed(context: Context, resources: Sequence[Resource]) -> frozenset[str]:
    decisions = POLICY.decide(context.principal, "read", resources)
    return frozenset(one.id for one, yes in zip(resources, decisions, strict=True) if yes)


def _me(context: Context, object_id: str, mine: frozenset[str]) -> tuple[str, ...]:
    person_id = context.principal.person_id
    return (person_id,) if person_id and object_id in mine else ()


def _in_order(rows: Mapping[str, Row], ids: Sequence[str]) -> list[Row | None]:
    return [rows.get(one) for one in ids]
