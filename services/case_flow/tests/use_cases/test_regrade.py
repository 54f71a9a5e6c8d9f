"""Scenario 5, steps 4 and 6: a point becomes HIGH under running work; overdue education keeps new work away."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from case_flow.control_subscriptions import (
    on_assignment_ended,
    on_education_overdue,
    on_risk_point_published,
    on_risk_point_regraded,
)
from case_flow.domain.errors import CoSignerMissing, NotEligible
from case_flow.storage import matter as matters
from case_flow.storage import risk_point, watch
from case_flow.testing import WorkedBureau, point
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer, acknowledge_transfer
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.check_eligibility import check_eligibility
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.transfer_matter import TransferMatter, transfer_matter
from plumbline_contracts.common.v1 import RiskGrade as WireGrade
from plumbline_contracts.education.v1 import AssignmentCompleted, EducationOverdue
from plumbline_contracts.registry import number
from plumbline_contracts.risk_registry.v1 import RiskPointRegraded
from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import system

CODE = "RP-RELIEF-TIME-02"
PAIR = ("D01.li-wei", "D01.zhao-qiang")
DAYS = {date(2026, 3, 8): RiskGrade.LOW, date(2026, 3, 9): RiskGrade.HIGH, date(2024, 12, 31): None}


def regraded(code: str = CODE, effective_from: str = "2026-03-09") -> Any:
    return RiskPointRegraded(
        point_id=f"D01.{code}",
        bureau_id="D01",
        code=code,
        from_grade=number(WireGrade, "LOW"),
        to_grade=number(WireGrade, "HIGH"),
        effective_from=effective_from,
        process="RELIEF",
    )


async def accepted(bureau: WorkedBureau) -> str:
    command = AcceptMatter("RELIEF-APPROVAL", "a foundry", office_id="D01.TO-3")
    return (await bureau.do("wu-yan", accept_matter, command)).matter_id


async def running(bureau: WorkedBureau) -> str:
    """A matter that stands at the step of the point."""
    await bureau.publish("relief_approval")
    await bureau.receive(on_risk_point_published, point(CODE, "LOW", process="RELIEF"))
    await bureau.at("2026-03-05 09:00")
    return await accepted(bureau)


async def test_the_grade_counts_from_its_day(bureau: WorkedBureau) -> None:
    await bureau.at("2026-03-06 09:00")
    await bureau.receive(on_risk_point_published, point(CODE, "LOW"))
    await bureau.receive(on_risk_point_regraded, regraded())
    for on, grade in DAYS.items():
        read = partial(risk_point.grade_on, point_id=f"D01.{CODE}", on=on)
        found = await bureau.seen("chen-gang", read)
        assert found == grade


async def test_a_regrade_that_comes_before_its_point_is_kept(bureau: WorkedBureau) -> None:
    await bureau.receive(on_risk_point_regraded, regraded())
    await bureau.receive(on_risk_point_published, point(CODE, "LOW"))
    known = await bureau.seen("chen-gang", lambda conn: risk_point.point(conn, f"D01.{CODE}"))
    assert known is not None
    assert known.owner_unit_id == "D01.POLICY"


async def test_running_matters_get_a_second_review_from_their_next_step(bureau: WorkedBureau) -> None:
    matter = await running(bureau)
    due_on = (await bureau.seen("huang-zhen", lambda conn: matters.get(conn, matter))).due_on
    await bureau.receive(on_risk_point_regraded, regraded())
    await bureau.at("2026-03-08 23:59")
    found = await bureau.seen("ma-qing", lambda conn: watch.second_reviews(conn, f"D01.{CODE}", None, 50))
    assert found == []
    await bureau.at("2026-03-09 00:00")
    found = await bureau.seen("ma-qing", lambda conn: watch.second_reviews(conn, f"D01.{CODE}", None, 50))
    assert [one.matter_id for one in found] == [matter]
    await bureau.at("2026-03-09 09:00")
    later = await accepted(bureau)
    found = await bureau.seen("ma-qing", lambda conn: watch.second_reviews(conn, f"D01.{CODE}", None, 50))
    assert later not in {one.matter_id for one in found}
    now = await bureau.seen("huang-zhen", lambda conn: matters.get(conn, matter))
    assert (now.due_on, now.second_review) == (due_on, False)


async def test_from_the_next_step_two_people_sign(bureau: WorkedBureau) -> None:
    matter = await running(bureau)
    await bureau.receive(on_risk_point_regraded, regraded(effective_from="2026-03-05"))
    await bureau.at("2026-03-05 10:00")
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "investigate", PAIR))
    done = AdvanceMatter(matter, "investigate", {"report": "r"}, PAIR[1:])
    await bureau.do("li-wei", advance_matter, done)
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "investigate"))
    slip = await bureau.do("li-wei", transfer_matter, TransferMatter(matter, paper_barcode="PB"))
    await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "PB"))
    with pytest.raises(CoSignerMissing):
        await bureau.do("lin-jie", advance_matter, AdvanceMatter(matter, "review"))


async def test_the_regrade_twice_is_one_second_review(bureau: WorkedBureau) -> None:
    await running(bureau)
    await bureau.receive(on_risk_point_regraded, regraded())
    await bureau.receive(on_risk_point_regraded, regraded())
    await bureau.at("2026-03-09 00:00")
    found = await bureau.seen("ma-qing", lambda conn: watch.second_reviews(conn, f"D01.{CODE}", None, 50))
    assert len(found) == 1


async def test_overdue_education_keeps_new_high_matters_away_until_it_is_done(bureau: WorkedBureau) -> None:
    await bureau.at("2026-03-24 09:00")
    await bureau.receive(on_risk_point_published, point(CODE, "HIGH"))
    await bureau.receive(on_risk_point_published, point("RP-LOW-01", "LOW"))
    late = EducationOverdue(
        assignment_id="as_1",
        bureau_id="D01",
        person_id="D01.wu-bin",
        point_id=f"D01.{CODE}",
        overdue_from="2026-03-24",
    )
    await bureau.receive(on_education_overdue, late)
    await bureau.receive(on_education_overdue, late)

    async def check(person: str, code: str) -> None:
        await bureau.within(system("D01"), lambda uow: check_eligibility(uow, [person], code))

    with pytest.raises(NotEligible):
        await check("D01.wu-bin", CODE)
    await check("D01.wu-bin", "RP-LOW-01")
    await check("D01.wu-bin", "")
    await check("D01.he-jun", CODE)
    await bureau.receive(on_assignment_ended, AssignmentCompleted(assignment_id="as_1", bureau_id="D01"))
    await check("D01.wu-bin", CODE)
