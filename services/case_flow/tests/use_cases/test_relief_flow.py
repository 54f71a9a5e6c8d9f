"""Scenario 1 of requirements §7, the engine's half: steps, signatures, custody, clocks, lateness."""

from datetime import date

import pytest
from case_flow.domain import errors
from case_flow.domain.definition import Outcome
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer, acknowledge_transfer
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.decide_matter import DecideMatter, decide_matter
from case_flow.use_cases.transfer_matter import TransferMatter, transfer_matter
from plumbline_contracts.case_flow.v1 import MatterAccepted, MatterClosed
from plumbline_shared.principal import system


async def rows(bureau, sql, *args):
    return await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))


PAIR = ("D01.li-wei", "D01.zhao-qiang")


async def _accepted(bureau):
    await bureau.publish("relief_approval")
    await bureau.at("2026-04-01T09:40")
    return await bureau.do(
        "wu-yan",
        accept_matter,
        AcceptMatter(item="RELIEF-APPROVAL", title="Linjiang Foundry", office_id="D01.TO-3"),
    )


async def _investigated(bureau):
    accepted = await _accepted(bureau)
    await bureau.at("2026-04-02T10:00")
    await bureau.do("sun-hao", assign_work, AssignWork(accepted.matter_id, "investigate", PAIR))
    await bureau.at("2026-04-10T15:00")
    report = AdvanceMatter(accepted.matter_id, "investigate", {"report": "IR-7"}, co_signers=PAIR[1:])
    await bureau.do("li-wei", advance_matter, report)
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(accepted.matter_id, "investigate"))
    return accepted


async def test_acceptance_starts_the_clocks_of_the_scenario(bureau):
    accepted = await _accepted(bureau)
    ledger = await rows(
        bureau,
        "select clock, due_on from clock_event where matter_id = $1 order by due_on, clock desc",
        accepted.matter_id,
    )
    assert [(row["clock"], row["due_on"]) for row in ledger] == [
        ("stage:accept", date(2026, 4, 3)),
        ("stage:investigate", date(2026, 4, 16)),
        ("stage:review", date(2026, 4, 23)),
        ("stage:approve", date(2026, 4, 30)),
        ("matter", date(2026, 4, 30)),
    ]
    timers = await rows(
        bureau, "select kind, fire_at from timer where ref = $1 order by fire_at", accepted.matter_id
    )
    local = [row["fire_at"].isoformat() for row in timers]
    assert local == ["2026-04-22T16:00:00+00:00", "2026-04-27T16:00:00+00:00", "2026-04-30T16:00:00+00:00"]
    [event] = await bureau.events(MatterAccepted)
    assert (event.due_on, event.accepted_on, event.item_version) == ("2026-04-30", "2026-04-01", 1)


async def test_the_whole_story_to_its_late_end(bureau):
    accepted = await _investigated(bureau)
    await bureau.at("2026-04-14T09:00")
    slip = await bureau.do("li-wei", transfer_matter, TransferMatter(accepted.matter_id, "PB-001"))
    assert slip.due_on == date(2026, 4, 15)
    for when in ("2026-04-16T00:00", "2026-04-23T00:00", "2026-04-28T00:00", "2026-05-01T00:00"):
        await bureau.at(when)
    alerts = await rows(bureau, "select kind, phase, raised_at, subject_ids from alert order by raised_at")
    assert [(row["kind"], row["phase"], row["raised_at"].isoformat()) for row in alerts] == [
        ("TRANSFER_UNACKNOWLEDGED", "EX_ANTE", "2026-04-15T16:00:00+00:00"),
        ("DEADLINE_APPROACHING", "EX_ANTE", "2026-04-22T16:00:00+00:00"),
        ("DEADLINE_APPROACHING", "EX_ANTE", "2026-04-27T16:00:00+00:00"),
        ("DEADLINE_MISSED", "EX_POST", "2026-04-30T16:00:00+00:00"),
    ]
    assert list(alerts[-1]["subject_ids"]) == ["D01.lin-jie"]
    await bureau.at("2026-05-07T09:00")
    review = AdvanceMatter(accepted.matter_id, "review")
    with pytest.raises(errors.SlipRefused):
        await bureau.do("lin-jie", advance_matter, review)
    await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "PB-001"))
    await bureau.at("2026-05-12T09:00")
    await bureau.do("lin-jie", advance_matter, review)
    await bureau.at("2026-05-18T16:00")
    late = DecideMatter(accepted.matter_id, Outcome.APPROVED)
    with pytest.raises(errors.ExitConditionMissing):
        await bureau.do("chen-gang", decide_matter, late)
    await bureau.do(
        "chen-gang", decide_matter, DecideMatter(accepted.matter_id, Outcome.APPROVED, "paper in transit")
    )
    [row] = await rows(bureau, "select * from matter where id = $1", accepted.matter_id)
    assert (row["state"], row["outcome"], row["closed_on"]) == ("CLOSED", "APPROVED", date(2026, 5, 18))
    assert row["late_working_days"] == 10
    [closed] = await bureau.events(MatterClosed)
    assert (closed.late_working_days, closed.closed_on) == (10, "2026-05-18")
    assert not await rows(bureau, "select from timer where ref = $1", accepted.matter_id)
    assert not await rows(bureau, "select from work where matter_id = $1", accepted.matter_id)


async def test_the_report_needs_both_signatures_each_from_its_own_session(bureau):
    accepted = await _accepted(bureau)
    matter = accepted.matter_id
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "investigate", PAIR))
    alone = AdvanceMatter(matter, "investigate", {"report": "IR-7"})
    with pytest.raises(errors.CoSignerMissing):
        await bureau.do("li-wei", advance_matter, alone)
    with pytest.raises(errors.CoSignerIsSigner):
        await bureau.do(
            "li-wei", advance_matter, AdvanceMatter(matter, "investigate", {"report": "x"}, ("D01.li-wei",))
        )
    asked = AdvanceMatter(matter, "investigate", {"report": "IR-7"}, PAIR[1:])
    assert (await bureau.do("li-wei", advance_matter, asked)).waiting_for == PAIR[1:]
    with pytest.raises(errors.SignaturePending):
        await bureau.do("li-wei", advance_matter, asked)
    with pytest.raises(errors.NothingToSign):
        await bureau.do("li-wei", co_sign_step, CoSignStep(matter, "investigate"))
    [row] = await rows(bureau, "select step from matter where id = $1", matter)
    assert row["step"] == "investigate"
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "investigate"))
    [row] = await rows(bureau, "select step, handlers from matter where id = $1", matter)
    assert (row["step"], row["handlers"]) == ("review", ["D01.lin-jie"])
    signed = await rows(bureau, "select person from signature where matter_id = $1 order by seq", matter)
    assert [one["person"] for one in signed] == list(PAIR)


async def test_steps_are_done_in_order_by_their_handlers(bureau):
    accepted = await _investigated(bureau)
    with pytest.raises(errors.StepOutOfOrder):
        await bureau.do("chen-gang", decide_matter, DecideMatter(accepted.matter_id, Outcome.APPROVED))
    with pytest.raises(errors.StepOutOfOrder):
        await bureau.do(
            "li-wei", advance_matter, AdvanceMatter(accepted.matter_id, "investigate", {"report": "x"})
        )
    with pytest.raises(errors.NotHandler):
        await bureau.do("chen-gang", advance_matter, AdvanceMatter(accepted.matter_id, "review"))
