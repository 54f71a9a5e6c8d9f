"""Work orders from their issue to their confirmation, findings with their answer, plans, notes (S1-122 to S1-127, S2-055)."""

from datetime import date

import msgspec
import pytest
from case_flow.domain.form import FormInvalid
from case_flow.domain.work_order import (
    AnswerMissing,
    Closing,
    ConfirmsOwnWork,
    WorkOrder,
    WorkOrderState,
    WorkOrderStateRefused,
)
from case_flow.storage import alert as alerts
from case_flow.storage import matter_note as notes
from case_flow.storage import rectification as rectifications
from case_flow.storage import work_order as orders
from case_flow.testing import WorkedBureau
from case_flow.testing_hall import publish_forms
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.issue_work_order import (
    IssueFinding,
    IssueWorkOrder,
    IssueWorkPlan,
    issue_finding,
    issue_work_order,
    issue_work_plan,
)
from case_flow.use_cases.note_on_matter import NoteOnMatter, NoteStage, note_on_matter
from case_flow.use_cases.perform_work_order import (
    AcceptWorkOrder,
    CloseWorkOrder,
    FeedBackWorkOrder,
    ReturnWorkOrder,
    accept_work_order,
    close_work_order,
    feed_back_work_order,
    return_work_order,
)
from plumbline_shared.database import Connection
from plumbline_shared.errors import Invalid, NotFound

PEOPLE = (
    "huang-zhen",
    "zhou-min",
    "tang-li",
    "chen-gang",
    "sun-hao",
    "pan-yu",
    "he-jun",
    "lin-jie",
    "wu-bin",
)
TASK = IssueWorkOrder("D01.TO-5", "check a taxpayer", "visit and fill in the table", date(2026, 4, 10))
FINDING = IssueFinding("D01.TO-5", "arrears", "three are not in the ledger", "UPPER_INSPECTION", "C01-3")
CHECKED = {
    "form": "TAX-SOURCE-CHECK/1",
    "fields": {
        "taxpayer": "Linjiang Foundry",
        "registration_no": "91310000X",
        "checked_on": "2026-04-08",
        "operating": "OPERATING",
        "turnover": 1200000,
        "remarks": "open for business",
    },
}

TABLES = {
    "TAX-SOURCE-CHECK": CHECKED["fields"],
    "ARREARS-CHECK": {
        "taxpayer": "Linjiang Foundry",
        "tax_kind": "VAT",
        "owed_since": "2025-11-16",
        "owed": 5000000,
        "measure": "REMINDED",
    },
    "NON-FILER-CHECK": {
        "taxpayer": "Linjiang Foundry",
        "period": "2026-01",
        "months": 2,
        "reason": "FORGOTTEN",
        "ordered_until": "2026-04-20",
    },
}
"""The three named check tables, filled in (S1-123)."""


def with_form(form: str) -> IssueWorkOrder:
    return msgspec.structs.replace(TASK, form=form)


async def issued(bureau: WorkedBureau, command: IssueWorkOrder = TASK) -> str:
    """An order of Chen Gang's from POLICY, on Fri 2026-04-03."""
    await bureau.at("2026-04-03 09:00")
    return await bureau.do("chen-gang", issue_work_order, command)


async def found(bureau: WorkedBureau) -> str:
    """What an inspection from above found in TO-5, entered by the head."""
    await bureau.at("2026-04-03 09:00")
    return await bureau.do("huang-zhen", issue_finding, FINDING)


async def now(bureau: WorkedBureau, order_id: str, name: str = "he-jun") -> WorkOrder:
    return (await bureau.seen(name, lambda conn: orders.many(conn, [order_id])))[order_id]


async def told(bureau: WorkedBureau) -> dict[str, set[str]]:
    """Every kind of alert, and who sees it."""
    seen: dict[str, set[str]] = {}
    for name in PEOPLE:
        for one in await bureau.seen(name, lambda conn: alerts.page(conn, alerts.AlertFilter(), None, 9)):
            seen.setdefault(one.kind, set()).add(name)
    return seen


