"""No relief is decided outside its process: a decision without an approved matter is an alert (S1-135)."""

from datetime import date
from typing import Any

import pytest
from case_flow.storage.decision_register import newest
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import to_policy
from case_flow.testing_running import ALL_SIGN, published, rows
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer, acknowledge_transfer
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.report_decision import ReportDecision, report_decision
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import Principal

CORE = Principal(kind="client", bureau_id="D01", scopes=frozenset({"decisions:report"}))


def found(number: str, matter: str = "", on: date = date(2026, 4, 1), **other: Any) -> ReportDecision:
    given = {"unit_id": "D01.POLICY", "source": "核心征管", **other}
    return ReportDecision(decision_no=number, decided_on=on, matter_id=matter, **given)


async def reasons(bureau: WorkedBureau) -> dict[str, str]:
    await bureau.at(f"{bureau.clock.now():%Y-%m-%d} 23:00")
    sql = "select facts ->> 'decision_no' n, facts ->> 'reason' r from alert where kind = 'DECISION_OUTSIDE_PROCESS'"
    return {one["n"]: one["r"] for one in await rows(bureau, sql)}


async def listed(bureau: WorkedBureau, name: str) -> list[str]:
    return [one.decision_no for one in await bureau.seen(name, lambda conn: newest(conn, "D01", 10))]


async def test_a_decision_without_an_approved_relief_matter_alarms_once(bureau: WorkedBureau) -> None:
    await published(bureau, ALL_SIGN)
    other = (await bureau.do("wu-yan", accept_matter, AcceptMatter("SIGNED", "x"))).matter_id
    for one in (found("1"), found("2", "mt_unknown"), found("3", other)):
        assert (await bureau.run(CORE, report_decision, one)).new
    assert not (await bureau.run(CORE, report_decision, found("1", other))).new
    assert await reasons(bureau) == {"1": "NO_MATTER", "2": "NO_MATTER", "3": "OTHER_DOMAIN"}
    sql = "select person_id from alert_viewer v join alert a on a.id = v.alert_id where a.facts ->> 'decision_no' = '1'"
    seen_by = {one["person_id"] for one in await rows(bureau, sql)}
    assert seen_by >= {"D01.zhou-min", "D01.ma-qing", "D01.huang-zhen"}
    assert "D01.chen-gang" not in seen_by


async def test_a_decision_that_came_out_of_its_process_does_not(bureau: WorkedBureau) -> None:
    matter, slip = await to_policy(bureau)
    await bureau.run(CORE, report_decision, found("early", matter, date(2026, 4, 14)))
    await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-1"))
    await bureau.at("2026-04-15 09:00")
    await bureau.do("lin-jie", advance_matter, AdvanceMatter(matter, "review"))
    await bureau.do("zhou-min", advance_matter, AdvanceMatter(matter, "approve", {"outcome": "APPROVED"}))
    await bureau.run(CORE, report_decision, found("right", matter, date(2026, 4, 15)))
    await bureau.run(CORE, report_decision, found("before", matter, date(2026, 4, 14)))
    assert await reasons(bureau) == {"early": "NOT_APPROVED", "before": "BEFORE_APPROVAL"}


async def test_it_is_reported_by_the_core_system_and_auditors_and_says_what_it_needs(
    bureau: WorkedBureau,
) -> None:
    for name in ("huang-zhen", "chen-gang", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(name, report_decision, found("9"))
    with pytest.raises(NotFound):
        await bureau.run(Principal(kind="client", bureau_id="D01"), report_decision, found("9"))
    await bureau.do("bai-xue", report_decision, found("9"))
    assert await listed(bureau, "bai-xue") == ["9"]
    assert await listed(bureau, "chen-gang") == []
    for bad in (found(" "), found("8", source=""), found("8", on=date(2026, 4, 2))):
        with pytest.raises(Invalid):
            await bureau.run(CORE, report_decision, bad)
