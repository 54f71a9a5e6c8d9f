"""The applicant withdraws or urges: what is late stays late, and nothing changes hands by it."""

from typing import Any

import pytest
from case_flow.domain.errors import InvalidDefinition, MatterIsClosed, NotHandler
from case_flow.domain.parsing import parse
from case_flow.domain.withdrawal import UrgedAlready, WithdrawalRefused
from case_flow.testing import WorkedBureau
from case_flow.testing_running import ALL_SIGN, RULED, accepted, published, rows
from case_flow.use_cases.accept_matter import Accepted, AcceptMatter, accept_matter
from case_flow.use_cases.claim_work import ClaimWork, claim_work
from case_flow.use_cases.urge_matter import UrgeMatter, urge_matter
from case_flow.use_cases.withdraw_matter import WithdrawMatter, withdraw_matter
from plumbline_contracts.case_flow.v1 import MatterClosed
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system


async def taken_in(bureau: WorkedBureau, item: str = ALL_SIGN) -> Accepted:
    await published(bureau, item)
    return await bureau.do("wu-yan", accept_matter, AcceptMatter("SIGNED", "Linjiang Foundry"))


async def test_whoever_has_it_takes_the_written_withdrawal_and_the_clocks_stop(bureau: WorkedBureau) -> None:
    matter = (await taken_in(bureau)).matter_id
    await bureau.do("li-wei", claim_work, ClaimWork(matter, "look"))
    withdrawal = WithdrawMatter(matter, "the loan was repaid", "letter 12")
    with pytest.raises(NotFound):
        await bureau.do("he-jun", withdraw_matter, withdrawal)
    for name in ("zhao-qiang", "wu-yan", "huang-zhen"):
        with pytest.raises(NotHandler):
            await bureau.do(name, withdraw_matter, withdrawal)
    for bad in (WithdrawMatter(matter, "", "letter 12"), WithdrawMatter(matter, "x", "")):
        with pytest.raises(Invalid):
            await bureau.do("li-wei", withdraw_matter, bad)
    await bureau.do("li-wei", withdraw_matter, withdrawal)
    [row] = await rows(
        bureau, "select state, step, reason, late_working_days from matter where id = $1", matter
    )
    assert tuple(row) == ("WITHDRAWN", None, "the loan was repaid", 0)
    assert await rows(bureau, "select from work") == []
    assert [
        one["event"]
        for one in await rows(bureau, "select event from clock_event where clock = 'matter' order by seq")
    ] == ["STARTED", "STOPPED"]
    [closed] = await bureau.events(MatterClosed)
    assert closed.matter_id == matter
    await bureau.at("2026-06-01 09:00")
    assert await rows(bureau, "select from alert") == []
    with pytest.raises(MatterIsClosed):
        await bureau.do("li-wei", withdraw_matter, withdrawal)


async def test_a_withdrawal_does_not_undo_what_was_late(bureau: WorkedBureau) -> None:
    matter = (await taken_in(bureau)).matter_id
    await bureau.at("2026-05-06 09:00")
    await bureau.run(system("D01"), withdraw_matter, WithdrawMatter(matter, "no longer needed"))
    [row] = await rows(bureau, "select late_working_days from matter where id = $1", matter)
    assert row["late_working_days"] == 1
    assert [one["kind"] for one in await rows(bureau, "select kind from alert where phase = 'EX_POST'")] == [
        "DEADLINE_MISSED"
    ]


async def test_only_what_its_item_lets_go_is_withdrawn_and_no_penalty_case_may_be(
    bureau: WorkedBureau,
) -> None:
    matter = (await taken_in(bureau, ALL_SIGN.replace("withdrawable: true\n", ""))).matter_id
    with pytest.raises(WithdrawalRefused):
        await bureau.run(system("D01"), withdraw_matter, WithdrawMatter(matter, "x"))
    for penalty in (
        ALL_SIGN.replace("withdrawable", "domain: PENALTY\nwithdrawable"),
        ALL_SIGN.replace("decides: true", "decides: true, facts: [discretion]"),
    ):
        with pytest.raises(InvalidDefinition) as fault:
            parse(penalty)
        assert [one.code for one in fault.value.problems] == ["PENALTY_WITHDRAWABLE"]


