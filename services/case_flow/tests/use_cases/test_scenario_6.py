"""Scenario 6: the monthly inspection of 116 files, from the plan to TO-5's late rectification."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import asyncpg
import pytest
import pytest_asyncio
from case_flow.api.inspection_downloads import sheet_of
from case_flow.app import definition
from case_flow.domain.draw import FrameUnit, Pick, Stratum, commitment
from case_flow.domain.draw_check import faults
from case_flow.domain.inspection import (
    AspectResult,
    Finding,
    InspectionRun,
    InspectionState,
    InspectionStateRefused,
    ReportIncomplete,
    ReportKind,
    SeedRefused,
    SnapshotFrozen,
)
from case_flow.rules import INSPECTION_RULES
from case_flow.storage import inspected_file as files
from case_flow.storage import inspection as runs
from case_flow.storage import rectification as orders
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_rectification import AcceptRectification, accept_rectification
from case_flow.use_cases.adjudicate_inspection import (
    AdjudicateInspection,
    CloseInspection,
    OrderWanted,
    SubmitRunReport,
    adjudicate_inspection,
    close_inspection,
    submit_run_report,
)
from case_flow.use_cases.commit_draw_seed import (
    CommitDrawSeed,
    RevealDrawSeed,
    commit_draw_seed,
    reveal_draw_seed,
)
from case_flow.use_cases.draw_inspection_sample import DrawInspectionSample, draw_inspection_sample
from case_flow.use_cases.freeze_inspection_frame import FreezeInspectionFrame, freeze_inspection_frame
from case_flow.use_cases.plan_inspection import PlanInspection, plan_inspection
from case_flow.use_cases.report_inspected_file import (
    ReportInspectedFile,
    SignFileReport,
    StartFieldwork,
    report_inspected_file,
    sign_file_report,
    start_fieldwork,
)
from case_flow.use_cases.submit_rectification import SubmitRectification, submit_rectification
from plumbline_contracts.case_flow.v1 import RectificationOverdue, SpecialRectificationOrdered
from plumbline_org.parts import RoleGrant
from plumbline_org.storage.write import put_person
from plumbline_org.testing import ALWAYS
from plumbline_shared.errors import Invalid, NotFound, Unavailable
from plumbline_shared.graphql import Context
from plumbline_shared.principal import system
from plumbline_shared.printing import Sheet, print_pdf, typeset
from plumbline_shared.runtime import Runtime
from plumbline_shared.settings import load
from pypdf import PdfReader

INSPECTORS = ("sun-hao", "li-wei", "zhao-qiang", "pan-yu", "he-jun", "wu-bin")
STRATA = (Stratum("HOUSEHOLD", 61), Stratum("REAL-ESTATE", 28), Stratum("ANOMALY", 27))
KEEPERS = {"LEGAL_OFFICER": "luo-fang", "DISCIPLINE_LEAD": "ma-qing", "SUPERVISION_OFFICE": "gu-ping"}
CLEAN = dict.fromkeys(INSPECTION_RULES.shipped().aspects, AspectResult.IN_ORDER)


def population(anomalies: int = 60) -> tuple[FrameUnit, ...]:
    """Files of nine offices; each fourth real-estate file is an anomaly too, and some were handled by inspectors."""

    def unit(stratum: str, name: str, number: int) -> FrameUnit:
        touched = (f"D01.{INSPECTORS[number % 6]}",) if number % 3 == 0 else ()
        return FrameUnit(stratum, name, f"D01.TO-{number % 9 + 1}", touched)

    return (
        *(unit("HOUSEHOLD", f"H-{number}", number) for number in range(300)),
        *(unit("REAL-ESTATE", f"R-{number}", number) for number in range(80)),
        *(unit("ANOMALY", f"R-{number * 4}", number * 4) for number in range(min(anomalies, 20))),
        *(unit("ANOMALY", f"A-{number}", number) for number in range(anomalies - 20)),
    )


@pytest_asyncio.fixture
async def squad(bureau: WorkedBureau) -> AsyncIterator[WorkedBureau]:
    """The bureau whose offices have lent six inspectors."""
    before = {name: bureau.org.persons[f"D01.{name}"] for name in INSPECTORS}
    grants = {
        one.id: RoleGrant(f"{one.id}/i", one.id, "INSPECTOR", None, None, ALWAYS) for one in before.values()
    }
    lent = {one.id: replace(one, grants=(*one.grants, grants[one.id])) for one in before.values()}
    bureau.org = replace(bureau.org, persons={**bureau.org.persons, **lent})
    try:
        async with bureau.db.transaction(system("D01")) as conn:
            for one in lent.values():
                await put_person(conn, one)
        yield bureau
    finally:
        async with bureau.db.transaction(system("D01")) as conn:
            for one in before.values():
                await put_person(conn, one)


async def planned(bureau: WorkedBureau) -> str:
    await bureau.at("2026-06-01 09:00")
    plan = PlanInspection(
        "INS-2026-06", "D01.LEGAL", date(2025, 1, 1), date(2025, 12, 31), date(2026, 6, 30), STRATA
    )
    return await bureau.do("luo-fang", plan_inspection, plan)


async def commit(bureau: WorkedBureau, run_id: str, attempt: int = 1) -> None:
    for role, name in KEEPERS.items():
        made = commitment(run_id, attempt, role, f"secret of {name}")
        await bureau.do(name, commit_draw_seed, CommitDrawSeed(run_id, role, made))


async def reveal(bureau: WorkedBureau, run_id: str, *roles: str) -> None:
    for role in roles or KEEPERS:
        name = KEEPERS[role]
        await bureau.do(name, reveal_draw_seed, RevealDrawSeed(run_id, role, f"secret of {name}"))


async def drawn(bureau: WorkedBureau, units: tuple[FrameUnit, ...]) -> str:
    run_id = await planned(bureau)
    await commit(bureau, run_id)
    await bureau.do("luo-fang", freeze_inspection_frame, FreezeInspectionFrame(run_id, units))
    await reveal(bureau, run_id)
    return await bureau.do("luo-fang", draw_inspection_sample, DrawInspectionSample(run_id))


async def run_of(bureau: WorkedBureau, run_id: str) -> InspectionRun:
    return (await bureau.seen("luo-fang", lambda conn: runs.many(conn, [run_id])))[run_id]


async def files_of(bureau: WorkedBureau, run_id: str) -> list[files.InspectedFile]:
    return await bureau.seen("luo-fang", lambda conn: files.of_run(conn, run_id))


async def found_faults(bureau: WorkedBureau, run_id: str) -> tuple[str, ...]:
    run, sample = await run_of(bureau, run_id), await files_of(bureau, run_id)
    made = await bureau.seen("luo-fang", lambda conn: runs.commitments(conn, run_id, run.attempt))
    frame = await bureau.seen("luo-fang", lambda conn: runs.frame(conn, run_id))
    opened = {role: (one.commitment, one.secret) for role, one in made.items()}
    return faults(run, frame, opened, [Pick(f.stratum, f.unit, f.ticket, f.position) for f in sample])


async def test_116_distinct_files_with_two_free_inspectors_each(squad: WorkedBureau) -> None:
    units = population()
    run_id = await drawn(squad, units)
    sample = await files_of(squad, run_id)
    counts = [sum(one.stratum == stratum.code for one in sample) for stratum in STRATA]
    assert counts == [61, 28, 27]
    assert len({one.unit for one in sample}) == 116
    assert await found_faults(squad, run_id) == ()
    touched = {one.unit: one.touched for one in units}
    for one in sample:
        assert len(set(one.inspectors)) == 2
        for person in one.inspectors:
            assert one.office_id not in squad.org.units_of(person, date(2026, 6, 1))
            assert person not in touched[one.unit]
    again = await squad.do("luo-fang", draw_inspection_sample, DrawInspectionSample(run_id))
    assert again == run_id
    assert await files_of(squad, run_id) == sample


async def test_a_short_stratum_is_flagged_and_not_topped_up(squad: WorkedBureau) -> None:
    units = tuple(one for one in population(44) if one.stratum != "ANOMALY" or one.unit.startswith("A-"))
    run_id = await drawn(squad, units)
    assert len(await files_of(squad, run_id)) == 113
    history = await squad.seen("luo-fang", lambda conn: runs.acts(conn, run_id))
    assert history[-1].note == "STRATUM_SHORT ANOMALY:24/27"


async def test_nobody_edits_the_frozen_population(squad: WorkedBureau) -> None:
    run_id = await planned(squad)
    freeze = FreezeInspectionFrame(run_id, population())
    with pytest.raises(SeedRefused):
        await squad.do("luo-fang", freeze_inspection_frame, freeze)
    await commit(squad, run_id)
    with pytest.raises(NotFound):
        await squad.do("ma-qing", freeze_inspection_frame, freeze)
    await squad.do("luo-fang", freeze_inspection_frame, freeze)
    await squad.do("luo-fang", freeze_inspection_frame, freeze)
    with pytest.raises(SnapshotFrozen):
        await squad.do("luo-fang", freeze_inspection_frame, FreezeInspectionFrame(run_id, population()[1:]))
    run, extra = await run_of(squad, run_id), FrameUnit("ANOMALY", "X-1", "D01.TO-1")
    with pytest.raises(asyncpg.RaiseError):
        await squad.within(system("D01"), lambda uow: runs.add_frame(uow.conn, run, [extra]))


async def test_a_silent_keeper_voids_a_numbered_attempt(squad: WorkedBureau) -> None:
    run_id = await planned(squad)
    await commit(squad, run_id)
    await squad.do("luo-fang", freeze_inspection_frame, FreezeInspectionFrame(run_id, population()))
    wrong = RevealDrawSeed(run_id, "DISCIPLINE_LEAD", "another secret")
    with pytest.raises(SeedRefused):
        await squad.do("ma-qing", reveal_draw_seed, wrong)
    await reveal(squad, run_id, "LEGAL_OFFICER", "SUPERVISION_OFFICE")
    with pytest.raises(SeedRefused):
        await squad.do("luo-fang", draw_inspection_sample, DrawInspectionSample(run_id))
    await squad.at("2026-06-03 00:00")
    history = await squad.seen("luo-fang", lambda conn: runs.acts(conn, run_id))
    assert (history[-1].act, history[-1].note) == ("ATTEMPT_VOID", "attempt=1 silent=DISCIPLINE_LEAD")
    await commit(squad, run_id, attempt=2)
    await reveal(squad, run_id)
    await squad.do("luo-fang", draw_inspection_sample, DrawInspectionSample(run_id))
    assert await found_faults(squad, run_id) == ()


async def in_the_field(bureau: WorkedBureau) -> str:
    run_id = await drawn(bureau, population())
    await bureau.do("luo-fang", start_fieldwork, StartFieldwork(run_id))
    return run_id


async def reported(bureau: WorkedBureau) -> str:
    run_id = await in_the_field(bureau)
    await report_all(bureau, run_id)
    return run_id


async def report_all(bureau: WorkedBureau, run_id: str) -> None:
    await bureau.at("2026-06-24 09:00")
    for one in await files_of(bureau, run_id):
        first, second = (person.removeprefix("D01.") for person in one.inspectors)
        arrears = one.position == 1
        results = {**CLEAN, "ARREARS": AspectResult.FINDING} if arrears else CLEAN
        findings = (Finding("ARREARS_UNMANAGED", "ARREARS", "no ledger since 2019"),) if arrears else ()
        await bureau.do(
            first, report_inspected_file, ReportInspectedFile(run_id, one.unit, results, findings)
        )
        await bureau.do(second, sign_file_report, SignFileReport(run_id, one.unit))
    for kind in ReportKind:
        await bureau.do("luo-fang", submit_run_report, SubmitRunReport(run_id, kind, f"{kind} of June"))


async def test_a_file_report_is_whole_and_signed_by_both(squad: WorkedBureau) -> None:
    run_id = await in_the_field(squad)
    one = (await files_of(squad, run_id))[0]
    first, second = (person.removeprefix("D01.") for person in one.inspectors)
    other = next(name for name in INSPECTORS if f"D01.{name}" not in one.inspectors)
    whole = ReportInspectedFile(run_id, one.unit, CLEAN)
    with pytest.raises(NotFound):
        await squad.do(other, report_inspected_file, whole)
    nine = {aspect: result for aspect, result in CLEAN.items() if aspect != "ARREARS"}
    with pytest.raises(ReportIncomplete):
        await squad.do(first, report_inspected_file, ReportInspectedFile(run_id, one.unit, nine))
    await squad.do(first, report_inspected_file, whole)
    with pytest.raises(ReportIncomplete):
        await squad.do(first, sign_file_report, SignFileReport(run_id, one.unit))
    await squad.do(second, sign_file_report, SignFileReport(run_id, one.unit))
    report = SubmitRunReport(run_id, ReportKind.CONCLUSION, "too early")
    with pytest.raises(ReportIncomplete):
        await squad.do("luo-fang", submit_run_report, report)


def asked(bureau: WorkedBureau, name: str) -> Context:
    settings = load(definition.settings, {"DATABASE_URL": "postgresql://unused", "MODE": "test"})
    return Context(Runtime(definition, settings, bureau.db, bureau.clock), bureau.who(name))


async def test_116_reports_of_files_and_four_of_the_run_as_pdf(squad: WorkedBureau) -> None:
    run_id = await in_the_field(squad)
    first = (await files_of(squad, run_id))[0]
    for wanted in ((first.unit, None), (None, "CONCLUSION"), (None, "SUMMARY"), ("H-nothing", None)):
        with pytest.raises(NotFound):
            await sheet_of(asked(squad, "luo-fang"), run_id, *wanted)
    with pytest.raises(Invalid):
        await sheet_of(asked(squad, "luo-fang"), run_id, None, None)
    await report_all(squad, run_id)
    sample = await files_of(squad, run_id)
    sheets = [await sheet_of(asked(squad, "luo-fang"), run_id, one.unit, None) for one in sample]
    sheets += [await sheet_of(asked(squad, "huang-zhen"), run_id, None, kind) for kind in ReportKind]
    printed = [typeset(one.template.encode(), one.book, one.instant) for one in sheets]
    assert len({one.content for one in printed}) == 120
    assert {one.missing for one in printed} == {""}
    text = PdfReader(BytesIO(printed[0].content)).pages[0].extract_text()
    for said in ("INS-2026-06", sample[0].unit, "2025-01-01", "欠税管理", "2026-06-24"):
        assert said in text
    conclusion = PdfReader(BytesIO(printed[116].content)).pages[0].extract_text()
    for said in ("抽查结论报告", "HOUSEHOLD", "61", "历年欠税未纳入欠税管理", "CONCLUSION of June"):
        assert said in conclusion
    assert await print_pdf(sheets[0]) == printed[0].content
    for stranger in ("zhou-min", "wu-yan", "chen-gang"):
        with pytest.raises(NotFound):
            await sheet_of(asked(squad, stranger), run_id, sample[0].unit, None)


async def test_what_the_font_cannot_show_is_named() -> None:
    with pytest.raises(Invalid, match="no glyph"):
        await print_pdf(Sheet("#sys.inputs.book", "\U0001f9ff", 0))
    with pytest.raises(Unavailable):
        await print_pdf(Sheet("#nothing", "{}", 0))


async def test_from_116_reports_to_the_late_order_of_to_5(squad: WorkedBureau) -> None:
    run_id = await reported(squad)
    assert (await run_of(squad, run_id)).state is InspectionState.REPORTED
    await squad.at("2026-06-26 09:00")
    kinds = [*INSPECTION_RULES.shipped().finding_kinds][:4]
    wanted = tuple(
        OrderWanted(f"D01.TO-{number}", kinds[number % 4], f"finding {number}", "put it right")
        for number in range(1, 10)
    )
    with pytest.raises(NotFound):
        await squad.do("luo-fang", adjudicate_inspection, AdjudicateInspection(run_id, wanted))
    await squad.do("huang-zhen", adjudicate_inspection, AdjudicateInspection(run_id, wanted))
    issued = await squad.seen("luo-fang", lambda conn: files.orders(conn, run_id))
    assert len(issued) == 9
    assert all(one.special for one in issued)
    told = await squad.events(SpecialRectificationOrdered)
    assert {(one.order_id, one.finding_kind) for one in told} == {(one.order_id, one.kind) for one in issued}
    assert {(one.due_on, one.ordered_on) for one in told} == {("2026-07-17", "2026-06-26")}
    ids = [one.order_id for one in issued]
    rows = await squad.seen("luo-fang", lambda conn: orders.many(conn, ids))
    assert {one.due_on for one in rows.values()} == {date(2026, 7, 17)}
    late = next(one.id for one in rows.values() if one.unit_id == "D01.TO-5")
    for one in rows.values():
        if one.id != late:
            await squad.run(
                replace(squad.who("he-jun"), unit_ids=frozenset({one.unit_id})),
                submit_rectification,
                SubmitRectification(one.id, "done"),
            )
            await squad.do("luo-fang", accept_rectification, AcceptRectification(one.id, accepted=True))
    await squad.at("2026-07-27 09:00")
    notices = [(one.blocks, one.overdue_from) for one in await squad.events(RectificationOverdue)]
    assert notices == [(0, "2026-07-18"), (1, "2026-07-25")]
    await squad.do("he-jun", submit_rectification, SubmitRectification(late, "ledger page 4"))
    await squad.at("2026-07-28 09:00")
    with pytest.raises(InspectionStateRefused):
        await squad.do("luo-fang", close_inspection, CloseInspection(run_id))
    await squad.do("luo-fang", accept_rectification, AcceptRectification(late, accepted=True))
    await squad.do("luo-fang", close_inspection, CloseInspection(run_id))
    assert (await run_of(squad, run_id)).state is InspectionState.CLOSED
