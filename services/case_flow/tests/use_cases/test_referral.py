"""Referrals with their clocks, and paired investigations that the line knows nothing of (S1-045, S2-056, S2-059)."""

from datetime import date

import pytest
from case_flow.domain.referral import Referral, ReferralKind, ReferralState, ReferralStateRefused
from case_flow.domain.staff_case import InvestigatorsInvalid, StaffCaseOutcome, StaffCaseStateRefused
from case_flow.storage import alert as alerts
from case_flow.storage import referral as referrals
from case_flow.storage import staff_case
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.hand_over_lead import HandOverLead, ManagedAbove, hand_over_lead
from case_flow.use_cases.investigate_staff import (
    ConcludeStaffCase,
    DeclineStaffCase,
    OpenStaffCase,
    conclude_staff_case,
    decline_staff_case,
    open_staff_case,
)
from case_flow.use_cases.prepare_referral import PrepareReferral, prepare_referral
from case_flow.use_cases.send_referral import (
    AcknowledgeReferral,
    AnswerReferral,
    SendReferral,
    acknowledge_referral,
    answer_referral,
    send_referral,
)
from plumbline_shared.errors import Invalid, NotFound

EVERYBODY = (
    "huang-zhen", "zhou-min", "tang-li", "ma-qing", "bai-xue", "chen-gang", "luo-fang", "sun-hao",
    "pan-yu", "he-jun", "wu-bin", "gu-ping", "xie-tao",
)  # fmt: skip
FIRE = PrepareReferral(ReferralKind.MAJOR_MATTER, "fire in the hall", "nobody was hurt", "D01.TO-5")


async def one_of(bureau: WorkedBureau, name: str, referral_id: str) -> Referral:
    return (await bureau.seen(name, lambda conn: referrals.many(conn, [referral_id])))[referral_id]


async def seers(bureau: WorkedBureau, referral_id: str) -> set[str]:
    return {
        name
        for name in EVERYBODY
        if await bureau.seen(name, lambda conn: referrals.many(conn, [referral_id]))
    }


async def kinds_seen(bureau: WorkedBureau) -> dict[str, set[str]]:
    """Every kind of alert, and who sees it."""
    seen: dict[str, set[str]] = {}
    for name in EVERYBODY:
        for one in await bureau.seen(name, lambda conn: alerts.page(conn, alerts.AlertFilter(), None, 9)):
            seen.setdefault(one.kind, set()).add(name)
    return seen


async def case_of(bureau: WorkedBureau) -> str:
    await bureau.publish("registration_penalty")
    command = AcceptMatter("REGISTRATION-PENALTY", "Late change", office_id="D01.TO-5")
    return (await bureau.do("he-jun", accept_matter, command)).matter_id


async def handed(bureau: WorkedBureau) -> tuple[str, str]:
    """A taxpayer's case, and a lead from it about Wu Bin."""
    matter = await case_of(bureau)
    lead = HandOverLead(matter, "COLLUSION", ("D01.wu-bin",), "the books were warned")
    return matter, await bureau.do("he-jun", hand_over_lead, lead)


async def opened(bureau: WorkedBureau) -> str:
    _, case = await handed(bureau)
    both = ("D01.ma-qing", "D01.bai-xue")
    return await bureau.do("ma-qing", open_staff_case, OpenStaffCase(case, both))


async def test_a_major_matter_is_reported_the_next_working_day_or_the_leaders_hear_of_it(
    bureau: WorkedBureau,
) -> None:
    await bureau.at("2026-04-03 16:00")
    with pytest.raises(NotFound):
        await bureau.do("he-jun", prepare_referral, FIRE)
    report = await bureau.do("pan-yu", prepare_referral, FIRE)
    assert (await one_of(bureau, "pan-yu", report)).send_by == date(2026, 4, 7)
    assert await seers(bureau, report) == {"pan-yu", "huang-zhen"}
    await bureau.at("2026-04-07 23:59")
    assert await kinds_seen(bureau) == {}
    await bureau.at("2026-04-08 00:00")
    told = {"pan-yu", "tang-li", "huang-zhen", "ma-qing"}
    assert await kinds_seen(bureau) == {"MAJOR_MATTER_UNREPORTED": told}


async def test_the_clock_for_the_receipt_runs_from_sending(bureau: WorkedBureau) -> None:
    await bureau.at("2026-04-03 16:00")
    report = await bureau.do("pan-yu", prepare_referral, FIRE)
    for name in ("pan-yu", "tang-li"):
        with pytest.raises(NotFound):
            await bureau.do(name, send_referral, SendReferral(report, "D01-2026-1"))
    with pytest.raises(ReferralStateRefused):
        await bureau.do("pan-yu", acknowledge_referral, AcknowledgeReferral(report, "C01-R-1"))
    await bureau.do("huang-zhen", send_referral, SendReferral(report, "D01-2026-1"))
    sent = await one_of(bureau, "pan-yu", report)
    assert (sent.state, sent.acknowledge_by) == (ReferralState.SENT, date(2026, 4, 13))
    await bureau.at("2026-04-14 00:00")
    assert await kinds_seen(bureau) == {"REFERRAL_UNACKNOWLEDGED": {"pan-yu", "luo-fang", "huang-zhen"}}
    await bureau.do("pan-yu", acknowledge_referral, AcknowledgeReferral(report, "C01-R-1"))
    ruled = AnswerReferral(report, "noted", carried=True, amount_fen=1)
    with pytest.raises(Invalid):
        await bureau.do("pan-yu", answer_referral, ruled)
    await bureau.do("pan-yu", answer_referral, AnswerReferral(report, "noted"))
    assert (await one_of(bureau, "pan-yu", report)).state is ReferralState.ANSWERED


