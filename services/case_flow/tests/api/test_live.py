"""`alertRaised` and `matterChanged` deliver what their reader may see at the moment of delivery, with a cursor."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.raise_alert import raise_alert
from google.protobuf.message import Message
from plumbline_contracts.case_flow.v1 import AlertRaised, MatterStepped
from plumbline_org.model import Org
from plumbline_org.parts import PersonStatus, Span, StatusSpan
from plumbline_org.storage.write import put_person
from plumbline_shared.auth import ANONYMOUS_CLAIMS, Claims
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.graphql import Context
from plumbline_shared.principal import system

ALERTS = "subscription($f: AlertFilter, $a: String) { alertRaised(filter: $f, after: $a) { cursor alert { grade } } }"
MATTERS = """
subscription($id: ID, $a: String) { matterChanged(matterId: $id, after: $a) { cursor matter { id step { code } } } }
"""
MADE_AT = datetime(2026, 4, 1, tzinfo=UTC)


async def nothing() -> None:
    return None


class Tail:
    """A bus on which the given events stand at 1, 2, …; `meanwhile` happens just before one of them is delivered."""

    def __init__(self, events: Sequence[Message], bureau_id: str = "D01") -> None:
        self.events = events
        self.bureau_id = bureau_id
        self.meanwhile: dict[int, Callable[[], Awaitable[None]]] = {}

    async def follow(
        self, kinds: Sequence[type[Message]], after: int | None
    ) -> AsyncIterator[tuple[int, tuple[EventMeta, Message] | None]]:
        yield after or 0, None
        for at, event in enumerate(self.events, 1):
            if isinstance(event, tuple(kinds)) and at > (after or 0):
                await self.meanwhile.get(at, nothing)()
                yield at, (EventMeta("ev", subject_of(event), "al", 1, MADE_AT, self.bureau_id), event)


class Listener:
    """Subscriptions held to the end of what the bus has."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph

    async def answers(self, context: Context, query: str, **variables: Any) -> list[Any]:
        schema = self._graph.runtime.definition.schema
        stream = await schema.subscribe(query, variables, context_value=context)
        found = [answer async for answer in stream]
        assert not any(one.errors for one in found), found
        return [next(iter(one.data.values())) for one in found]

    async def alerts(self, name: str, context: Context | None = None, **filter: str) -> list[str]:
        """The grades of what a person hears."""
        found = await self.answers(context or self._graph.context(name), ALERTS, f=filter)
        return [one["alert"]["grade"] for one in found if one["alert"]]

    async def matters(self, name: str, **variables: Any) -> list[Any]:
        """What a person hears of matters, the first message included."""
        return await self.answers(self._graph.context(name), MATTERS, **variables)


async def change_person(bureau: WorkedBureau, name: str, **changes: Any) -> None:
    """The directory says something new of a person."""
    async with bureau.db.transaction(system("D01")) as conn:
        await put_person(conn, replace(bureau.org.persons[f"D01.{name}"], **changes))


@pytest.fixture
async def restored(bureau: WorkedBureau) -> AsyncIterator[Org]:
    """The people as they were, afterwards."""
    yield bureau.org
    for name in ("lin-jie", "qian-lu"):
        await change_person(bureau, name)


@pytest.fixture
async def heard(bureau: WorkedBureau, graph: Any) -> Listener:
    """Two alerts about Lin Jie, one MEDIUM and one HIGH, are on the bus."""
    for grade in ("MEDIUM", "HIGH"):

        async def act(uow: Any, grade: str = grade) -> str:
            return await raise_alert(
                uow,
                kind="PROCEDURAL_VIOLATION",
                at=bureau.clock.now(),
                subject_person_ids=["D01.lin-jie"],
                unit_ids=["D01.POLICY"],
                grade=grade,
                key=grade,
            )

        await bureau.within(system("D01"), act)
    graph.runtime.bus = Tail(await bureau.events(AlertRaised))
    return Listener(graph)


LINES = {
    "lin-jie": ["MEDIUM", "HIGH"],
    "chen-gang": ["MEDIUM"],
    "zhou-min": ["MEDIUM", "HIGH"],
    "huang-zhen": ["HIGH"],
    "ma-qing": ["MEDIUM", "HIGH"],
    "luo-fang": ["MEDIUM"],
    "sun-hao": [],
    "qian-lu": [],
}
LEFT = (StatusSpan(PersonStatus.LEFT, Span(date(2025, 12, 31))),)


async def test_everybody_hears_what_they_see(heard: Listener) -> None:
    assert {name: await heard.alerts(name) for name in LINES} == LINES


async def test_the_filter_narrows(heard: Listener) -> None:
    assert await heard.alerts("lin-jie", grade="HIGH") == ["HIGH"]
    assert await heard.alerts("lin-jie", unit="D01.TO-3") == []


