"""Who decides how much: asked when a step is placed, claimed and completed; looked at again level by level (S2-012, S2-027)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.domain import errors
from case_flow.domain.authority import RecheckOutOfOrder
from case_flow.domain.hands import CoSignerAbsent
from case_flow.domain.hold import HoldState, WayNotOpen
from case_flow.domain.signing import SignerRefused
from case_flow.storage import hold as holds
from case_flow.testing import WorkedBureau, point
from case_flow.testing_running import published, rows
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import Advanced, AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.change_signers import AddSigner, RemoveSigner, add_signer, remove_signer
from case_flow.use_cases.claim_work import ClaimWork, claim_work
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.pass_to_authority import PassToAuthority, pass_to_authority
from case_flow.use_cases.publish_controls import (
    ApproveControlSet,
    DraftControlSet,
    approve_control_set,
    draft_control_set,
)
from plumbline_shared.clock import local_date
from plumbline_shared.errors import Invalid
from plumbline_shared.four_eyes import AuthorApproves

PAYMENT = """
item: PAYMENT
version: 1
name: {zh: 退付, en: Payment}
citation: {source: a rule}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, incompatible_with: [decide], next: decide}
  - {code: decide, name: {zh: 定, en: Decide}, role: [REVIEWER, SECTION_CHIEF], unit: POLICY, decides: true, end: true}
"""
ROWS = """
      - {from_fen: 0, below_fen: 100000, role: REVIEWER}
      - {from_fen: 100000, below_fen: 1000000, role: SECTION_CHIEF}
      - {from_fen: 1000000, role: SECTION_CHIEF, rechecks: [{role: DEPUTY_HEAD, unit: LEAD}, {role: BUREAU_HEAD, unit: LEAD}]}
"""
DEPUTY, HEAD, SHI, QIN = (f"D01.{one}" for one in ("zhou-min", "huang-zhen", "shi-yi", "qin-yue"))


def matrix(more: str = "", rows: str = ROWS) -> str:
    return f"""
