"""Two branches of one matter in a real database: side by side, each by its own people, joined exactly once."""

import asyncio
from datetime import date

import pytest
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.domain import errors
from case_flow.export.command import Export, export_as
from case_flow.replay.xes import read_parts
from case_flow.storage import trail, watch
from case_flow.testing import point
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.claim_work import ClaimWork, claim_work
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.hand_over_work import HandOverWork, hand_over_work
from case_flow.use_cases.migrate_matters import MigrateMatters, migrate_matters
from case_flow.use_cases.pause_clock import PauseClock, pause_clock
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.resume_clock import ResumeClock, resume_clock
from case_flow.use_cases.return_matter import ReturnMatter, return_matter
from plumbline_contracts.case_flow.v1 import MatterClosed
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import system

HEAD = """
item: JOINT
version: {version}
name: {{zh: 会办, en: Joint}}
domain: RELIEF
citation: {{source: a rule}}
limit: {{length: 20, citation: {{source: a rule}}, approaching: [2]}}
pauses: [{{code: HEARING, name: {{zh: 听证, en: Hearing}}, citation: {{source: a rule}}}}]
"""
JOINT = (
    HEAD.format(version=1)
    + """
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, budget: 2, split: [law, look, seek]}
  - {code: law, name: {zh: 法, en: Law}, role: LEGAL_OFFICER, unit: LEGAL, budget: 9, next: say}
  - {code: look, name: {zh: 查, en: Look}, role: INVESTIGATOR, unit: TO-3, budget: 3, incompatible_with: [seek], next: weigh}
  - {code: weigh, name: {zh: 议, en: Weigh}, role: INVESTIGATOR, unit: TO-3, budget: 3, next: say}
  - {code: seek, name: {zh: 寻, en: Seek}, role: INVESTIGATOR, unit: TO-3, budget: 4, next: say}
  - {code: say, name: {zh: 定, en: Say}, role: SECTION_CHIEF, unit: POLICY, budget: 2, join: take, incompatible_with: [law], end: true}
"""
)
BEFORE = (
    HEAD.format(version=1)
    + """
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, budget: 2, next: look}
  - {code: look, name: {zh: 查, en: Look}, role: INVESTIGATOR, unit: TO-3, budget: 3, next: law}
  - {code: law, name: {zh: 法, en: Law}, role: LEGAL_OFFICER, unit: LEGAL, budget: 9, next: say}
  - {code: say, name: {zh: 定, en: Say}, role: SECTION_CHIEF, unit: POLICY, budget: 2, end: true}
"""
)
AFTER = JOINT.replace("version: 1", "version: 2").replace("steps:", "migrates: [{from: 1}]\nsteps:")


async def rows(bureau, sql, *args):
    return await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))


async def opened(bureau, matter):
    """Every open step with those who have it."""
    sql = "select step, handlers, others::text as others from matter where id = $1"
    [row] = await rows(bureau, sql, matter)
    work = await rows(
        bureau, "select step, assignee, due_on from work where matter_id = $1 order by 1, 2", matter
    )
    return row, {(one["step"], one["assignee"]): one["due_on"] for one in work}


async def inbox(bureau, who):
    mine = [f"D01.{who}", *bureau.who(who).unit_ids]
    found = await bureau.seen(who, lambda conn: trail.inbox(conn, mine, (date.min, "", ""), 20))
    return sorted({one.step for one in found})


async def advance(bureau, who, matter, step, **given):
    return await bureau.do(who, advance_matter, AdvanceMatter(matter, step, **given))


@pytest.fixture
async def joint(bureau):
    await bureau.run(system("D01"), publish_item, PublishItem(JOINT))
    return (await bureau.do("wu-yan", accept_matter, AcceptMatter("JOINT", "x"))).matter_id