async def test_another_bureau_and_nobody_hear_nothing(heard: Listener, graph: Any) -> None:
    for claims in (Claims("D02.lin-jie", "D02", "person"), Claims("q", "D01", "client"), ANONYMOUS_CLAIMS):
        who = Context(graph.runtime, await graph.runtime.principal(claims), claims)
        assert await heard.alerts("", who) == []
    graph.runtime.bus.bureau_id = "D02"
    assert await heard.alerts("lin-jie") == []


async def test_it_ends_once_the_reader_has_left(heard: Listener, graph: Any, restored: Org) -> None:
    graph.runtime.bus.meanwhile[2] = lambda: change_person(graph.bureau, "lin-jie", statuses=LEFT)
    assert await heard.alerts("lin-jie") == ["MEDIUM"]


async def test_a_cursor_goes_on_where_it_was_left(heard: Listener, graph: Any) -> None:
    first, medium, high = await heard.answers(graph.context("lin-jie"), ALERTS)
    assert (first["alert"], medium["alert"]["grade"], high["alert"]["grade"]) == (None, "MEDIUM", "HIGH")
    for cursor, expected in ((first, ["MEDIUM", "HIGH"]), (medium, ["HIGH"]), (high, [])):
        again = await heard.answers(graph.context("lin-jie"), ALERTS, a=cursor["cursor"])
        assert [one["alert"]["grade"] for one in again[1:]] == expected
    stream = await graph.runtime.definition.schema.subscribe(
        ALERTS, {"a": "bm90IGE"}, context_value=graph.context("lin-jie")
    )
    (refused,) = [one async for one in stream]
    assert refused.errors[0].extensions["code"] == "INVALID_INPUT"


@pytest.fixture
async def relief(bureau: WorkedBureau, graph: Any) -> tuple[Listener, str]:
    """A relief matter is accepted, then dispatched: two events."""
    await bureau.publish("relief_approval")
    accepted = await bureau.do(
        "wu-yan", accept_matter, AcceptMatter("RELIEF-APPROVAL", "Linjiang Foundry", "D01.TO-3")
    )
    people = ("D01.li-wei", "D01.zhao-qiang")
    await bureau.do("sun-hao", assign_work, AssignWork(accepted.matter_id, "investigate", people))
    events = [
        one for one in await bureau.events() if one.DESCRIPTOR.name in ("MatterAccepted", "MatterStepped")
    ]
    graph.runtime.bus = Tail(events)
    return Listener(graph), accepted.matter_id


async def test_a_matter_is_followed_by_those_who_see_it(
    relief: tuple[Listener, str], bureau: WorkedBureau
) -> None:
    listener, matter = relief
    assert [one.matter_id for one in await bureau.events(MatterStepped)] == [matter]
    found = {
        name: [one["matter"]["id"] for one in (await listener.matters(name))[1:]]
        for name in ("sun-hao", "li-wei", "qian-lu", "huang-zhen", "he-jun", "pan-yu")
    }
    both = [matter, matter]
    assert found == {
        "sun-hao": both, "li-wei": both, "qian-lu": both, "huang-zhen": both, "he-jun": [], "pan-yu": [],
    }  # fmt: skip
    (_, accepted, dispatched) = await listener.matters("qian-lu", id=matter)
    assert [one["matter"] for one in await listener.matters("qian-lu", a=accepted["cursor"])][1:] == [
        dispatched["matter"]
    ]
    assert await listener.matters("qian-lu", id=matter, a=dispatched["cursor"]) == [
        {"cursor": dispatched["cursor"], "matter": None}
    ]


async def test_a_right_lost_between_event_and_delivery(
    relief: tuple[Listener, str], graph: Any, restored: Org
) -> None:
    """One matter: it ends. All matters: the stream goes on without it."""
    listener, matter = relief
    for variables in ({"id": matter}, {}):
        graph.runtime.bus.meanwhile = {2: lambda: change_person(graph.bureau, "qian-lu", grants=())}
        found = await listener.matters("qian-lu", **variables)
        assert [one["matter"] and one["matter"]["id"] for one in found] == [None, matter]
        await change_person(graph.bureau, "qian-lu")


async def test_absent_and_forbidden_are_refused_alike(relief: tuple[Listener, str], graph: Any) -> None:
    _, matter = relief
    answers = list[Any]()
    for asked in (matter, "mt_none"):
        stream = await graph.runtime.definition.schema.subscribe(
            MATTERS, {"id": asked}, context_value=graph.context("he-jun")
        )
        answers += [(one.errors[0].message, one.errors[0].extensions) async for one in stream]
    assert len(answers) == 2
    assert answers[0] == answers[1]
    assert answers[0][1]["code"] == "NOT_FOUND"
