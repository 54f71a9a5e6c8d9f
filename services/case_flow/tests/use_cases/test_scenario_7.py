"""Scenario 7 of requirements §7, case flow's half: two versions by day, migration with a dry run, ledger and measures."""

from datetime import date, timedelta

import pytest
from case_flow.domain import errors
from case_flow.domain.definition import Outcome
from case_flow.domain.migration import Obstacle
from case_flow.process_subscriptions import on_control_version_published, on_process_version_published
from case_flow.storage import process as processes
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.decide_matter import DecideMatter, decide_matter
from case_flow.use_cases.migrate_matters import MigrateMatters, migrate_matters
from plumbline_contracts.common.v1 import ControlPhase
from plumbline_contracts.risk_registry.v1 import ControlVersionPublished, ProcessVersionPublished
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import system
from plumbline_shared.timers import run_due

ACCEPT = AcceptMatter(item="TAX-DEFERRAL", title="Linjiang Foundry", office_id="D01.TO-3")
GONE = ["record", "dispatch", "office_opinion", "take_in", "pre_check", "section_opinion", "seal"]
KEPT = ("accept", "investigate", "review", "approve", "deliver")
TO_2 = MigrateMatters("TAX-DEFERRAL", 2)
NOW = MigrateMatters("TAX-DEFERRAL", 2, dry_run=False)


async def rows(bureau, sql, *args):
    return await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))


async def reform(bureau):
    await bureau.publish("tax_deferral_v1")
    await bureau.at("2026-05-15T09:00")
    await bureau.publish("tax_deferral_v2")
    event = ProcessVersionPublished(
        version_id="pv_2", bureau_id="D01", process="TAX-DEFERRAL", number=2, previous_version_id="pv_1",
        owner_unit_id="D01.LEVY", effective_from="2026-06-01", limit_days=20, limit_unit="WORKING_DAY",
        previous_limit_days=60, steps=[ProcessVersionPublished.Step(code=code) for code in KEPT],
        removed_steps=GONE, previous_step_count=12,
    )  # fmt: skip
    await bureau.receive(on_process_version_published, event)
    await bureau.receive(on_process_version_published, event)


async def accepted(bureau, when):
    await bureau.at(when)
    return (await bureau.do("wu-yan", accept_matter, ACCEPT)).matter_id


async def version_of(bureau, matter):
    [row] = await rows(
        bureau, "select item_version, step, due_on, stage_due_on, handlers, trail from matter where id = $1", matter
    )  # fmt: skip
    return row


async def done(bureau, who, matter, step, **payload):
    await bureau.do(who, advance_matter, AdvanceMatter(matter, step, payload))


async def investigated(bureau, matter, *, old):
    if old:
        await done(bureau, "wu-yan", matter, "record")
        await done(bureau, "sun-hao", matter, "dispatch")
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "investigate", ("D01.li-wei",)))
    await done(bureau, "li-wei", matter, "investigate", report="IR-7")


async def settled(bureau):
    await run_due(bureau.db, bureau.clock, bureau._timers)


async def test_the_version_in_force_on_the_day_of_acceptance_holds(bureau):
    await reform(bureau)
    old, new = await accepted(bureau, "2026-05-20T10:00"), await accepted(bureau, "2026-06-01T09:00")
    before, after = await version_of(bureau, old), await version_of(bureau, new)
    assert (before["item_version"], before["due_on"]) == (1, date(2026, 8, 13))
    assert (after["item_version"], after["due_on"]) == (2, date(2026, 6, 30))


async def test_a_dry_run_says_what_the_batch_then_does_and_writes_nothing(bureau):
    await reform(bureau)
    fresh = await accepted(bureau, "2026-05-20T10:00")
    further = await accepted(bureau, "2026-05-21T10:00")
    await investigated(bureau, further, old=True)
    await bureau.at("2026-06-02T09:00")
    count = "select (select count(*) from matter_migration) + (select count(*) from audit_entry where action like 'migrate%')"
    [before] = await rows(bureau, count)
    seen = await bureau.do("huang-zhen", migrate_matters, TO_2)
    assert seen.total == 2
    assert seen.migration_id is None
    look = {one.matter_id: one for one in seen.outcomes}
    assert (look[fresh].kept, look[fresh].step, look[fresh].due_on) == (
        ["accept"], "investigate", date(2026, 6, 17),
    )  # fmt: skip
    assert (look[further].kept, look[further].step, look[further].due_on) == (
        ["accept", "investigate"], "review", date(2026, 6, 18),
    )  # fmt: skip
    [after] = await rows(bureau, count)
    assert tuple(before) == tuple(after)

    batch = await bureau.do("huang-zhen", migrate_matters, NOW)
    again = await bureau.do("huang-zhen", migrate_matters, NOW)
    assert again.migration_id == batch.migration_id
    await settled(bureau)
    for matter in (fresh, further):
        row = await version_of(bureau, matter)
        assert row["item_version"] == 2
        assert (row["step"], row["due_on"]) == (look[matter].step, look[matter].due_on)
    assert (await version_of(bureau, further))["handlers"] == ["D01.lin-jie"]
    traces = await rows(
        bureau, "select object_id from audit_entry where action = 'migrateMatter' and at >= '2026-06-02'"
    )
    assert {row["object_id"] for row in traces} >= {fresh, further}
    timers = await rows(
        bureau, "select fire_at from timer where ref = $1 and kind = 'matter_deadline_missed'", fresh
    )
    assert [row["fire_at"].isoformat() for row in timers] == ["2026-06-17T16:00:00+00:00"]
    nothing_left = await bureau.do("huang-zhen", migrate_matters, TO_2)
    assert nothing_left.total == 0


