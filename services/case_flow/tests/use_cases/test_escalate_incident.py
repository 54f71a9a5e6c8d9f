"""The ladder of S1-005: NONE, PRECURSOR, ORDINARY, SERIOUS, each with its response; an incident only climbs it."""

from datetime import date
from itertools import product

import pytest
from case_flow.domain.incident import (
    LADDER,
    EscalationRefused,
    IncidentLevel,
    IncidentResponse,
    check_escalation,
    response_of,
)
from case_flow.storage import dashboard
from case_flow.storage import incident as incidents
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import confirmed, overdue, verdict
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.escalate_incident import EscalateIncident, escalate_incident
from case_flow.use_cases.resolve_alert import resolve_alert
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system

WHY = "the slip was held back on purpose"


async def test_a_graver_incident_is_shown_to_those_who_open_inquiries(bureau: WorkedBureau) -> None:
    incident = await confirmed(bureau)
    with pytest.raises(NotFound):
        await bureau.seen("huang-zhen", lambda conn: incidents.get(conn, incident))
    graver = EscalateIncident(incident, IncidentLevel.SERIOUS, WHY)
    await bureau.do("ma-qing", escalate_incident, graver)
    found = await bureau.seen("huang-zhen", lambda conn: incidents.get(conn, incident))
    assert (found.level, response_of(found.level)) == (IncidentLevel.SERIOUS, IncidentResponse.INVESTIGATE)
    (step,) = await bureau.seen("lin-jie", lambda conn: incidents.escalations(conn, incident))
    assert (step.level, step.reason, step.by_person) == (IncidentLevel.SERIOUS, WHY, "D01.ma-qing")
    async with bureau.db.read(system("D01")) as conn:
        figures = await dashboard.figures(conn, "D01", 2026, date(2026, 5, 20))
    assert (figures.cases, figures.faults) == (1, 1)
    with pytest.raises(EscalationRefused):
        await bureau.do("ma-qing", escalate_incident, graver)


async def test_nobody_else_escalates_and_nobody_about_themselves(bureau: WorkedBureau) -> None:
    _, _, alert = await overdue(bureau)
    await bureau.at("2026-05-06 09:00")
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(alert.id))
    made = await bureau.do("luo-fang", resolve_alert, verdict(alert.id))
    wanted = EscalateIncident(str(made.incident_id), IncidentLevel.SERIOUS, WHY)
    for name in ("luo-fang", "zhou-min", "lin-jie", "sun-hao", "huang-zhen", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(name, escalate_incident, wanted)
    with pytest.raises(Invalid):
        await bureau.do("ma-qing", escalate_incident, EscalateIncident(wanted.incident_id, wanted.level, " "))


def test_each_rung_has_its_response_and_only_a_higher_one_is_reached() -> None:
    assert [response_of(level) for level in (None, *LADDER)] == list(IncidentResponse)
    for at, to in product(LADDER, repeat=2):
        if LADDER.index(to) > LADDER.index(at):
            check_escalation(at, to, set_aside=False)
            with pytest.raises(EscalationRefused):
                check_escalation(at, to, set_aside=True)
        else:
            with pytest.raises(EscalationRefused):
                check_escalation(at, to, set_aside=False)