async def test_every_branch_is_open_at_once_in_its_own_inbox_by_its_own_day(bureau, joint):
    _, work = await opened(bureau, joint)
    assert work == {
        ("law", "D01.luo-fang"): date(2026, 4, 17),
        ("look", "D01.TO-3"): date(2026, 4, 9),
        ("seek", "D01.TO-3"): date(2026, 4, 10),
    }
    assert await inbox(bureau, "luo-fang") == ["law"]
    assert await inbox(bureau, "li-wei") == ["look", "seek"]
    assert await inbox(bureau, "lin-jie") == []
    with pytest.raises(NotFound):
        await advance(bureau, "lin-jie", joint, "law")
    dues = {
        one["clock"]: one["due_on"]
        for one in await rows(bureau, "select clock, due_on from clock_event where matter_id = $1", joint)
    }
    assert dues["stage:weigh"] == date(2026, 4, 14)
    assert dues["stage:say"] == date(2026, 4, 21)


async def test_the_join_opens_once_when_the_last_branch_has_ended(bureau, joint):
    await advance(bureau, "luo-fang", joint, "law")
    with pytest.raises(errors.StepOutOfOrder, match="look, seek"):
        await advance(bureau, "luo-fang", joint, "law")
    await advance(bureau, "li-wei", joint, "look")
    await advance(bureau, "zhao-qiang", joint, "seek")
    _, work = await opened(bureau, joint)
    assert set(work) == {("weigh", "D01.TO-3")}
    with pytest.raises((errors.StepOutOfOrder, NotFound)):
        await advance(bureau, "chen-gang", joint, "say")
    await advance(bureau, "zhao-qiang", joint, "weigh")
    row, work = await opened(bureau, joint)
    assert (row["step"], row["others"]) == ("say", "[]")
    assert [step for step, _ in work] == ["say"]
    await advance(bureau, "chen-gang", joint, "say")
    done = await rows(bureau, "select step, due_on from matter_step where matter_id = $1 order by seq", joint)
    assert [one["step"] for one in done] == ["take", "law", "look", "seek", "weigh", "say"]
    assert [one["due_on"] for one in done[1:4]] == [date(2026, 4, 17), date(2026, 4, 9), date(2026, 4, 10)]
    assert len(await bureau.events(MatterClosed)) == 1


async def test_the_last_branches_done_at_once_join_exactly_once_and_nobody_is_refused(bureau):
    await bureau.run(system("D01"), publish_item, PublishItem(JOINT))
    accepted = [
        await bureau.do("wu-yan", accept_matter, AcceptMatter("JOINT", f"x{one}")) for one in range(6)
    ]
    for one in (each.matter_id for each in accepted):
        await advance(bureau, "li-wei", one, "look")
        both = await asyncio.gather(
            advance(bureau, "luo-fang", one, "law"),
            advance(bureau, "zhao-qiang", one, "seek"),
            advance(bureau, "li-wei", one, "weigh"),
            return_exceptions=True,
        )
        assert [each for each in both if isinstance(each, BaseException)] == []
        row, work = await opened(bureau, one)
        assert (row["step"], row["others"]) == ("say", "[]")
        assert [step for step, _ in work] == ["say"]
        done = await rows(bureau, "select step, seq from matter_step where matter_id = $1 order by seq", one)
        assert sorted(each["step"] for each in done) == ["law", "look", "seek", "take", "weigh"]
        assert [each["seq"] for each in done] == [1, 2, 3, 4, 5]


async def test_one_step_done_twice_at_once_beside_another_branch_counts_once(bureau, joint):
    both = await asyncio.gather(
        advance(bureau, "li-wei", joint, "look"), advance(bureau, "zhao-qiang", joint, "look"), return_exceptions=True
    )  # fmt: skip
    refused = [one for one in both if isinstance(one, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], errors.StepOutOfOrder)
    done = await rows(bureau, "select 1 from matter_step where matter_id = $1 and step = 'look'", joint)
    assert len(done) == 1