async def test_a_migrated_matter_goes_its_five_steps_to_the_end(bureau):
    await reform(bureau)
    matter = await accepted(bureau, "2026-05-21T10:00")
    await investigated(bureau, matter, old=True)
    await done(bureau, "sun-hao", matter, "office_opinion")
    await done(bureau, "lin-jie", matter, "take_in")
    await bureau.at("2026-06-02T09:00")
    await bureau.do("huang-zhen", migrate_matters, NOW)
    await settled(bureau)
    row = await version_of(bureau, matter)
    assert (row["step"], row["handlers"]) == ("review", ["D01.lin-jie"])
    await done(bureau, "lin-jie", matter, "review")
    await bureau.do("zhou-min", decide_matter, DecideMatter(matter, Outcome.APPROVED))
    await done(bureau, "wu-yan", matter, "deliver")
    [closed] = await rows(bureau, "select state, late_working_days from matter where id = $1", matter)
    assert tuple(closed) == ("CLOSED", 0)


async def test_what_would_become_longer_late_or_lose_its_way_stays(bureau):
    await reform(bureau)
    late = await accepted(bureau, "2026-05-20T10:00")
    waiting = await accepted(bureau, "2026-06-18T10:00")
    await bureau.at("2026-06-18T11:00")
    batch = await bureau.do("huang-zhen", migrate_matters, NOW)
    assert batch.total == 1
    await settled(bureau)
    [row] = await rows(bureau, "select matter_id, refusal, due_on, step from matter_migration_result")
    assert tuple(row) == (late, Obstacle.LIMIT_PASSED, date(2026, 8, 13), "record")
    assert (await version_of(bureau, late))["item_version"] == 1
    back = await bureau.do("huang-zhen", migrate_matters, MigrateMatters("TAX-DEFERRAL", 1))
    assert [(one.matter_id, one.refusal) for one in back.outcomes] == [(waiting, Obstacle.NO_MAPPING)]


async def test_only_who_publishes_items_migrates_and_not_before_the_first_day(bureau):
    await reform(bureau)
    await accepted(bureau, "2026-05-20T10:00")
    with pytest.raises(errors.VersionNotInForce):
        await bureau.do("huang-zhen", migrate_matters, NOW)
    for stranger in ("chen-gang", "zhou-min", "wu-yan", "ma-qing"):
        with pytest.raises(NotFound):
            await bureau.do(stranger, migrate_matters, TO_2)
    with pytest.raises(NotFound):
        await bureau.do("huang-zhen", migrate_matters, MigrateMatters("TAX-DEFERRAL", 3))


LEDGER = """query($year: Int!) { reformLedger(bureauId: "D01", year: $year) { items steps handOvers limitWorkingDays entries {
  itemCode fromVersion toVersion effectiveFrom processVersion removedSteps { zh }
  before { steps limitDays } after { steps limitDays } } } }"""


async def test_the_ledger_says_seven_steps_and_forty_days_less(bureau, graph):
    await reform(bureau)
    assert (await graph.ask("huang-zhen", LEDGER, year=2026))["reformLedger"]["items"] == 0
    await bureau.at("2026-06-01T00:00")
    ledger = (await graph.ask("chen-gang", LEDGER, year=2026))["reformLedger"]
    assert (ledger["items"], ledger["steps"], ledger["limitWorkingDays"]) == (1, -7, -40)
    assert ledger["handOvers"] == -3
    [entry] = ledger["entries"]
    assert entry["before"] == {"steps": 12, "limitDays": 60}
    assert entry["after"] == {"steps": 5, "limitDays": 20}
    assert (entry["effectiveFrom"], entry["processVersion"]) == ("2026-06-01", 2)
    assert len(entry["removedSteps"]) == 7
    assert (await graph.ask("huang-zhen", LEDGER, year=2025))["reformLedger"]["entries"] == []
    for stranger in ("wu-yan", "li-wei", "lin-jie"):
        assert await graph.refusal(stranger, LEDGER, year=2026) == "NOT_FOUND"


METRICS = """query($v: Int!) { pathMetrics(bureauId: "D01", itemCode: "TAX-DEFERRAL", version: $v, since: "2026-01-01",
  until: "2026-12-31") { suppressed designed { steps handOvers visits limitDays }
  measured { matters elapsedMedian elapsedP90 visits handOvers } } }"""


