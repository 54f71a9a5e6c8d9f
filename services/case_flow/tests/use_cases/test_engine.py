"""The engine under pressure: two at once, repeats, breaks, custody, extensions, queues."""

import asyncio
from datetime import date

import pytest
from case_flow.domain import errors
from case_flow.use_cases import advance_matter as advancing
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer, acknowledge_transfer
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.claim_work import ClaimWork, claim_work
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.decide_extension import DecideExtension, decide_extension
from case_flow.use_cases.pause_clock import PauseClock, pause_clock
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.request_extension import RequestExtension, request_extension
from case_flow.use_cases.resume_clock import ResumeClock, resume_clock
from case_flow.use_cases.transfer_matter import TransferMatter, transfer_matter
from plumbline_contracts.case_flow.v1 import MatterAccepted, MatterClosed
from plumbline_shared.errors import Conflict, IdempotencyMismatch, NotFound
from plumbline_shared.principal import system

TWO_STEPS = """
item: TWO-STEPS
version: 1
name: {zh: 两步, en: Two steps}
citation: {source: a rule}
limit: {length: 5, citation: {source: a rule}}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, budget: 1, next: work}
  - {code: work, name: {zh: 办, en: Work}, role: INVESTIGATOR, unit: TO-3, budget: 4, end: true}
"""
RELIEF = AcceptMatter(item="RELIEF-APPROVAL", title="Linjiang Foundry", office_id="D01.TO-3")
SHORT = AcceptMatter(item="TWO-STEPS", title="A short one")


async def rows(bureau, sql, *args):
    return await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))


@pytest.fixture
async def relief(bureau):
    await bureau.publish("relief_approval")
    return await bureau.do("wu-yan", accept_matter, RELIEF)


@pytest.fixture
async def short(bureau):
    await bureau.run(system("D01"), publish_item, PublishItem(TWO_STEPS))
    return await bureau.do("wu-yan", accept_matter, SHORT)


async def test_of_two_completions_of_one_step_at_once_one_counts(bureau, short):
    both = await asyncio.gather(
        bureau.do("li-wei", advance_matter, AdvanceMatter(short.matter_id, "work")),
        bureau.do("zhao-qiang", advance_matter, AdvanceMatter(short.matter_id, "work")),
        return_exceptions=True,
    )
    refused = [one for one in both if isinstance(one, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], Conflict | NotFound)
    done = await rows(
        bureau, "select signers from matter_step where matter_id = $1 and step = 'work'", short.matter_id
    )
    assert len(done) == 1
    assert len(await bureau.events(MatterClosed)) == 1


async def test_of_two_claims_at_once_one_counts(bureau, short):
    claims = await asyncio.gather(
        bureau.do("li-wei", claim_work, ClaimWork(short.matter_id, "work")),
        bureau.do("zhao-qiang", claim_work, ClaimWork(short.matter_id, "work")),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Exception) for one in claims) == 1
    [row] = await rows(bureau, "select handlers from matter where id = $1", short.matter_id)
    assert len(row["handlers"]) == 1
    [loser] = {"D01.li-wei", "D01.zhao-qiang"} - set(row["handlers"])
    with pytest.raises(NotFound):
        await bureau.do(loser.removeprefix("D01."), advance_matter, AdvanceMatter(short.matter_id, "work"))


async def test_a_repeat_with_its_key_changes_nothing_and_another_body_is_refused(bureau, short):
    work = AdvanceMatter(short.matter_id, "work")
    first = await bureau.run(bureau.who("li-wei"), advance_matter, work, key="k1")
    assert await bureau.run(bureau.who("li-wei"), advance_matter, work, key="k1") == first
    with pytest.raises(IdempotencyMismatch):
        await bureau.run(
            bureau.who("li-wei"), advance_matter, AdvanceMatter(short.matter_id, "take"), key="k1"
        )
    assert len(await bureau.events(MatterClosed)) == 1


async def test_a_break_in_the_middle_leaves_nothing_and_the_repeat_succeeds(bureau, short, monkeypatch):
    before = await rows(bureau, "select * from matter where id = $1", short.matter_id)
    finish = advancing.finish_step

    async def breaks(*args, **kwargs):
        await finish(*args, **kwargs)
        raise ConnectionResetError("the machine stopped here")

    monkeypatch.setattr(advancing, "finish_step", breaks)
    work = AdvanceMatter(short.matter_id, "work")
    with pytest.raises(ConnectionResetError):
        await bureau.run(bureau.who("li-wei"), advance_matter, work, key="k1")
    assert await rows(bureau, "select * from matter where id = $1", short.matter_id) == before
    assert await bureau.events(MatterClosed) == []
    monkeypatch.undo()
    await bureau.run(bureau.who("li-wei"), advance_matter, work, key="k1")
    assert len(await bureau.events(MatterClosed)) == 1


