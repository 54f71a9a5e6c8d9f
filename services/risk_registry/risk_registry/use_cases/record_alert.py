"""Alerts of case flow enter the ledger once, whichever of their events comes first (§9.1, 8)."""

from datetime import UTC, datetime

from plumbline_contracts.case_flow.v1 import AlertRaised, DeadlineMissed
from plumbline_contracts.common.v1 import ControlPhase
from plumbline_contracts.common.v1 import RiskGrade as GradeContract
from plumbline_contracts.registry import label
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import local_date
from plumbline_shared.database import Connection
from plumbline_shared.use_case import Uow

from risk_registry.domain.alerts import Alert, AlertPhase
from risk_registry.domain.standing import standing_on
from risk_registry.publications import recorded
from risk_registry.storage.alerts import add_alert
from risk_registry.storage.standings import standings_of
from risk_registry.use_cases.keep_entry import keep_entry
from risk_registry.use_cases.record_evidence import on_evidence


async def on_alert_raised(uow: Uow, event: AlertRaised) -> None:
    """Keep the alert with the grade that case flow raised it with."""
    alert = await alert_of(uow.conn, event)
    await _record(uow, alert)
    await keep_entry(uow, alert, event)
    await on_evidence(uow, event)


async def on_deadline_missed(uow: Uow, event: DeadlineMissed) -> None:
    """Keep the alert of a missed deadline with the grade that its point had on that day."""
    await _record(uow, await alert_of(uow.conn, event))
    await on_evidence(uow, event)


async def alert_of(conn: Connection, event: AlertRaised | DeadlineMissed) -> Alert:
    """The row of the ledger that an event makes, whenever it is read."""
    if isinstance(event, AlertRaised):
        return Alert(
            id=event.alert_id,
            point_id=event.point_id,
            bureau_id=event.bureau_id,
            unit_id=event.unit_id,
            matter_id=event.matter_id,
            kind=event.kind,
            phase=AlertPhase(label(ControlPhase, event.phase)),
            grade=RiskGrade(label(GradeContract, event.grade)) if event.grade else None,
            raised_at=event.raised_at.ToDatetime(UTC),
        )
    missed_at = event.missed_at.ToDatetime(UTC)
    return Alert(
        id=event.alert_id,
        point_id=event.point_id,
        bureau_id=event.bureau_id,
        unit_id=event.unit_id,
        matter_id=event.matter_id,
        kind="DEADLINE_MISSED",
        phase=AlertPhase.EX_POST,
        grade=await _grade_at(conn, event.point_id, missed_at),
        raised_at=missed_at,
    )


async def _grade_at(conn: Connection, point_id: str, instant: datetime) -> RiskGrade | None:
    history = (await standings_of(conn, [point_id])).get(point_id, [])
    standing = standing_on(history, local_date(instant), instant)
    return standing.grade if standing else None


async def _record(uow: Uow, alert: Alert) -> None:
    if await add_alert(uow.conn, alert):
        await uow.emit(
            alert.point_id or alert.id, recorded(alert), bureau_id=alert.bureau_id, time=alert.raised_at
        )
