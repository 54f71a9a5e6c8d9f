"""Scan, recheck of one official, remedy and exception (S2-016, SoD-12)."""

from collections.abc import Callable
from datetime import date

import pytest
from plumbline_contracts.directory.v1 import PersonChanged
from plumbline_shared.clock import ManualClock
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.use_case import Uow
from risk_registry.domain.catalogue import EntryKind
from risk_registry.storage.findings import Finding, findings
from risk_registry.testing_reform import DAY, HEAD, LEGAL, regulation
from risk_registry.use_cases.keep_catalogue import RecordEntry, record
from risk_registry.use_cases.segregation import (
    GrantException,
    RemedyFinding,
    Scanned,
    ScanSegregation,
    StillThere,
    grant_exception,
    on_person_changed_recheck,
    remedy_finding,
    scan,
)

As = Callable[[str], Principal]
LIN = "D01.lin-jie"
CONTROL = {
    "title_zh": "二次复核", "family": "EXTERNAL", "phase": "EX_POST", "basis": "REG-RELIEF#3",
}  # fmt: skip


async def duty(
    runtime: Runtime, act_as: As, code: str, function: str, power: str, *, retired: bool = False
) -> None:
    body = {
        "title_zh": code, "power": power, "function": function, "posts": ["POLICY.reviewer"], "process": "RELIEF",
    }  # fmt: skip
    await runtime.execute(act_as(LEGAL), record, RecordEntry(EntryKind.DUTY, code, body, DAY, retired))


async def both_duties(runtime: Runtime, act_as: As) -> None:
    await duty(runtime, act_as, "DUTY-REVIEW", "REVIEW", "SUPERVISION")
    await duty(runtime, act_as, "DUTY-APPROVE", "APPROVE", "EXECUTION")


async def scanned(runtime: Runtime, act_as: As) -> Scanned:
    return await runtime.execute(act_as(HEAD), scan, ScanSegregation())


async def known(runtime: Runtime, *, closed: bool = False) -> list[Finding]:
    async with runtime.db.read(system("D01")) as conn:
        return await findings(conn, "D01", closed=closed)


async def test_a_scan_finds_each_violation_once_and_closes_what_is_gone(runtime: Runtime, act_as: As) -> None:
    await both_duties(runtime, act_as)
    assert await scanned(runtime, act_as) == Scanned(1, 0, 1)
    assert await scanned(runtime, act_as) == Scanned(0, 0, 1)
    (found,) = await known(runtime)
    assert (found.violation.holder, found.violation.rule) == (LIN, "SOD-REVIEW-APPROVE")
    await duty(runtime, act_as, "DUTY-APPROVE", "APPROVE", "EXECUTION", retired=True)
    assert await scanned(runtime, act_as) == Scanned(0, 1, 0)
    assert [each.remedy.state for each in await known(runtime, closed=True)] == ["CLOSED"]


async def test_an_exception_needs_a_control_and_ends_by_itself(
    runtime: Runtime, act_as: As, clock: ManualClock
) -> None:
    await both_duties(runtime, act_as)
    given = GrantException("SOD-REVIEW-APPROVE", LIN, "CT-SECOND", "编制不足", date(2026, 5, 1))
    with pytest.raises(Invalid):
        await runtime.execute(act_as(HEAD), grant_exception, given)
    await regulation(runtime, act_as)
    await runtime.execute(act_as(LEGAL), record, RecordEntry(EntryKind.CONTROL, "CT-SECOND", CONTROL, DAY))
    await runtime.execute(act_as(HEAD), grant_exception, given)
    assert (await scanned(runtime, act_as)).open == 0
    clock.set(clock.now().replace(month=5, day=2))
    assert (await scanned(runtime, act_as)).open == 1


async def test_a_finding_is_not_closed_while_the_duties_remain(runtime: Runtime, act_as: As) -> None:
    await both_duties(runtime, act_as)
    await scanned(runtime, act_as)
    (found,) = await known(runtime)
    assign = RemedyFinding(found.id, "ASSIGNED", "调整分工", due_on=date(2026, 5, 1))
    await runtime.execute(act_as(LEGAL), remedy_finding, assign)
    with pytest.raises(StillThere):
        await runtime.execute(act_as(LEGAL), remedy_finding, RemedyFinding(found.id, "CLOSED", "done"))
    with pytest.raises(NotFound):
        await runtime.execute(act_as(LIN), remedy_finding, assign)
    (after,) = await known(runtime)
    assert (after.remedy.state, after.remedy.due_on) == ("ASSIGNED", date(2026, 5, 1))


async def test_an_assignment_is_rechecked_when_it_is_heard_of(runtime: Runtime, act_as: As) -> None:
    await both_duties(runtime, act_as)
    event = PersonChanged(
        person_id="D01.newcomer", bureau_id="D01", name="新人",
        assignments=[
            PersonChanged.Assignment(
                assignment_id="D01.newcomer/1", post_id="D01.POLICY.reviewer", unit_id="D01.POLICY",
                kind="ASSIGNMENT_KIND_PERMANENT", effective_from="2026-01-01",
            )
        ],
    )  # fmt: skip
    async with runtime.db.transaction(system("D01")) as conn:
        await on_person_changed_recheck(Uow(conn, system("D01"), runtime.clock.now()), event)
    assert [each.violation.holder for each in await known(runtime)] == ["D01.newcomer"]
    left = PersonChanged(person_id="D01.newcomer", bureau_id="D01", name="新人")
    async with runtime.db.transaction(system("D01")) as conn:
        await on_person_changed_recheck(Uow(conn, system("D01"), runtime.clock.now()), left)
    assert await known(runtime) == []
