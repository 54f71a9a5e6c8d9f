"""An inquiry's trigger, the questions at its hearing, who is kept off, who sees names, what may be public."""

import asyncpg
import msgspec
import pytest
from case_flow.domain.collective import Choice
from case_flow.domain.inquiry import InquiryStateRefused, PublicationScope
from case_flow.domain.inquiry_record import Evidence, PublicationNotReviewed
from case_flow.domain.liability import Capacity
from case_flow.domain.recusal import Relation
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.storage import inquiry_record as records
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import MEMBERS, PANEL, confirmed, decided, deliberated, overdue, verdict
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.appeal_inquiry import AppealInquiry, appeal_inquiry
from case_flow.use_cases.ask_respondent import AskRespondent, ask_respondent
from case_flow.use_cases.cast_roll_call_vote import CastRollCallVote, cast_roll_call_vote
from case_flow.use_cases.decide_inquiry import DecideInquiry, decide_inquiry
from case_flow.use_cases.declare_interest import DeclareInterest, declare_interest
from case_flow.use_cases.open_incident import ActDraft
from case_flow.use_cases.open_inquiry import OpenInquiry, open_inquiry
from case_flow.use_cases.propose_inquiry import ProposeInquiry, propose_inquiry
from case_flow.use_cases.read_roll_call import roll_call_of
from case_flow.use_cases.resolve_alert import resolve_alert
from case_flow.use_cases.review_publication import ReviewPublication, review_publication
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system
from plumbline_shared.testing.databases import DatabaseUrls

HASH = "ab" * 32


async def test_an_inquiry_names_what_calls_for_it(bureau: WorkedBureau) -> None:
    incident_id = await confirmed(bureau)
    with pytest.raises(Invalid):
        await bureau.do("zhou-min", propose_inquiry, ProposeInquiry(incident_id, "late", "FAULT"))
    inquiry_id = await bureau.do(
        "zhou-min", propose_inquiry, ProposeInquiry(incident_id, "late", "POOR_WORK")
    )
    inquiry = await bureau.seen("lin-jie", lambda conn: inquiries.get(conn, inquiry_id))
    assert (inquiry.trigger, inquiry.scheme) == ("POOR_WORK", "ACCOUNTABILITY-2026/1")
    incident = await bureau.seen("lin-jie", lambda conn: incidents.get(conn, incident_id))
    assert (incident.root_cause, incident.root) == ("CUSTODY_GAP", "LAX_ENFORCEMENT")


async def slips(bureau: WorkedBureau) -> list[str]:
    rows = await bureau.within(system("D01"), lambda uow: uow.conn.fetch("select id from slip order by id"))
    return [row["id"] for row in rows]


