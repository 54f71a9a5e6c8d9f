"""`alertRaised` delivers what its reader may see at the moment of delivery."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from case_flow.testing import WorkedBureau
from case_flow.use_cases.raise_alert import raise_alert
from google.protobuf.message import Message
from plumbline_contracts.case_flow.v1 import AlertRaised
from plumbline_org.parts import PersonStatus, Span, StatusSpan
from plumbline_org.storage.write import put_person
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.principal import Principal, system

QUERY = "subscription($f: AlertFilter) { alertRaised(filter: $f) { kind grade subjects { id } } }"
MADE_AT = datetime(2026, 4, 1, tzinfo=UTC)


class Tail:
    """A bus on which the given events arrive."""

    def __init__(self, events: Sequence[Message], bureau_id: str = "D01") -> None:
        self.events = events
        self.bureau_id = bureau_id

    async def tail(self, kind: type[Message]) -> AsyncIterator[tuple[EventMeta, Message]]:
        for event in self.events:
            yield EventMeta("ev", subject_of(event), "al", 1, MADE_AT, self.bureau_id), event


@pytest.fixture
async def heard(bureau: WorkedBureau, graph: Any) -> Any:
    """What a person hears of two alerts about Lin Jie, one MEDIUM and one HIGH."""
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

    async def of(name: str, who: Principal | None = None, **filter: str) -> list[str]:
        context = graph.context(name)
        context.principal = who or context.principal
        stream = await graph.runtime.definition.schema.subscribe(QUERY, {"f": filter}, context_value=context)
        return [answer.data["alertRaised"]["grade"] async for answer in stream]

    return of


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


async def test_everybody_hears_what_they_see(heard: Any) -> None:
    assert {name: await heard(name) for name in LINES} == LINES


async def test_the_filter_narrows(heard: Any) -> None:
    assert await heard("lin-jie", grade="HIGH") == ["HIGH"]
    assert await heard("lin-jie", unit="D01.TO-3") == []


async def test_another_bureau_and_nobody_hear_nothing(heard: Any, graph: Any) -> None:
    assert await heard("lin-jie", Principal("person", "D02.lin-jie", "D02")) == []
    assert await heard("lin-jie", Principal("client", bureau_id="D01")) == []
    graph.runtime.bus.bureau_id = "D02"
    assert await heard("lin-jie") == []


async def test_whoever_has_left_hears_nothing(heard: Any, bureau: WorkedBureau) -> None:
    lin_jie = bureau.org.persons["D01.lin-jie"]
    gone = replace(lin_jie, statuses=(StatusSpan(PersonStatus.LEFT, Span(date(2025, 12, 31))),))
    stayed = bureau.who("lin-jie")
    try:
        async with bureau.db.transaction(system("D01")) as conn:
            await put_person(conn, gone)
        assert await heard("lin-jie", stayed) == []
    finally:
        async with bureau.db.transaction(system("D01")) as conn:
            await put_person(conn, lin_jie)
