"""The real log: every figure that independent tools give, from the service's own tables (data: J. Buijs, 2014)."""

import gzip
import json

import msgspec
import pytest
from case_flow.cli import main
from case_flow.domain.errors import LogRefused
from case_flow.domain.matter import Regime
from case_flow.replay.run import Replay, replay
from plumbline_shared.clock import SystemClock
from plumbline_shared.principal import system


def by_check(report):
    return {one.check: one for one in report.checks}


async def counted(db, sql):
    async with db.read(system("D01")) as conn:
        return await conn.fetchval(sql)


async def test_observing_gives_the_published_figures(db, receipt_log, wabo):
    report = await replay(db, SystemClock(), Replay(receipt_log, wabo, "D01", Regime.OBSERVE))
    assert (report.cases, report.events, report.activities, report.persons) == (1434, 8577, 27, 48)
    assert (report.refused_events, report.events_without_person, report.log.duplicates) == (0, 0, 0)
    assert report.main_path.cases == 713
    assert (report.variants.count, report.variants.most_frequent[0].cases) == (116, 713)
    assert sum(report.activity_counts.values()) == 8577
    found = by_check(report)
    same = found["same_person:T02/T04"]
    assert (same.applicable_cases, same.cases, len(set(same.case_ids))) == (1303, 1042, 1042)
    assert found["precedence:T04/T05"].cases == 1
    assert found["time_limit:end-after-deadline"].cases == 377
    assert found["time_limit:last-event-after-deadline"].cases == 92
    assert report.throughput.median_seconds < report.throughput.p90_seconds < report.throughput.max_seconds
    # every event is a step of a matter with its own official and time, and left its trace
    assert await counted(db, "select count(*) from matter_step where cardinality(signers) = 1") == 8577
    traced = """
    select count(*) from audit_entry where object_id in (select id from matter) and action in ('acceptMatter', 'advanceMatter')
    """
    assert await counted(db, traced) == 8577
    assert await counted(db, "select count(*) from matter where closed_at is null") == 0
    # the same log again is the same run
    again = await replay(db, SystemClock(), Replay(receipt_log, wabo, "D01", Regime.OBSERVE))
    assert msgspec.json.encode(again) == msgspec.json.encode(report)
    assert await counted(db, "select count(*) from matter_step") == 8577


async def test_enforcing_refuses_the_second_step_of_the_same_person(db, receipt_log, wabo):
    report = await replay(db, SystemClock(), Replay(receipt_log, wabo, "D01", Regime.ENFORCE))
    same = by_check(report)["same_person:T02/T04"]
    assert same.by_step["T04"] == 1041
    assert same.cases == 1042
    assert report.events + report.refused_events == 8577
    both = """
    select count(*) from matter_step a join matter_step b using (matter_id)
    where a.step = 'T02' and b.step = 'T04' and a.signers && b.signers
    """
    assert await counted(db, both) == 0


async def test_a_log_that_is_cut_imports_nothing(db, receipt_log, wabo, tmp_path):
    raw, whole = receipt_log.read_bytes(), gzip.decompress(receipt_log.read_bytes())
    cut = {
        "cut.xes.gz": raw[: len(raw) // 2],
        "cut.xes": whole[: len(whole) // 2],
        "none.xes": b"",
        "odd.xes.gz": b"x",
    }
    for name, content in cut.items():
        log = tmp_path / name
        log.write_bytes(content)
        with pytest.raises(LogRefused):
            await replay(db, SystemClock(), Replay(log, wabo, "D01", Regime.OBSERVE))
    assert await counted(db, "select (select count(*) from matter) + (select count(*) from replay_run)") == 0


def test_the_command_writes_the_report(database_urls_for, receipt_log, tmp_path, monkeypatch, capsys):
    definition = tmp_path / "wrong.yaml"
    definition.write_text("item: X\nsteps:\n  - {cod: A}\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["check", str(definition)])
    assert stopped.value.code == 1
    assert f"{definition}:3: UNKNOWN_KEY" in capsys.readouterr().err
    out = tmp_path / "draft.yaml"
    main(["draft", str(receipt_log), "--out", str(out)])
    main(["check", str(out)])
    assert "27 steps, no fault" in capsys.readouterr().err
    assert json.dumps("T02 Check confirmation of receipt")[1:-1] in out.read_text(encoding="utf-8")
