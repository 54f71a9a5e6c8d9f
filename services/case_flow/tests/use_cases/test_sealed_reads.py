"""Scenario 3, step 8: the discipline lead reads what passed a step; the read leaves its trace in the sealed log only."""

from datetime import UTC, datetime

import asyncpg
import pytest
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.testing import WorkedBureau, point
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.read_approvals import approvals_of
from plumbline_shared.errors import Invalid
from plumbline_shared.principal import system
from plumbline_shared.testing.databases import DatabaseUrls

SEALED = "select reader, point_id, found from sealed_read order by id"


async def worked(bureau: WorkedBureau) -> None:
    await bureau.publish("relief_approval")
    await bureau.receive(on_risk_point_published, point("RP-RELIEF-TIME-02", "MEDIUM"))
    command = AcceptMatter("RELIEF-APPROVAL", "a foundry", office_id="D01.TO-3")
    await bureau.do("wu-yan", accept_matter, command)


async def sealed(urls: DatabaseUrls) -> list[tuple[str, str, int]]:
    owner = await asyncpg.connect(urls.owner)
    rows = await owner.fetch(SEALED)
    await owner.close()
    return [tuple(row) for row in rows]


async def test_the_lead_reads_and_the_sealed_log_knows(
    bureau: WorkedBureau, bureau_urls: DatabaseUrls
) -> None:
    await worked(bureau)
    lead = bureau.who("ma-qing")
    found = await approvals_of(bureau.db, lead, "D01.RP-RELIEF-TIME-02", 12, bureau.clock.now())
    assert [(one.step, one.signers) for one in found] == [("accept", ("D01.wu-yan",))]
    assert await sealed(bureau_urls) == [("D01.ma-qing", "D01.RP-RELIEF-TIME-02", 1)]


async def test_the_ordinary_audit_log_knows_nothing(bureau: WorkedBureau) -> None:
    await worked(bureau)
    count = "select count(*) from audit_entry"
    before = await bureau.within(system("D01"), lambda uow: uow.conn.fetchval(count))
    await approvals_of(bureau.db, bureau.who("ma-qing"), "D01.RP-RELIEF-TIME-02", 12, bureau.clock.now())
    assert await bureau.within(system("D01"), lambda uow: uow.conn.fetchval(count)) == before


async def test_nobody_else_reads(bureau: WorkedBureau, bureau_urls: DatabaseUrls) -> None:
    await worked(bureau)
    now = bureau.clock.now()
    for name in ("huang-zhen", "bai-xue", "chen-gang", "zhou-min", "wu-yan"):
        assert await approvals_of(bureau.db, bureau.who(name), "D01.RP-RELIEF-TIME-02", 12, now) == []
    assert await sealed(bureau_urls) == []


async def test_nobody_reads_the_sealed_log_through_the_service(bureau: WorkedBureau) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await bureau.seen("ma-qing", lambda conn: conn.fetch(SEALED))


async def test_months_outside_the_range_are_refused(bureau: WorkedBureau) -> None:
    for months in (0, 37):
        with pytest.raises(Invalid):
            await approvals_of(bureau.db, bureau.who("ma-qing"), "D01.X", months, bureau.clock.now())


async def test_older_steps_are_not_listed(bureau: WorkedBureau) -> None:
    await worked(bureau)
    later = datetime(2027, 5, 1, tzinfo=UTC)
    assert await approvals_of(bureau.db, bureau.who("ma-qing"), "D01.RP-RELIEF-TIME-02", 12, later) == []
