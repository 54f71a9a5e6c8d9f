"""Replay of made-up logs: what is found, what is refused, and what a broken log does."""

import pytest
from case_flow.domain import errors
from case_flow.domain.matter import Regime
from case_flow.replay import run as runs
from case_flow.replay.xes import read_parts
from plumbline_shared.principal import system

GOOD = ("1", [("Apply", "2026-03-01T09:00:00+08:00", "a"), ("Check", "2026-03-02T09:00:00+08:00", "b"),
              ("Decide", "2026-03-03T09:00:00+08:00", "c")])  # fmt: skip
SAME = ("2", [("Apply", "2026-03-01T09:00:00+08:00", "a"), ("Check", "2026-03-02T09:00:00+08:00", "b"),
              ("Decide", "2026-03-03T09:00:00+08:00", "b")])  # fmt: skip
LATE = ("3", [("Apply", "2026-03-01T09:00:00+08:00", "a"), ("Check", "2026-03-02T09:00:00+08:00", "b"),
              ("Decide", "2026-04-01T00:30:00+08:00", "c")])  # fmt: skip


def checks(report):
    return {one.check: one.case_ids for one in report.checks if one.case_ids}


async def test_observe_notes_what_enforce_refuses(play, log_text):
    text = log_text([GOOD, SAME, LATE])
    seen = await play(text)
    assert checks(seen) == {"same_person:B/C": ("2",), "time_limit:month": ("3",)}
    assert (seen.cases, seen.events, seen.main_path.cases) == (3, 9, 3)
    enforced = await play(text, regime=Regime.ENFORCE)
    assert (enforced.events, enforced.refused_events, enforced.main_path.cases) == (7, 2, 1)
    assert checks(enforced) == {
        "same_person:B/C": ("2",),
        "time_limit:month": ("3",),
        "required:C": ("2", "3"),
    }


async def test_another_time_zone_is_another_local_date(play, log_text):
    utc = [
        (name, [(act, at.replace("+08:00", "Z"), who) for act, at, who in events]) for name, events in [LATE]
    ]
    definition = """
item: ZONED
version: 1
name: {zh: 记录, en: Record}
order: FREE
time_zone: America/New_York
citation: {source: a log}
steps: [{code: A, activity: Apply}, {code: B, activity: Check}, {code: C, activity: Decide}]
checks: {time_limit: [{id: month, from: Apply, to: Decide, length: 30}]}
"""
    assert checks(await play(log_text(utc), definition)) == {}
    zoned = definition.replace("America/New_York", "Asia/Shanghai").replace("ZONED", "ZONED-2")
    assert checks(await play(log_text(utc), zoned)) == {"time_limit:month": ("3",)}


async def test_equal_times_keep_the_order_of_the_file(play, log_text):
    at = "2026-03-01T09:00:00+08:00"
    report = await play(log_text([("1", [("Apply", at, "a"), ("Decide", at, "c"), ("Check", at, "b")])]))
    assert report.variants.most_frequent[0].steps == ("A", "C", "B")
    assert checks(report) == {"precedence:B/C": ("1",)}


async def test_events_out_of_time_order_are_put_in_order(play, log_text):
    name, events = GOOD
    report = await play(log_text([(name, events[::-1])]))
    assert report.variants.most_frequent[0].steps == ("A", "B", "C")


async def test_an_event_without_official_belongs_to_nobody(play, log_text):
    nobody = ("1", [(act, at, "") for act, at, _ in GOOD[1]])
    report = await play(log_text([nobody]))
    assert (report.persons, report.events_without_person, checks(report)) == (0, 3, {})


async def test_an_event_that_comes_twice_counts_once_if_it_has_an_identity(play, log_text):
    text = log_text([GOOD])
    event = text[text.index("<event>") : text.index("</event>") + len("</event>")]
    named = event.replace("<event>", '<event><string key="concept:instance" value="e1"/>')
    report = await play(text.replace(event, named * 2, 1))
    assert (report.events, report.log.duplicates) == (3, 1)
    plain = await play(text.replace(event, event * 2, 1))
    assert (plain.events, plain.log.duplicates) == (4, 0)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<date key="time:timestamp" value="2026-03-02T09:00:00+08:00"/>', "", "no time:timestamp"),
        ("2026-03-02T09:00:00", "2026-02-30T09:00:00", "no valid time"),
        ('<string key="concept:name" value="Check"/>', "", "no concept:name"),
        ('value="Check"', 'value="Dance"', "Dance"),
        ("</log>", "", "cut"),
        ("</event>", "</evnt>", "not XML"),
        ("<log ", "<lag ", "not XML"),
    ],
)
async def test_a_broken_log_is_refused_and_nothing_is_kept(play, log_text, db, old, new, said):
    text = log_text([GOOD])
    assert old in text
    with pytest.raises(errors.LogRefused) as refusal:
        await play(text.replace(old, new, 1))
    assert said in refusal.value.message
    async with db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from matter") == 0