async def test_an_order_is_over_only_when_its_feedback_is_confirmed(bureau: WorkedBureau) -> None:
    order = await issued(bureau)
    await bureau.do("he-jun", accept_work_order, AcceptWorkOrder(order))
    with pytest.raises(WorkOrderStateRefused):
        await bureau.do("pan-yu", accept_work_order, AcceptWorkOrder(order))
    with pytest.raises(WorkOrderStateRefused):
        await bureau.do("chen-gang", close_work_order, CloseWorkOrder(order, Closing.CONFIRMED))
    with pytest.raises(Invalid):
        await bureau.do("he-jun", feed_back_work_order, FeedBackWorkOrder(order, " "))
    await bureau.do("he-jun", feed_back_work_order, FeedBackWorkOrder(order, "visited"))
    again = ReturnWorkOrder(order, "the turnover is missing", date(2026, 4, 14))
    await bureau.do("chen-gang", return_work_order, again)
    assert (await now(bureau, order)).state is WorkOrderState.ACCEPTED
    await bureau.do("pan-yu", feed_back_work_order, FeedBackWorkOrder(order, "12,000 yuan"))
    for name in ("he-jun", "tang-li"):
        with pytest.raises(NotFound):
            await bureau.do(name, close_work_order, CloseWorkOrder(order, Closing.CONFIRMED))
    await bureau.do("chen-gang", close_work_order, CloseWorkOrder(order, Closing.CONFIRMED))
    done = await now(bureau, order)
    assert (done.state, done.returned, done.fed_back_by) == (WorkOrderState.CLOSED, 1, "D01.pan-yu")
    await bureau.at("2026-06-01 00:00")
    assert await told(bureau) == {}


async def test_who_does_not_take_it_on_or_feed_back_in_time_alarms_both_chiefs(bureau: WorkedBureau) -> None:
    await issued(bureau)
    await bureau.at("2026-04-07 23:59")
    assert await told(bureau) == {}
    await bureau.at("2026-04-08 00:00")
    assert await told(bureau) == {"WORK_ORDER_UNACCEPTED": {"pan-yu", "chen-gang"}}
    await bureau.at("2026-04-11 00:00")
    assert (await told(bureau))["WORK_ORDER_UNANSWERED"] == {"pan-yu", "chen-gang", "tang-li", "zhou-min"}


async def test_an_order_that_was_returned_alarms_again_at_its_new_day(bureau: WorkedBureau) -> None:
    order = await issued(bureau)
    await bureau.do("he-jun", feed_back_work_order, FeedBackWorkOrder(order, "visited"))
    await bureau.do("chen-gang", return_work_order, ReturnWorkOrder(order, "thin", date(2026, 4, 14)))
    await bureau.at("2026-04-14 23:59")
    assert await told(bureau) == {}
    await bureau.at("2026-04-15 00:00")
    expected = {"he-jun", "pan-yu", "chen-gang", "tang-li", "zhou-min"}
    assert await told(bureau) == {"WORK_ORDER_UNANSWERED": expected}


async def test_the_feedback_fills_in_the_check_table_that_the_order_names(bureau: WorkedBureau) -> None:
    await publish_forms(bureau, "tax_source_check", "arrears_check", "non_filer_check")
    order = await issued(bureau, with_form("TAX-SOURCE-CHECK"))
    empty = FeedBackWorkOrder(order, "visited", {"form": "TAX-SOURCE-CHECK/1", "fields": {}})
    other = FeedBackWorkOrder(order, "visited", {**CHECKED, "form": "ARREARS-CHECK/1"})
    for wrong in (empty, other, FeedBackWorkOrder(order, "visited")):
        with pytest.raises(FormInvalid):
            await bureau.do("he-jun", feed_back_work_order, wrong)
    await bureau.do("he-jun", feed_back_work_order, FeedBackWorkOrder(order, "visited", CHECKED))
    filled = (await now(bureau, order)).submission or {}
    assert filled["fields"]["turnover"] == 1200000
    with pytest.raises(NotFound):
        await issued(bureau, with_form("NO-SUCH-TABLE"))


