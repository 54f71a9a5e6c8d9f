"""A run of the routine cycle is told beforehand, an unannounced one when it starts (S1-066); its period is that of the
files (S1-151); quotas add up to distinct files (S1-150).
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from case_flow.domain.draw import FrameUnit, Stratum, commitment, draw, plan_hash
from case_flow.domain.inspection import RunKind
from case_flow.storage import inspection as runs
from case_flow.storage import inspection_notice as notices
from case_flow.testing import WorkedBureau
from case_flow.use_cases.commit_draw_seed import (
    CommitDrawSeed,
    RevealDrawSeed,
    commit_draw_seed,
    reveal_draw_seed,
)
from case_flow.use_cases.draw_inspection_sample import DrawInspectionSample, draw_inspection_sample
from case_flow.use_cases.freeze_inspection_frame import FreezeInspectionFrame, freeze_inspection_frame
from case_flow.use_cases.plan_inspection import PlanInspection, plan_inspection
from case_flow.use_cases.report_inspected_file import StartFieldwork, start_fieldwork
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.parts import RoleGrant
from plumbline_org.storage.write import put_person
from plumbline_org.testing import ALWAYS
from plumbline_shared.principal import system

KEEPERS = {"LEGAL_OFFICER": "luo-fang", "DISCIPLINE_LEAD": "ma-qing", "SUPERVISION_OFFICE": "gu-ping"}
INSPECTORS = ("sun-hao", "pan-yu", "wu-bin")
FRAME = (FrameUnit("A", "H-1", "D01.TO-5", ()), FrameUnit("A", "H-2", "D01.TO-5", ()))
FY2009 = (date(2009, 1, 1), date(2009, 12, 31))
NOTICES = "{ inspectionNotices { code kind office { id } periodFrom periodTo aspects { zh } } }"


@pytest_asyncio.fixture
async def squad(bureau: WorkedBureau) -> AsyncIterator[WorkedBureau]:
    """The bureau with three inspectors, one of them the chief of the office that is inspected."""
    before = {name: bureau.org.persons[f"D01.{name}"] for name in INSPECTORS}
    try:
        async with bureau.db.transaction(system("D01")) as conn:
            for one in before.values():
                grant = RoleGrant(f"{one.id}/i", one.id, "INSPECTOR", None, None, ALWAYS)
                await put_person(conn, replace(one, grants=(*one.grants, grant)))
        yield bureau
    finally:
        async with bureau.db.transaction(system("D01")) as conn:
            for one in before.values():
                await put_person(conn, one)


class Looker:
    """Who knows of the run."""

    def __init__(self, bureau: WorkedBureau, run_id: str) -> None:
        self.bureau, self.run_id = bureau, run_id

    async def know(self) -> tuple[bool, bool]:
        """Whether the inspected office was told, and whether the inspectors see the run."""
        told = await self.bureau.seen("pan-yu", lambda conn: notices.latest(conn, 9))
        seen = [
            await self.bureau.seen(name, lambda conn: runs.many(conn, [self.run_id])) for name in INSPECTORS
        ]
        return bool(told), any(seen)


async def planned(bureau: WorkedBureau, kind: RunKind) -> str:
    await bureau.at("2026-06-01 09:00")
    plan = PlanInspection("INS-1", "D01.LEGAL", *FY2009, date(2026, 6, 30), (Stratum("A", 1),), (), kind)
    run_id = await bureau.do("luo-fang", plan_inspection, plan)
    for role, name in KEEPERS.items():
        made = commitment(run_id, 1, role, name)
        await bureau.do(name, commit_draw_seed, CommitDrawSeed(run_id, role, made))
    return run_id


async def drawn(bureau: WorkedBureau, run_id: str) -> None:
    for role, name in KEEPERS.items():
        await bureau.do(name, reveal_draw_seed, RevealDrawSeed(run_id, role, name))
    await bureau.do("luo-fang", draw_inspection_sample, DrawInspectionSample(run_id))


async def test_a_routine_run_is_told_when_its_population_is_frozen(squad: WorkedBureau) -> None:
    run_id = await planned(squad, RunKind.ROUTINE)
    look = Looker(squad, run_id)
    assert await look.know() == (False, False)
    await squad.do("luo-fang", freeze_inspection_frame, FreezeInspectionFrame(run_id, FRAME))
    assert await look.know() == (True, False)
    await drawn(squad, run_id)
    assert await look.know() == (True, True)


async def test_an_unannounced_run_is_known_to_nobody_of_the_inspected_before_it_starts(squad: WorkedBureau, graph: Any) -> None:  # fmt: skip
    run_id = await planned(squad, RunKind.UNANNOUNCED)
    look = Looker(squad, run_id)
    await squad.do("luo-fang", freeze_inspection_frame, FreezeInspectionFrame(run_id, FRAME))
    await drawn(squad, run_id)
    assert await look.know() == (False, False)
    assert (await graph.ask("pan-yu", NOTICES))["inspectionNotices"] == []
    assert (await graph.ask("pan-yu", "query($i: ID!) { inspectionRun(id: $i) { id } }", i=run_id))["inspectionRun"] is None  # fmt: skip
    await squad.do("luo-fang", start_fieldwork, StartFieldwork(run_id))
    assert await look.know() == (True, True)
    [told] = (await graph.ask("pan-yu", NOTICES))["inspectionNotices"]
    assert (told["kind"], told["office"]["id"], len(told["aspects"])) == ("UNANNOUNCED", "D01.TO-5", 10)
    assert (await graph.ask("chen-gang", NOTICES))["inspectionNotices"] == []


async def test_the_period_is_the_files_not_the_runs(squad: WorkedBureau, graph: Any) -> None:
    """S1-151: the files of FY2009, looked at much later."""
    plan = {
        "code": "INS-FY2009", "leadUnitId": "D01.LEGAL", "periodFrom": "2009-01-01", "periodTo": "2009-12-31",
        "reportDueOn": "2026-06-30", "strata": [{"code": "A", "quota": 1}], "kind": "UNANNOUNCED",
    }  # fmt: skip
    made = await graph.do("luo-fang", "planInspection", plan, "run { kind periodFrom periodTo reportDueOn }")
    assert made["run"] == {
        "kind": "UNANNOUNCED", "periodFrom": "2009-01-01", "periodTo": "2009-12-31", "reportDueOn": "2026-06-30",
    }  # fmt: skip


@given(st.sets(st.integers(0, 199), max_size=60), st.text("0123456789abcdef", min_size=8, max_size=8))
def test_116_is_61_and_28_and_27_without_a_file_twice(also: set[int], seed: str) -> None:
    """S1-150, A-12: households, real estate and anomalies overlap as they like; the sample does not."""
    strata = (Stratum("HOUSEHOLD", 61), Stratum("REAL-ESTATE", 28), Stratum("ANOMALY", 27))
    frame = [FrameUnit("HOUSEHOLD", f"H-{one}", "o", ()) for one in range(200)]
    frame += [FrameUnit("REAL-ESTATE", f"R-{one}", "o", ()) for one in range(28)]
    frame += [FrameUnit("REAL-ESTATE", f"H-{one}", "o", ()) for one in also]
    frame += [FrameUnit("ANOMALY", f"A-{one}", "o", ()) for one in range(27)]
    frame += [FrameUnit("ANOMALY", f"H-{one}", "o", ()) for one in also]
    sample = draw(seed, strata, frame)
    by_stratum = [sum(one.stratum == stratum.code for one in sample.picks) for stratum in strata]
    assert by_stratum == [61, 28, 27]
    assert len({one.unit for one in sample.picks}) == 116
    assert len(plan_hash("INS-1", strata)) == 64


@pytest.mark.parametrize("kind", RunKind)
async def test_a_repeated_start_is_refused_and_tells_nobody_twice(squad: WorkedBureau, kind: RunKind) -> None:
    run_id = await planned(squad, kind)
    await squad.do("luo-fang", freeze_inspection_frame, FreezeInspectionFrame(run_id, FRAME))
    await squad.do("luo-fang", freeze_inspection_frame, FreezeInspectionFrame(run_id, FRAME))
    await drawn(squad, run_id)
    await squad.do("luo-fang", start_fieldwork, StartFieldwork(run_id))
    assert len(await squad.seen("pan-yu", lambda conn: notices.latest(conn, 9))) == 1
