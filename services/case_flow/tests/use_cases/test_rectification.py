"""Rectification: overdue at 00:00, counted in full blocks, accepted by somebody outside the unit (scenario 6)."""

from datetime import date

import pytest
from case_flow.domain.rectification import AcceptorIsRectifier, RectificationState, RectificationStateRefused
from case_flow.storage import alert as alerts
from case_flow.storage import rectification as orders
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_rectification import AcceptRectification, accept_rectification
from case_flow.use_cases.issue_circular import IssueCircular, issue_circular
from case_flow.use_cases.issue_rectification import IssueRectification, issue_rectification
from case_flow.use_cases.submit_rectification import SubmitRectification, submit_rectification
from case_flow.use_cases.take_on_rectification import TakeOnRectification, take_on_rectification
from plumbline_contracts.case_flow.v1 import RectificationOverdue
from plumbline_shared.errors import Invalid, NotFound

EVERYBODY = (
    "huang-zhen",
    "zhou-min",
    "tang-li",
    "ma-qing",
    "luo-fang",
    "pan-yu",
    "he-jun",
    "sun-hao",
    "chen-gang",
)


async def issued(bureau: WorkedBureau) -> str:
    await bureau.at("2026-06-26 09:00")
    order = IssueRectification("D01.TO-5", "arrears unmanaged", "enter them in the ledger")
    return await bureau.do("huang-zhen", issue_rectification, order)


async def order_of(bureau: WorkedBureau, order_id: str, name: str = "pan-yu") -> orders.RectificationOrder:
    return (await bureau.seen(name, lambda conn: orders.many(conn, [order_id])))[order_id]


async def notices(bureau: WorkedBureau) -> list[tuple[int, str]]:
    return [(one.blocks, one.overdue_from) for one in await bureau.events(RectificationOverdue)]


async def test_overdue_begins_at_midnight_and_counts_full_blocks_until_submission(
    bureau: WorkedBureau,
) -> None:
    order_id = await issued(bureau)
    assert (await order_of(bureau, order_id)).due_on == date(2026, 7, 17)
    await bureau.do("pan-yu", take_on_rectification, TakeOnRectification(order_id))
    await bureau.at("2026-07-17 23:59")
    assert await notices(bureau) == []
    await bureau.at("2026-07-18 00:00")
    assert await notices(bureau) == [(0, "2026-07-18")]
    await bureau.at("2026-07-25 00:00")
    await bureau.at("2026-07-27 09:00")
    await bureau.do("he-jun", submit_rectification, SubmitRectification(order_id, "ledger page 4"))
    await bureau.at("2026-08-20 09:00")
    assert await notices(bureau) == [(0, "2026-07-18"), (1, "2026-07-25")]


async def test_the_overdue_alert_goes_to_chief_deputy_legal_and_discipline(bureau: WorkedBureau) -> None:
    await issued(bureau)
    await bureau.at("2026-07-18 00:00")
    seen: set[str] = set()
    for name in EVERYBODY:
        page = await bureau.seen(name, lambda conn: alerts.page(conn, alerts.AlertFilter(), None, 9))
        seen |= {name} if page else set()
    assert seen == {"pan-yu", "tang-li", "luo-fang", "ma-qing"}


async def test_the_circular_is_drafted_for_the_head_alone_and_sets_a_new_limit(bureau: WorkedBureau) -> None:
    order_id = await issued(bureau)
    with pytest.raises(NotFound):
        await bureau.do("huang-zhen", issue_circular, IssueCircular(order_id))
    await bureau.at("2026-07-18 00:00")
    drafts = {
        name: await bureau.seen(name, lambda conn: orders.circulars(conn, [order_id])) for name in EVERYBODY
    }
    assert {name for name, found in drafts.items() if found} == {"huang-zhen"}
    assert "2026-07-17" in drafts["huang-zhen"][order_id].text_zh
    with pytest.raises(NotFound):
        await bureau.do("tang-li", issue_circular, IssueCircular(order_id))
    await bureau.do("huang-zhen", issue_circular, IssueCircular(order_id))
    order = await order_of(bureau, order_id)
    assert (order.state, order.renewed_due_on) == (RectificationState.CIRCULARISED, date(2026, 7, 24))
    assert await bureau.seen("he-jun", lambda conn: orders.circulars(conn, [order_id]))


async def test_nobody_of_the_unit_accepts_its_own_work(bureau: WorkedBureau) -> None:
    order_id = await issued(bureau)
    await bureau.do("he-jun", submit_rectification, SubmitRectification(order_id, "ledger page 4"))
    for name in ("he-jun", "pan-yu"):
        with pytest.raises(AcceptorIsRectifier):
            await bureau.do(name, accept_rectification, AcceptRectification(order_id, accepted=True))
    with pytest.raises(NotFound):
        await bureau.do("sun-hao", accept_rectification, AcceptRectification(order_id, accepted=True))
    await bureau.do("luo-fang", accept_rectification, AcceptRectification(order_id, accepted=True))
    order = await order_of(bureau, order_id)
    assert (order.state, order.verified_by) == (RectificationState.VERIFIED, "D01.luo-fang")
    with pytest.raises(RectificationStateRefused):
        await bureau.do("he-jun", submit_rectification, SubmitRectification(order_id, "again"))


async def test_returned_work_is_owed_again_and_goes_on_counting(bureau: WorkedBureau) -> None:
    order_id = await issued(bureau)
    await bureau.at("2026-07-18 00:00")
    await bureau.at("2026-07-20 09:00")
    await bureau.do("he-jun", submit_rectification, SubmitRectification(order_id, "page 4"))
    await bureau.at("2026-07-28 09:00")
    with pytest.raises(Invalid):
        await bureau.do("luo-fang", accept_rectification, AcceptRectification(order_id, accepted=False))
    returned = AcceptRectification(order_id, accepted=False, reason="page 5 is missing")
    await bureau.do("luo-fang", accept_rectification, returned)
    await bureau.at("2026-08-01 00:00")
    assert await notices(bureau) == [(0, "2026-07-18"), (2, "2026-08-01")]


async def test_only_leaders_discipline_and_audit_issue(bureau: WorkedBureau) -> None:
    order = IssueRectification("D01.TO-5", "arrears", "enter them")
    for name in ("pan-yu", "he-jun", "luo-fang", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(name, issue_rectification, order)


async def test_an_unknown_unit_is_refused(bureau: WorkedBureau) -> None:
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", issue_rectification, IssueRectification("D02.TO-5", "arrears", "enter"))