@pytest.mark.parametrize("table", TABLES)
async def test_each_check_table_goes_to_another_group_and_comes_back_typed(
    bureau: WorkedBureau, table: str
) -> None:
    """S1-123: the order carries the table's version, each field of a wrong kind is told, the filled one stays with it."""
    await publish_forms(bureau, "tax_source_check", "arrears_check", "non_filer_check")
    order = await issued(bureau, with_form(table))
    for field, value in TABLES[table].items():
        wrong = {**TABLES[table], field: 7 if isinstance(value, str) else "many"}
        given = {"form": f"{table}/1", "fields": wrong}
        with pytest.raises(FormInvalid):
            await bureau.do("he-jun", feed_back_work_order, FeedBackWorkOrder(order, "visited", given))
    whole = {"form": f"{table}/1", "fields": TABLES[table]}
    await bureau.do("he-jun", feed_back_work_order, FeedBackWorkOrder(order, "visited", whole))
    # Who sent it out sees what came back.
    assert (await now(bureau, order, "chen-gang")).submission == whole


async def test_a_finding_is_answered_and_confirmed_by_neither_side_alone(bureau: WorkedBureau) -> None:
    finding = await found(bureau)
    assert (await now(bureau, finding)).due_on == date(2026, 4, 20)
    with pytest.raises(AnswerMissing):
        await bureau.do("pan-yu", feed_back_work_order, FeedBackWorkOrder(finding, "entered"))
    answer = FeedBackWorkOrder(finding, "two of them were paid", agrees=False)
    await bureau.do("pan-yu", feed_back_work_order, answer)
    with pytest.raises(NotFound):
        await bureau.do("pan-yu", close_work_order, CloseWorkOrder(finding, Closing.CONFIRMED))
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", close_work_order, CloseWorkOrder(finding, Closing.WITHDRAWN))
    withdrawn = CloseWorkOrder(finding, Closing.WITHDRAWN, "the unit is right")
    await bureau.do("huang-zhen", close_work_order, withdrawn)
    shut = await now(bureau, finding)
    assert (shut.closing, shut.agrees, shut.source) == (Closing.WITHDRAWN, False, "UPPER_INSPECTION")


async def test_a_confirmed_finding_becomes_an_order_to_put_it_right(bureau: WorkedBureau) -> None:
    finding, task = await found(bureau), await issued(bureau)
    for order, agrees in ((finding, True), (task, None)):
        await bureau.do("pan-yu", feed_back_work_order, FeedBackWorkOrder(order, "so it is", agrees=agrees))
    rectify = CloseWorkOrder(task, Closing.CONFIRMED, rectify="enter them in the ledger")
    with pytest.raises(Invalid):
        await bureau.do("chen-gang", close_work_order, rectify)
    await bureau.do("huang-zhen", close_work_order, msgspec.structs.replace(rectify, order_id=finding))
    order_id = (await now(bureau, finding)).rectification_id or ""
    order = (await bureau.seen("he-jun", lambda conn: rectifications.many(conn, [order_id])))[order_id]
    assert (order.unit_id, order.subject, order.demand) == ("D01.TO-5", "arrears", "enter them in the ledger")


async def test_nobody_confirms_the_work_they_did(bureau: WorkedBureau) -> None:
    own = IssueWorkOrder("D01.POLICY", "own", "of the same unit", date(2026, 4, 10))
    order = await issued(bureau, own)
    await bureau.do("chen-gang", feed_back_work_order, FeedBackWorkOrder(order, "done"))
    with pytest.raises(ConfirmsOwnWork):
        await bureau.do("chen-gang", close_work_order, CloseWorkOrder(order, Closing.CONFIRMED))


