"""Every hand in place of a rule is on the list, with who, why and whose approval (S2-030)."""

from typing import Any

import pytest
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.testing import WorkedBureau, point
from case_flow.testing_running import ALL_SIGN, RULED, accepted, published
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.change_signers import AddSigner, RemoveSigner, add_signer, remove_signer
from case_flow.use_cases.co_sign_departure import CoSignDeparture, co_sign_departure
from case_flow.use_cases.decide_departure import DecideDeparture, decide_departure
from case_flow.use_cases.decide_extension import DecideExtension, decide_extension
from case_flow.use_cases.hand_over_work import HandOverWork, hand_over_work
from case_flow.use_cases.request_departure import RequestDeparture, request_departure
from case_flow.use_cases.request_extension import RequestExtension, request_extension
from case_flow.use_cases.review_departure import ReviewDeparture, review_departure
from plumbline_shared.errors import Invalid

LI, ZHAO, QIN, BO = (f"D01.{one}" for one in ("li-wei", "zhao-qiang", "qin-yue", "bo-tao"))
PERIOD = 'since: "2026-04-01", until: "2026-05-01"'
LIST = f"{{ manualOverrides({PERIOD}) {{ nodes {{ kind person {{ id }} reason approvedBy {{ id }} matterId }} }} }}"
SHARES = f"{{ manualOverrideShares({PERIOD}) {{ kind byHand outOf }} }}"
FINE = {
    "procedure": "SUMMARY",
    "violation": {
        "point": "LATE_CHANGE_REGISTRATION",
        "party": "ORGANISATION",
        "ordered_on": "2026-03-02",
        "corrected_on": "2026-03-14",
    },
}
LONGER = ALL_SIGN.replace(
    "withdrawable: true", "extension: {cap: 10, approver: BUREAU_HEAD, citation: {source: a rule}}"
)


async def listed(graph: Any, name: str) -> list[dict[str, Any]]:
    return (await graph.ask(name, LIST))["manualOverrides"]["nodes"]


async def shares(graph: Any, name: str) -> dict[str, tuple[int, int]]:
    found = (await graph.ask(name, SHARES))["manualOverrideShares"]
    return {one["kind"]: (one["byHand"], one["outOf"]) for one in found}


async def test_work_given_out_against_the_rule_is_an_exception_with_its_reason(
    bureau: WorkedBureau, graph: Any
) -> None:
    await published(bureau, RULED)
    matter, [chosen] = await accepted(bureau, "RULED")
    await accepted(bureau, "RULED")
    first, second = [one for one in (LI, ZHAO, QIN, BO) if one != chosen][:2]
    with pytest.raises(Invalid):
        await bureau.do("sun-hao", assign_work, AssignWork(matter, "look", (first,)))
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "look", (first,), "knows the plant"))
    name = first.removeprefix("D01.")
    await bureau.do(name, hand_over_work, HandOverWork(matter, "look", second, "ill"))
    found = [(one["kind"], one["person"]["id"], one["reason"]) for one in await listed(graph, "huang-zhen")]
    by_chief = ("ASSIGNMENT_CHANGED", "D01.sun-hao", "knows the plant")
    assert sorted(found) == sorted([by_chief, ("ASSIGNMENT_CHANGED", first, "ill")])
    assert (await shares(graph, "ma-qing"))["ASSIGNMENT_CHANGED"] == (2, 2)
    # Whoever did it sees the own line, a chief no other; figures are for those who watch.
    assert [one["reason"] for one in await listed(graph, name)] == ["ill"]
    assert await listed(graph, "chen-gang") == []
    assert await shares(graph, "chen-gang") == {}


async def test_a_dispatch_where_no_rule_speaks_is_none(bureau: WorkedBureau, graph: Any) -> None:
    await published(bureau, ALL_SIGN)
    matter = (await accepted(bureau, "SIGNED"))[0]
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "look", (LI, ZHAO)))
    assert await listed(graph, "huang-zhen") == []
    assert set((await shares(graph, "huang-zhen")).values()) == {(0, 0)}


async def test_a_longer_limit_and_a_signer_taken_off_are_exceptions(bureau: WorkedBureau, graph: Any) -> None:
    await published(bureau, LONGER)
    matter = (await accepted(bureau, "SIGNED"))[0]
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(ZHAO,)))
    await bureau.do("li-wei", add_signer, AddSigner(matter, "look", QIN, "Zhao Qiang is ill"))
    await bureau.do("sun-hao", remove_signer, RemoveSigner(matter, "look", ZHAO, "ill"))
    asked = await bureau.do("sun-hao", request_extension, RequestExtension(matter, 5, "experts asked"))
    await bureau.do("huang-zhen", decide_extension, DecideExtension(asked.extension_id, approve=True))
    found = {one["kind"]: one for one in await listed(graph, "ma-qing")}
    assert set(found) == {"LIMIT_EXTENDED", "SIGNER_REMOVED"}
    longer = found["LIMIT_EXTENDED"]
    assert (longer["person"]["id"], longer["reason"], longer["matterId"]) == (
        "D01.sun-hao",
        "experts asked",
        matter,
    )
    assert longer["approvedBy"] == [{"id": "D01.huang-zhen"}]
    assert found["SIGNER_REMOVED"]["person"] == {"id": "D01.sun-hao"}


async def test_a_hold_overridden_collectively_names_everybody_who_agreed(
    bureau: WorkedBureau, graph: Any
) -> None:
    await bureau.publish("registration_penalty")
    await bureau.receive(on_risk_point_published, point("RP-PENALTY-TIER-01", "HIGH", unit="D01.TO-5"))
    accept = AcceptMatter("REGISTRATION-PENALTY", "late", office_id="D01.TO-5")
    matter = (await bureau.do("he-jun", accept_matter, accept)).matter_id
    propose = AdvanceMatter(matter, "propose", {**FINE, "amount_fen": 50_000})
    hold = (await bureau.do("he-jun", advance_matter, propose)).hold_id
    assert hold is not None
    await bureau.do("he-jun", request_departure, RequestDeparture(hold, "a third time"))
    await bureau.do("luo-fang", review_departure, ReviewDeparture(hold, "justified", agrees=True))
    meeting = DecideDeparture(hold, ("D01.huang-zhen", "D01.zhou-min", "D01.tang-li"), 3, 0)
    await bureau.do("huang-zhen", decide_departure, meeting)
    await bureau.do("ma-qing", co_sign_departure, CoSignDeparture(hold))
    assert await listed(graph, "huang-zhen") == []
    assert (await bureau.do("he-jun", advance_matter, propose)).hold_id is None
    [one] = await listed(graph, "huang-zhen")
    assert (one["kind"], one["person"]["id"], one["reason"]) == (
        "HOLD_OVERRIDDEN",
        "D01.he-jun",
        "a third time",
    )
    assert [who["id"] for who in one["approvedBy"]] == ["D01.luo-fang", "D01.huang-zhen", "D01.ma-qing"]
    assert (await shares(graph, "huang-zhen"))["HOLD_OVERRIDDEN"] == (1, 1)
    assert await graph.refusal("huang-zhen", LIST.replace("2026-05-01", "2026-04-01")) == "INVALID_INPUT"
