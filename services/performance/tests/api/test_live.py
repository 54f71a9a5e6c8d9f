"""`scorePosted` delivers what the viewer may see at the moment of delivery."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from google.protobuf.message import Message
from performance.api.live import posted_in
from plumbline_contracts.case_flow.v1 import AccountabilityForm, IncidentConfirmed, InquiryDecided, Part
from plumbline_org.parts import PersonStatus, Span, StatusSpan
from plumbline_org.principal import principal_of
from plumbline_org.storage.write import put_person
from plumbline_org.testing import linjiang
from plumbline_shared.errors import Unavailable
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.graphql import Context
from plumbline_shared.principal import Principal, system

ORG = linjiang()
DAY = date(2026, 6, 4)
META = EventMeta("ev", "performance.v1.ScoreEntryPosted", "score", 1, datetime(2026, 6, 4, tzinfo=UTC), "D01")


class Tail:
    """A bus on which the given events arrive."""

    def __init__(self, events: Sequence[Message]) -> None:
        self.events = events

    async def tail(self, kind: type[Message]) -> AsyncIterator[tuple[EventMeta, Message]]:
        for event in self.events:
            if isinstance(event, kind):
                yield replace(META, subject=subject_of(event)), event

    async def close(self) -> None:
        self.events = ()


@pytest.fixture
async def delivered(performance, receive, sent):
    confirmed = IncidentConfirmed(
        incident_id="in_1",
        bureau_id="D01",
        kind="TIME_LIMIT_MISSED",
        unit_id="D01.POLICY",
        occurred_on="2026-05-01",
    )
    outcome = InquiryDecided.Outcome(
        person_id="D01.lin-jie",
        unit_id="D01.POLICY",
        part=Part.PART_PRIMARY,
        form=AccountabilityForm.ACCOUNTABILITY_FORM_CRITICISM_EDUCATION,
    )
    decided = InquiryDecided(
        inquiry_id="iq_1", incident_id="in_1", bureau_id="D01", decided_on="2026-06-04", outcomes=[outcome]
    )
    await receive(confirmed, "ev-1")
    await receive(decided, "ev-2")
    performance.bus = Tail(await sent())

    async def to(viewer: Principal, unit: str = "D01.POLICY") -> list[tuple[str, str]]:
        context = Context(performance, viewer)
        return [(one.entry.subject.id, one.entry.rule) async for one in posted_in(context, unit)]

    return to


ALL = [("D01.POLICY", "SR-01"), ("D01.lin-jie", "SR-01"), ("D01.lin-jie", "SR-07")]


VIEWERS = {"huang-zhen": ALL, "chen-gang": ALL[:1], "lin-jie": ALL[1:], "sun-hao": [], "wu-yan": []}


async def test_everybody_gets_what_they_may_see(delivered) -> None:
    for who, expected in VIEWERS.items():
        assert await delivered(principal_of(ORG, f"D01.{who}", DAY)) == expected, who


async def test_another_unit_and_another_bureau_hear_nothing(delivered) -> None:
    assert await delivered(principal_of(ORG, "D01.huang-zhen", DAY), "D01.TO-3") == []
    assert await delivered(principal_of(linjiang("D02"), "D02.huang-zhen", DAY)) == []
    assert await delivered(Principal("client", bureau_id="D01")) == []


async def test_a_role_that_was_lost_since_no_longer_counts(delivered) -> None:
    stale = replace(principal_of(ORG, "D01.lin-jie", DAY), roles=frozenset({"BUREAU_HEAD"}))
    assert await delivered(stale) == ALL[1:]


async def test_whoever_has_left_hears_nothing(performance, delivered) -> None:
    head = ORG.persons["D01.huang-zhen"]
    async with performance.db.transaction(system()) as conn:
        left = (StatusSpan(PersonStatus.LEFT, Span(date(2025, 12, 31))),)
        await put_person(conn, replace(head, statuses=left))
    assert await delivered(principal_of(ORG, head.id, DAY)) == []


async def test_without_a_bus_the_subscription_says_so(performance) -> None:
    context = Context(performance, principal_of(ORG, "D01.huang-zhen", DAY))
    with pytest.raises(Unavailable):
        await anext(posted_in(context, "D01.POLICY"))
