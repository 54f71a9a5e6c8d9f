"""Whoever has an interest keeps off: at claim, at dispatch, at completion; their work goes to others (I-016)."""

from typing import Any

import pytest
from case_flow.domain.errors import NotEligible, NotHandler
from case_flow.domain.hands import Recused
from case_flow.domain.recusal import InterestRefused, Relation
from case_flow.testing import WorkedBureau
from case_flow.testing_running import ALL_SIGN, RULED, accepted, published, rows
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.claim_work import ClaimWork, claim_work
from case_flow.use_cases.declare_interest import DeclareInterest, EndInterest, declare_interest, end_interest
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.request_recusal import DecideRecusal, RequestRecusal, decide_recusal, request_recusal
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system

LI, ZHAO, QIN, BO = (f"D01.{one}" for one in ("li-wei", "zhao-qiang", "qin-yue", "bo-tao"))
SECRET = "嫂子是该企业股东"


def in_foundry(reason: str = SECRET) -> DeclareInterest:
    return DeclareInterest(Relation.KIN, reason, party=" LINJIANG Foundry ")


async def of_foundry(bureau: WorkedBureau, **facts: Any) -> str:
    await bureau.run(system("D01"), publish_item, PublishItem(ALL_SIGN))
    wanted = AcceptMatter("SIGNED", "Linjiang Foundry", facts=facts)
    return (await bureau.do("wu-yan", accept_matter, wanted)).matter_id


async def test_an_interest_keeps_off_at_claim_dispatch_signature_and_completion(bureau: WorkedBureau) -> None:
    matter = await of_foundry(bureau)
    await bureau.do("li-wei", declare_interest, in_foundry())
    for use_case, command in (
        (claim_work, ClaimWork(matter, "look")),
        (advance_matter, AdvanceMatter(matter, "look", co_signers=(ZHAO,))),
    ):
        with pytest.raises(Recused):
            await bureau.do("li-wei", use_case, command)  # type: ignore[arg-type]
    with pytest.raises(Recused):
        await bureau.do("sun-hao", assign_work, AssignWork(matter, "look", (LI, ZHAO)))
    with pytest.raises(Recused) as refusal:
        await bureau.do("zhao-qiang", advance_matter, AdvanceMatter(matter, "look", co_signers=(LI,)))
    assert SECRET not in str(refusal.value)
    await bureau.do("zhao-qiang", advance_matter, AdvanceMatter(matter, "look", co_signers=(QIN,)))


async def test_a_registration_number_is_a_party_too_and_other_parties_are_not(bureau: WorkedBureau) -> None:
    await bureau.do(
        "li-wei", declare_interest, DeclareInterest(Relation.FINANCIAL, "股份", party="91330000MA000000X0")
    )
    same = await of_foundry(bureau, taxpayer_id="91330000ma000000x0")
    other = await of_foundry(bureau, taxpayer_id="91330000MA000000Y1")
    with pytest.raises(Recused):
        await bureau.do("li-wei", claim_work, ClaimWork(same, "look"))
    await bureau.do("li-wei", claim_work, ClaimWork(other, "look"))


async def test_nobody_accepts_for_a_party_of_their_own(bureau: WorkedBureau) -> None:
    await bureau.do("wu-yan", declare_interest, in_foundry())
    with pytest.raises(Recused):
        await of_foundry(bureau)
    assert await rows(bureau, "select from matter") == []


async def test_open_work_goes_to_another_by_rule_and_the_trail_gives_no_reason(bureau: WorkedBureau) -> None:
    await published(bureau, RULED)
    matter, [first] = await accepted(bureau, "RULED")
    name = first.removeprefix("D01.")
    await bureau.do(name, declare_interest, DeclareInterest(Relation.KIN, SECRET, matter_id=matter))
    await bureau.at("2026-04-01 09:01")
    [row] = await rows(bureau, "select handlers, people from matter where id = $1", matter)
    assert len(row["handlers"]) == 1
    assert first not in (*row["handlers"], *row["people"])
    with pytest.raises(NotFound):
        await bureau.do(name, claim_work, ClaimWork(matter, "look"))
    trail = await rows(
        bureau, "select action, actor, detail from audit_entry where object_id = $1 order by id", matter
    )
    assert [one["actor"] for one in trail if one["action"] == "stepOut"] == ["system"]
    assert not any(SECRET in str(one["detail"]) for one in trail)
    [_first, again] = await rows(
        bureau, "select considered::text c from work_assignment where matter_id = $1 order by id", matter
    )
    assert "RECUSED" in again["c"]
    assert SECRET not in again["c"]


async def test_what_somebody_recused_has_signed_begins_anew(bureau: WorkedBureau) -> None:
    matter = await of_foundry(bureau)
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "look", (LI, ZHAO)))
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(ZHAO,)))
    await bureau.do("li-wei", declare_interest, in_foundry())
    await bureau.at("2026-04-01 09:01")
    [row] = await rows(bureau, "select handlers, pending, queue_unit from matter where id = $1", matter)
    assert (list(row["handlers"]), row["pending"], row["queue_unit"]) == ([ZHAO], None, "D01.TO-3")
    await bureau.do("qin-yue", claim_work, ClaimWork(matter, "look"))
    await bureau.do("zhao-qiang", advance_matter, AdvanceMatter(matter, "look", co_signers=(QIN,)))


