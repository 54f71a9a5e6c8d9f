"""A penalty from its announcement to its payment, each gate of the law on the way (§6.3)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.domain.hold import Hold, SignaturesMissing
from case_flow.domain.penalty_process import (
    CollectorDecided,
    HearingTooSoon,
    PenaltyAct,
    PenaltyOrder,
    ReviewerHadPart,
)
from case_flow.storage import hold as holds
from case_flow.storage import penalty_process as acts
from case_flow.testing import WorkedBureau, point
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.disclose_penalty import (
    OverturnDecision,
    PublishDecision,
    WithdrawDecision,
    overturn_decision,
    publish_decision,
    withdraw_decision,
)
from case_flow.use_cases.execute_penalty import CollectFine, ServeDecision, collect_fine, serve_decision
from case_flow.use_cases.hear_party import (
    AppointHearing,
    NotifyParty,
    RecordHearing,
    RecordStatement,
    RequestHearing,
    appoint_hearing,
    notify_party,
    record_hearing,
    record_statement,
    request_hearing,
)
from case_flow.use_cases.issue_decision import IssueDecision, issue_decision
from case_flow.use_cases.review_penalty import ReviewPenalty, review_penalty
from case_flow.use_cases.serve_hearing_notice import ServeHearingNotice, serve_hearing_notice
from plumbline_contracts.case_flow.v1 import AlertRaised
from plumbline_org.storage.write import put_person
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system

SERIOUS = {
    "point": "LATE_CHANGE_REGISTRATION",
    "party": "ORGANISATION",
    "ordered_on": "2026-04-22",
    "corrected_on": "2026-06-03",
}


async def proposed(
    bureau: WorkedBureau, yuan: int, procedure: str = "ORDINARY", *, said: dict[str, Any] | None = None
) -> str:
    """A fine of TO-5 on Wed 2026-06-03, entered by He Jun."""
    await bureau.receive(on_risk_point_published, point("RP-PENALTY-TIER-01", "HIGH", unit="D01.TO-5"))
    await bureau.at("2026-06-03 10:00")
    command = AcceptMatter("REGISTRATION-PENALTY", "Late change", office_id="D01.TO-5", facts=said or {})
    matter = (await bureau.do("he-jun", accept_matter, command)).matter_id
    payload = {"amount_fen": yuan * 100, "procedure": procedure, "violation": SERIOUS}
    assert await held_at(bureau, "he-jun", AdvanceMatter(matter, "propose", payload)) is None
    return matter


async def held_at(bureau: WorkedBureau, name: str, command: AdvanceMatter) -> Hold | None:
    advanced = await bureau.do(name, advance_matter, command)
    hold_id = advanced.hold_id
    return await bureau.seen(name, lambda conn: holds.get(conn, hold_id)) if hold_id else None


async def decided(bureau: WorkedBureau, matter: str, name: str = "tang-li") -> str | None:
    """The code of the hold that the decision meets; None when it waits for the second signature."""
    hold = await held_at(
        bureau, name, AdvanceMatter(matter, "decide", {"outcome": "APPROVED"}, ("D01.huang-zhen",))
    )
    return hold.code if hold else None


async def signed(bureau: WorkedBureau, yuan: int = 240) -> str:
    """A summary fine, decided on the spot by He Jun and Pan Yu."""
    await bureau.receive(on_risk_point_published, point("RP-PENALTY-TIER-01", "HIGH", unit="D01.TO-5"))
    await bureau.at("2026-06-03 10:00")
    command = AcceptMatter("REGISTRATION-PENALTY", "Late change", office_id="D01.TO-5")
    matter = (await bureau.do("he-jun", accept_matter, command)).matter_id
    violation = {**SERIOUS, "ordered_on": "2026-05-22"}
    payload = {"amount_fen": yuan * 100, "procedure": "SUMMARY", "violation": violation}
    await bureau.do("he-jun", advance_matter, AdvanceMatter(matter, "propose", payload))
    decision = AdvanceMatter(matter, "decide", {"outcome": "APPROVED"}, ("D01.pan-yu",))
    await bureau.do("he-jun", advance_matter, decision)
    await bureau.do("pan-yu", co_sign_step, CoSignStep(matter, "decide"))
    return matter


async def issued(bureau: WorkedBureau) -> tuple[str, str]:
    """The same with its number."""
    matter = await signed(bureau)
    document = await bureau.do("he-jun", issue_decision, IssueDecision(matter))
    return matter, document.number


async def with_qualification(bureau: WorkedBureau, name: str, *, qualified: bool) -> None:
    async with bureau.db.transaction(system("D01")) as conn:
        person = replace(bureau.org.persons[f"D01.{name}"], enforcement_qualified=qualified)
        await put_person(conn, person)


async def test_two_qualified_officers_decide(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    matter = await signed(bureau)
    await with_qualification(bureau, "pan-yu", qualified=False)
    try:
        with pytest.raises(SignaturesMissing):
            await bureau.do("he-jun", issue_decision, IssueDecision(matter))
        other = await proposed(bureau, 2500)
        assert await decided(bureau, other, "tang-li") == "NOTICE_MISSING_TO_PARTY"
        await with_qualification(bureau, "tang-li", qualified=False)
        assert await decided(bureau, other, "tang-li") == "OFFICER_NOT_QUALIFIED"
    finally:
        for name in ("pan-yu", "tang-li"):
            await with_qualification(bureau, name, qualified=True)
    assert (await bureau.do("he-jun", issue_decision, IssueDecision(matter))).number


async def test_no_ordinary_decision_before_the_party_was_told_and_could_speak(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    matter = await proposed(bureau, 2500)
    assert await decided(bureau, matter) == "NOTICE_MISSING_TO_PARTY"
    with pytest.raises(PenaltyOrder):
        await bureau.do("he-jun", record_statement, RecordStatement(matter, "too early"))
    await bureau.do("he-jun", notify_party, NotifyParty(matter, "facts, reasons, basis, rights"))
    assert await decided(bureau, matter) == "STATEMENT_OPEN"
    await bureau.at("2026-06-08 23:59")
    assert await decided(bureau, matter) == "STATEMENT_OPEN"
    await bureau.at("2026-06-09 00:00")
    assert await decided(bureau, matter) is None


async def test_a_statement_opens_the_way_at_once(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    matter = await proposed(bureau, 2500)
    await bureau.do("he-jun", notify_party, NotifyParty(matter, "facts, reasons, basis, rights"))
    with pytest.raises(Invalid):
        await bureau.do("he-jun", record_statement, RecordStatement(matter, " "))
    await bureau.do("pan-yu", record_statement, RecordStatement(matter, "we were ill"))
    assert await decided(bureau, matter) is None


async def test_a_hearing_asked_for_is_held_and_reviewed_before_the_decision(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    matter = await proposed(bureau, 10000)
    await bureau.at("2026-06-15 09:00")
    await bureau.do("he-jun", serve_hearing_notice, ServeHearingNotice(matter))
    await bureau.at("2026-06-23 17:00")
    await bureau.do("he-jun", request_hearing, RequestHearing(matter))
    with pytest.raises(PenaltyOrder):
        await bureau.do("he-jun", request_hearing, RequestHearing(matter))
    await bureau.at("2026-06-24 09:00")
    assert await decided(bureau, matter) == "HEARING_NOT_HELD"
    for too_soon in (date(2026, 7, 2), date(2026, 7, 9)):
        with pytest.raises(HearingTooSoon):
            await bureau.do("he-jun", appoint_hearing, AppointHearing(matter, too_soon, "D01.luo-fang"))
    with pytest.raises(Invalid):
        await bureau.do("he-jun", appoint_hearing, AppointHearing(matter, date(2026, 7, 3), "D01.pan-yu"))
    await bureau.do("he-jun", appoint_hearing, AppointHearing(matter, date(2026, 7, 3), "D01.luo-fang"))
    with pytest.raises(PenaltyOrder):
        await bureau.do("luo-fang", record_hearing, RecordHearing(matter, "too early"))
    await bureau.at("2026-07-03 10:00")
    with pytest.raises(NotFound):
        await bureau.do("he-jun", record_hearing, RecordHearing(matter, "by the wrong person"))
    await bureau.do("luo-fang", record_hearing, RecordHearing(matter, "both sides were heard"))
    assert await decided(bureau, matter) == "LEGAL_REVIEW_MISSING"
    await bureau.do("luo-fang", review_penalty, ReviewPenalty(matter, "the basis is wrong", agrees=False))
    assert await decided(bureau, matter) == "LEGAL_REVIEW_MISSING"
    await bureau.do("luo-fang", review_penalty, ReviewPenalty(matter, "corrected", agrees=True))
    assert await decided(bureau, matter) is None


async def test_a_hearing_is_asked_for_in_its_time(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    matter = await proposed(bureau, 10000)
    with pytest.raises(PenaltyOrder):
        await bureau.do("he-jun", request_hearing, RequestHearing(matter))
    await bureau.at("2026-06-15 09:00")
    await bureau.do("he-jun", serve_hearing_notice, ServeHearingNotice(matter))
    await bureau.at("2026-06-24 00:00")
    with pytest.raises(PenaltyOrder):
        await bureau.do("he-jun", request_hearing, RequestHearing(matter))
    await bureau.do("he-jun", request_hearing, RequestHearing(matter, date(2026, 6, 23)))


async def test_a_complex_case_waits_for_legal_review_then_for_the_committee(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    matter = await proposed(bureau, 2500, said={"complex": True})
    await bureau.do("he-jun", notify_party, NotifyParty(matter, "facts, reasons, basis, rights"))
    await bureau.do("he-jun", record_statement, RecordStatement(matter, "nothing to say"))
    assert await decided(bureau, matter) == "LEGAL_REVIEW_MISSING"
    for name in ("he-jun", "tang-li", "ma-qing"):
        with pytest.raises(NotFound):
            await bureau.do(name, review_penalty, ReviewPenalty(matter, "fine", agrees=True))
    await bureau.do("luo-fang", review_penalty, ReviewPenalty(matter, "sound", agrees=True))
    assert await decided(bureau, matter) == "ADJUDICATION_MISSING"


async def test_whoever_worked_on_the_case_does_not_review_it(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    matter = await proposed(bureau, 2500)
    async with bureau.db.transaction(bureau.who("luo-fang")) as conn:
        assert await acts.case_people(conn, matter) == {"D01.he-jun"}
    async with bureau.db.transaction(bureau.who("he-jun")) as conn:
        await conn.execute("update matter set people = people || 'D01.luo-fang'::text where id = $1", matter)
    with pytest.raises(ReviewerHadPart):
        await bureau.do("luo-fang", review_penalty, ReviewPenalty(matter, "sound", agrees=True))


async def test_a_violation_that_ended_five_years_ago_is_not_punished(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    matter = await proposed_for(bureau, "2021-06-03", {})
    assert matter is None
    assert await proposed_for(bureau, "2021-06-02", {}) == "LIMITATION_PASSED"


async def proposed_for(bureau: WorkedBureau, corrected_on: str, more: dict[str, Any]) -> str | None:
    """The code of the hold that a fine of 240 yuan for an old violation meets on 2026-06-03."""
    await bureau.receive(on_risk_point_published, point("RP-PENALTY-TIER-01", "HIGH", unit="D01.TO-5"))
    await bureau.at("2026-06-03 10:00")
    command = AcceptMatter("REGISTRATION-PENALTY", "Late change", office_id="D01.TO-5")
    matter = (await bureau.do("he-jun", accept_matter, command)).matter_id
    ordered = str(date.fromisoformat(corrected_on).replace(day=1))
    violation = {**SERIOUS, "ordered_on": ordered, "corrected_on": corrected_on}
    days = (date.fromisoformat(corrected_on) - date.fromisoformat(ordered)).days
    payload = {"amount_fen": days * 2000, "procedure": "SUMMARY", "violation": violation, **more}
    hold = await held_at(bureau, "he-jun", AdvanceMatter(matter, "propose", payload))
    return hold.code if hold else None


async def test_the_same_violation_is_not_fined_twice(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    who = {"taxpayer_id": "91310000X"}
    assert await proposed_for(bureau, "2026-06-02", who) is None
    (first,) = await bureau.seen("he-jun", lambda conn: conn.fetch("select id from matter"))
    decision = AdvanceMatter(first["id"], "decide", {"outcome": "APPROVED"}, ("D01.pan-yu",))
    await bureau.do("he-jun", advance_matter, decision)
    assert await proposed_for(bureau, "2026-06-02", who) is None
    await bureau.do("pan-yu", co_sign_step, CoSignStep(first["id"], "decide"))
    await bureau.do("he-jun", issue_decision, IssueDecision(first["id"]))
    assert await proposed_for(bureau, "2026-06-02", who) == "FINED_BEFORE"
    assert await proposed_for(bureau, "2026-06-02", {"taxpayer_id": "91310000Y"}) is None
    assert await proposed_for(bureau, "2026-05-02", who) is None


async def test_a_decision_is_served_within_seven_days_or_the_chief_hears_of_it(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    await issued(bureau)
    await bureau.at("2026-06-12 23:59")
    assert "DECISION_UNSERVED" not in [one.kind for one in await bureau.events(AlertRaised)]
    await bureau.at("2026-06-13 00:00")
    assert [one.kind for one in await bureau.events(AlertRaised)] == ["DECISION_UNSERVED"]


async def test_a_fine_paid_late_costs_three_percent_a_day_and_its_decider_does_not_take_it_in(
    bureau: WorkedBureau,
) -> None:
    await bureau.publish("registration_penalty")
    matter, number = await issued(bureau)
    with pytest.raises(PenaltyOrder):
        await bureau.do("wu-yan", collect_fine, CollectFine(number, 24000))
    await bureau.at("2026-06-05 10:00")
    await bureau.do("he-jun", serve_decision, ServeDecision(matter))
    with pytest.raises(NotFound):
        await bureau.do("he-jun", collect_fine, CollectFine(number, 24000))
    await bureau.at("2026-06-20 10:00")
    half = await bureau.do("wu-yan", collect_fine, CollectFine(number, 12000))
    assert (half.pay_by, half.surcharge_fen, half.left_fen) == (date(2026, 6, 20), 0, 12000)
    await bureau.at("2026-06-22 10:00")
    with pytest.raises(Invalid):
        await bureau.do("wu-yan", collect_fine, CollectFine(number, 12721))
    rest = await bureau.do("wu-yan", collect_fine, CollectFine(number, 12720))
    assert (rest.surcharge_fen, rest.paid_fen, rest.left_fen) == (720, 24720, 0)
    assert "DECISION_UNSERVED" not in [one.kind for one in await bureau.events(AlertRaised)]


async def test_a_clerk_who_signed_the_decision_does_not_take_the_fine_in(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    matter, number = await issued(bureau)
    await bureau.do("he-jun", serve_decision, ServeDecision(matter))
    async with bureau.db.transaction(bureau.who("wu-yan")) as conn:
        found = await acts.collectable(conn, number)
    assert found.signers == ("D01.he-jun", "D01.pan-yu")
    clerk = bureau.who("he-jun")
    both = replace(clerk, roles=clerk.roles | {"WINDOW_CLERK"})
    with pytest.raises(CollectorDecided):
        await bureau.run(both, collect_fine, CollectFine(number, 24000))


async def test_a_published_decision_that_is_set_aside_is_withdrawn_within_three_days(
    bureau: WorkedBureau,
) -> None:
    await bureau.publish("registration_penalty")
    matter, _ = await issued(bureau)
    publish = PublishDecision(matter, "the bureau's site")
    with pytest.raises(PenaltyOrder):
        await bureau.do("huang-zhen", publish_decision, publish)
    await bureau.do("he-jun", serve_decision, ServeDecision(matter))
    with pytest.raises(NotFound):
        await bureau.do("pan-yu", publish_decision, publish)
    await bureau.do("huang-zhen", publish_decision, publish)
    await bureau.at("2026-06-05 09:00")
    await bureau.do("huang-zhen", overturn_decision, OverturnDecision(matter, "C01-2026-9"))
    await bureau.at("2026-06-11 00:00")
    assert [one.kind for one in await bureau.events(AlertRaised)] == ["PUBLICATION_NOT_WITHDRAWN"]
    await bureau.do("huang-zhen", withdraw_decision, WithdrawDecision(matter, "set aside by C01-2026-9"))
    process = await bureau.seen("he-jun", lambda conn: acts.process(conn, matter))
    assert [one.act for one in process.acts] == [
        PenaltyAct.DECISION_SERVED,
        PenaltyAct.PUBLISHED,
        PenaltyAct.OVERTURNED,
        PenaltyAct.WITHDRAWN,
    ]
