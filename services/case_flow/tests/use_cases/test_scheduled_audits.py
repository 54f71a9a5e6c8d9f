"""Audits that come round, squads, late reports, own faults, assessments by hand (S1-050 to S1-065, S2-026, S2-058)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from case_flow.domain.alert import Verdict
from case_flow.domain.draw import FrameUnit, Stratum, commitment
from case_flow.domain.errors import NotHandler
from case_flow.domain.form import FormInvalid
from case_flow.domain.incident import IncidentLevel, RootCause
from case_flow.domain.inspection import InspectionStateRefused, SnapshotFrozen
from case_flow.domain.liability import Capacity
from case_flow.domain.scheduled_audit import AuditClosed, AuditTeam
from case_flow.domain.squad import SquadComposition
from case_flow.storage import alert as alerts
from case_flow.storage import inspected_file as files
from case_flow.storage import scheduled_audit as audits
from case_flow.storage.assessment import Assessed
from case_flow.testing import WorkedBureau
from case_flow.testing_hall import publish_forms
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.assess import (
    AssessByHand,
    ImportAssessments,
    assess_by_hand,
    import_assessments,
)
from case_flow.use_cases.audit_in_rounds import (
    AddWorkpaper,
    AdoptAudit,
    CloseAudit,
    OpenAudit,
    add_workpaper,
    adopt_audit,
    close_audit,
    open_audit,
)
from case_flow.use_cases.commit_draw_seed import (
    CommitDrawSeed,
    RevealDrawSeed,
    commit_draw_seed,
    reveal_draw_seed,
)
from case_flow.use_cases.draw_inspection_sample import DrawInspectionSample, draw_inspection_sample
from case_flow.use_cases.form_squad import FormSquad, form_squad
from case_flow.use_cases.freeze_inspection_frame import FreezeInspectionFrame, freeze_inspection_frame
from case_flow.use_cases.open_incident import ActDraft, IncidentDraft
from case_flow.use_cases.plan_inspection import PlanInspection, plan_inspection
from case_flow.use_cases.report_own_fault import ReportOwnFault, report_own_fault
from case_flow.use_cases.resolve_alert import ResolveAlert, resolve_alert
from plumbline_contracts.case_flow.v1 import AlertRaised, IncidentConfirmed
from plumbline_org.parts import RoleGrant
from plumbline_org.storage.write import put_person
from plumbline_org.testing import ALWAYS
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import Principal, system

KEEPERS = {"LEGAL_OFFICER": "luo-fang", "DISCIPLINE_LEAD": "ma-qing", "SUPERVISION_OFFICE": "gu-ping"}
INSPECTORS = ("luo-fang", "bai-xue", "sun-hao", "pan-yu", "wu-bin")
PAPER: dict[str, Any] = {
    "form": "VOUCHER-WORKPAPER/1",
    "fields": {
        "period": "2026 Q2", "population": 412, "sampled": 40, "amount": 1250000, "doubtful": 1,
        "findings": "one invoice without a contract",
    },
    "documents": ["VOUCHER_LIST"],
}  # fmt: skip
AUDIT = OpenAudit("FINANCE", ("D01.OFFICE",), "expenditure", ("D01.ma-qing", "D01.bai-xue"))


async def kinds(bureau: WorkedBureau) -> list[str]:
    return [one.kind for one in await bureau.events(AlertRaised)]


async def test_a_round_without_its_audit_is_told_and_the_next_one_watched(bureau: WorkedBureau) -> None:
    await bureau.at("2026-04-10 09:00")
    for name in ("zhou-min", "luo-fang"):
        with pytest.raises(NotFound):
            await bureau.do(name, adopt_audit, AdoptAudit("FINANCE"))
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", adopt_audit, AdoptAudit("WEEKLY"))
    for _ in range(2):
        await bureau.do("huang-zhen", adopt_audit, AdoptAudit("FINANCE"))
    await bureau.do("ma-qing", open_audit, AUDIT)
    await bureau.at("2026-07-01 00:00")
    assert await kinds(bureau) == []
    await bureau.at("2026-09-30 23:59")
    assert await kinds(bureau) == []
    await bureau.at("2026-10-01 00:00")
    assert await kinds(bureau) == ["AUDIT_NOT_OPENED"]
    await bureau.at("2027-01-01 00:00")
    assert await kinds(bureau) == ["AUDIT_NOT_OPENED"] * 2


async def test_an_audit_is_closed_with_its_workpaper_and_report(bureau: WorkedBureau) -> None:
    await publish_forms(bureau, "voucher_workpaper")
    await bureau.at("2026-04-10 09:00")
    own = replace_team("D01.gu-ping", "D01.bai-xue")
    for wrong in (own, replace_team("D01.bai-xue")):
        with pytest.raises(AuditTeam):
            await bureau.do("ma-qing", open_audit, wrong)
    with pytest.raises(NotFound):
        await bureau.do("huang-zhen", open_audit, AUDIT)
    audit = await bureau.do("ma-qing", open_audit, AUDIT)
    with pytest.raises(AuditClosed):
        await bureau.do("ma-qing", close_audit, CloseAudit(audit, "in order"))
    thin = {**PAPER, "documents": []}
    with pytest.raises(FormInvalid):
        await bureau.do("bai-xue", add_workpaper, AddWorkpaper(audit, thin))
    with pytest.raises(NotFound):
        await bureau.do("huang-zhen", add_workpaper, AddWorkpaper(audit, PAPER))
    await bureau.do("bai-xue", add_workpaper, AddWorkpaper(audit, PAPER))
    await bureau.do("ma-qing", close_audit, CloseAudit(audit, "one voucher is doubtful"))
    with pytest.raises(AuditClosed):
        await bureau.do("bai-xue", add_workpaper, AddWorkpaper(audit, PAPER))
    (paper,) = await bureau.seen("huang-zhen", lambda conn: audits.workpapers(conn, audit))
    assert (paper.made_by, paper.submission["fields"]["sampled"]) == ("D01.bai-xue", 40)
    assert await bureau.seen("zhou-min", lambda conn: audits.page(conn, 9)) == []


def replace_team(*team: str) -> OpenAudit:
    return OpenAudit(AUDIT.code, AUDIT.scope_units, AUDIT.scope, team)


@pytest_asyncio.fixture
async def squad(bureau: WorkedBureau) -> AsyncIterator[WorkedBureau]:
    """The bureau with five people appointed to inspect, of three kinds of units."""
    before = [bureau.org.persons[f"D01.{name}"] for name in INSPECTORS]
    lent = {
        one.id: replace(
            one, grants=(*one.grants, RoleGrant(f"{one.id}/i", one.id, "INSPECTOR", None, None, ALWAYS))
        )
        for one in before
    }
    bureau.org = replace(bureau.org, persons={**bureau.org.persons, **lent})
    async with bureau.db.transaction(system("D01")) as conn:
        for one in lent.values():
            await put_person(conn, one)
    yield bureau
    async with bureau.db.transaction(system("D01")) as conn:
        for one in before:
            await put_person(conn, one)


async def planned(bureau: WorkedBureau) -> str:
    await bureau.at("2026-06-01 09:00")
    span = (date(2025, 1, 1), date(2025, 12, 31), date(2026, 6, 30))
    plan = PlanInspection("INS-1", "D01.LEGAL", *span, (Stratum("ALL", 2),))
    return await bureau.do("luo-fang", plan_inspection, plan)


async def drawn(bureau: WorkedBureau, run_id: str) -> list[files.InspectedFile]:
    for role, name in KEEPERS.items():
        made = commitment(run_id, 1, role, name)
        await bureau.do(name, commit_draw_seed, CommitDrawSeed(run_id, role, made))
    frame = tuple(FrameUnit("ALL", f"F-{number}", f"D01.TO-{number}", ()) for number in (1, 2))
    await bureau.do("luo-fang", freeze_inspection_frame, FreezeInspectionFrame(run_id, frame))
    for role, name in KEEPERS.items():
        await bureau.do(name, reveal_draw_seed, RevealDrawSeed(run_id, role, name))
    await bureau.do("luo-fang", draw_inspection_sample, DrawInspectionSample(run_id))
    return await bureau.seen("luo-fang", lambda conn: files.of_run(conn, run_id))


async def test_a_squad_of_every_kind_of_unit_inspects_alone(squad: WorkedBureau) -> None:
    run_id = await planned(squad)
    for short in (("D01.luo-fang", "D01.bai-xue"), ("D01.luo-fang", "D01.sun-hao"), ("D01.he-jun",)):
        with pytest.raises(SquadComposition):
            await squad.do("luo-fang", form_squad, FormSquad(run_id, short))
    chosen = ("D01.luo-fang", "D01.bai-xue", "D01.sun-hao")
    with pytest.raises(NotFound):
        await squad.do("ma-qing", form_squad, FormSquad(run_id, chosen))
    await squad.do("luo-fang", form_squad, FormSquad(run_id, chosen))
    sample = await drawn(squad, run_id)
    assert {who for one in sample for who in one.inspectors} <= set(chosen)
    with pytest.raises(InspectionStateRefused):
        await squad.do("luo-fang", form_squad, FormSquad(run_id, chosen))


async def test_after_the_frame_is_frozen_the_squad_stays(squad: WorkedBureau) -> None:
    run_id = await planned(squad)
    for role, name in KEEPERS.items():
        await squad.do(
            name, commit_draw_seed, CommitDrawSeed(run_id, role, commitment(run_id, 1, role, name))
        )
    frame = (FrameUnit("ALL", "F-1", "D01.TO-1", ()),)
    await squad.do("luo-fang", freeze_inspection_frame, FreezeInspectionFrame(run_id, frame))
    whole = ("D01.luo-fang", "D01.bai-xue", "D01.sun-hao")
    with pytest.raises(SnapshotFrozen):
        await squad.do("luo-fang", form_squad, FormSquad(run_id, whole))


async def test_reports_that_are_not_in_on_their_day_are_told(bureau: WorkedBureau) -> None:
    await planned(bureau)
    await bureau.at("2026-06-30 23:59")
    assert "INSPECTION_REPORT_LATE" not in await kinds(bureau)
    await bureau.at("2026-07-01 00:00")
    assert "INSPECTION_REPORT_LATE" in await kinds(bureau)


async def own_matter(bureau: WorkedBureau) -> str:
    await bureau.publish("registration_penalty")
    command = AcceptMatter("REGISTRATION-PENALTY", "Late change", office_id="D01.TO-5")
    return (await bureau.do("he-jun", accept_matter, command)).matter_id


async def test_a_fault_told_before_it_is_found_counts_as_self_reported(bureau: WorkedBureau) -> None:
    matter = await own_matter(bureau)
    with pytest.raises(NotHandler):
        await bureau.do("pan-yu", report_own_fault, ReportOwnFault(matter, "the wrong date"))
    with pytest.raises(Invalid):
        await bureau.do("he-jun", report_own_fault, ReportOwnFault(matter, " "))
    alert_id = await bureau.do("he-jun", report_own_fault, ReportOwnFault(matter, "the wrong date"))
    alert = await bureau.seen("he-jun", lambda conn: alerts.get(conn, alert_id))
    assert (alert.kind, alert.verifier) == ("SELF_REPORTED", "D01.luo-fang")
    await bureau.do("pan-yu", acknowledge_alert, AcknowledgeAlert(alert_id))
    acts = (ActDraft("D01.he-jun", Capacity.HANDLER),)
    draft = IncidentDraft(IncidentLevel.ORDINARY, RootCause.CUSTODY_GAP, acts)
    await bureau.do("luo-fang", resolve_alert, ResolveAlert(alert_id, Verdict.CONFIRMED, "as told", draft))
    (incident,) = await bureau.events(IncidentConfirmed)
    assert (incident.self_reported, incident.kind) == (True, "PROCEDURAL_VIOLATION")


def importer() -> Principal:
    return Principal(kind="client", bureau_id="D01", scopes=frozenset({"assessments:import"}))


async def test_an_assessment_by_hand_that_departs_too_far_is_told(bureau: WorkedBureau) -> None:
    rows = ImportAssessments((Assessed("T1", "2026-03", 100_000), Assessed("T2", "2026-03", 50_000)))
    with pytest.raises(NotFound):
        await bureau.do("huang-zhen", import_assessments, rows)
    assert await bureau.run(importer(), import_assessments, rows) == 2
    with pytest.raises(NotFound):
        await bureau.do("lin-jie", assess_by_hand, AssessByHand("T1", "2026-03", 80_000, "x"))
    within = await bureau.do(
        "he-jun", assess_by_hand, AssessByHand("T1", "2026-03", 80_000, "closed for a week")
    )
    assert (within.departs_percent, within.alert_id) == (20, None)
    beyond = await bureau.do("he-jun", assess_by_hand, AssessByHand("T1", "2026-03", 79_999, "closed"))
    assert (beyond.departs_percent, beyond.alert_id is not None) == (21, True)
    unknown = await bureau.do("he-jun", assess_by_hand, AssessByHand("T9", "2026-03", 1, "new"))
    assert unknown.departs_percent is None
    assert await kinds(bureau) == ["ASSESSMENT_DEVIATION"]


async def test_no_expenditure_is_requested_before_its_pre_control_is_complete(bureau: WorkedBureau) -> None:
    await publish_forms(bureau, "finance_precontrol")
    await bureau.publish("finance_expenditure")
    fields = {
        "purpose": "printers",
        "amount": 900000,
        "budgeted": "YES",
        "approved": "YES",
        "procured": "YES",
    }
    papers = ["REQUEST", "CONTRACT_OR_QUOTE"]
    thin = {"form": "FINANCE-PRECONTROL/1", "fields": fields, "documents": papers}
    with pytest.raises(FormInvalid) as refused:
        await bureau.do("chen-gang", accept_matter, AcceptMatter("FINANCE-EXPENDITURE", "p", payload=thin))
    assert [one["what"] for one in refused.value.details["faults"]] == ["separated"]
    whole = {**thin, "fields": {**fields, "separated": "YES"}}
    command = AcceptMatter("FINANCE-EXPENDITURE", "p", payload=whole)
    assert (await bureau.do("chen-gang", accept_matter, command)).matter_id
