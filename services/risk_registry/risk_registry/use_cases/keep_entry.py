"""An alert becomes a row of the ledger: posts, persons and line as of the instant it was raised, indicator and limits."""

from datetime import date

from plumbline_contracts.case_flow.v1 import AlertRaised
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import local_date
from plumbline_shared.conditions import FactValue
from plumbline_shared.deadline import add_days
from plumbline_shared.use_case import Uow

from risk_registry.alert_limits import limits_on
from risk_registry.domain.alerts import Alert
from risk_registry.domain.answerable import Told, lines
from risk_registry.domain.indicators import DataSource, IndicatorVersion, in_force
from risk_registry.domain.ledger import SEALED, LedgerRow, recorded_facts
from risk_registry.domain.register import PointOnDay
from risk_registry.storage import indicators
from risk_registry.storage.ledger import add_row
from risk_registry.storage.points import load_points
from risk_registry.use_cases.record_deviation import record_deviation


async def keep_entry(uow: Uow, alert: Alert, event: AlertRaised) -> None:
    """Keep the row once. A time alert has the trackers of its domain (§5.3, R15)."""
    on, org = local_date(alert.raised_at), await load_org(uow.conn, alert.bureau_id)
    indicator = await _indicator(uow, alert, on)
    point = (await load_points(uow.conn, alert.bureau_id, on, [alert.point_id])).get(alert.point_id)
    found = lines(org, _told(alert, event, on, indicator, point))
    rule = limits_on(on)
    verify = rule.verify[alert.grade] if event.verified and alert.grade else None
    row = LedgerRow(
        alert=alert,
        unit_ids=tuple(event.unit_ids) or (alert.unit_id,),
        domain=event.domain,
        facts=recorded_facts(alert, told(event), len(event.subject_ids), on),
        indicator_version=indicator.id if indicator else None,
        limits=rule.version,
        acknowledge_due=add_days(org.calendar, rule.acknowledge.unit, on, rule.acknowledge.length).on,
        verify_due=add_days(org.calendar, verify.unit, on, verify.length).on if verify else None,
        seers=frozenset(one.person_id for one in found),
    )
    await add_row(uow.conn, row, found)
    await record_deviation(uow, alert.id)


def _told(
    alert: Alert, event: AlertRaised, on: date, indicator: IndicatorVersion | None, point: PointOnDay | None
) -> Told:
    timed = indicator is not None and indicator.body.source is DataSource.TIME_LIMIT
    return Told(
        subjects=tuple(event.subject_ids),
        units=tuple(event.unit_ids) or ((alert.unit_id,) if alert.unit_id else ()),
        grade=alert.grade,
        on=on,
        point_posts=point.description.posts if point else (),
        owner_unit=point.description.owner_unit or None if point else None,
        domain=event.domain if timed else None,
        verifier=event.verifier_id or None,
        informed=indicator.body.informed if indicator else (),
        sealed=alert.kind.startswith(SEALED),
    )


async def _indicator(uow: Uow, alert: Alert, on: date) -> IndicatorVersion | None:
    known = await indicators.versions(uow.conn, alert.bureau_id, kind=alert.kind)
    counting = in_force(known, await indicators.retirements(uow.conn, alert.bureau_id), on)
    return next((one for one in counting if one.body.alert_kind == alert.kind), None)


def told(event: AlertRaised) -> dict[str, FactValue]:
    """The figures and words that went out with an alert."""
    found: dict[str, FactValue] = {}
    for fact in event.facts:
        match fact.WhichOneof("value"):
            case "text":
                found[fact.name] = fact.text
            case "number":
                found[fact.name] = fact.number
            case "yes":
                found[fact.name] = fact.yes
            case _:
                continue
    return found