async def test_whoever_was_only_asked_to_sign_leaves_the_others_signatures_alone(
    bureau: WorkedBureau,
) -> None:
    matter = await of_foundry(bureau)
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(ZHAO, QIN)))
    await bureau.do("qin-yue", declare_interest, in_foundry())
    await bureau.at("2026-04-01 09:01")
    [row] = await rows(bureau, "select pending::text p from matter where id = $1", matter)
    assert LI in row["p"]
    assert QIN not in row["p"]


async def test_a_party_asks_and_the_head_decides(bureau: WorkedBureau) -> None:
    matter = await of_foundry(bureau)
    await bureau.do("li-wei", claim_work, ClaimWork(matter, "look"))
    ask = RequestRecusal(matter, "三所李姓调查员", SECRET)
    with pytest.raises(NotFound):
        await bureau.do("he-jun", request_recusal, ask)
    with pytest.raises(NotHandler):
        await bureau.do("huang-zhen", request_recusal, ask)
    asked = await bureau.do("wu-yan", request_recusal, ask)
    with pytest.raises(InterestRefused):
        await bureau.run(system("D01"), request_recusal, ask)
    uphold = DecideRecusal(asked.request_id, upheld=True, people=(LI,), reason="kin")
    for name in ("sun-hao", "wu-yan", "li-wei"):
        with pytest.raises(NotFound):
            await bureau.do(name, decide_recusal, uphold)
    with pytest.raises(NotEligible):
        await bureau.do("ma-qing", decide_recusal, uphold)
    for people in ((), ("D01.nobody",)):
        with pytest.raises(Invalid):
            await bureau.do(
                "huang-zhen",
                decide_recusal,
                DecideRecusal(asked.request_id, upheld=True, people=people, reason="x"),
            )
    await bureau.do("huang-zhen", decide_recusal, uphold)
    with pytest.raises(InterestRefused):
        await bureau.do("huang-zhen", decide_recusal, uphold)
    await bureau.at("2026-04-01 09:01")
    [row] = await rows(bureau, "select handlers, queue_unit from matter where id = $1", matter)
    assert (list(row["handlers"]), row["queue_unit"]) == ([], "D01.TO-3")


async def test_about_the_head_the_discipline_lead_decides(bureau: WorkedBureau) -> None:
    matter = await of_foundry(bureau)
    asked = await bureau.run(system("D01"), request_recusal, RequestRecusal(matter, "局长", "x"))
    decide = DecideRecusal(asked.request_id, upheld=True, people=("D01.huang-zhen",), reason="kin")
    with pytest.raises(NotEligible):
        await bureau.do("huang-zhen", decide_recusal, decide)
    await bureau.do("ma-qing", decide_recusal, decide)


async def test_an_interest_ends_by_others_hand_and_then_counts_no_more(bureau: WorkedBureau) -> None:
    matter = await of_foundry(bureau)
    kept = await bureau.do("li-wei", declare_interest, in_foundry())
    with pytest.raises(InterestRefused):
        await bureau.do("li-wei", declare_interest, in_foundry())
    for name in ("li-wei", "sun-hao"):
        with pytest.raises(NotFound):
            await bureau.do(name, end_interest, EndInterest(kept.interest_id, "sold"))
    await bureau.do("ma-qing", end_interest, EndInterest(kept.interest_id, "sold"))
    await bureau.do("li-wei", claim_work, ClaimWork(matter, "look"))


async def test_the_applicant_asks_with_receipt_and_code_and_only_clearance_reads_why(
    bureau: WorkedBureau, graph: Any
) -> None:
    await bureau.run(system("D01"), publish_item, PublishItem(ALL_SIGN))
    taken = await bureau.do("wu-yan", accept_matter, AcceptMatter("SIGNED", "Linjiang Foundry"))
    ask = {"receiptNo": taken.receipt_no, "code": "WRONG", "officer": "李", "grounds": SECRET}
    wrong = await graph.do("he-jun", "requestRecusalByReceipt", ask, "requestId")
    assert [one["code"] for one in wrong["userErrors"]] == ["NOT_FOUND"]
    done = await graph.do(
        "he-jun", "requestRecusalByReceipt", {**ask, "code": taken.receipt_code}, "requestId"
    )
    assert done["requestId"]
    await graph.do(
        "li-wei", "declareInterest", {"relation": "KIN", "reason": SECRET, "party": "Linjiang Foundry"}
    )
    listing = "{ interests { person { id } reason } recusalRequests { grounds } }"
    for name, sees in (("huang-zhen", (1, 1)), ("ma-qing", (1, 1)), ("li-wei", (1, 0)), ("sun-hao", (0, 0))):
        found = await graph.ask(name, listing)
        assert (len(found["interests"]), len(found["recusalRequests"])) == sees, name