async def test_an_urge_tells_whoever_has_it_once_a_working_day_and_moves_nothing(
    bureau: WorkedBureau, graph: Any
) -> None:
    matter = (await taken_in(bureau)).matter_id
    await bureau.do("li-wei", claim_work, ClaimWork(matter, "look"))
    before = await rows(bureau, "select handlers, queue_unit, row_version, due_on from matter")
    urge = UrgeMatter(matter, "the applicant has asked twice")
    for name in ("li-wei", "wu-yan"):
        with pytest.raises(NotHandler):
            await bureau.do(name, urge_matter, urge)
    assert (await bureau.do("sun-hao", urge_matter, urge)).told == ("D01.li-wei",)
    await bureau.run(system("D01"), urge_matter, urge)
    for again in (bureau.who("sun-hao"), system("D01")):
        with pytest.raises(UrgedAlready):
            await bureau.run(again, urge_matter, urge)
    assert await rows(bureau, "select handlers, queue_unit, row_version, due_on from matter") == before
    notices = "{ myUrges { byApplicant note steps matter { id urges { by { id } } } } }"
    told = (await graph.ask("li-wei", notices))["myUrges"]
    assert sorted(one["byApplicant"] for one in told) == [False, True]
    assert {one["matter"]["id"] for one in told} == {matter}
    assert (await graph.ask("zhao-qiang", notices))["myUrges"] == []


async def test_days_off_count_as_the_next_working_day(bureau: WorkedBureau) -> None:
    matter = (await taken_in(bureau)).matter_id
    await bureau.at("2026-04-11 09:00")
    assert (await bureau.do("tang-li", urge_matter, UrgeMatter(matter))).told == ("D01.TO-3",)
    await bureau.at("2026-04-13 09:00")
    with pytest.raises(UrgedAlready):
        await bureau.do("tang-li", urge_matter, UrgeMatter(matter))
    await bureau.at("2026-04-14 09:00")
    await bureau.do("tang-li", urge_matter, UrgeMatter(matter))


async def test_the_applicant_urges_and_withdraws_with_the_receipt(bureau: WorkedBureau, graph: Any) -> None:
    taken = await taken_in(bureau)
    receipt = {"receiptNo": taken.receipt_no, "code": taken.receipt_code}
    for wrong in ({**receipt, "code": "X"}, {**receipt, "receiptNo": "D02-1"}):
        refused = await graph.do("he-jun", "withdrawByReceipt", {**wrong, "reason": "x"}, "done")
        assert (refused["done"], refused["userErrors"][0]["code"]) == (False, "NOT_FOUND")
    assert (await graph.do("he-jun", "urgeByReceipt", receipt, "done"))["done"]
    assert (await graph.do("he-jun", "withdrawByReceipt", {**receipt, "reason": "x"}, "done"))["done"]
    asked = "query($n: String!, $c: String!) { matterByReceipt(receiptNo: $n, code: $c) { state reason } }"
    status = await graph.ask("he-jun", asked, n=taken.receipt_no, c=taken.receipt_code)
    assert status["matterByReceipt"] == {"state": "WITHDRAWN", "reason": "x"}
    sql = "select actor, detail from audit_entry where action = 'withdrawMatter' and object_id = $1"
    [row] = await rows(bureau, sql, taken.matter_id)
    assert (row["actor"], '"by":"applicant"' in str(row["detail"]).replace(" ", "")) == ("system", True)


async def test_shipped_items_with_a_decision_are_withdrawable_and_penalties_are_not(
    bureau: WorkedBureau,
) -> None:
    await published(bureau, RULED)
    matter, _hands = await accepted(bureau, "RULED")
    with pytest.raises(WithdrawalRefused):
        await bureau.run(system("D01"), withdraw_matter, WithdrawMatter(matter, "x"))
    await bureau.publish("relief_approval", "registration_penalty")
    sql = "select item_code, definition -> 'withdrawable' w from item_version order by 1"
    assert {one["item_code"]: one["w"] for one in await rows(bureau, sql)} == {
        "REGISTRATION-PENALTY": None, "RELIEF-APPROVAL": "true", "RULED": None,
    }  # fmt: skip
