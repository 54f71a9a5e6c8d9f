"""A delegate's act counts as both persons' hands; who is away is named with those who may sign instead."""

from dataclasses import replace

import pytest
from case_flow.domain import errors
from case_flow.domain.hands import CoSignerAbsent
from case_flow.testing import WorkedBureau
from case_flow.testing_running import ALL_SIGN, rows
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.claim_work import ClaimWork, claim_work
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import system

LI, ZHAO, QIN, BO, SHI = (f"D01.{one}" for one in ("li-wei", "zhao-qiang", "qin-yue", "bo-tao", "shi-yi"))
CHEN, MEI = "D01.chen-gang", "D01.mei-lan"
TWICE = """
item: TWICE
version: 1
name: {zh: 双签, en: Signed twice}
citation: {source: a rule}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, next: plan}
  - {code: plan, name: {zh: 拟, en: Plan}, role: SECTION_CHIEF, unit: POLICY, next: say}
  - {code: say, name: {zh: 定, en: Say}, role: [SECTION_CHIEF, REVIEWER], unit: POLICY, incompatible_with: [plan], end: true}
"""
JOINT = TWICE.replace("item: TWICE", "item: JOINT").replace(
    "POLICY, next: say", "POLICY, min_actors: 2, next: say"
)


async def accepted(bureau: WorkedBureau, item: str, code: str) -> str:
    await bureau.run(system("D01"), publish_item, PublishItem(item))
    return (await bureau.do("wu-yan", accept_matter, AcceptMatter(code, "x"))).matter_id


async def test_what_a_delegate_did_the_grantor_did_too(bureau: WorkedBureau) -> None:
    matter = await accepted(bureau, TWICE, "TWICE")
    await bureau.do("mei-lan", claim_work, ClaimWork(matter, "plan"))
    await bureau.do("mei-lan", advance_matter, AdvanceMatter(matter, "plan"))
    for name in ("mei-lan", "chen-gang"):
        with pytest.raises(errors.SeparationOfDuties):
            await bureau.do(name, claim_work, ClaimWork(matter, "say"))
    await bureau.do("lin-jie", advance_matter, AdvanceMatter(matter, "say"))
    found = await rows(bureau, "select step, person, grantor from delegated_act where matter_id = $1", matter)
    assert [tuple(one) for one in found] == [("plan", MEI, CHEN)]
    sql = "select detail from audit_entry where object_id = $1 and action = 'actByDelegation'"
    assert '"D01.chen-gang"' in str((await rows(bureau, sql, matter))[0]["detail"])


async def test_a_delegate_does_not_do_what_the_grantor_may_not(bureau: WorkedBureau) -> None:
    source = TWICE.replace("[SECTION_CHIEF, REVIEWER]", "SECTION_CHIEF")
    matter = await accepted(bureau, source, "TWICE")
    await bureau.do("chen-gang", advance_matter, AdvanceMatter(matter, "plan"))
    with pytest.raises(errors.SeparationOfDuties, match="chen-gang"):
        await bureau.do("mei-lan", claim_work, ClaimWork(matter, "say"))
    with pytest.raises(errors.SeparationOfDuties, match="chen-gang"):
        await bureau.do("mei-lan", advance_matter, AdvanceMatter(matter, "say"))
    with pytest.raises(errors.SeparationOfDuties):
        await bureau.do("chen-gang", assign_work, AssignWork(matter, "say", (MEI,)))


async def test_a_grantor_does_not_complete_what_their_delegates_act_excludes(bureau: WorkedBureau) -> None:
    source = TWICE.replace("[SECTION_CHIEF, REVIEWER]", "SECTION_CHIEF")
    matter = await accepted(bureau, source, "TWICE")
    await bureau.do("mei-lan", advance_matter, AdvanceMatter(matter, "plan"))
    for name in ("mei-lan", "chen-gang"):
        with pytest.raises(errors.SeparationOfDuties):
            await bureau.do(name, advance_matter, AdvanceMatter(matter, "say"))


async def test_in_their_own_right_a_delegate_acts_for_nobody(bureau: WorkedBureau) -> None:
    matter = await accepted(bureau, TWICE, "TWICE")
    await bureau.do("chen-gang", advance_matter, AdvanceMatter(matter, "plan"))
    await bureau.do("mei-lan", advance_matter, AdvanceMatter(matter, "say"))
    assert await rows(bureau, "select from delegated_act") == []


async def test_grantor_and_delegate_are_not_two_people(bureau: WorkedBureau) -> None:
    matter = await accepted(bureau, JOINT, "JOINT")
    for name, other in (("chen-gang", MEI), ("mei-lan", CHEN)):
        with pytest.raises(errors.CoSignerIsSigner, match="twice"):
            await bureau.do(name, advance_matter, AdvanceMatter(matter, "plan", co_signers=(other,)))


async def test_without_its_scope_a_token_gains_nothing_and_an_ended_delegation_counts_no_more(
    bureau: WorkedBureau,
) -> None:
    assert "acts:D01.chen-gang" in bureau.who("mei-lan").scopes
    await bureau.at("2026-06-01 09:00")
    assert "acts:D01.chen-gang" not in bureau.who("mei-lan").scopes
    matter = await accepted(bureau, TWICE, "TWICE")
    with pytest.raises(NotFound):
        await bureau.do("mei-lan", claim_work, ClaimWork(matter, "plan"))


async def test_a_co_signer_who_is_away_is_refused_with_those_who_may_sign_instead(
    bureau: WorkedBureau,
) -> None:
    matter = await accepted(bureau, ALL_SIGN, "SIGNED")
    with pytest.raises(CoSignerAbsent) as refusal:
        await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(SHI,)))
    assert refusal.value.details["instead"] == [BO, QIN, ZHAO]
    assert ", ".join((BO, QIN, ZHAO)) in str(refusal.value)
    with pytest.raises(errors.NotEligible, match=ZHAO):
        await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=("D01.lin-jie",)))
    assert await rows(bureau, "select from signature") == []


async def test_a_co_signer_who_left_for_a_course_after_the_dispatch_does_not_block_the_step(
    bureau: WorkedBureau,
) -> None:
    await bureau.at("2026-03-31 09:00")
    matter = await accepted(bureau, ALL_SIGN, "SIGNED")
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "look", (LI, SHI)))
    await bureau.at("2026-04-01 09:00")
    with pytest.raises(CoSignerAbsent):
        await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(SHI,)))
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(QIN,)))
    await bureau.do("qin-yue", co_sign_step, CoSignStep(matter, "look"))
    [done] = await rows(bureau, "select signers from matter_step where step = 'look'")
    assert list(done["signers"]) == [LI, QIN]


async def test_who_was_asked_and_serves_no_longer_does_not_sign(bureau: WorkedBureau) -> None:
    matter = await accepted(bureau, ALL_SIGN, "SIGNED")
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(QIN,)))
    standby = replace(bureau.who("qin-yue"), roles=frozenset(), unit_ids=frozenset(), post_ids=frozenset())
    with pytest.raises(errors.NotEligible):
        await bureau.run(standby, co_sign_step, CoSignStep(matter, "look"))