async def test_a_case_that_comes_twice_is_refused(play, log_text):
    with pytest.raises(errors.LogRefused, match="comes twice"):
        await play(log_text([GOOD, GOOD]))


async def test_cases_without_events_are_counted_apart(play, log_text):
    report = await play(log_text([GOOD, ("empty", [])]))
    assert (report.cases, report.log.cases, report.log.empty_cases) == (1, 2, 1)


async def test_a_run_that_broke_off_goes_on_where_it_was(play, log_text, db, monkeypatch):
    text = log_text([(str(number), GOOD[1]) for number in range(40)])
    monkeypatch.setattr(runs, "BATCH_EVENTS", 30)
    batch, done = runs.replay_batch, []

    async def breaks(uow, command):
        if len(done) == 2:
            raise ConnectionResetError("the machine stopped here")
        done.append(await batch(uow, command))
        return done[-1]

    monkeypatch.setattr(runs, "replay_batch", breaks)
    with pytest.raises(ConnectionResetError):
        await play(text)
    async with db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from matter") == 20
    monkeypatch.setattr(runs, "replay_batch", batch)
    report = await play(text)
    assert (report.cases, report.events, report.main_path.cases) == (40, 120, 40)


async def test_a_long_case_is_read_and_replayed_in_parts(play, log_text, tmp_path, monkeypatch):
    many = [("Check", f"2026-03-02T09:{n // 60:02}:{n % 60:02}+08:00", "b") for n in range(900)]
    text = log_text([("1", [GOOD[1][0], *many, GOOD[1][2]])])
    log = tmp_path / "long.xes"
    log.write_text(text, encoding="utf-8")
    parts = list(read_parts(log, most=200))
    assert [(len(one.events), one.offset, one.ends) for one in parts] == [
        (200, 0, False), (200, 200, False), (200, 400, False), (200, 600, False), (102, 800, True),
    ]  # fmt: skip
    monkeypatch.setattr(runs, "read_parts", lambda path: read_parts(path, most=200))
    report = await play(text)
    assert (report.cases, report.events) == (1, 902)


async def test_a_definition_with_an_order_finds_what_is_out_of_it(play, log_text):
    strict = """
item: STRICT
version: 1
name: {zh: 记录, en: Record}
citation: {source: a rule}
steps:
  - {code: A, name: {zh: 甲, en: A}, role: WINDOW_CLERK, activity: Apply, next: B}
  - {code: B, name: {zh: 乙, en: B}, role: REVIEWER, activity: Check, next: C}
  - {code: C, name: {zh: 丙, en: C}, role: APPROVER, activity: Decide, end: true}
"""
    text = log_text([GOOD, ("2", [GOOD[1][0], GOOD[1][2]])])
    assert checks(await play(text, strict)) == {"order": ("2",)}


async def test_working_days_of_a_record_need_a_calendar_that_reaches_back(play, log_text):
    definition = """
item: WORKING
version: 1
name: {zh: 记录, en: Record}
order: FREE
citation: {source: a log}
steps: [{code: A, activity: Apply}, {code: B, activity: Check}, {code: C, activity: Decide}]
checks: {time_limit: [{id: one, from: Apply, to: Check, length: 1, unit: WORKING_DAY}]}
"""
    friday = ("1", [("Apply", "2026-02-13T09:00:00+08:00", "a"), ("Check", "2026-02-16T09:00:00+08:00", "b")])
    assert checks(await play(log_text([friday]), definition)) == {"time_limit:one": ("1",)}
    weekdays = definition.replace("order: FREE", "order: FREE\ncalendar: WEEKDAYS").replace(
        "WORKING\n", "WORKING-2\n"
    )
    assert checks(await play(log_text([friday]), weekdays)) == {}
    old = ("1", [(act, at.replace("2026", "1999"), who) for act, at, who in friday[1]])
    with pytest.raises(errors.LogRefused, match="WEEKDAYS"):
        await play(log_text([old]), definition)


def test_a_log_cannot_reach_other_files(log_text, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell", encoding="utf-8")
    text = log_text([GOOD]).replace(
        '<?xml version="1.0"?>', f'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY x SYSTEM "file://{secret}">]>'
    )
    log = tmp_path / "log.xes"
    log.write_text(
        text.replace('value="Apply"', 'value="Apply" note="y"').replace("<event>", "<event>&x;", 1),
        encoding="utf-8",
    )
    try:
        found = repr(list(read_parts(log)))
    except errors.LogRefused as refusal:
        found = refusal.message
    assert "do not tell" not in found
