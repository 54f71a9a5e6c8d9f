"""What real logs contain beside activity, time and official: read past, or refused with its place."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from case_flow.domain.errors import LogRefused
from case_flow.domain.instant import instant
from case_flow.replay.xes import read_parts
from hypothesis import given
from hypothesis import strategies as st

AWKWARD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand --><log xes.version="1849.2016" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
<global scope="event"><string key="concept:name" value="UNKNOWN"/>
  <date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
<classifier name="Activity" keys="concept:name lifecycle:transition"/>
<string key="source" value="hand"/>
<trace><list key="parts"><values><string key="concept:name" value="nested"/></values></list>
  <string key="concept:name" value="case one"><string key="concept:name" value="deeper"/></string>
  <event><string key="concept:name" value="Apply"><date key="time:timestamp" value="1999-01-01T00:00:00Z"/></string>
    <container key="box"><string key="org:resource" value="nobody"/></container>
    <string key="lifecycle:transition" value="start"/><date key="time:timestamp" value=" 2012-02-29T24:00:00+01:00 "/></event>
  <event><string key="lifecycle:transition" value="complete"/><date key="time:timestamp" value="2012-02-29T23:00:00.123456789Z"/>
    <string key="concept:name" value="Apply"/><string key="org:resource" value="112"/><int key="n" value="5"/></event>
</trace></log>
"""


def parts_of(tmp_path, text, **options):
    log = tmp_path / "log.xes"
    log.write_text(text, encoding="utf-8")
    return list(read_parts(log, **options))


def test_globals_extensions_lists_and_nested_attributes_are_read_past(tmp_path):
    for text in (AWKWARD, AWKWARD.replace(' xmlns="http://www.xes-standard.org/"', "")):
        [part] = parts_of(tmp_path, text)
        assert (part.ref, part.attributes["parts"]) == ("case one", "")
        first, second = part.events
        assert (first.activity, first.official, first.at) == (
            "Apply",
            None,
            datetime(2012, 2, 29, 23, tzinfo=UTC),
        )
        assert (second.official, second.at) == ("112", datetime(2012, 2, 29, 23, 0, 0, 123456, tzinfo=UTC))
        assert second.attributes == {"lifecycle:transition": "complete", "n": "5"}


def test_an_event_outside_a_case_is_refused(tmp_path):
    event = '<event><string key="concept:name" value="Apply"/><date key="time:timestamp" value="2012-01-01T00:00:00Z"/></event>'
    with pytest.raises(LogRefused, match="belongs to no case"):
        parts_of(tmp_path, f"<log>{event}<trace/></log>")


@pytest.mark.parametrize(
    "written", ["", "yesterday", "2012-13-01T00:00:00Z", "0001-01-01T00:00:00+08:00", "9999-12-31T24:00:00Z"]
)
def test_a_time_that_is_none_is_refused_with_its_place(tmp_path, written):
    event = (
        f'<event><string key="concept:name" value="A"/><date key="time:timestamp" value="{written}"/></event>'
    )
    with pytest.raises(LogRefused, match="event 1 of case 1") as refusal:
        parts_of(tmp_path, f"<log><trace>{event}</trace></log>")
    assert (refusal.value.details["case"], refusal.value.details["event"]) == (1, 1)


@given(
    st.integers(-2_000_000_000_000_000, 4_000_000_000_000_000).map(
        lambda micro: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micro)
    ),
    st.integers(0, 9),
    st.sampled_from([None, 0, 330, -720, 840]),
)
def test_times_with_any_number_of_digits_and_any_offset(at, digits, offset):
    fraction = f"{at.microsecond:06}000"[:digits]
    zone = (
        ""
        if offset is None
        else "Z"
        if offset == 0
        else f"{'+-'[offset < 0]}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    )
    text = f"{at:%Y-%m-%dT%H:%M:%S}{'.' if digits else ''}{fraction}{zone}"
    kept = at.replace(microsecond=int(f"{fraction:0<6}"[:6] or 0), tzinfo=UTC)
    assert instant(text) == kept - timedelta(minutes=offset or 0)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60), st.integers(1, 7))
def test_a_long_case_is_ordered_as_a_whole_and_keeps_the_order_of_equal_times(tmp_path_factory, hours, most):
    body = "".join(
        f'<event><string key="concept:name" value="{n}"/><date key="time:timestamp" value="2026-01-02T{h:02}:00:00+01:00"/></event>'
        for n, h in enumerate(hours)
    )
    parts = parts_of(tmp_path_factory.getbasetemp(), f"<log><trace>{body}</trace></log>", most=most)
    read = [(int(one.activity), one.at.hour, one.at.utcoffset()) for part in parts for one in part.events]
    stable = sorted(enumerate(hours), key=lambda pair: pair[1])
    assert read == [(n, h, timedelta(hours=1)) for n, h in stable]
    assert [part.ends for part in parts] == [*[False] * (len(parts) - 1), True]
    assert all(len(part.events) == most for part in parts[:-1])


def test_the_number_of_events_of_a_case_does_not_show_in_memory(tmp_path):
    numbers = random.Random(3).sample(range(20_000), 20_000)
    body = "".join(
        f'<event><string key="concept:name" value="A"/><date key="time:timestamp" value="{datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n):%Y-%m-%dT%H:%M:%SZ}"/></event>'
        for n in numbers
    )
    log = tmp_path / "long.xes"
    log.write_text(f"<log><trace>{body}</trace></log>", encoding="utf-8")
    seen, last = 0, datetime(2025, 1, 1, tzinfo=UTC)
    for part in read_parts(log, most=500):
        assert len(part.events) <= 500
        assert last < part.events[0].at <= part.events[-1].at
        seen, last = seen + len(part.events), part.events[-1].at
    assert seen == 20_000
