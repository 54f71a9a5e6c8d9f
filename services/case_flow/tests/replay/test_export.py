"""Matters as XES and OCEL 2.0: what goes in comes out, and only what its reader sees."""

import json
from datetime import date, datetime

import pytest
from case_flow.domain.matter import Regime
from case_flow.export.command import Export, export, export_as
from case_flow.replay.alone import replay_alone
from case_flow.replay.draft import draft
from case_flow.replay.run import Replay
from case_flow.replay.xes import read_parts
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import system

LOG = [
    (f"&lt;{number}&gt; &amp; é件", [(act, f"2026-03-0{day}T09:00:00+08:00", who) for day, (act, who) in enumerate(events, 1)])
    for number, events in enumerate(
        [[("Apply", "a"), ("Check", "b"), ("Decide", "")], [("Apply", "a"), ("Decide", "c")], [("Apply", "b"), ("Decide", "c")]]
    )
]  # fmt: skip


async def test_what_was_replayed_comes_out_as_it_went_in(play, log_text, db, tmp_path):
    before = await play(log_text(LOG))
    out = tmp_path / "out.xes"
    assert await export(db, system("D01"), Export("OBSERVED", "xes", out, run_id=before.run_id)) == 3
    again = replay_alone(Replay(out, draft(out, "AGAIN"), "D01", Regime.OBSERVE))
    assert (again.cases, again.events, again.persons) == (before.cases, before.events, before.persons)
    assert again.variants.count == before.variants.count == 2
    assert again.throughput == before.throughput
    assert [part.ref for part in read_parts(out)] == ["<0> & é件", "<1> & é件", "<2> & é件"]


async def test_ocel_is_whole_and_every_relation_has_its_object(play, log_text, db, tmp_path):
    run = await play(log_text([(f"c{number}", events) for number, (_, events) in enumerate(LOG)]))
    out = tmp_path / "out.json"
    assert await export(db, system("D01"), Export("OBSERVED", "ocel", out, run_id=run.run_id)) == 3
    log = json.loads(out.read_text(encoding="utf-8"))
    assert set(log) == {"objectTypes", "eventTypes", "objects", "events"}
    objects = {one["id"]: one["type"] for one in log["objects"]}
    assert len(objects) == len(log["objects"])
    assert {one["name"] for one in log["objectTypes"]} == set(objects.values())
    assert (
        {one["name"] for one in log["eventTypes"]}
        == {one["type"] for one in log["events"]}
        == {"A", "B", "C"}
    )
    assert (len(log["events"]), len({one["id"] for one in log["events"]})) == (7, 7)
    for one in (*log["objects"], *log["events"]):
        assert all(
            relation["objectId"] in objects and relation["qualifier"] for relation in one["relationships"]
        )
    declared = {
        one["name"]: {each["name"] for each in one["attributes"]}
        for one in (*log["objectTypes"], *log["eventTypes"])
    }
    for one in (*log["objects"], *log["events"]):
        assert {each["name"] for each in one["attributes"]} <= declared[one["type"]]
    for event in log["events"]:
        assert datetime.fromisoformat(event["time"]).tzinfo
    await export(db, system("D01"), Export("NOTHING", "ocel", out))
    assert json.loads(out.read_text(encoding="utf-8"))["objects"] == []


@pytest.mark.parametrize("form", ["xes", "ocel"])
async def test_a_reader_exports_what_they_see_and_nothing_told_in_confidence(bureau, form, tmp_path):
    await bureau.publish("relief_approval")
    told = AcceptMatter("RELIEF-APPROVAL", "a title", "D01.TO-3", facts={"told": "in confidence"})
    await bureau.do("wu-yan", accept_matter, told)
    out = tmp_path / "out"
    wanted = Export("RELIEF-APPROVAL", form, out, since=date(2026, 4, 1), until=date(2026, 4, 2))
    assert await export_as(bureau.db, bureau.clock, "D01.wu-yan", wanted) == 1
    text = out.read_text(encoding="utf-8")
    assert "D01.wu-yan" in text
    assert "confidence" not in text
    assert "a title" not in text
    assert await export_as(bureau.db, bureau.clock, "D01.luo-fang", wanted) == 0
    later = Export("RELIEF-APPROVAL", form, out, since=date(2026, 4, 2))
    assert await export_as(bureau.db, bureau.clock, "D01.wu-yan", later) == 0
    with pytest.raises(NotFound):
        await export_as(bureau.db, bureau.clock, "D01.nobody-here", wanted)