async def test_separation_counts_the_hands_on_the_other_branch_at_claim_and_at_completion(bureau, joint):
    await bureau.do("li-wei", claim_work, ClaimWork(joint, "look"))
    with pytest.raises(errors.SeparationOfDuties):
        await bureau.do("li-wei", claim_work, ClaimWork(joint, "seek"))
    with pytest.raises(errors.SeparationOfDuties):
        await advance(bureau, "li-wei", joint, "seek")
    with pytest.raises(errors.SeparationOfDuties):
        await bureau.do("sun-hao", assign_work, AssignWork(joint, "seek", ("D01.li-wei",)))
    await bureau.do("zhao-qiang", claim_work, ClaimWork(joint, "seek"))
    with pytest.raises(errors.SeparationOfDuties):
        await bureau.do("li-wei", hand_over_work, HandOverWork(joint, "look", "D01.zhao-qiang", "leave"))
    await advance(bureau, "li-wei", joint, "look")
    with pytest.raises(errors.SeparationOfDuties):
        await bureau.do("zhao-qiang", hand_over_work, HandOverWork(joint, "seek", "D01.li-wei", "leave"))
    await advance(bureau, "zhao-qiang", joint, "seek")


async def test_acts_on_a_branch_leave_the_others_as_they_are(bureau, joint):
    await bureau.do("li-wei", claim_work, ClaimWork(joint, "look"))
    await bureau.do("zhao-qiang", claim_work, ClaimWork(joint, "seek"))
    await advance(bureau, "li-wei", joint, "look")
    await bureau.do("li-wei", claim_work, ClaimWork(joint, "weigh"))
    _, before = await opened(bureau, joint)
    with pytest.raises(errors.ReturnRefused):
        await bureau.do("li-wei", return_matter, ReturnMatter(joint, "weigh", "take", "others are open"))
    with pytest.raises(errors.NotHandler):
        await bureau.do("zhao-qiang", return_matter, ReturnMatter(joint, "weigh", "look", "not mine"))
    await bureau.do("li-wei", return_matter, ReturnMatter(joint, "weigh", "look", "photographs"))
    _, work = await opened(bureau, joint)
    assert set(work) - {("look", "D01.TO-3"), ("look", "D01.li-wei")} == set(before) - {
        ("weigh", "D01.li-wei")
    }
    named = AdvanceMatter(joint, "law", co_signers=("D01.luo-fang",))
    with pytest.raises(errors.CoSignerIsSigner):
        await bureau.do("luo-fang", advance_matter, named)


async def test_signatures_are_collected_on_two_branches_at_once(bureau):
    two = JOINT.replace("unit: LEGAL, budget: 9", "unit: LEGAL, min_actors: 1, budget: 9").replace(
        "role: INVESTIGATOR, unit: TO-3, budget: 4", "role: INVESTIGATOR, unit: TO-3, min_actors: 2, budget: 4"
    ).replace("incompatible_with: [seek], ", "")  # fmt: skip
    await bureau.run(system("D01"), publish_item, PublishItem(two))
    joint = (await bureau.do("wu-yan", accept_matter, AcceptMatter("JOINT", "x"))).matter_id
    await advance(bureau, "li-wei", joint, "seek", co_signers=("D01.zhao-qiang",))
    await advance(bureau, "li-wei", joint, "look")
    await advance(bureau, "luo-fang", joint, "law")
    assert ("seek", "D01.zhao-qiang") in (await opened(bureau, joint))[1]
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(joint, "seek"))
    await advance(bureau, "li-wei", joint, "weigh")
    row, _ = await opened(bureau, joint)
    assert row["step"] == "say"
    [done] = await rows(
        bureau, "select signers from matter_step where matter_id = $1 and step = 'seek'", joint
    )
    assert done["signers"] == ["D01.li-wei", "D01.zhao-qiang"]