async def test_every_act_leaves_one_audit_row_and_raises_the_version(bureau, short):
    await bureau.do("li-wei", claim_work, ClaimWork(short.matter_id, "work"))
    await bureau.do("li-wei", advance_matter, AdvanceMatter(short.matter_id, "work"))
    audit = await rows(
        bureau,
        "select action, actor from audit_entry where object_type = 'Matter' and object_id = $1 order by id",
        short.matter_id,
    )
    assert [(row["action"], row["actor"]) for row in audit] == [
        ("acceptMatter", "D01.wu-yan"), ("claimWork", "D01.li-wei"), ("advanceMatter", "D01.li-wei"),
    ]  # fmt: skip
    [matter] = await rows(bureau, "select row_version from matter where id = $1", short.matter_id)
    assert matter["row_version"] == len(audit)


async def test_only_the_role_in_its_unit_accepts_claims_and_completes(bureau, short):
    for name in ("li-wei", "chen-gang", "huang-zhen"):
        with pytest.raises(errors.NotEligible):
            await bureau.do(name, accept_matter, SHORT)
    with pytest.raises(NotFound):
        await bureau.do("he-jun", claim_work, ClaimWork(short.matter_id, "work"))
    with pytest.raises(errors.NotEligible):
        await bureau.do("sun-hao", claim_work, ClaimWork(short.matter_id, "work"))


async def test_the_dispatch_is_the_chiefs_and_takes_two_eligible_people(bureau, relief):
    pair = ("D01.li-wei", "D01.zhao-qiang")
    for stranger in ("li-wei", "pan-yu", "tang-li", "huang-zhen"):
        with pytest.raises((errors.NotEligible, NotFound)):
            await bureau.do(stranger, assign_work, AssignWork(relief.matter_id, "investigate", pair))
    with pytest.raises(errors.CoSignerMissing):
        await bureau.do("sun-hao", assign_work, AssignWork(relief.matter_id, "investigate", pair[:1] * 2))
    for other in ("D01.he-jun", "D01.nobody"):
        with pytest.raises(errors.NotEligible):
            await bureau.do(
                "sun-hao", assign_work, AssignWork(relief.matter_id, "investigate", (pair[0], other))
            )
    taken = await bureau.do("sun-hao", assign_work, AssignWork(relief.matter_id, "investigate", pair))
    assert taken.handlers == pair


async def test_running_matters_keep_their_version(bureau, short):
    newer = TWO_STEPS.replace("version: 1", "version: 2").replace("length: 5", "length: 3")
    with pytest.raises(errors.VersionImmutable):
        await bureau.run(system("D01"), publish_item, PublishItem(newer.replace("version: 2", "version: 1")))
    await bureau.run(system("D01"), publish_item, PublishItem(newer))
    await bureau.do("wu-yan", accept_matter, SHORT)
    found = await rows(bureau, "select item_version, due_on from matter order by id")
    assert [(row["item_version"], row["due_on"]) for row in found] == [
        (1, date(2026, 4, 9)),
        (2, date(2026, 4, 7)),
    ]


async def test_publishing_is_for_the_head_and_the_same_file_again_changes_nothing(bureau):
    with pytest.raises(NotFound):
        await bureau.do("chen-gang", publish_item, PublishItem(TWO_STEPS))
    first = await bureau.do("huang-zhen", publish_item, PublishItem(TWO_STEPS))
    assert await bureau.do("huang-zhen", publish_item, PublishItem("# again\n" + TWO_STEPS)) == first
    with pytest.raises(errors.InvalidDefinition) as refusal:
        await bureau.do(
            "huang-zhen", publish_item, PublishItem(TWO_STEPS.replace("unit: TO-3", "unit: TO-33"))
        )
    assert refusal.value.problems[0].code == "UNKNOWN_UNIT"


async def _investigated(bureau, relief):
    pair = ("D01.li-wei", "D01.zhao-qiang")
    await bureau.do("sun-hao", assign_work, AssignWork(relief.matter_id, "investigate", pair))
    report = AdvanceMatter(relief.matter_id, "investigate", {"report": "IR-1"}, pair[1:])
    await bureau.do("li-wei", advance_matter, report)
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(relief.matter_id, "investigate"))


async def test_custody_moves_only_with_the_right_paper_in_the_right_hands(bureau, relief):
    await _investigated(bureau, relief)
    slip = await bureau.do("li-wei", transfer_matter, TransferMatter(relief.matter_id, "PB-1"))
    with pytest.raises(errors.SlipRefused):
        await bureau.do("zhao-qiang", transfer_matter, TransferMatter(relief.matter_id, "PB-1"))
    with pytest.raises(errors.SlipRefused):
        await bureau.do("sun-hao", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "PB-1"))
    wrong = await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "PB-2"))
    assert (wrong.mismatches, wrong.unit_id) == (("BARCODE_MISMATCH",), "D01.TO-3")
    with pytest.raises(NotFound):
        await bureau.do("he-jun", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "PB-1"))
    await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "PB-1"))
    with pytest.raises(errors.SlipRefused):
        await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "PB-1"))
    assert await rows(bureau, "select from timer where ref = $1", slip.slip_id) == []


