"""A major case before the committee: in writing first, a meeting if split, and no decision without it (S2-060, S2-018)."""

import pytest
from case_flow.domain.adjudication import (
    AdjudicationStateRefused,
    CommitteeInvalid,
    DissentWithoutReason,
    OpinionsSplit,
    Round,
)
from case_flow.domain.collective import AlreadyVoted, Choice, NotPresent, QuorumNotMet, Recused
from case_flow.domain.discretion import Party
from case_flow.domain.referral import ReferralKind
from case_flow.storage import adjudication as adjudications
from case_flow.storage import hold as holds
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import Advanced, AdvanceMatter, advance_matter
from case_flow.use_cases.conclude_adjudication import ConcludeAdjudication, conclude_adjudication
from case_flow.use_cases.convene_adjudication import (
    ConveneAdjudication,
    HoldAdjudicationMeeting,
    MemberNamed,
    convene_adjudication,
    hold_adjudication_meeting,
)
from case_flow.use_cases.give_opinion import (
    GiveOpinion,
    RecuseFromAdjudication,
    give_opinion,
    recuse_from_adjudication,
)
from case_flow.use_cases.prepare_referral import PrepareReferral, prepare_referral
from case_flow.use_cases.propose_adjudication import ProposeAdjudication, propose_adjudication
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.send_referral import (
    AcknowledgeReferral,
    AnswerReferral,
    SendReferral,
    acknowledge_referral,
    answer_referral,
    send_referral,
)
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system

ITEM = """
item: MAJOR-CASE
version: 1
name: {zh: 大案, en: Major case}
citation: {source: a rule}
steps:
  - {code: open, name: {zh: 立案, en: Open}, role: TAX_ADMINISTRATOR, unit: "@office", next: decide}
  - code: decide
    name: {zh: 决定, en: Decide}
    role: TAX_ADMINISTRATOR
    unit: "@office"
    requires: [party, amount_fen]
    facts: [adjudication]
    decides: true
    end: true
"""
COMMITTEE = {
    "LEGAL": "luo-fang",
    "POLICY": "chen-gang",
    "LEVY": "qian-lu",
    "DISC": "ma-qing",
    "OFFICE": "gu-ping",
    "HR": "xie-tao",
}
MEMBERS = tuple(MemberNamed(f"D01.{unit}", f"D01.{who}") for unit, who in COMMITTEE.items())
MAJOR, LARGEST = 20_000_000, 200_000_000


async def opened(bureau: WorkedBureau) -> str:
    """A case of He Jun's, ready for its decision."""
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM))
    accepted = await bureau.do("he-jun", accept_matter, AcceptMatter("MAJOR-CASE", "x", office_id="D01.TO-5"))
    return accepted.matter_id


async def decide(bureau: WorkedBureau, matter: str, fen: int, party: str = "ORGANISATION") -> Advanced:
    payload = {"party": party, "amount_fen": fen, "outcome": "APPROVED"}
    return await bureau.do("he-jun", advance_matter, AdvanceMatter(matter, "decide", payload))


async def code(bureau: WorkedBureau, advanced: Advanced) -> str | None:
    hold_id = advanced.hold_id
    if hold_id is None:
        return None
    return (await bureau.seen("he-jun", lambda conn: holds.get(conn, hold_id))).code


async def proposed(bureau: WorkedBureau, matter: str, fen: int = MAJOR) -> str:
    command = ProposeAdjudication(matter, "the file", "a fine of 200,000 yuan", Party.ORGANISATION, fen)
    return await bureau.do("he-jun", propose_adjudication, command)


async def convened(bureau: WorkedBureau, matter: str) -> str:
    one = await proposed(bureau, matter)
    return await bureau.do("luo-fang", convene_adjudication, ConveneAdjudication(one, MEMBERS))


async def say(bureau: WorkedBureau, one: str, choices: dict[str, Choice]) -> None:
    for name, choice in choices.items():
        await bureau.do(name, give_opinion, GiveOpinion(one, choice, "the amount is too high"))


async def test_below_the_threshold_nobody_adjudicates(bureau: WorkedBureau) -> None:
    matter = await opened(bureau)
    assert await code(bureau, await decide(bureau, matter, MAJOR - 1)) is None


async def test_a_major_case_is_decided_as_the_whole_committee_agreed_on_the_file(
    bureau: WorkedBureau,
) -> None:
    matter = await opened(bureau)
    assert await code(bureau, await decide(bureau, matter, MAJOR)) == "ADJUDICATION_MISSING"
    one = await convened(bureau, matter)
    await say(bureau, one, dict.fromkeys(COMMITTEE.values(), Choice.FOR))
    with pytest.raises(NotFound):
        await bureau.do("luo-fang", conclude_adjudication, ConcludeAdjudication(one, "minutes"))
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", conclude_adjudication, ConcludeAdjudication(one, " "))
    await bureau.do("huang-zhen", conclude_adjudication, ConcludeAdjudication(one, "unanimous"))
    found = (await bureau.seen("he-jun", lambda conn: adjudications.many(conn, [one])))[one]
    assert (found.number, found.quorum, found.carried, found.votes_for) == ("AJ-2026-01", 4, True, 6)
    assert await code(bureau, await decide(bureau, matter, MAJOR + 1)) == "ADJUDICATION_MISSING"
    assert await code(bureau, await decide(bureau, matter, MAJOR)) is None