async def test_a_report_acknowledged_in_time_raises_nothing(bureau: WorkedBureau) -> None:
    await bureau.at("2026-04-03 16:00")
    report = await bureau.do("pan-yu", prepare_referral, FIRE)
    await bureau.do("huang-zhen", send_referral, SendReferral(report, "D01-2026-1"))
    await bureau.do("huang-zhen", acknowledge_referral, AcknowledgeReferral(report, "C01-R-1"))
    await bureau.at("2026-06-01 00:00")
    assert await kinds_seen(bureau) == {}


async def test_a_lead_is_read_by_discipline_alone_and_not_by_whoever_wrote_it(bureau: WorkedBureau) -> None:
    _, case = await handed(bureau)
    seen = {name for name in EVERYBODY if await bureau.seen(name, lambda conn: staff_case.many(conn, [case]))}
    assert seen == {"ma-qing"}
    for name in ("he-jun", "huang-zhen", "tang-li", "wu-bin", "bai-xue"):
        with pytest.raises(NotFound):
            await bureau.do(name, open_staff_case, OpenStaffCase(case, ("D01.ma-qing", "D01.bai-xue")))


async def test_two_of_discipline_investigate_and_nobody_of_the_taxpayers_case(bureau: WorkedBureau) -> None:
    _, case = await handed(bureau)
    for chosen in (("D01.bai-xue",), ("D01.bai-xue", "D01.bai-xue"), ("D01.bai-xue", "D01.he-jun")):
        with pytest.raises(InvestigatorsInvalid):
            await bureau.do("ma-qing", open_staff_case, OpenStaffCase(case, chosen))
    await bureau.do("ma-qing", open_staff_case, OpenStaffCase(case, ("D01.ma-qing", "D01.bai-xue")))
    with pytest.raises(StaffCaseStateRefused):
        await bureau.do("ma-qing", decline_staff_case, DeclineStaffCase(case, "never mind"))
    report = ConcludeStaffCase(case, "nothing was found", StaffCaseOutcome.NO_FAULT)
    await bureau.do("bai-xue", conclude_staff_case, report)
    (found,) = await bureau.seen("ma-qing", lambda conn: staff_case.page(conn, 9))
    assert (found.state, found.outcome, found.closed_by) == ("CONCLUDED", "NO_FAULT", "D01.bai-xue")


async def test_a_lead_about_somebody_managed_above_is_not_typed_in(bureau: WorkedBureau) -> None:
    matter = await case_of(bureau)
    for subject in ("D01.huang-zhen", "D01.ma-qing"):
        with pytest.raises(ManagedAbove):
            await bureau.do("he-jun", hand_over_lead, HandOverLead(matter, "REPORTED", (subject,), "x"))
    for wrong in (
        HandOverLead(matter, "HUNCH", ("D01.wu-bin",), "x"),
        HandOverLead(matter, "REPORTED", (), "x"),
        HandOverLead(matter, "REPORTED", ("D01.he-jun",), "x"),
    ):
        with pytest.raises(Invalid):
            await bureau.do("he-jun", hand_over_lead, wrong)
    with pytest.raises(NotFound):
        await bureau.do("wu-bin", hand_over_lead, HandOverLead(matter, "REPORTED", ("D01.he-jun",), "x"))


async def test_nobody_of_the_line_sees_the_referral_of_staff(bureau: WorkedBureau) -> None:
    await bureau.at("2026-04-03 09:00")
    case = await opened(bureau)
    wanted = PrepareReferral(ReferralKind.STAFF_CONDUCT, "t", "s", staff_case_id=case)
    for name in ("huang-zhen", "tang-li", "he-jun", "wu-bin"):
        with pytest.raises(NotFound):
            await bureau.do(name, prepare_referral, wanted)
    referral = await bureau.do("bai-xue", prepare_referral, wanted)
    with pytest.raises(NotFound):
        await bureau.do("huang-zhen", send_referral, SendReferral(referral, "S-1"))
    await bureau.do("ma-qing", send_referral, SendReferral(referral, "S-1"))
    await bureau.at("2026-04-10 00:00")
    assert await seers(bureau, referral) == {"ma-qing", "bai-xue"}
    assert await kinds_seen(bureau) == {"SEALED_REFERRAL_UNACKNOWLEDGED": {"ma-qing"}}
    with pytest.raises(NotFound):
        await bureau.do("ma-qing", acknowledge_referral, AcknowledgeReferral(referral, "R-1"))
    with pytest.raises(Invalid):
        await bureau.do("bai-xue", prepare_referral, PrepareReferral(ReferralKind.STAFF_CONDUCT, "t", "s"))
