"""A rule counts once somebody other than its author let it (SoD-6); until then it changes nothing anywhere."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.four_eyes import AuthorApproves
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from risk_registry.allocation_rule import shipped_rule
from risk_registry.domain.catalogue import EntryKind, UncitedRule, plain
from risk_registry.domain.entry_drafts import (
    RULES,
    DraftDecided,
    EntryDraft,
    check_decision,
)
from risk_registry.storage.catalogue import entries_on
from risk_registry.storage.entry_drafts import drafts
from risk_registry.testing_reform import AT, DAY, HEAD, LEGAL, regulation
from risk_registry.use_cases.draft_entry import DecideEntry, decide_entry, record_or_draft
from risk_registry.use_cases.keep_catalogue import RecordEntry

As = Callable[[str], Principal]
CONTROL: dict[str, Any] = {
    "title_zh": "双人调查", "family": "SEGREGATION", "phase": "IN_PROCESS", "basis": "REG-RELIEF#2",
    "nodes": [{"process": "RELIEF-APPROVAL", "step": "investigate"}],
}  # fmt: skip
DUTY: dict[str, Any] = {"title_zh": "审核", "power": "SUPERVISION", "posts": ["POLICY.reviewer"]}
ASKED = "select count(*) from outbox where subject like '%ControlVersionPublished'"


@pytest.fixture(autouse=True)
def today(clock: Any) -> None:
    clock.set(AT)


async def written(runtime: Runtime, act_as: As, by: str = LEGAL, **more: Any) -> str:
    await regulation(runtime, act_as)
    done = await runtime.execute(
        act_as(by), record_or_draft, RecordEntry(EntryKind.CONTROL, "CT-1", CONTROL, DAY, **more)
    )
    assert done.draft_id
    return done.draft_id


async def controls(runtime: Runtime) -> list[str]:
    async with runtime.db.read(system("D01")) as conn:
        return [each.code for each in await entries_on(conn, "D01", DAY, [EntryKind.CONTROL])]


async def told(runtime: Runtime) -> int:
    async with runtime.db.read(system()) as conn:
        return int(await conn.fetchval(ASKED))


async def test_a_control_counts_and_goes_out_once_the_head_let_it(runtime: Runtime, act_as: As) -> None:
    draft = await written(runtime, act_as)
    assert (await controls(runtime), await told(runtime)) == ([], 0)
    await runtime.execute(act_as(HEAD), decide_entry, DecideEntry(draft, accepted=True, reason="可行"))
    assert (await controls(runtime), await told(runtime)) == (["CT-1"], 1)
    with pytest.raises(DraftDecided):
        await runtime.execute(act_as(HEAD), decide_entry, DecideEntry(draft, accepted=False, reason="不可行"))


async def test_one_hand_does_not_switch_a_control_off(runtime: Runtime, act_as: As) -> None:
    draft = await written(runtime, act_as)
    await runtime.execute(act_as(HEAD), decide_entry, DecideEntry(draft, accepted=True, reason="可行"))
    off = await written(runtime, act_as, HEAD, retired=True)
    with pytest.raises(AuthorApproves):
        await runtime.execute(act_as(HEAD), decide_entry, DecideEntry(off, accepted=True, reason="不再需要"))
    assert await controls(runtime) == ["CT-1"]


async def test_what_is_declined_counts_nowhere_and_keeps_its_reason(runtime: Runtime, act_as: As) -> None:
    draft = await written(runtime, act_as)
    with pytest.raises(Invalid):
        await runtime.execute(act_as(HEAD), decide_entry, DecideEntry(draft, accepted=False, reason=" "))
    await runtime.execute(act_as(HEAD), decide_entry, DecideEntry(draft, accepted=False, reason="重复"))
    assert (await controls(runtime), await told(runtime)) == ([], 0)
    async with runtime.db.read(act_as(LEGAL)) as conn:
        (kept,) = await drafts(conn, "D01")
    assert (kept.accepted, kept.reason, kept.decided_by) == (False, "重复", HEAD)


async def test_who_decides_and_who_reads(runtime: Runtime, act_as: As) -> None:
    draft = await written(runtime, act_as)
    for name in (LEGAL, "D01.ma-qing", "D01.lin-jie", "D02.huang-zhen"):
        with pytest.raises(NotFound):
            await runtime.execute(
                act_as(name), decide_entry, DecideEntry(draft, accepted=True, reason="可行")
            )
    seen: dict[str, int] = {}
    for name in (LEGAL, HEAD, "D01.ma-qing", "D01.lin-jie", "D01.zhou-min", "D02.huang-zhen"):
        async with runtime.db.read(act_as(name)) as conn:
            seen[name] = len(await drafts(conn, "D01"))
    assert seen == {
        LEGAL: 1,
        HEAD: 1,
        "D01.ma-qing": 1,
        "D01.lin-jie": 0,
        "D01.zhou-min": 0,
        "D02.huang-zhen": 0,
    }


async def test_a_fault_is_told_to_its_author_and_a_duty_needs_nobody_else(
    runtime: Runtime, act_as: As
) -> None:
    with pytest.raises(UncitedRule):
        await runtime.execute(
            act_as(LEGAL), record_or_draft, RecordEntry(EntryKind.CONTROL, "CT-1", CONTROL, DAY)
        )
    done = await runtime.execute(
        act_as(LEGAL), record_or_draft, RecordEntry(EntryKind.DUTY, "DUTY-A", DUTY, DAY)
    )
    assert done.draft_id is None


@given(st.sampled_from("ab"), st.sampled_from("ab"), st.none() | st.booleans())
def test_a_draft_is_decided_once_by_another(author: str, by: str, decided: bool | None) -> None:
    draft = EntryDraft("ed", EntryKind.CONTROL, "CT-1", {}, False, date(2026, 1, 1), author, AT, decided)
    if decided is not None:
        with pytest.raises(DraftDecided):
            check_decision(draft, by)
    elif author == by:
        with pytest.raises(AuthorApproves):
            check_decision(draft, by)
    else:
        check_decision(draft, by)


def test_kinds_that_judge_or_stop_others_are_rules() -> None:
    stopping = {EntryKind.REGULATION, EntryKind.CONTROL, EntryKind.SOD_RULE, EntryKind.CONDUCT}
    judging = {EntryKind.OFFICE_TEMPLATE, EntryKind.ALLOCATION_RULE, EntryKind.GRANT}
    assert stopping | judging == RULES


GROUPS: dict[str, Any] = {
    "title_zh": "本局税务所", "citation": "本局办法",
    "seats": [{"code": "ONE", "title_zh": "甲组"}, {"code": "TWO", "title_zh": "乙组"}],
}  # fmt: skip
CODE: dict[str, Any] = {
    "title_zh": "代码41", "grantor": "所长", "grantee": "纳税人学校", "operations": ["信息维护"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "code", "body"),
    [
        (EntryKind.OFFICE_TEMPLATE, "OWN-OFFICE", GROUPS), (EntryKind.GRANT, "GR-41", CODE),
        (EntryKind.ALLOCATION_RULE, "ALLOCATION", plain(shipped_rule().rule)),
    ],
)  # fmt: skip
async def test_templates_weights_and_what_may_be_given_away_are_rules(
    runtime: Runtime, act_as: As, kind: EntryKind, code: str, body: dict[str, Any]
) -> None:
    async def known() -> list[str]:
        async with runtime.db.read(system("D01")) as conn:
            return [each.code for each in await entries_on(conn, "D01", DAY, [kind])]

    done = await runtime.execute(act_as(LEGAL), record_or_draft, RecordEntry(kind, code, body, DAY))
    assert done.draft_id
    assert await known() == []
    accept = DecideEntry(done.draft_id, accepted=True, reason="可行")
    await runtime.execute(act_as(HEAD), decide_entry, accept)
    assert await known() == [code]