async def test_only_chiefs_and_leaders_order_and_only_auditors_and_the_head_find(
    bureau: WorkedBureau,
) -> None:
    await bureau.at("2026-04-03 09:00")
    for name in ("he-jun", "lin-jie"):
        with pytest.raises(NotFound):
            await bureau.do(name, issue_work_order, TASK)
    for_levy = msgspec.structs.replace(TASK, from_unit="D01.LEVY")
    with pytest.raises(NotFound):
        await bureau.do("chen-gang", issue_work_order, for_levy)
    with pytest.raises(NotFound):
        await bureau.do("chen-gang", issue_finding, FINDING)
    hunch = IssueFinding("D01.TO-5", "t", "x", "HUNCH")
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", issue_finding, hunch)


async def test_an_order_is_for_its_unit_and_those_who_follow_it(bureau: WorkedBureau) -> None:
    order = await issued(bureau)
    seen = {name for name in PEOPLE if await bureau.seen(name, lambda conn: orders.many(conn, [order]))}
    assert seen == {"pan-yu", "he-jun", "chen-gang", "tang-li", "huang-zhen"}


async def test_a_plan_is_issued_line_by_line_or_not_at_all(bureau: WorkedBureau) -> None:
    await bureau.at("2026-04-03 09:00")
    lines = tuple(
        IssueWorkOrder(f"D01.TO-{n}", "clean up", "by the list", date(2026, 4 + n, 30), object=f"list {n}")
        for n in (3, 5)
    )
    past = IssueWorkOrder("D01.TO-7", "clean up", "by the list", date(2026, 4, 2))
    with pytest.raises(Invalid):
        await bureau.do("tang-li", issue_work_plan, IssueWorkPlan("spring", (*lines, past)))
    plan = await bureau.do("tang-li", issue_work_plan, IssueWorkPlan("spring", lines))

    async def of_plan(conn: Connection) -> list[WorkOrder]:
        return await orders.page(conn, None, plan, open_only=True, after=None, size=9)

    rows = await bureau.seen("tang-li", of_plan)
    assert [(one.to_unit, one.object) for one in rows] == [("D01.TO-3", "list 3"), ("D01.TO-5", "list 5")]
    assert [one.to_unit for one in await bureau.seen("he-jun", of_plan)] == ["D01.TO-5"]


async def test_the_tracker_of_the_domain_notes_on_matters_under_investigation(bureau: WorkedBureau) -> None:
    await bureau.publish("relief_approval")
    command = AcceptMatter("RELIEF-APPROVAL", "Linjiang Foundry", office_id="D01.TO-3")
    matter = (await bureau.do("wu-yan", accept_matter, command)).matter_id
    for name in ("huang-zhen", "wu-yan", "sun-hao", "li-wei"):
        with pytest.raises(NotFound):
            await bureau.do(name, note_on_matter, NoteOnMatter(matter, "hurry"))
    with pytest.raises(Invalid):
        await bureau.do("qian-lu", note_on_matter, NoteOnMatter(matter, " "))
    await bureau.do("qian-lu", note_on_matter, NoteOnMatter(matter, "photographs are needed"))
    (note,) = await bureau.seen("sun-hao", lambda conn: notes.of_matter(conn, matter))
    assert (note.author, note.step) == ("D01.qian-lu", "investigate")
    assert await bureau.seen("chen-gang", lambda conn: notes.of_matter(conn, matter)) == []


async def test_a_closed_matter_takes_no_notes(bureau: WorkedBureau) -> None:
    await bureau.publish("invoice_check")
    matter = (await bureau.do("wu-yan", accept_matter, AcceptMatter("INVOICE-CHECK", "x"))).matter_id
    async with bureau.db.transaction(bureau.who("wu-yan")) as conn:
        await conn.execute("update matter set step = null, state = 'CLOSED' where id = $1", matter)
    with pytest.raises(NoteStage):
        await bureau.do("qian-lu", note_on_matter, NoteOnMatter(matter, "late"))