citation: {{source: D01-2026-8}}
authority:
  - item: PAYMENT
    step: decide
    citation: {{source: D01-2026-8, locator: Art 3}}
    {more}
    rows: {rows}"""


async def in_force(bureau: WorkedBureau, source: str, on: date | None = None) -> None:
    """The chief of LEGAL drafts it, the head approves it."""
    version = await bureau.do("luo-fang", draft_control_set, DraftControlSet(source))
    await bureau.do(
        "huang-zhen", approve_control_set, ApproveControlSet(version, on or local_date(bureau.clock.now()))
    )


async def begun(bureau: WorkedBureau, source: str | None = None, **facts: Any) -> str:
    await published(bureau, PAYMENT)
    await in_force(bureau, source or matrix())
    return (await bureau.do("wu-yan", accept_matter, AcceptMatter("PAYMENT", "x", facts=facts))).matter_id


def decide(matter: str, amount: int | None, *co_signers: str) -> AdvanceMatter:
    stated = {} if amount is None else {"amount_fen": amount}
    return AdvanceMatter(matter, "decide", {"outcome": "APPROVED", **stated}, co_signers)


async def done(
    bureau: WorkedBureau, name: str, matter: str, amount: int | None, *co_signers: str
) -> Advanced:
    return await bureau.do(name, advance_matter, decide(matter, amount, *co_signers))


async def alerts_of(bureau: WorkedBureau, matter: str) -> list[dict[str, Any]]:
    sql = "select id, facts ->> 'breach' as breach from alert where matter_id = $1 and kind = 'OUT_OF_AUTHORITY'"
    return [dict(one) for one in await rows(bureau, sql, matter)]


async def state_of(bureau: WorkedBureau, matter: str) -> str:
    [found] = await rows(bureau, "select state from matter where id = $1", matter)
    return str(found["state"])


async def test_a_step_waits_for_those_who_decide_its_amount_and_nobody_else_takes_it(
    bureau: WorkedBureau,
) -> None:
    small, large = await begun(bureau, amount_fen=99_999), await begun(bureau, amount_fen=100_000)
    found = {
        one["id"]: list(one["queue_roles"])
        for one in await rows(bureau, "select id, queue_roles from matter")
    }
    assert found == {small: ["REVIEWER"], large: ["SECTION_CHIEF"]}
    with pytest.raises(errors.NotEligible):
        await bureau.do("chen-gang", claim_work, ClaimWork(small, "decide"))
    with pytest.raises(errors.NotEligible):
        await bureau.do("chen-gang", assign_work, AssignWork(large, "decide", ("D01.lin-jie",)))
    await bureau.do("lin-jie", claim_work, ClaimWork(small, "decide"))
    await done(bureau, "lin-jie", small, None)
    await done(bureau, "chen-gang", large, None)
    assert {await state_of(bureau, one) for one in (small, large)} == {"CLOSED"}


async def test_an_amount_beyond_the_officer_is_held_passed_on_and_done_by_whoever_decides_it(
    bureau: WorkedBureau,
) -> None:
    matter = await begun(bureau)
    await bureau.do("lin-jie", claim_work, ClaimWork(matter, "decide"))
    hold_id = (await done(bureau, "lin-jie", matter, 100_000)).hold_id
    assert hold_id is not None
    assert (await done(bureau, "lin-jie", matter, 100_001)).hold_id == hold_id
    [alert] = await alerts_of(bureau, matter)
    assert alert["breach"] == "AMOUNT"
    viewers = await rows(bureau, "select person_id from alert_viewer where alert_id = $1", alert["id"])
    assert {one["person_id"] for one in viewers} == {
        "D01.lin-jie", "D01.chen-gang", "D01.zhou-min", "D01.ma-qing",
    }  # fmt: skip
    with pytest.raises(errors.NotHandler):
        await done(bureau, "chen-gang", matter, 100_000)
    await bureau.do("lin-jie", pass_to_authority, PassToAuthority(hold_id))
    await bureau.do("chen-gang", claim_work, ClaimWork(matter, "decide"))
    await done(bureau, "chen-gang", matter, 100_000)
    await bureau.at("2026-04-01 09:01")
    hold = await bureau.seen("lin-jie", lambda conn: holds.get(conn, hold_id))
    assert (hold.state, hold.citation) == (HoldState.CORRECTED, "D01-2026-8 Art 3")
    assert await state_of(bureau, matter) == "CLOSED"


async def test_an_amount_put_right_ends_the_hold(bureau: WorkedBureau) -> None:
    matter = await begun(bureau)
    hold_id = (await done(bureau, "lin-jie", matter, 100_000)).hold_id
    assert hold_id is not None
    await done(bureau, "lin-jie", matter, 10_000)
    hold = await bureau.seen("lin-jie", lambda conn: holds.get(conn, hold_id))
    assert hold.state is HoldState.CORRECTED
    with pytest.raises(errors.MatterIsClosed):
        await done(bureau, "lin-jie", matter, 10_000)


async def test_where_the_rule_says_so_the_act_is_refused_and_the_alert_stays(bureau: WorkedBureau) -> None:
    matter = await begun(bureau, matrix("on_breach: REFUSE"))
    for _again in range(2):
        refused = await done(bureau, "lin-jie", matter, 100_000)
        assert (refused.hold_id, "SECTION_CHIEF" in refused.refused) == (None, True)
    assert [one["breach"] for one in await alerts_of(bureau, matter)] == ["AMOUNT"]
    assert await rows(bureau, "select 1 from hold where matter_id = $1", matter) == []
    assert await state_of(bureau, matter) == "IN_HAND"
    await done(bureau, "lin-jie", matter, 99_999)
    assert await state_of(bureau, matter) == "CLOSED"


async def test_without_the_amount_nothing_is_decided(bureau: WorkedBureau) -> None:
    matter = await begun(bureau)
    with pytest.raises(errors.ExitConditionMissing) as refused:
        await done(bureau, "lin-jie", matter, None)
    assert refused.value.details["missing"] == ["amount_fen"]
    with pytest.raises(Invalid):
        await done(bureau, "lin-jie", matter, -1)


async def test_each_level_looks_again_after_the_one_below_from_its_own_session(bureau: WorkedBureau) -> None:
    matter = await begun(bureau, amount_fen=1_000_000)
    for too_few in ((), (HEAD,)):
        with pytest.raises(errors.CoSignerMissing):
            await done(bureau, "chen-gang", matter, None, *too_few)
    for wrong in ((HEAD, DEPUTY), ("D01.lin-jie", HEAD), (DEPUTY, DEPUTY)):
        with pytest.raises((errors.NotEligible, CoSignerAbsent)):
            await done(bureau, "chen-gang", matter, None, *wrong)
    begun_by = await done(bureau, "chen-gang", matter, None, DEPUTY, HEAD)
    assert begun_by.waiting_for == (DEPUTY, HEAD)
    with pytest.raises(RecheckOutOfOrder):
        await bureau.do("huang-zhen", co_sign_step, CoSignStep(matter, "decide"))
    assert (await bureau.do("zhou-min", co_sign_step, CoSignStep(matter, "decide"))).waiting_for == (HEAD,)
    assert await state_of(bureau, matter) == "IN_HAND"
    await bureau.do("huang-zhen", co_sign_step, CoSignStep(matter, "decide"))
    [step] = await rows(
        bureau, "select signers from matter_step where matter_id = $1 and step = 'decide'", matter
    )
    assert list(step["signers"]) == ["D01.chen-gang", DEPUTY, HEAD]
    assert await state_of(bureau, matter) == "CLOSED"


async def test_a_level_whose_officer_is_away_is_taken_over_by_another_of_that_level(
    bureau: WorkedBureau,
) -> None:
    await bureau.at("2026-03-31 10:00")
    rows_ = """
      - {from_fen: 0, role: SECTION_CHIEF, rechecks: [{role: INVESTIGATOR, unit: TO-3}, {role: BUREAU_HEAD, unit: LEAD}]}
