"""Alerts, holds, incidents, inquiries and orders: rows visible under row-level security == rows Cedar allows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from case_flow.access import (
    POLICY,
    alert_resource,
    hold_resource,
    incident_resource,
    inquiry_resource,
    order_resource,
)
from case_flow.domain.alert import Alert, AlertPhase, AlertState
from case_flow.domain.hold import Hold, HoldState, HoldWay
from case_flow.domain.incident import Incident, IncidentLevel, RootCause
from case_flow.domain.inquiry import Inquiry, InquiryState, PublicationScope
from case_flow.domain.recipients import Basis, Viewer
from case_flow.domain.rectification import RectificationOrder, RectificationState
from case_flow.storage import alert as alerts
from case_flow.storage import hold as holds
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.storage import participant
from case_flow.storage import rectification as orders
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection, Database
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = ("D01.a", "D01.b", "D02.c")
UNITS = ("D01.U1", "D01.U2")
ROLES = ("BUREAU_HEAD", "DISCIPLINE_LEAD", "SECTION_CHIEF", "LEGAL_OFFICER")
AT = datetime(2026, 6, 3, tzinfo=UTC)
BUREAU = "select set_config('plumbline.bureau', $1, true)"
MATTER = """
insert into matter (id, bureau_id, run_id, regime, case_ref, item_code, item_version, item_hash, domain, state, title,
                    facts, unit_id, people, units, trail, accepted_at, accepted_on)
