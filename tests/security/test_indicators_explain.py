"""Every alert of case flow's story is what its shipped indicator says: its condition holds over the facts that went out."""

from datetime import UTC

from plumbline_contracts.case_flow.v1 import AlertRaised
from plumbline_contracts.common.v1 import ControlPhase, RiskGrade
from plumbline_contracts.registry import label
from plumbline_org import grades
from plumbline_shared.clock import local_date
from plumbline_shared.events import message_of
from plumbline_shared.principal import system
from risk_registry.domain.alerts import Alert, AlertPhase
from risk_registry.domain.indicators import outcome
from risk_registry.domain.ledger import recorded_facts
from risk_registry.indicator_packs import shipped_indicators
from risk_registry.use_cases.keep_entry import told
from security_fixtures import WorldOf


def alert_of(event: AlertRaised) -> Alert:
    return Alert(
        event.alert_id, event.point_id, event.bureau_id, event.unit_id, event.matter_id, event.kind,
        AlertPhase(label(ControlPhase, event.phase)), grades.RiskGrade(label(RiskGrade, event.grade)),
        event.raised_at.ToDatetime(UTC),
    )  # fmt: skip


async def test_an_alert_is_raised_where_its_indicator_says(world_of: WorldOf) -> None:
    world = await world_of("case_flow")
    async with world.runtime.db.read(system("D01")) as conn:
        rows = await conn.fetch("select data from outbox where subject = 'case_flow.v1.AlertRaised'")
    by_kind = {body.alert_kind: body for body in shipped_indicators().values()}
    events = [message_of(AlertRaised, row["data"].encode()) for row in rows]
    for event in events:
        alert, body = alert_of(event), by_kind[event.kind]
        facts = recorded_facts(alert, told(event), len(event.subject_ids), local_date(alert.raised_at))
        assert outcome(body.condition, body.facts, facts) is True, (event.kind, facts)
        assert alert.phase == body.phase
    assert len({event.kind for event in events}) > 4