"""
    matter = await begun(bureau, matrix(rows=rows_), amount_fen=5)
    await done(bureau, "chen-gang", matter, None, SHI, HEAD)
    take_off = RemoveSigner(matter, "decide", SHI, "on a course")
    with pytest.raises(errors.NotHandler):
        await bureau.do("chen-gang", remove_signer, take_off)
    await bureau.at("2026-04-01 09:00")
    with pytest.raises(SignerRefused, match="of that level first"):
        await bureau.do("chen-gang", remove_signer, take_off)
    with pytest.raises(errors.NotEligible):
        await bureau.do("chen-gang", add_signer, AddSigner(matter, "decide", "D01.wu-yan", "x"))
    await bureau.do("chen-gang", add_signer, AddSigner(matter, "decide", QIN, "Shi Yi is on a course"))
    changed = await bureau.do("chen-gang", remove_signer, take_off)
    assert changed.waiting_for == (HEAD, QIN)
    with pytest.raises(errors.NotHandler):
        await bureau.do("chen-gang", remove_signer, RemoveSigner(matter, "decide", HEAD, "disagrees"))
    with pytest.raises(RecheckOutOfOrder):
        await bureau.do("huang-zhen", co_sign_step, CoSignStep(matter, "decide"))
    await bureau.do("qin-yue", co_sign_step, CoSignStep(matter, "decide"))
    await bureau.do("huang-zhen", co_sign_step, CoSignStep(matter, "decide"))
    assert await state_of(bureau, matter) == "CLOSED"


async def test_whoever_lost_the_level_meanwhile_looks_at_nothing(bureau: WorkedBureau) -> None:
    matter = await begun(bureau, amount_fen=1_000_000)
    await done(bureau, "chen-gang", matter, None, DEPUTY, HEAD)
    deputy = bureau.who("zhou-min")
    demoted = replace(deputy, roles=deputy.roles - {"DEPUTY_HEAD"})
    with pytest.raises(errors.NotEligible):
        await bureau.run(demoted, co_sign_step, CoSignStep(matter, "decide"))


async def test_an_officer_of_another_unit_or_without_the_role_is_beyond_place_or_person(
    bureau: WorkedBureau,
) -> None:
    rows_ = """
      - {from_fen: 0, below_fen: 500, role: REVIEWER}
      - {from_fen: 500, role: [DEPUTY_HEAD, REVIEWER], unit: LEAD}
