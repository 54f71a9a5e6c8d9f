"""New taxpayers: handed over, taken on or not by their office (S1-105), and counted without a false funnel (S1-106)."""

import pytest
from case_flow.app import definition
from case_flow.domain import errors
from case_flow.domain.definition import Outcome
from case_flow.domain.settlement import Counted, measured, share
from case_flow.rules import SETTLEMENT_RULES
from case_flow.testing_hall import publish_forms
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer, acknowledge_transfer
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.claim_work import ClaimWork, claim_work
from case_flow.use_cases.decide_matter import DecideMatter, decide_matter
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.transfer_matter import TransferMatter, transfer_matter
from hypothesis import given
from hypothesis import strategies as st
from plumbline_contracts.case_flow.v1 import MatterClosed
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.settings import load
from plumbline_shared.testing.plugin import run_graphql

REGISTERED = {
    "form": "NEW-TAXPAYER/1",
    "fields": {"taxpayer": "Noodles", "registration_no": "91330000MA000000X0", "address": "1 River Road", "accountant": "Z"},
    "documents": ["LICENCE_COPY"],
    "declaration": {"signed_by": "Zhou Wei", "signed_on": "2026-10-09", "document": "a" * 64},
}  # fmt: skip
NETWORK_INVOICE = """
item: NETWORK-INVOICE
version: 1
name: {zh: 网络发票, en: Invoices online}
citation: {source: 网络发票管理办法}
steps:
  - {code: accept, name: {zh: 受理, en: Accept}, role: WINDOW_CLERK, unit: HALL, next: open}
  - {code: open, name: {zh: 开通, en: Open}, role: WINDOW_CLERK, unit: HALL, decides: true, end: true}
"""
DONE = {"trained_on": "2026-10-09", "tax_types": True, "invoice_eligibility": True, "records": 60}
COUNTS = """{ settlementStatistics(since: "2026-10-01", until: "2026-11-01") { settled records recordsPerTaxpayer
  measures { code newcomers others total perMille } } }"""


def test_the_published_figures_are_no_funnel_of_one_cohort():
    """A-09: 3,417 settled, 3,242 may buy invoices, 3,417 taxes, 2,738 banks, 3,162 online, 4,044 network invoices."""
    newcomers = {"TRAINED": 3417, "TAX_TYPES": 3417, "INVOICE_ELIGIBILITY": 3242, "BANK_LINK": 2738, "E_FILING": 3162, "NETWORK_INVOICE": 3417}  # fmt: skip
    found = measured(SETTLEMENT_RULES.shipped(), Counted(3417, newcomers, {"NETWORK_INVOICE": 627}, 202_700))
    assert {one.code: (one.total, one.per_mille) for one in found} == {
        "TRAINED": (3417, 1000), "TAX_TYPES": (3417, 1000), "INVOICE_ELIGIBILITY": (3242, 949), "BANK_LINK": (2738, 801),
        "E_FILING": (3162, 925), "NETWORK_INVOICE": (4044, 1000),
    }  # fmt: skip


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000))
def test_a_share_is_of_newcomers_alone(settled, have, others):
    have = min(have, settled)
    [line] = [one for one in measured(SETTLEMENT_RULES.shipped(), Counted(settled, {"BANK_LINK": have}, {"BANK_LINK": others}, 0)) if one.code == "BANK_LINK"]  # fmt: skip
    assert line.total == have + others
    assert (line.per_mille is None) == (settled == 0)
    assert line.per_mille is None or 0 <= line.per_mille <= 1000
    assert line.per_mille == share(have, settled)


@pytest.fixture
async def hall(bureau):
    await publish_forms(bureau, "new_taxpayer")
    await bureau.publish("taxpayer_settlement")
    await bureau.at("2026-10-09 09:00")
    settings = load(definition.settings, {"DATABASE_URL": "postgresql://unused", "MODE": "test"})
    bureau.runtime = Runtime(definition, settings, bureau.db, bureau.clock)
    return bureau


async def registered(hall, taxpayer="T1"):
    command = AcceptMatter(
        "TAXPAYER-SETTLEMENT", "Noodles", "D01.TO-3", facts={"taxpayer_id": taxpayer}, payload=REGISTERED
    )
    return (await hall.do("wu-yan", accept_matter, command)).matter_id