values ($1, $2, 'r', 'OBSERVE', $1, 'I', 1, 'h', '', 'RECEIVED', '', '{}', '', '{}', '{}', '{}', $3, $4)
"""
ITEM = """
insert into item_version (bureau_id, item_code, version, content_hash, definition, source, published_at, published_by)
values ($1, 'I', 1, 'h', '{}', '', $2, 'x') on conflict do nothing
"""


@dataclass(frozen=True)
class Row:
    """One object of a case, as far as visibility asks."""

    id: str
    bureau: str
    people: frozenset[str]
    unit: str
    scope: PublicationScope | None
    basis: Basis = field(default=Basis.MONITOR)


rows = st.lists(
    st.builds(
        Row,
        id=st.uuids().map(str),
        bureau=st.sampled_from(["D01", "D02"]),
        people=st.frozensets(st.sampled_from(PEOPLE)),
        unit=st.sampled_from(UNITS),
        scope=st.none() | st.sampled_from(PublicationScope),
    ),
    max_size=5,
    unique_by=lambda row: row.id,
)
askers = principals(people=PEOPLE, roles=ROLES, units=UNITS)
slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def alert_of(row: Row) -> Alert:
    return Alert(
        id=row.id,
        bureau_id=row.bureau,
        dedup_key=row.id,
        kind="DEADLINE_MISSED",
        phase=AlertPhase.EX_POST,
        state=AlertState.RAISED,
        grade=RiskGrade.MEDIUM,
        point_id=None,
        matter_id=None,
        unit_ids=(row.unit,),
        subject_ids=(),
        domain="",
        facts={},
        pack="p",
        raised_at=AT,
    )


def hold_of(row: Row) -> Hold:
    return Hold(
        id=row.id,
        bureau_id=row.bureau,
        code="C",
        control="c",
        matter_id=row.id,
        step="s",
        person_id="D01.a",
        unit_id=row.unit,
        point_id=None,
        grade=RiskGrade.HIGH,
        alert_id=row.id,
        state=HoldState.RAISED,
        ways=(HoldWay.CORRECT,),
        message_zh="",
        message_en="",
        citation="",
        facts={},
        pack="p",
        raised_at=AT,
    )


def incident_of(row: Row) -> Incident:
    return Incident(
        id=row.id,
        bureau_id=row.bureau,
        kind="TIME_LIMIT_MISSED",
        level=IncidentLevel.ORDINARY,
        root_cause=RootCause.WORKLOAD,
        alert_id=row.id,
        matter_id=None,
        point_id=None,
        grade=RiskGrade.MEDIUM,
        unit_id=row.unit,
        occurred_on=date(2026, 5, 1),
        confirmed_on=date(2026, 5, 11),
        confirmed_by="D01.a",
        late_working_days=0,
        findings="",
    )


def inquiry_of(row: Row) -> Inquiry:
    return Inquiry(
        id=row.id,
        bureau_id=row.bureau,
        incident_id=row.id,
        unit_id=row.unit,
        state=InquiryState.DECIDED if row.scope else InquiryState.OPENED,
        reason="",
        proposed_by="D01.a",
        proposed_on=date(2026, 5, 19),
        decided_on=date(2026, 6, 4) if row.scope else None,
        publication_scope=row.scope,
    )


def order_of(row: Row) -> RectificationOrder:
    return RectificationOrder(
        id=row.id,
        bureau_id=row.bureau,
        incident_id=None,
        unit_id=row.unit,
        subject="",
        demand="",
        state=RectificationState.ISSUED,
        issued_by="D01.a",
        issued_on=date(2026, 6, 4),
        due_on=date(2026, 6, 26),
        provisional=False,
    )


def viewers(row: Row) -> list[Viewer]:
    return [Viewer(person, row.basis) for person in sorted(row.people)]


async def add_alert(conn: Connection, row: Row) -> None:
    await conn.execute(BUREAU, row.bureau)
    await alerts.record(conn, alert_of(row))
    await alerts.add_viewers(conn, alert_of(row), viewers(row), AT)


async def add_hold(conn: Connection, row: Row) -> None:
    await add_alert(conn, row)
    await conn.execute(ITEM, row.bureau, AT)
    await conn.execute(MATTER, row.id, row.bureau, AT, AT.date())
    await holds.add(conn, hold_of(row))


async def add_incident(conn: Connection, row: Row) -> None:
    await add_alert(conn, row)
    await join(conn, row)
    await incidents.add(conn, incident_of(row), [])


async def add_inquiry(conn: Connection, row: Row) -> None:
    await add_alert(conn, row)
    await incidents.add(conn, incident_of(row), [])
    await join(conn, row)
    await inquiries.add(conn, inquiry_of(row))


async def add_order(conn: Connection, row: Row) -> None:
    await conn.execute(BUREAU, row.bureau)
    await join(conn, row)
    await orders.add(conn, order_of(row))


async def join(conn: Connection, row: Row) -> None:
    people: Iterable[tuple[str, str]] = [(person, "X") for person in row.people]
    await participant.add(conn, row.bureau, row.id, people, AT)


def as_alert(row: Row) -> Resource:
    return alert_resource(alert_of(row), viewers(row))


def as_hold(row: Row) -> Resource:
    return hold_resource(hold_of(row), viewers(row))


def as_incident(row: Row) -> Resource:
    return incident_resource(incident_of(row), row.people)


def as_inquiry(row: Row) -> Resource:
    return inquiry_resource(inquiry_of(row), row.people, ())


def as_order(row: Row) -> Resource:
    return order_resource(order_of(row), row.people)


ALERTS = VisibleRows(POLICY, "read", "select id from alert", add_alert, as_alert)
HOLDS = VisibleRows(POLICY, "read", "select id from hold", add_hold, as_hold)
INCIDENTS = VisibleRows(POLICY, "read", "select id from incident", add_incident, as_incident)
INQUIRIES = VisibleRows(POLICY, "read", "select id from inquiry", add_inquiry, as_inquiry)
ORDERS = VisibleRows(POLICY, "read", "select id from rectification_order", add_order, as_order)


@slow
@given(askers, rows)
async def test_alerts(shared_database: Database, asker: Principal, stored: list[Row]) -> None:
    await ALERTS.hold(shared_database, asker, stored)


@slow
@given(askers, rows)
async def test_holds(shared_database: Database, asker: Principal, stored: list[Row]) -> None:
    await HOLDS.hold(shared_database, asker, stored)


@slow
@given(askers, rows)
async def test_incidents(shared_database: Database, asker: Principal, stored: list[Row]) -> None:
    await INCIDENTS.hold(shared_database, asker, stored)


@slow
@given(askers, rows)
async def test_inquiries(shared_database: Database, asker: Principal, stored: list[Row]) -> None:
    await INQUIRIES.hold(shared_database, asker, stored)


@slow
@given(askers, rows)
async def test_orders(shared_database: Database, asker: Principal, stored: list[Row]) -> None:
    await ORDERS.hold(shared_database, asker, stored)