"""
    matter = await begun(bureau, matrix(rows=rows_))
    await bureau.do("lin-jie", claim_work, ClaimWork(matter, "decide"))
    reviewer = bureau.who("lin-jie")
    seconded = replace(reviewer, unit_ids=reviewer.unit_ids | {"D01.LEAD"})
    assert (await bureau.run(seconded, advance_matter, decide(matter, 500))).hold_id
    assert [one["breach"] for one in await alerts_of(bureau, matter)] == ["PLACE"]
    other = await begun(bureau, matrix(rows=rows_))
    await bureau.do("mei-lan", claim_work, ClaimWork(other, "decide"))
    mei_lan = bureau.who("mei-lan")
    bare = replace(mei_lan, roles=frozenset[str]())
    assert (await bureau.run(bare, advance_matter, decide(other, 100))).hold_id
    assert [one["breach"] for one in await alerts_of(bureau, other)] == ["PERSON"]


@pytest.mark.parametrize(
    ("when", "passes"),
    [
        ("2026-04-01 08:29", False),
        ("2026-04-01 08:30", True),
        ("2026-04-01 17:59", True),
        ("2026-04-01 18:00", False),
        ("2026-04-04 10:00", False),  # Saturday
    ],
)
async def test_nothing_is_decided_outside_the_hours(bureau: WorkedBureau, when: str, *, passes: bool) -> None:
    matter = await begun(bureau, matrix('hours: {from: "08:30", until: "18:00"}'))
    await bureau.at(when)
    held = await done(bureau, "lin-jie", matter, 100)
    assert (held.hold_id is None) is passes
    assert [one["breach"] for one in await alerts_of(bureau, matter)] == ([] if passes else ["TIME"])


async def test_the_version_of_the_day_counts_for_matters_that_run(bureau: WorkedBureau) -> None:
    one, other = await begun(bureau), await begun(bureau)
    wider = ROWS.replace("100000,", "200000,").replace("from_fen: 100000,", "from_fen: 200000,")
    await in_force(bureau, matrix(rows=wider), date(2026, 4, 3))
    await bureau.at("2026-04-02 17:00")
    assert (await done(bureau, "lin-jie", one, 150_000)).hold_id
    await bureau.at("2026-04-03 09:00")
    assert (await done(bureau, "lin-jie", other, 150_000)).hold_id is None


async def test_rules_name_steps_and_units_that_there_are_and_are_approved_by_another(
    bureau: WorkedBureau,
) -> None:
    await published(bureau, PAYMENT)
    for bad in (
        matrix().replace("step: decide", "step: bless"),
        matrix().replace("step: decide", "step: take"),
        matrix().replace("unit: LEAD", "unit: MOON"),
    ):
        with pytest.raises(Invalid):
            await bureau.do("luo-fang", draft_control_set, DraftControlSet(bad))
    version = await bureau.do("luo-fang", draft_control_set, DraftControlSet(matrix()))
    author = bureau.who("luo-fang")
    both = replace(author, roles=author.roles | {"BUREAU_HEAD"})
    with pytest.raises(AuthorApproves):
        await bureau.run(both, approve_control_set, ApproveControlSet(version, date(2026, 4, 1)))


async def test_a_hold_of_another_kind_is_not_passed_on(bureau: WorkedBureau) -> None:
    matter = await begun(bureau)
    hold_id = (await done(bureau, "lin-jie", matter, 100_000)).hold_id
    assert hold_id is not None
    await in_force(bureau, "citation: {source: D01-2026-9}")
    with pytest.raises(WayNotOpen):
        await bureau.do("lin-jie", pass_to_authority, PassToAuthority(hold_id))
    # Without a rule any amount is decided by whoever has the step.
    assert (await done(bureau, "lin-jie", matter, 100_000)).hold_id is None


async def test_a_bureau_keeps_fines_to_its_leaders_that_an_office_could_decide(bureau: WorkedBureau) -> None:
    await bureau.publish("registration_penalty")
    await bureau.receive(on_risk_point_published, point("RP-PENALTY-TIER-01", "HIGH", unit="D01.TO-5"))
    rows_ = """
      - {from_fen: 0, below_fen: 24000, role: [TAX_ADMINISTRATOR, OFFICE_CHIEF]}
      - {from_fen: 24000, role: [DEPUTY_HEAD, BUREAU_HEAD], unit: LEAD}
"""
    await in_force(bureau, matrix(rows=rows_).replace("item: PAYMENT", "item: REGISTRATION-PENALTY"))
    violation = {
        "point": "LATE_CHANGE_REGISTRATION",
        "party": "ORGANISATION",
        "ordered_on": "2026-03-02",
        "corrected_on": "2026-03-14",
    }
    accept = AcceptMatter("REGISTRATION-PENALTY", "late", office_id="D01.TO-5")
    matter = (await bureau.do("he-jun", accept_matter, accept)).matter_id
    fine = {"amount_fen": 24_000, "procedure": "SUMMARY", "violation": violation}
    assert (await bureau.do("he-jun", advance_matter, AdvanceMatter(matter, "propose", fine))).hold_id is None
    [found] = await rows(bureau, "select unit_id, queue_roles from matter where id = $1", matter)
    assert (found["unit_id"], list(found["queue_roles"])) == ("D01.LEAD", ["DEPUTY_HEAD", "BUREAU_HEAD"])
    said = {"outcome": "APPROVED"}
    decided = AdvanceMatter(matter, "decide", said, ("D01.tang-li",))
    assert (await bureau.do("zhou-min", advance_matter, decided)).waiting_for == ("D01.tang-li",)
