"""One application, three units at once (QUOTA-CHANGE): accepted and delivered by the hall, decided after all three."""

from datetime import date
from importlib.resources import files

import pytest
from case_flow.domain import errors
from case_flow.domain.definition import Outcome
from case_flow.domain.matter import Regime
from case_flow.export.command import Export, export_as
from case_flow.replay.alone import replay_alone
from case_flow.replay.run import Replay
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.decide_matter import DecideMatter, decide_matter
from plumbline_contracts.case_flow.v1 import MatterClosed
from plumbline_shared.principal import system

ACCEPT = AcceptMatter(item="QUOTA-CHANGE", title="Zhang's noodle shop", office_id="D01.TO-3")
PAIR = ("D01.li-wei", "D01.zhao-qiang")


async def state(bureau, matter):
    sql = "select step, state, stage_due_on, due_on, others::text as others from matter where id = $1"
    return await bureau.within(system("D01"), lambda uow: uow.conn.fetchrow(sql, matter))


async def advance(bureau, who, matter, step, **given):
    return await bureau.do(who, advance_matter, AdvanceMatter(matter, step, **given))


@pytest.fixture
async def matter(bureau):
    await bureau.publish("quota_change")
    return (await bureau.do("wu-yan", accept_matter, ACCEPT)).matter_id


async def verified(bureau, matter):
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "verify", PAIR))
    report = {"report": "three tables, forty bowls a day"}
    await advance(bureau, "li-wei", matter, "verify", payload=report, co_signers=PAIR[1:])
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "verify"))


async def test_three_units_work_at_once_and_the_section_decides_on_all_three(bureau, matter, tmp_path):
    opened = await state(bureau, matter)
    assert (opened["step"], opened["due_on"]) == ("verify", date(2026, 4, 30))
    assert '"review"' in opened["others"]
    assert '"examine_law"' in opened["others"]
    await bureau.at("2026-04-02 10:00")
    await advance(bureau, "luo-fang", matter, "examine_law", payload={"opinion": "lawful"})
    await bureau.at("2026-04-03 10:00")
    await verified(bureau, matter)
    with pytest.raises(errors.StepOutOfOrder):
        await bureau.do("lin-jie", decide_matter, DecideMatter(matter, Outcome.APPROVED))
    await bureau.at("2026-04-07 10:00")
    await advance(bureau, "lin-jie", matter, "review", payload={"opinion": "2,400 a month"})
    joined = await state(bureau, matter)
    assert (joined["step"], joined["others"], joined["stage_due_on"]) == ("decide", "[]", date(2026, 4, 23))
    await bureau.at("2026-04-08 10:00")
    await bureau.do("chen-gang", decide_matter, DecideMatter(matter, Outcome.APPROVED))
    await bureau.at("2026-04-09 10:00")
    await advance(bureau, "wu-yan", matter, "deliver")
    [closed] = await bureau.events(MatterClosed)
    assert (closed.matter_id, closed.late_working_days) == (matter, 0)
    await replayed(bureau, tmp_path / "log.xes")


async def replayed(bureau, log):
    """The matter's own log, held against its item: both orders of the branches are in order."""
    await export_as(bureau.db, bureau.clock, "D01.huang-zhen", Export("QUOTA-CHANGE", "xes", log))
    source = files("case_flow").joinpath("items", "quota_change.yaml").read_text(encoding="utf-8")
    report = replay_alone(Replay(log, source, "D01", Regime.ENFORCE))
    assert (report.cases, report.events, report.refused_events) == (1, 6, 0)


async def test_a_reviewer_who_verified_has_no_say_on_the_quota(bureau, matter):
    await verified(bureau, matter)
    for step in ("review", "examine_law", "decide"):
        with pytest.raises(
            (errors.NotHandler, errors.NotEligible, errors.StepOutOfOrder, errors.SeparationOfDuties)
        ):
            await advance(bureau, "li-wei", matter, step, payload={"opinion": "mine too"})


async def test_what_one_unit_lacks_keeps_only_its_branch(bureau, matter):
    with pytest.raises(errors.ExitConditionMissing, match="opinion"):
        await advance(bureau, "lin-jie", matter, "review")
    await advance(bureau, "luo-fang", matter, "examine_law", payload={"opinion": "lawful"})
    assert (await state(bureau, matter))["step"] == "verify"
