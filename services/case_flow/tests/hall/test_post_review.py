"""Handled first, reviewed afterwards: a share of the day, drawn so that anybody can repeat it; a fault alerts."""

from datetime import UTC, date, datetime

import pytest
from case_flow.domain import errors
from case_flow.domain.definition import Citation, Outcome, PostReview
from case_flow.domain.draw import FrameUnit
from case_flow.domain.post_review import (
    DayDraw,
    Finding,
    PostReviewRefused,
    commitment_of,
    drawn,
    faults,
)
from case_flow.storage import post_review as store
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.decide_matter import DecideMatter, decide_matter
from case_flow.use_cases.post_review import ReviewHandled, review_handled
from hypothesis import given
from hypothesis import strategies as st
from plumbline_contracts.case_flow.v1 import AlertRaised
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import system

ON = date(2026, 10, 9)


@given(
    st.sets(st.text("0123456789ABC", min_size=1, max_size=6), min_size=1, max_size=40), st.integers(1, 100)
)
def test_a_draw_takes_its_share_and_shows_any_change(cases, share):
    rule = PostReview(share=share, role="REVIEWER", unit="POLICY", limit=5, citation=Citation(source="s"))
    day = DayDraw(
        bureau_id="D01",
        item_code="I",
        local_on=ON,
        rule=rule,
        commitment=commitment_of("D01", "I", ON, "secret"),
        committed_at=datetime(2026, 10, 9, tzinfo=UTC),
    )
    after, sample = drawn(day, [FrameUnit("I", one, "D01.HALL") for one in sorted(cases)], "secret")
    tickets = [one.ticket for one in sample.picks]
    assert len(tickets) == max(1, -(-len(cases) * share // 100))
    assert faults(after, tickets) == ()
    assert "SAMPLE_DIFFERS" in faults(after, tickets[1:])
    assert faults(day, tickets) == ("NOT_DRAWN",)
    other, _ = drawn(day, after.frame, "another")
    assert "COMMITMENT_NOT_OPENED" in faults(other, tickets)


@pytest.fixture
async def handled(bureau):
    """Eleven matters of one day, and its draw."""
    await bureau.publish("invoice_check")
    await bureau.at("2026-10-09 09:00")
    for number in range(11):
        accepted = await bureau.do("wu-yan", accept_matter, AcceptMatter("INVOICE-CHECK", f"T{number}"))
        await bureau.do("xu-lan", decide_matter, DecideMatter(accepted.matter_id, Outcome.APPROVED))
    return bureau


async def test_the_secret_is_out_of_reach_until_the_day_is_over(handled):
    day = await handled.seen("lin-jie", lambda conn: store.find(conn, "D01", "INVOICE-CHECK", ON))
    assert (day.secret, day.seed, len(day.commitment)) == (None, None, 64)
    for name in ("lin-jie", "huang-zhen", "xu-lan"):
        assert await handled.seen(name, lambda conn: conn.fetch("select * from post_review_secret")) == []


async def test_a_tenth_is_drawn_and_a_fault_goes_the_way_of_any_alert(handled):
    await handled.at("2026-10-10 00:00")
    day = await handled.seen("lin-jie", lambda conn: store.find(conn, "D01", "INVOICE-CHECK", ON))
    first, second = await handled.seen("lin-jie", store.reviews)
    assert faults(day, [first.ticket, second.ticket]) == ()
    assert first.due_on == date(2026, 10, 15)
    with pytest.raises(NotFound):
        await handled.do("xu-lan", review_handled, ReviewHandled(first.id, Finding.IN_ORDER))
    with pytest.raises(NotFound):
        await handled.do("chen-gang", review_handled, ReviewHandled(first.id, Finding.IN_ORDER))
    with pytest.raises(PostReviewRefused):
        await handled.do("lin-jie", review_handled, ReviewHandled(first.id, Finding.FAULT))
    await handled.do("lin-jie", review_handled, ReviewHandled(first.id, Finding.IN_ORDER))
    with pytest.raises(PostReviewRefused):
        await handled.do("lin-jie", review_handled, ReviewHandled(first.id, Finding.IN_ORDER))
    assert await handled.events(AlertRaised) == []
    found = await handled.do("lin-jie", review_handled, ReviewHandled(second.id, Finding.FAULT, "no stamp"))
    [alert] = await handled.events(AlertRaised)
    assert (alert.alert_id, alert.kind, alert.matter_id) == (
        found.alert_id, "PROCEDURAL_VIOLATION", second.matter_id,
    )  # fmt: skip


async def test_a_review_that_nobody_does_in_time_is_told_once_to_the_chief(handled):
    await handled.at("2026-10-10 00:00")
    first, second = await handled.seen("lin-jie", store.reviews)
    await handled.do("lin-jie", review_handled, ReviewHandled(first.id, Finding.IN_ORDER))
    await handled.at("2026-10-15 23:59")
    assert await handled.events(AlertRaised) == []
    await handled.at("2026-10-16 00:00")
    [alert] = await handled.events(AlertRaised)
    assert (alert.kind, alert.matter_id) == ("POST_REVIEW_OVERDUE", second.matter_id)
    [row] = await handled.within(
        system("D01"), lambda uow: uow.conn.fetch("select array_agg(person_id) as seen from alert_viewer")
    )
    assert set(row["seen"]) == {"D01.chen-gang", "D01.zhou-min"}
    await handled.do("lin-jie", review_handled, ReviewHandled(second.id, Finding.IN_ORDER))
    await handled.at("2026-11-30 00:00")
    assert len(await handled.events(AlertRaised)) == 1


async def test_whoever_had_a_part_does_not_review(handled):
    await handled.at("2026-10-10 00:00")
    [first, *_rest] = await handled.seen("lin-jie", store.reviews)
    joined = "update post_review set people = people || '{D01.lin-jie}' where id = $1"
    await handled.within(system("D01"), lambda uow: uow.conn.execute(joined, first.id))
    with pytest.raises(errors.SeparationOfDuties):
        await handled.do("lin-jie", review_handled, ReviewHandled(first.id, Finding.IN_ORDER))