async def test_an_acknowledged_slip_raises_no_alert_and_an_early_end_none_at_all(bureau, relief):
    await _investigated(bureau, relief)
    slip = await bureau.do("li-wei", transfer_matter, TransferMatter(relief.matter_id, "PB-1"))
    await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip.slip_id, "PB-1"))
    await bureau.do("lin-jie", advance_matter, AdvanceMatter(relief.matter_id, "review"))
    approve = AdvanceMatter(relief.matter_id, "approve", {"outcome": "APPROVED"})
    await bureau.do("zhou-min", advance_matter, approve)
    await bureau.at("2026-06-01 00:00")
    assert await rows(bureau, "select from alert") == []
    [closed] = await bureau.events(MatterClosed)
    assert closed.late_working_days == 0
    with pytest.raises(errors.MatterIsClosed):
        await bureau.do("zhou-min", advance_matter, approve)


async def test_an_approved_extension_moves_the_due_date_and_its_alerts(bureau, relief):
    await _investigated(bureau, relief)
    ask = RequestExtension(relief.matter_id, 10, "expert opinion pending")
    asked = await bureau.do("lin-jie", request_extension, ask)
    with pytest.raises(errors.ExtensionRefused):
        await bureau.do("lin-jie", request_extension, ask)
    with pytest.raises(errors.ExtensionRefused):
        await bureau.do("zhou-min", decide_extension, DecideExtension(asked.extension_id, approve=True))
    decided = await bureau.do(
        "huang-zhen", decide_extension, DecideExtension(asked.extension_id, approve=True)
    )
    assert decided.due_on == date(2026, 5, 18)
    ledger = await rows(
        bureau,
        "select event, due_on, days from clock_event where matter_id = $1 and clock = 'matter' order by seq",
        relief.matter_id,
    )
    assert [(row["event"], row["due_on"].isoformat(), row["days"]) for row in ledger] == [
        ("STARTED", "2026-04-30", 0), ("EXTENDED", "2026-05-18", 10),
    ]  # fmt: skip
    await bureau.at("2026-05-18 23:59")
    assert {row["kind"] for row in await rows(bureau, "select kind from alert")} == {"DEADLINE_APPROACHING"}
    await bureau.at("2026-05-19 00:00")
    assert "DEADLINE_MISSED" in {row["kind"] for row in await rows(bureau, "select kind from alert")}
    with pytest.raises(errors.ExtensionRefused):
        await bureau.do("lin-jie", request_extension, ask)


async def test_an_acceptance_that_fails_publishes_nothing(bureau, relief):
    bad = AcceptMatter(item="RELIEF-APPROVAL", title="x", office_id="D01.TO-77")
    with pytest.raises(errors.NotEligible):
        await bureau.do("wu-yan", accept_matter, bad)
    with pytest.raises(NotFound):
        await bureau.do("wu-yan", accept_matter, AcceptMatter(item="NO-SUCH-ITEM", title="x"))
    assert len(await bureau.events(MatterAccepted)) == 1


async def test_a_paused_clock_stands_still_and_then_runs_on(bureau, relief):
    await _investigated(bureau, relief)
    await bureau.at("2026-04-10 09:00")
    pause = PauseClock(relief.matter_id, "HEARING", "letter 7 of 10 April")
    with pytest.raises(errors.NotHandler):
        await bureau.do("li-wei", pause_clock, pause)
    await bureau.do("lin-jie", pause_clock, pause)
    with pytest.raises(errors.MatterSuspended):
        await bureau.do("lin-jie", advance_matter, AdvanceMatter(relief.matter_id, "review"))
    await bureau.at("2026-05-08 09:00")
    assert await rows(bureau, "select from alert") == []
    moved = await bureau.do("chen-gang", resume_clock, ResumeClock(relief.matter_id))
    assert moved.due_on == date(2026, 5, 27)
    ledger = await rows(
        bureau,
        "select event, due_on from clock_event where matter_id = $1 and clock in ('matter', 'stage:review') order by seq, clock",
        relief.matter_id,
    )
    assert [(row["event"], row["due_on"].isoformat()) for row in ledger] == [
        ("STARTED", "2026-04-30"), ("STARTED", "2026-04-23"), ("PAUSED", "2026-04-30"),
        ("RESUMED", "2026-05-27"), ("RESUMED", "2026-05-20"),
    ]  # fmt: skip
    await bureau.do("lin-jie", advance_matter, AdvanceMatter(relief.matter_id, "review"))
    await bureau.at("2026-05-27 23:59")
    assert {row["kind"] for row in await rows(bureau, "select kind from alert")} == {"DEADLINE_APPROACHING"}
    approve = AdvanceMatter(relief.matter_id, "approve", {"outcome": "APPROVED"})
    await bureau.do("zhou-min", advance_matter, approve)
    [closed] = await bureau.events(MatterClosed)
    assert (closed.due_on, closed.late_working_days) == ("2026-05-27", 0)