async def test_a_pause_stops_every_branch_and_moves_every_stage(bureau, joint):
    await bureau.do("luo-fang", pause_clock, PauseClock(joint, "HEARING", "by letter"))
    for who, step in (("li-wei", "look"), ("luo-fang", "law")):
        with pytest.raises(errors.MatterSuspended):
            await advance(bureau, who, joint, step)
    await bureau.at("2026-04-03 09:00")
    with pytest.raises((errors.NotHandler, NotFound)):
        await bureau.do("lin-jie", resume_clock, ResumeClock(joint))
    await bureau.do("sun-hao", resume_clock, ResumeClock(joint))
    _, work = await opened(bureau, joint)
    assert work == {
        ("law", "D01.luo-fang"): date(2026, 4, 21),
        ("look", "D01.TO-3"): date(2026, 4, 13),
        ("seek", "D01.TO-3"): date(2026, 4, 14),
    }


async def test_everybody_with_a_branch_hears_of_the_limit(bureau, joint):
    await bureau.do("li-wei", claim_work, ClaimWork(joint, "look"))
    await bureau.at("2026-05-06 00:00")
    sql = "select kind, subject_ids as people, facts::text as facts from alert where matter_id = $1 order by raised_at"
    found = {one["kind"]: one for one in await rows(bureau, sql, joint)}
    assert set(found) == {"DEADLINE_APPROACHING", "DEADLINE_MISSED"}
    assert set(found["DEADLINE_MISSED"]["people"]) >= {"D01.li-wei", "D01.luo-fang"}
    assert all(step in found["DEADLINE_MISSED"]["facts"] for step in ("law", "look", "seek"))


async def test_the_exported_log_shows_both_branches_and_is_replayed_without_a_finding(
    bureau, joint, tmp_path
):
    acts = (("luo-fang", "law"), ("li-wei", "look"), ("zhao-qiang", "seek"), ("li-wei", "weigh"))
    for number, (who, step) in enumerate(acts):
        await bureau.at(f"2026-04-02 1{number}:00")
        await advance(bureau, who, joint, step)
    out = tmp_path / "out.xes"
    wanted = Export("JOINT", "xes", out)
    assert await export_as(bureau.db, bureau.clock, "D01.huang-zhen", wanted) == 1
    [case] = read_parts(out)
    assert [event.activity for event in case.events] == ["take", "law", "look", "seek", "weigh"]


async def test_a_point_that_becomes_high_at_a_branch_asks_for_a_second_review(bureau):
    pointed = JOINT.replace("{code: law,", "{code: law, point: RP-LAW-01,")
    await bureau.run(system("D01"), publish_item, PublishItem(pointed))
    matter = (await bureau.do("wu-yan", accept_matter, AcceptMatter("JOINT", "x"))).matter_id
    await advance(bureau, "li-wei", matter, "look")
    [row] = await rows(bureau, "select step from matter where id = $1", matter)
    assert row["step"] != "law"
    await bureau.receive(on_risk_point_published, point("RP-LAW-01", "LOW"))
    now = bureau.clock.now()
    count = await bureau.within(
        system("D01"), lambda uow: watch.impose_second_review(uow.conn, "D01.RP-LAW-01", now)
    )
    assert count == 1


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ((), {"law", "look", "seek"}),
        (("look",), {"law", "weigh", "seek"}),
        (("look", "law"), {"say"}),
    ],
)
async def test_a_matter_in_sequence_goes_on_side_by_side_unless_a_branch_was_passed_over(
    bureau, done, expected
):
    await bureau.run(system("D01"), publish_item, PublishItem(BEFORE))
    matter = (await bureau.do("wu-yan", accept_matter, AcceptMatter("JOINT", "x"))).matter_id
    for step in done:
        await advance(bureau, {"look": "li-wei", "law": "luo-fang"}[step], matter, step)
    await bureau.run(system("D01"), publish_item, PublishItem(AFTER))
    await bureau.do("huang-zhen", migrate_matters, MigrateMatters("JOINT", 2, dry_run=False))
    await bureau.at("2026-04-01 09:01")
    _, work = await opened(bureau, matter)
    assert {step for step, _ in work} == expected
    [row] = await rows(bureau, "select item_version from matter where id = $1", matter)
    assert row["item_version"] == (1 if "say" in expected else 2)
