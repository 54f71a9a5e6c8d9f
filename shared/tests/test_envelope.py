"""The envelope: CloudEvents 1.0 on the wire, and back without loss."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_contracts.education.v1 import AssignmentCompleted, AssignmentKind
from plumbline_shared.events import EventMeta, MalformedEvent, data_of, decode, encode, message_of, subject_of

META = EventMeta(
    id="ev_1",
    subject="education.v1.AssignmentCompleted",
    aggregate_id="ea_1",
    version=3,
    occurred_at=datetime(2026, 3, 25, 2, tzinfo=UTC),
    bureau_id="D01",
)
DONE = AssignmentCompleted(assignment_id="ea_1", unit_id="D01.TO-7", score=90)


def test_the_wire_is_cloudevents() -> None:
    assert json.loads(encode(META, data_of(DONE))) == {
        "specversion": "1.0",
        "id": "ev_1",
        "source": "plumbline/education",
        "type": "education.v1.AssignmentCompleted",
        "subject": "ea_1",
        "time": "2026-03-25T02:00:00Z",
        "datacontenttype": "application/json",
        "plumblinebureau": "D01",
        "plumblineversion": 3,
        "data": {"assignmentId": "ea_1", "unitId": "D01.TO-7", "score": 90},
    }


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
METAS = st.builds(
    EventMeta,
    id=TEXT,
    subject=st.just(subject_of(AssignmentCompleted)),
    aggregate_id=TEXT,
    version=st.integers(1, 2**62),
    occurred_at=st.datetimes(timezones=st.just(UTC)),
    bureau_id=TEXT,
    traceparent=st.none() | st.just("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
)


@given(METAS, st.builds(AssignmentCompleted, assignment_id=TEXT, score=st.none() | st.integers(0, 100)))
def test_nothing_is_lost_on_the_way(meta: EventMeta, message: AssignmentCompleted) -> None:
    found, data = decode(encode(meta, data_of(message)))
    assert (found, message_of(AssignmentCompleted, data)) == (meta, message)


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b'{"specversion":"0.3"}', encode(META, data_of(DONE))[:-5], b"\xff\xfe"],
)
def test_what_is_no_envelope_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedEvent):
        decode(body)


@pytest.mark.parametrize("data", [b'{"score": "many"}', b"[]", b"nonsense"])
def test_data_that_does_not_fit_the_contract_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedEvent):
        message_of(AssignmentCompleted, data)


def test_a_newer_writer_is_understood_as_far_as_we_know_its_words() -> None:
    data = b'{"assignmentId": "ea_1", "kind": "ASSIGNMENT_KIND_ADDED_LATER", "addedLater": {"x": 1}}'
    found = message_of(AssignmentCompleted, data)
    assert (found.assignment_id, found.kind) == ("ea_1", AssignmentKind.ASSIGNMENT_KIND_UNSPECIFIED)