async def test_a_split_file_goes_to_a_meeting_whose_dissents_are_in_the_minutes(bureau: WorkedBureau) -> None:
    matter = await opened(bureau)
    one = await convened(bureau, matter)
    with pytest.raises(DissentWithoutReason):
        await bureau.do("qian-lu", give_opinion, GiveOpinion(one, Choice.AGAINST))
    await say(bureau, one, dict.fromkeys(COMMITTEE.values(), Choice.FOR) | {"qian-lu": Choice.AGAINST})
    with pytest.raises(OpinionsSplit):
        await bureau.do("huang-zhen", conclude_adjudication, ConcludeAdjudication(one, "split"))
    there = tuple(f"D01.{name}" for name in ("luo-fang", "chen-gang", "qian-lu", "ma-qing"))
    with pytest.raises(QuorumNotMet):
        await bureau.do("luo-fang", hold_adjudication_meeting, HoldAdjudicationMeeting(one, there[:3]))
    await bureau.do("luo-fang", hold_adjudication_meeting, HoldAdjudicationMeeting(one, there))
    with pytest.raises(NotPresent):
        await bureau.do("xie-tao", give_opinion, GiveOpinion(one, Choice.FOR))
    votes = {
        "luo-fang": Choice.FOR,
        "chen-gang": Choice.FOR,
        "ma-qing": Choice.FOR,
        "qian-lu": Choice.AGAINST,
    }
    await say(bureau, one, votes)
    with pytest.raises(AlreadyVoted):
        await bureau.do("qian-lu", give_opinion, GiveOpinion(one, Choice.FOR))
    own = await bureau.seen("chen-gang", lambda conn: adjudications.opinions(conn, one))
    assert {each.person_id for each in own} == {"D01.chen-gang"}
    await bureau.do("huang-zhen", conclude_adjudication, ConcludeAdjudication(one, "three to one"))
    shown = await bureau.seen("chen-gang", lambda conn: adjudications.opinions(conn, one))
    dissent = [
        each.person_id for each in shown if (each.round, each.choice) == (Round.MEETING, Choice.AGAINST)
    ]
    assert (len(shown), dissent) == (10, ["D01.qian-lu"])
    assert await code(bureau, await decide(bureau, matter, MAJOR)) is None


async def test_a_proposal_that_is_not_carried_does_not_open_the_way(bureau: WorkedBureau) -> None:
    matter = await opened(bureau)
    one = await convened(bureau, matter)
    await say(bureau, one, dict.fromkeys(COMMITTEE.values(), Choice.AGAINST))
    with pytest.raises(AdjudicationStateRefused):
        await proposed(bureau, matter)
    await bureau.do("huang-zhen", conclude_adjudication, ConcludeAdjudication(one, "remitted"))
    assert await code(bureau, await decide(bureau, matter, MAJOR)) == "ADJUDICATION_MISSING"
    again = await proposed(bureau, matter)
    assert again != one


async def test_whoever_is_recused_is_not_counted(bureau: WorkedBureau) -> None:
    matter = await opened(bureau)
    one = await convened(bureau, matter)
    for name in ("xie-tao", "gu-ping", "qian-lu"):
        command = RecuseFromAdjudication(one, "kinship")
        await bureau.do(name, recuse_from_adjudication, command)
    with pytest.raises(Recused):
        await bureau.do("gu-ping", give_opinion, GiveOpinion(one, Choice.FOR))
    there = HoldAdjudicationMeeting(one, tuple(member.person_id for member in MEMBERS))
    with pytest.raises(QuorumNotMet):
        await bureau.do("luo-fang", hold_adjudication_meeting, there)


async def test_whoever_worked_on_the_case_has_no_vote_in_it(bureau: WorkedBureau) -> None:
    matter = await opened(bureau)
    one = await proposed(bureau, matter)
    async with bureau.db.transaction(bureau.who("he-jun")) as conn:
        await conn.execute("update matter set people = people || 'D01.luo-fang'::text where id = $1", matter)
    await bureau.do("huang-zhen", convene_adjudication, ConveneAdjudication(one, MEMBERS))
    with pytest.raises(Recused):
        await bureau.do("luo-fang", give_opinion, GiveOpinion(one, Choice.FOR))
    other = await proposed_for_another(bureau)
    with pytest.raises(CommitteeInvalid):
        await bureau.do("huang-zhen", convene_adjudication, ConveneAdjudication(other, MEMBERS[:3]))


async def proposed_for_another(bureau: WorkedBureau) -> str:
    accepted = await bureau.do("he-jun", accept_matter, AcceptMatter("MAJOR-CASE", "y", office_id="D01.TO-5"))
    return await proposed(bureau, accepted.matter_id)


async def test_the_largest_cases_are_ruled_on_by_the_bureau_above(bureau: WorkedBureau) -> None:
    matter = await opened(bureau)
    assert await code(bureau, await decide(bureau, matter, LARGEST)) == "REFERRAL_MISSING"
    wanted = PrepareReferral(ReferralKind.MAJOR_CASE, "a large case", "the file", matter_id=matter)
    with pytest.raises(NotFound):
        await bureau.do("chen-gang", prepare_referral, wanted)
    referral = await bureau.do("he-jun", prepare_referral, wanted)
    await bureau.do("huang-zhen", send_referral, SendReferral(referral, "D01-2026-4"))
    await bureau.do("he-jun", acknowledge_referral, AcknowledgeReferral(referral, "C01-R-9"))
    assert await code(bureau, await decide(bureau, matter, LARGEST)) == "REFERRAL_MISSING"
    with pytest.raises(Invalid):
        await bureau.do("he-jun", answer_referral, AnswerReferral(referral, "as proposed"))
    ruled = AnswerReferral(referral, "as proposed", carried=True, amount_fen=LARGEST)
    await bureau.do("huang-zhen", answer_referral, ruled)
    assert await code(bureau, await decide(bureau, matter, LARGEST)) is None