async def test_the_hearing_records_questions_with_the_chain_of_custody(bureau: WorkedBureau) -> None:
    inquiry = await deliberated(bureau)
    (slip,) = await slips(bureau)
    shown = (Evidence(slip_id=slip), Evidence(document="register of slips", sha256=HASH))
    asked = AskRespondent(inquiry, "D01.lin-jie", "when did the paper reach you?", "on 05-07", shown)
    await bureau.do("bai-xue", ask_respondent, asked)
    for name in ("huang-zhen", "lin-jie", "pan-yu"):
        (found,) = await bureau.seen(name, lambda conn: records.questions(conn, inquiry))
        assert (found.person_id, found.answer, found.evidence) == ("D01.lin-jie", "on 05-07", shown)
    for name in ("wu-yan", "he-jun"):
        assert await bureau.seen(name, lambda conn: records.questions(conn, inquiry)) == ()
    for name in ("lin-jie", "pan-yu", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(name, ask_respondent, asked)
    wrong = [
        AskRespondent(inquiry, "D01.pan-yu", "q", "a"),
        AskRespondent(inquiry, "D01.lin-jie", " ", "a"),
        AskRespondent(inquiry, "D01.lin-jie", "q", " "),
        AskRespondent(inquiry, "D01.lin-jie", "q", "a", (Evidence(slip_id="sl_none"),)),
        AskRespondent(inquiry, "D01.lin-jie", "q", "a", (Evidence(),)),
        AskRespondent(inquiry, "D01.lin-jie", "q", "a", (Evidence(document="d", sha256="XY"),)),
        AskRespondent(inquiry, "D01.lin-jie", "q", "a", (Evidence(slip_id=slip, document="d"),)),
    ]
    for one in wrong:
        with pytest.raises(Invalid):
            await bureau.do("bai-xue", ask_respondent, one)
    await bureau.do("huang-zhen", cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    with pytest.raises(InquiryStateRefused):
        await bureau.do("bai-xue", ask_respondent, asked)


async def test_a_member_with_an_interest_in_the_party_does_not_vote(bureau: WorkedBureau) -> None:
    incident_id = await confirmed(bureau)
    kin = DeclareInterest(relation=Relation.KIN, reason="a brother", party="Linjiang Foundry")
    await bureau.do("pan-yu", declare_interest, kin)
    inquiry = await bureau.do("zhou-min", propose_inquiry, ProposeInquiry(incident_id, "ten days late"))
    await bureau.do("huang-zhen", open_inquiry, OpenInquiry(inquiry, MEMBERS))
    seats = await bureau.seen("huang-zhen", lambda conn: inquiries.seats(conn, inquiry))
    assert {one.person_id for one in seats if one.recused} == {"D01.luo-fang", "D01.pan-yu"}


async def test_only_the_head_makes_a_decision_public_and_after_the_legal_review(bureau: WorkedBureau) -> None:
    inquiry = await deliberated(bureau)
    for name in [name for name in PANEL[:8] if name != "luo-fang"]:
        await bureau.do(name, cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    public = DecideInquiry(inquiry, PublicationScope.PUBLIC)
    with pytest.raises(PublicationNotReviewed):
        await bureau.do("huang-zhen", decide_inquiry, public)
    for name in ("huang-zhen", "bai-xue", "lin-jie", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(
                name, review_publication, ReviewPublication(inquiry, agrees=True, opinion="no names")
            )
    with pytest.raises(Invalid):
        await bureau.do("luo-fang", review_publication, ReviewPublication(inquiry, agrees=True, opinion=" "))
    await bureau.do(
        "luo-fang", review_publication, ReviewPublication(inquiry, agrees=True, opinion="without names")
    )
    with pytest.raises(InquiryStateRefused):
        await bureau.do(
            "luo-fang", review_publication, ReviewPublication(inquiry, agrees=False, opinion="once more")
        )
    with pytest.raises(PublicationNotReviewed):
        await bureau.do("ma-qing", decide_inquiry, public)
    await bureau.do("huang-zhen", decide_inquiry, public)
    found = await bureau.seen("wu-yan", lambda conn: inquiries.get(conn, inquiry))
    assert found.publication_scope == PublicationScope.PUBLIC
    assert await bureau.seen("wu-yan", lambda conn: records.review(conn, inquiry)) is None


async def test_a_review_that_does_not_agree_keeps_the_decision_inside(bureau: WorkedBureau) -> None:
    inquiry = await deliberated(bureau)
    await bureau.do(
        "luo-fang",
        review_publication,
        ReviewPublication(inquiry, agrees=False, opinion="names third persons"),
    )
    for name in [name for name in PANEL[:8] if name != "luo-fang"]:
        await bureau.do(name, cast_roll_call_vote, CastRollCallVote(inquiry, Choice.FOR))
    with pytest.raises(PublicationNotReviewed):
        await bureau.do("huang-zhen", decide_inquiry, DecideInquiry(inquiry, PublicationScope.PUBLIC))
    await bureau.do("huang-zhen", decide_inquiry, DecideInquiry(inquiry, PublicationScope.UNIT))


async def test_names_of_the_roll_call_open_to_discipline_with_the_appeal_and_leave_a_sealed_trace(
    bureau: WorkedBureau, bureau_urls: DatabaseUrls
) -> None:
    inquiry = await decided(bureau)
    now = bureau.clock.now()
    assert await roll_call_of(bureau.db, bureau.who("ma-qing"), inquiry, now) == ()
    await bureau.do("lin-jie", appeal_inquiry, AppealInquiry(inquiry, "the paper came late"))
    for name in ("huang-zhen", "bai-xue", "lin-jie", "luo-fang", "wu-yan"):
        assert await roll_call_of(bureau.db, bureau.who(name), inquiry, now) == ()
    names = await roll_call_of(bureau.db, bureau.who("ma-qing"), inquiry, now)
    assert {one.person_id for one in names} == {*MEMBERS[:8]} - {"D01.luo-fang"}
    assert {one.choice for one in names} == {Choice.FOR}
    owner = await asyncpg.connect(bureau_urls.owner)
    rows = await owner.fetch("select reader, what, object_id, found from sealed_read")
    await owner.close()
    assert [tuple(row) for row in rows] == [("D01.ma-qing", "inquiry_roll_call", inquiry, 7)]


async def test_whoever_is_exempt_for_dissent_does_not_judge_the_others(bureau: WorkedBureau) -> None:
    _, _, alert = await overdue(bureau)
    await bureau.at("2026-05-06 09:00")
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(alert.id))
    found = verdict(alert.id)
    assert found.incident is not None
    objector = ActDraft("D01.pan-yu", Capacity.MEMBER, dissented=True)
    draft = msgspec.structs.replace(found.incident, acts=(*found.incident.acts, objector))
    resolved = await bureau.do("luo-fang", resolve_alert, msgspec.structs.replace(found, incident=draft))
    proposal = ProposeInquiry(str(resolved.incident_id), "late")
    inquiry = await bureau.do("zhou-min", propose_inquiry, proposal)
    assert "D01.pan-yu" not in {
        one.person_id
        for one in await bureau.seen("zhou-min", lambda conn: inquiries.respondents(conn, inquiry))
    }
    await bureau.do("huang-zhen", open_inquiry, OpenInquiry(inquiry, MEMBERS))
    seats = await bureau.seen("huang-zhen", lambda conn: inquiries.seats(conn, inquiry))
    assert {one.person_id for one in seats if one.recused} == {"D01.luo-fang", "D01.pan-yu"}