async def test_path_metrics_measure_what_was_designed(bureau, graph):
    await reform(bureau)
    matter = await accepted(bureau, "2026-06-01T09:00")
    await investigated(bureau, matter, old=False)
    await bureau.at("2026-06-05T09:00")
    await done(bureau, "lin-jie", matter, "review")
    await bureau.do("zhou-min", decide_matter, DecideMatter(matter, Outcome.APPROVED))
    await done(bureau, "wu-yan", matter, "deliver")
    found = (await graph.ask("huang-zhen", METRICS, v=2))["pathMetrics"]
    assert found["designed"] == {"steps": 5, "handOvers": 4, "visits": 2, "limitDays": 20}
    assert found["measured"] == {
        "matters": 1, "elapsedMedian": 3, "elapsedP90": 3, "visits": "2.0", "handOvers": "4.0",
    }  # fmt: skip
    assert (await graph.ask("huang-zhen", METRICS, v=1))["pathMetrics"]["measured"] is None
    few = (await graph.ask("gu-ping", METRICS, v=2))["pathMetrics"]
    assert (few["measured"], few["suppressed"]) == (None, True)
    assert await graph.refusal("wu-yan", METRICS, v=2) == "NOT_FOUND"


ITEM = """{ item(code: "TAX-DEFERRAL") { version effectiveFrom process { number steps removedSteps limitDays
  controls { code version phase steps } } } }"""


async def test_an_item_shows_its_process_and_the_controls_in_force_while_the_register_is_away(bureau, graph):
    await reform(bureau)
    Node = ControlVersionPublished.Node
    for version, retired, first in (
        (1, False, "2026-05-01"),
        (2, False, "2026-06-01"),
        (3, True, "2026-07-01"),
    ):
        event = ControlVersionPublished(
            control_id="D01.CT-4EYES", bureau_id="D01", code="CT-4EYES", version=version, title="双人审核",
            title_en="Two review", phase=ControlPhase.CONTROL_PHASE_IN_PROCESS, effective_from=first,
            nodes=[Node(process="TAX-DEFERRAL", step="review")], retired=retired,
        )  # fmt: skip
        await bureau.receive(on_control_version_published, event)
        await bureau.receive(on_control_version_published, event)
    item = (await graph.ask("wu-yan", ITEM))["item"]
    assert (item["version"], item["effectiveFrom"], item["process"]) == (1, None, None)
    await bureau.at("2026-06-01T00:00")
    item = (await graph.ask("wu-yan", ITEM))["item"]
    assert (item["version"], item["effectiveFrom"]) == (2, "2026-06-01")
    assert item["process"] == {
        "number": 2, "steps": 5, "removedSteps": GONE, "limitDays": 20,
        "controls": [{"code": "CT-4EYES", "version": 2, "phase": "IN_PROCESS", "steps": ["review"]}],
    }  # fmt: skip
    after = date(2026, 7, 1)
    found = await bureau.seen(
        "wu-yan", lambda conn: processes.controls_on(conn, "D01", "TAX-DEFERRAL", after - timedelta(days=1))
    )
    assert [one.version for one in found] == [2]
    assert (
        await bureau.seen("wu-yan", lambda conn: processes.controls_on(conn, "D01", "TAX-DEFERRAL", after))
        == []
    )


MIGRATION = """query($id: ID!) { matterMigration(id: $id) { total migrated refused done
  outcomes { nodes { fromVersion keptSteps step dueBefore dueOn obstacle } } } }"""
LOOK = "preview { fromVersion step dueOn obstacle } total"


async def test_the_batch_is_watched_by_who_started_it_and_by_nobody_else(bureau, graph):
    await reform(bureau)
    await accepted(bureau, "2026-05-20T10:00")
    await bureau.at("2026-06-01T09:00")
    entry = {"itemCode": "TAX-DEFERRAL", "toVersion": 2}
    look = await graph.do("huang-zhen", "migrateMatters", entry, LOOK)
    assert look["preview"] == [
        {"fromVersion": 1, "step": "investigate", "dueOn": "2026-06-17", "obstacle": None}
    ]
    started = await graph.do(
        "huang-zhen", "migrateMatters", {**entry, "dryRun": False}, "migration { id done }"
    )
    assert started["migration"]["done"] is False
    await settled(bureau)
    id = started["migration"]["id"]
    batch = (await graph.ask("huang-zhen", MIGRATION, id=id))["matterMigration"]
    assert (batch["total"], batch["migrated"], batch["refused"], batch["done"]) == (1, 1, 0, True)
    [one] = batch["outcomes"]["nodes"]
    assert one == {
        "fromVersion": 1, "keptSteps": ["accept"], "step": "investigate", "dueBefore": "2026-08-13",
        "dueOn": "2026-06-17", "obstacle": None,
    }  # fmt: skip
    for stranger in ("chen-gang", "zhou-min", "wu-yan"):
        assert (await graph.ask(stranger, MIGRATION, id=id))["matterMigration"] is None
        refused = await graph.do(stranger, "migrateMatters", entry, LOOK)
        assert [error["code"] for error in refused["userErrors"]] == ["NOT_FOUND"]
