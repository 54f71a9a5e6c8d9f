"""After an inquiry: in force, appealed, upheld or set aside; and a member who steps back."""

from datetime import date

import pytest
from case_flow.domain.collective import Choice, NotPresent, QuorumNotMet, Recused
from case_flow.domain.inquiry import AppealTooLate, InquiryState, InquiryStateRefused
from case_flow.storage import dashboard
from case_flow.storage import inquiry as inquiries
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import decided, deliberated
from case_flow.use_cases.appeal_inquiry import AppealInquiry, appeal_inquiry
from case_flow.use_cases.cast_roll_call_vote import CastRollCallVote, cast_roll_call_vote
from case_flow.use_cases.decide_inquiry import DecideInquiry, decide_inquiry
from case_flow.use_cases.record_appeal_decision import RecordAppealDecision, record_appeal_decision
from case_flow.use_cases.recuse_member import RecuseMember, recuse_member
from plumbline_contracts.case_flow.v1 import (
    AppealDecided,
)
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import system


async def test_a_decision_nobody_appeals_against_is_in_force(bureau: WorkedBureau) -> None:
    inquiry = await decided(bureau)
    await bureau.at("2026-07-04 23:59")
    assert (
        await bureau.seen("wu-yan", lambda conn: inquiries.get(conn, inquiry))
    ).state is InquiryState.DECIDED
    await bureau.at("2026-07-05 00:00")
    assert (
        await bureau.seen("wu-yan", lambda conn: inquiries.get(conn, inquiry))
    ).state is InquiryState.IN_FORCE
    with pytest.raises(AppealTooLate):
        await bureau.do("lin-jie", appeal_inquiry, AppealInquiry(inquiry, "too late"))


async def test_a_respondent_appeals_in_time_and_nobody_else(bureau: WorkedBureau) -> None:
    inquiry = await decided(bureau)
    with pytest.raises(NotFound):
        await bureau.do("wu-yan", appeal_inquiry, AppealInquiry(inquiry, "unjust"))
    await bureau.at("2026-07-04 23:00")
    await bureau.do("lin-jie", appeal_inquiry, AppealInquiry(inquiry, "the paper came late"))
    await bureau.at("2026-07-06 00:00")
    after = await bureau.seen("lin-jie", lambda conn: inquiries.get(conn, inquiry))
    assert after.state is InquiryState.APPEALED
    assert await bureau.seen("wu-yan", lambda conn: inquiries.statements(conn, inquiry)) == ()


@pytest.mark.parametrize("upheld", [True, False])
async def test_an_appeal_ends_with_what_the_superior_bureau_decided(
    bureau: WorkedBureau, upheld: bool
) -> None:
    inquiry = await decided(bureau)
    answer = RecordAppealDecision(inquiry, upheld, "C01-2026-17", "the slip was sent in time")
    with pytest.raises(InquiryStateRefused):
        await bureau.do("huang-zhen", record_appeal_decision, answer)
    await bureau.do("lin-jie", appeal_inquiry, AppealInquiry(inquiry, "the paper came late"))
    for name in ("lin-jie", "bai-xue", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(name, record_appeal_decision, answer)
    await bureau.at("2026-07-20 10:00")
    await bureau.do("huang-zhen", record_appeal_decision, answer)
    after = await bureau.seen("lin-jie", lambda conn: inquiries.get(conn, inquiry))
    assert (after.state, after.in_force_on) == (InquiryState.FINAL, date(2026, 7, 20) if upheld else None)
    published = await bureau.seen("wu-yan", lambda conn: inquiries.many(conn, [inquiry]))
    assert bool(published) is upheld
    year = await bureau.within(system("D01"), lambda uow: dashboard.figures(uow.conn, "D01", 2026, uow.today))
    assert year.accountable == (3 if upheld else 0)
    [event] = await bureau.events(AppealDecided)
    assert (event.inquiry_id, event.upheld, event.decided_on) == (inquiry, upheld, "2026-07-20")
    assert event.incident_id == after.incident_id
    with pytest.raises(InquiryStateRefused):
        await bureau.do("ma-qing", record_appeal_decision, answer)


async def test_a_member_with_an_interest_steps_back_and_the_quorum_counts_it(bureau: WorkedBureau) -> None:
    inquiry = await deliberated(bureau)
    await bureau.do("gu-ping", recuse_member, RecuseMember(inquiry, "a relative"))
    with pytest.raises(Recused):
        await bureau.do("gu-ping", cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    with pytest.raises(NotFound):
        await bureau.do("lin-jie", recuse_member, RecuseMember(inquiry, "no member"))
    for name in ("huang-zhen", "tang-li", "ma-qing", "pan-yu", "xie-tao"):
        await bureau.do(name, cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    with pytest.raises(QuorumNotMet):
        await bureau.do("huang-zhen", decide_inquiry, DecideInquiry(inquiry))
    with pytest.raises(NotPresent):
        await bureau.do("fan-ke", cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
