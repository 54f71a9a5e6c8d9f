"""The city bureau inspects an office of the district below, and the office answers (S2-024); rounds of S2-025, S2-028."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
import pytest_asyncio
from case_flow.domain.scheduled_audit import AuditClosed, AuditTeam
from case_flow.domain.work_order import Closing, WorkOrderState, WorkOrderStateRefused
from case_flow.principal import with_reach
from case_flow.storage import finding_below as links
from case_flow.storage import work_order as orders
from case_flow.subscriptions import TIMERS
from case_flow.testing import MIGRATIONS, WorkedBureau
from case_flow.use_cases.audit_in_rounds import (
    AdoptAudit,
    CloseAudit,
    OpenAudit,
    adopt_audit,
    close_audit,
    open_audit,
)
from case_flow.use_cases.inspect_below import (
    CloseFindingBelow,
    HandDownFinding,
    close_finding_below,
    hand_down_finding,
)
from case_flow.use_cases.perform_work_order import FeedBackWorkOrder, feed_back_work_order
from plumbline_contracts.case_flow.v1 import AlertRaised
from plumbline_org.principal import principal_of
from plumbline_org.testing import city, linjiang, person, seed_replica
from plumbline_shared.clock import ManualClock, local_date
from plumbline_shared.database import Database
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import Principal, system
from plumbline_shared.testing.databases import TemplateDatabases

FOUND = ("relief handled late", "three files of 2025", "C01〔2026〕9号")
UPPER = {
    "supervisor": person("C01", "supervisor", "督察一", "LEAD.s1", ("UPPER_SUPERVISOR",)),
    "second": person("C01", "second", "督察二", "LEAD.s2", ()),
}


class TwoLevels(WorkedBureau):
    """D01 under the city bureau, whose people are named with their bureau."""

    def __init__(self, db: Database, clock: ManualClock) -> None:
        super().__init__(db, clock, TIMERS)
        above = city()
        self.above = replace(above, persons={**above.persons, **{one.id: one for one in UPPER.values()}})
        self.org = linjiang(upper=self.above)

    def who(self, name: str) -> Principal:
        if not name.startswith("C01."):
            return super().who(name)
        today = local_date(self.clock.now())
        return with_reach(principal_of(self.above, name, today), self.above, today)


@pytest_asyncio.fixture
async def levels(templates: TemplateDatabases, clock: ManualClock) -> AsyncIterator[TwoLevels]:
    urls = await templates.fresh("case_flow", MIGRATIONS)
    db = await Database.connect(urls.app, max_size=4)
    made = TwoLevels(db, clock)
    async with db.transaction(system("C01")) as conn:
        await seed_replica(conn, made.above)
    async with db.transaction(system("D01")) as conn:
        await seed_replica(conn, made.org)
    yield made
    await db.close()
    await templates.drop(urls)


def plan(**other: object) -> OpenAudit:
    wanted = OpenAudit(
        "UPPER_ENFORCEMENT", ("D01.TO-5",), "relief of 2025", ("C01.supervisor", "C01.second"), "D01"
    )
    return OpenAudit(**{**{key: getattr(wanted, key) for key in wanted.__struct_fields__}, **other})  # type: ignore[arg-type]


async def handed_down(levels: TwoLevels) -> tuple[str, str]:
    """The audit and the order that its finding became."""
    await levels.at("2026-04-10 09:00")
    audit = await levels.do("C01.supervisor", open_audit, plan())
    await levels.do("C01.second", hand_down_finding, HandDownFinding(audit, "D01.TO-5", *FOUND))
    (link,) = await levels.seen("C01.supervisor", lambda conn: links.of_audit(conn, audit))
    return audit, link.order_id


async def test_the_office_answers_and_the_city_confirms(levels: TwoLevels) -> None:
    audit, order_id = await handed_down(levels)
    order = (await levels.seen("pan-yu", lambda conn: orders.many(conn, [order_id])))[order_id]
    assert (order.source, order.document, order.issued_by) == ("UPPER_INSPECTION", FOUND[2], "C01.second")
    assert (order.to_unit, order.due_on) == ("D01.TO-5", date(2026, 4, 24))
    early = CloseFindingBelow(audit, order_id, Closing.CONFIRMED)
    with pytest.raises(WorkOrderStateRefused):
        await levels.do("C01.supervisor", close_finding_below, early)
    answer = FeedBackWorkOrder(order_id, "entered in the ledger", agrees=True)
    await levels.do("pan-yu", feed_back_work_order, answer)
    for stranger in ("C01.city-head", "huang-zhen", "pan-yu"):
        with pytest.raises(NotFound):
            await levels.do(stranger, close_finding_below, early)
    await levels.do("C01.supervisor", close_finding_below, early)
    closed = (await levels.seen("pan-yu", lambda conn: orders.many(conn, [order_id])))[order_id]
    assert (closed.state, closed.closed_by) == (WorkOrderState.CLOSED, "C01.supervisor")
    await levels.do("C01.supervisor", close_audit, CloseAudit(audit, "one finding, put right"))
    with pytest.raises(AuditClosed):
        await levels.do("C01.second", hand_down_finding, HandDownFinding(audit, "D01.TO-5", *FOUND))


async def test_an_answer_that_is_late_is_told_in_the_bureau_below(levels: TwoLevels) -> None:
    await handed_down(levels)
    await levels.at("2026-04-25 00:00")
    kinds = {(one.bureau_id, one.kind) for one in await levels.events(AlertRaised)}
    assert ("D01", "WORK_ORDER_UNANSWERED") in kinds
    assert {bureau for bureau, _ in kinds} == {"D01"}


async def test_a_finding_is_taken_back_with_its_reason(levels: TwoLevels) -> None:
    audit, order_id = await handed_down(levels)
    with pytest.raises(Invalid):
        await levels.do(
            "C01.second", close_finding_below, CloseFindingBelow(audit, order_id, Closing.WITHDRAWN)
        )
    back = CloseFindingBelow(audit, order_id, Closing.WITHDRAWN, "another taxpayer's file")
    await levels.do("C01.second", close_finding_below, back)
    with pytest.raises(WorkOrderStateRefused):
        await levels.do("C01.second", close_finding_below, back)


async def test_only_the_bureau_above_inspects_and_only_what_it_named(levels: TwoLevels) -> None:
    await levels.at("2026-04-10 09:00")
    for wrong in (
        plan(below=None),
        plan(below="C01"),
        plan(below="D09"),
        plan(scope_units=("C01.LEAD",)),
        plan(code="FINANCE"),
    ):
        with pytest.raises(Invalid):
            await levels.do("C01.city-lead", open_audit, wrong)
    with pytest.raises(AuditTeam):
        await levels.do("C01.supervisor", open_audit, plan(team=("C01.second",)))
    # The bureau below names none above; a district lead has no bureau below.
    with pytest.raises(Invalid):
        await levels.do("ma-qing", open_audit, plan(below="C01", team=("D01.ma-qing", "D01.bai-xue")))
    for stranger in ("C01.city-head", "C01.second"):
        with pytest.raises(NotFound):
            await levels.do(stranger, open_audit, plan())
    audit = await levels.do("C01.supervisor", open_audit, plan())
    outside = HandDownFinding(audit, "D01.TO-3", *FOUND)
    silent = HandDownFinding(audit, "D01.TO-5", "a", "b", " ")
    for one in (outside, silent):
        with pytest.raises(Invalid):
            await levels.do("C01.supervisor", hand_down_finding, one)
    for stranger in ("C01.city-lead", "ma-qing", "huang-zhen"):
        with pytest.raises(NotFound):
            await levels.do(stranger, hand_down_finding, HandDownFinding(audit, "D01.TO-5", *FOUND))


@pytest.mark.parametrize("code", ["FINANCE", "INTERNAL_AUDIT", "EFFICIENCY", "ENFORCEMENT"])
async def test_each_periodic_duty_is_missed_when_its_round_ends_without_it(
    bureau: WorkedBureau, code: str
) -> None:
    await bureau.do("huang-zhen", adopt_audit, AdoptAudit(code))
    await bureau.at("2026-06-30 23:59")
    assert await bureau.events(AlertRaised) == []
    await bureau.at("2026-07-01 00:00")
    assert [one.kind for one in await bureau.events(AlertRaised)] == ["AUDIT_NOT_OPENED"]


async def test_the_city_is_told_when_it_did_not_inspect_below(levels: TwoLevels) -> None:
    await levels.at("2026-04-01 09:00")
    await levels.do("C01.city-head", adopt_audit, AdoptAudit("UPPER_ENFORCEMENT"))
    await levels.at("2026-07-01 00:00")
    assert [(one.bureau_id, one.kind) for one in await levels.events(AlertRaised)] == [
        ("C01", "AUDIT_NOT_OPENED")
    ]