async def settled(hall, matter, payload=DONE):
    await hall.do("gao-yun", claim_work, ClaimWork(matter, "settle"))
    await hall.do("gao-yun", advance_matter, AdvanceMatter(matter, "settle", payload))


async def handed_over(hall, taxpayer="T1", payload=DONE):
    matter = await registered(hall, taxpayer)
    await settled(hall, matter, payload)
    slip = await hall.do("gao-yun", transfer_matter, TransferMatter(matter, f"BC-{taxpayer}"))
    return matter, slip


async def test_the_office_takes_on_whom_the_hall_hands_over(hall):
    matter, slip = await handed_over(hall)
    assert slip.due_on.isoformat() == "2026-10-10"
    with pytest.raises(errors.SlipRefused):
        await hall.do("sun-hao", decide_matter, DecideMatter(matter, Outcome.APPROVED))
    await hall.do("sun-hao", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "BC-T1"))
    for other in ("gao-yun", "wu-yan", "he-xin"):
        with pytest.raises((errors.NotHandler, errors.NotEligible)):
            await hall.do(other, decide_matter, DecideMatter(matter, Outcome.APPROVED))
    await hall.do("sun-hao", decide_matter, DecideMatter(matter, Outcome.APPROVED))
    [closed] = await hall.events(MatterClosed)
    assert closed.matter_id == matter


async def test_whoever_is_not_up_to_standard_stays_in_the_hall(hall):
    matter = await registered(hall)
    await hall.do("gao-yun", claim_work, ClaimWork(matter, "settle"))
    with pytest.raises(errors.ExitConditionMissing):
        await hall.do(
            "gao-yun", advance_matter, AdvanceMatter(matter, "settle", {"trained_on": "2026-10-09"})
        )
    with pytest.raises(errors.ControlBlocked):
        await hall.do(
            "gao-yun", advance_matter, AdvanceMatter(matter, "settle", {**DONE, "tax_types": "later"})
        )


async def test_an_office_says_why_it_does_not_take_on(hall):
    matter, slip = await handed_over(hall)
    await hall.do("sun-hao", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "BC-T1"))
    with pytest.raises(errors.ExitConditionMissing):
        await hall.do("sun-hao", decide_matter, DecideMatter(matter, Outcome.REFUSED))
    await hall.do("sun-hao", decide_matter, DecideMatter(matter, Outcome.REFUSED, "not of this district"))
    answer = await run_graphql(hall.runtime, hall.who("chen-gang"), COUNTS, {})
    assert answer["data"]["settlementStatistics"]["settled"] == 0


async def test_newcomers_and_others_are_counted_side_by_side(hall):
    for taxpayer, payload in (
        ("T1", DONE),
        ("T2", {**DONE, "network_invoice": True, "invoice_eligibility": False}),
    ):
        matter, slip = await handed_over(hall, taxpayer, payload)
        await hall.do("sun-hao", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, f"BC-{taxpayer}"))
        await hall.do("sun-hao", decide_matter, DecideMatter(matter, Outcome.APPROVED))
    await hall.run(system("D01"), publish_item, PublishItem(NETWORK_INVOICE))
    for taxpayer in ("T2", "OLD-1", "OLD-2", "OLD-1"):
        command = AcceptMatter("NETWORK-INVOICE", "Noodles", facts={"taxpayer_id": taxpayer})
        matter = (await hall.do("wu-yan", accept_matter, command)).matter_id
        await hall.do("wu-yan", decide_matter, DecideMatter(matter, Outcome.APPROVED))
    answer = await run_graphql(hall.runtime, hall.who("chen-gang"), COUNTS, {})
    told = answer["data"]["settlementStatistics"]
    assert (told["settled"], told["records"], told["recordsPerTaxpayer"]) == (2, 120, 60.0)
    found = {
        one["code"]: (one["newcomers"], one["others"], one["total"], one["perMille"])
        for one in told["measures"]
    }
    assert found["TRAINED"] == (2, 0, 2, 1000)
    assert found["INVOICE_ELIGIBILITY"] == (1, 0, 1, 500)
    assert found["NETWORK_INVOICE"] == (1, 2, 3, 500)
    foreign = await run_graphql(hall.runtime, Principal("person", "D02.x", "D02"), COUNTS, {})
    assert foreign["data"]["settlementStatistics"]["settled"] == 0
