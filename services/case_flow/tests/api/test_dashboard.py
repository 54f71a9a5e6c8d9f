"""The programme's dashboard: whole for leaders, without small counts above, absent for everybody else."""

from case_flow.control_subscriptions import on_risk_point_published
from case_flow.domain.alert import Verdict
from case_flow.domain.incident import IncidentLevel, RootCause
from case_flow.domain.liability import Capacity
from case_flow.testing import point
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.open_incident import ActDraft, IncidentDraft
from case_flow.use_cases.resolve_alert import ResolveAlert, resolve_alert
from plumbline_shared.principal import system

DASHBOARD = """query($b: ID!, $y: Int!) { programmeDashboard(bureauId: $b, year: $y) {
  id year bureau { id } zeros { cases faults accountability } detection { exAnte inProcess exPost holds selfReported }
  alertRates { quarter alerts matters per1000 } verification { due inTime percent } reform { steps limitWorkingDays }
} }"""


EX_POST = """select id, verifier, v.person_id as manager from alert
  join alert_viewer v on v.alert_id = id and v.basis = 'MANAGER' where phase = 'EX_POST'"""


def name(person_id):
    return person_id.removeprefix("D01.")


async def late_matter(bureau):
    await bureau.publish("relief_approval", "tax_deferral_v1", "tax_deferral_v2")
    await bureau.receive(on_risk_point_published, point("RP-RELIEF-TIME-02", "MEDIUM"))
    await bureau.at("2026-04-01T09:40")
    wanted = AcceptMatter(item="RELIEF-APPROVAL", title="Linjiang Foundry", office_id="D01.TO-3")
    await bureau.do("wu-yan", accept_matter, wanted)
    for when in ("2026-04-23T00:00", "2026-04-28T00:00", "2026-05-01T00:00", "2026-05-06T10:00"):
        await bureau.at(when)
    [alert] = await bureau.within(system("D01"), lambda uow: uow.conn.fetch(EX_POST))
    await bureau.do(name(alert["manager"]), acknowledge_alert, AcknowledgeAlert(alert["id"]))
    act = ActDraft("D01.wu-yan", Capacity.HANDLER)
    draft = IncidentDraft(IncidentLevel.ORDINARY, RootCause.CUSTODY_GAP, (act,))
    command = ResolveAlert(alert["id"], Verdict.CONFIRMED, "late", draft)
    await bureau.do(name(alert["verifier"]), resolve_alert, command)
    await bureau.at("2026-06-02T09:00")


async def test_leaders_see_the_zeros_beside_what_was_detected(bureau, graph):
    await late_matter(bureau)
    for reader in ("huang-zhen", "zhou-min", "ma-qing"):
        found = (await graph.ask(reader, DASHBOARD, b="D01", y=2026))["programmeDashboard"]
        assert found["id"] == "D01:2026"
        assert found["zeros"] == {"cases": 0, "faults": 1, "accountability": 0}
        assert found["detection"] == {
            "exAnte": 2, "inProcess": 0, "exPost": 1, "holds": 0, "selfReported": 0,
        }  # fmt: skip
        assert found["alertRates"] == [
            {"quarter": 1, "alerts": 0, "matters": 0, "per1000": None},
            {"quarter": 2, "alerts": 3, "matters": 1, "per1000": "3000.0"},
        ]
        assert found["verification"] == {"due": 1, "inTime": 1, "percent": "100.0"}
        assert found["reform"] == {"steps": -7, "limitWorkingDays": -40}
    before = (await graph.ask("huang-zhen", DASHBOARD, b="D01", y=2025))["programmeDashboard"]
    assert before["zeros"] == {"cases": 0, "faults": 0, "accountability": 0}


async def test_small_counts_are_hidden_from_the_supervision_office(bureau, graph):
    await late_matter(bureau)
    found = (await graph.ask("gu-ping", DASHBOARD, b="D01", y=2026))["programmeDashboard"]
    assert set(found["zeros"].values()) == {None}
    assert set(found["detection"].values()) == {None}
    assert found["alertRates"] is None
    assert found["verification"] == {"due": None, "inTime": None, "percent": None}


async def test_absent_and_forbidden_look_the_same(bureau, graph):
    for reader in ("chen-gang", "wu-yan", "luo-fang", "deng-yi"):
        assert (await graph.ask(reader, DASHBOARD, b="D01", y=2026))["programmeDashboard"] is None
    for bureau_id, year in (("D02", 2026), ("C01", 2026), ("D01", 1), ("NONE", 2026)):
        assert (await graph.ask("huang-zhen", DASHBOARD, b=bureau_id, y=year))["programmeDashboard"] is None
