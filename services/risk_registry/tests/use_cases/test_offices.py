"""An office is held against the template of its kind: who is missing, who sits in two seats (S1-119, S1-120)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio
from plumbline_contracts.directory.v1 import PersonChanged
from plumbline_org.model import Org
from plumbline_org.parts import PersonStatus, Post, PostKind, Span, StatusSpan
from plumbline_org.principal import principal_of
from plumbline_org.testing import ALWAYS, linjiang, person, seed_replica
from plumbline_shared.clock import ManualClock, today
from plumbline_shared.errors import Invalid
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from plumbline_shared.use_case import Uow
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.offices import OfficeTemplate
from risk_registry.domain.segregation import Violation
from risk_registry.packs import shipped
from risk_registry.storage.catalogue import add_catalogue
from risk_registry.storage.findings import findings
from risk_registry.use_cases.keep_catalogue import AdoptCatalogue, RecordEntry, adopt_catalogue, record
from risk_registry.use_cases.segregation import RemedyFinding as Remedy
from risk_registry.use_cases.segregation import (
    Scanned,
    ScanSegregation,
    StillThere,
    on_person_changed_recheck,
    remedy_finding,
    scan,
)

B, DAY = "R05", date(2026, 4, 1)
KEY = {
    "title_zh": "第五税务所", "unit": "TO-5", "template": "KEY-SOURCE-OFFICE",
    "seats": [
        {"seat": "SOURCE", "posts": ["TO-5.source"]},
        {"seat": "DOCUMENTS", "posts": ["TO-5.documents"]},
        {"seat": "ASSESSMENT", "posts": ["TO-5.assessor-1", "TO-5.assessor-2"]},
    ],
}  # fmt: skip
GROUPS = {
    "title_zh": "第三税务所", "unit": "TO-3", "template": "ORDINARY-OFFICE",
    "seats": [
        {"seat": "SOURCE", "posts": ["TO-3.source"], "leader": "TO-3.chief"},
        {"seat": "DAILY", "posts": ["TO-3.daily"], "leader": "TO-3.second"},
        {"seat": "ASSESSMENT", "posts": ["TO-3.assessor"], "leader": "TO-3.third"},
    ],
}  # fmt: skip
HELD = {
    "source-5": "TO-5.source", "papers-5": "TO-5.documents", "assessor-5": "TO-5.assessor-1", "other-5": "TO-5.assessor-2",
    "source-3": "TO-3.source", "daily-3": "TO-3.daily", "assessor-3": "TO-3.assessor", "second-3": "TO-3.second",
    "third-3": "TO-3.third",
}  # fmt: skip
ASK = """query ($unit: ID, $on: Date) { officeDivisions(unit: $unit, asOf: $on) {
  unit { id } template citation
  seats { code needed missing persons { id } leaders { id } }
  faults { kind seats posts { id } person { id } } } }"""
Given = dict[str, Any]


def staffed(leave: Iterable[str] = (), more: Iterable[tuple[str, str]] = ()) -> Org:
    """The small bureau with both offices filled, but for those who are not there; `more` are second posts."""
    small = linjiang(B)
    kinds = {"TO-3.second": PostKind.DEPUTY_CHIEF, "TO-3.third": PostKind.DEPUTY_CHIEF}
    posts = {
        f"{B}.{post}": Post(
            f"{B}.{post}",
            B,
            f"{B}.{post.partition('.')[0]}",
            post,
            kinds.get(post, PostKind.OFFICER),
            span=ALWAYS,
        )
        for post in HELD.values()
    }
    left = (StatusSpan(PersonStatus.LEFT, Span()),)
    people = {
        f"{B}.{who}": person(B, who, who, post, statuses=left if who in leave else ())
        for who, post in HELD.items()
    }
    people[f"{B}.auditor"] = person(B, "auditor", "auditor", "OFFICE.audit", ("INTERNAL_AUDITOR",))
    for who, post in more:
        one, second = people[f"{B}.{who}"], person(B, who, who, post).assignments[0]
        people[one.id] = replace(one, assignments=(*one.assignments, replace(second, id=f"{one.id}/2")))
    return replace(small, posts={**small.posts, **posts}, persons={**small.persons, **people})


class Bureau:
    def __init__(self, runtime: Runtime, clock: ManualClock, graphql: RunGraphQL) -> None:
        self.runtime, self.clock, self.graphql, self.org = runtime, clock, graphql, staffed()

    def who(self, name: str) -> Principal:
        return principal_of(self.org, f"{B}.{name}", today(self.clock))

    async def seed(self, org: Org) -> None:
        self.org = org
        async with self.runtime.db.transaction(system(B)) as conn:
            await seed_replica(conn, org)

    async def plan(self, code: str, body: Given) -> None:
        command = RecordEntry(EntryKind.OFFICE_PLAN, code, body, today(self.clock))
        await self.runtime.execute(self.who("luo-fang"), record, command)

    async def scan(self) -> Scanned:
        return await self.runtime.execute(self.who("huang-zhen"), scan, ScanSegregation())

    async def known(self) -> list[Violation]:
        async with self.runtime.db.read(system(B)) as conn:
            return [each.violation for each in await findings(conn, B)]

    async def divisions(self, who: str, unit: str | None = None, on: str | None = None) -> list[Given]:
        answer = await self.graphql(self.runtime, self.who(who), ASK, {"unit": unit, "on": on})
        assert "errors" not in answer, answer
        return answer["data"]["officeDivisions"]


@pytest_asyncio.fixture
async def bureau(runtime: Runtime, clock: ManualClock, graphql: RunGraphQL) -> Bureau:
    clock.set(datetime(2026, 4, 1, 2, tzinfo=UTC))
    one = Bureau(runtime, clock, graphql)
    await one.seed(staffed())
    pack = shipped()["offices"]
    async with runtime.db.transaction(system(B)) as conn:
        await add_catalogue(conn, pack, clock.now())
    adopt = AdoptCatalogue(pack.urn, pack.version, DAY)
    await runtime.execute(one.who("huang-zhen"), adopt_catalogue, adopt)
    await one.plan("OFFICE-5", KEY)
    await one.plan("OFFICE-3", GROUPS)
    return one


def test_the_pack_says_what_its_source_says() -> None:
    pack = shipped()["offices"]
    found = {each.code: each.body for each in pack.entries if isinstance(each.body, OfficeTemplate)}
    key, ordinary = found["KEY-SOURCE-OFFICE"], found["ORDINARY-OFFICE"]
    assert [(each.title_zh, each.persons) for each in key.seats] == [
        ("税源管理岗", 1), ("文书管理岗", 1), ("纳税评估", 2),
    ]  # fmt: skip
    assert [each.title_zh for each in ordinary.seats] == ["税源管理组", "日常管理组", "纳税评估组"]
    assert (key.leaders, ordinary.leaders) == ((), (PostKind.CHIEF, PostKind.DEPUTY_CHIEF))
    assert "S1-119" in key.citation
    assert "S1-120" in ordinary.citation


async def test_an_office_as_its_template_wants_it_has_no_fault(bureau: Bureau) -> None:
    groups, key = await bureau.divisions("huang-zhen")
    assert (key["unit"], key["template"], key["faults"]) == ({"id": f"{B}.TO-5"}, "KEY-SOURCE-OFFICE", [])
    assert [(each["code"], each["needed"], each["missing"]) for each in key["seats"]] == [
        ("SOURCE", 1, 0), ("DOCUMENTS", 1, 0), ("ASSESSMENT", 2, 0),
    ]  # fmt: skip
    assert groups["faults"] == []
    assert groups["seats"][0]["leaders"] == [{"id": f"{B}.sun-hao"}]
    assert await bureau.scan() == Scanned(0, 0, 0)


async def test_who_is_missing_and_who_sits_in_two_seats_is_found_once_and_closed_when_gone(
    bureau: Bureau,
) -> None:
    await bureau.seed(staffed(leave=["other-5"], more=[("source-5", "TO-5.documents")]))
    (key,) = await bureau.divisions("huang-zhen", f"{B}.TO-5")
    assert [each["missing"] for each in key["seats"]] == [0, 0, 1]
    assert key["faults"] == [
        {
            "kind": "TOO_FEW", "seats": ["ASSESSMENT"], "person": None,
            "posts": [{"id": f"{B}.TO-5.assessor-1"}, {"id": f"{B}.TO-5.assessor-2"}],
        },
        {
            "kind": "TWO_SEATS", "seats": ["SOURCE", "DOCUMENTS"], "person": {"id": f"{B}.source-5"},
            "posts": [{"id": f"{B}.TO-5.documents"}, {"id": f"{B}.TO-5.source"}],
        },
    ]  # fmt: skip
    assert await bureau.scan() == Scanned(2, 0, 2)
    assert await bureau.scan() == Scanned(0, 0, 2)
    assert {(each.rule, each.holder, each.unit) for each in await bureau.known()} == {
        ("KEY-SOURCE-OFFICE", "", f"{B}.TO-5"),
        ("KEY-SOURCE-OFFICE", f"{B}.source-5", f"{B}.TO-5"),
    }
    await bureau.seed(staffed())
    assert await bureau.scan() == Scanned(0, 2, 0)


async def test_a_group_is_led_by_a_leader_of_the_office_and_each_by_another(bureau: Bureau) -> None:
    def led(seat: str, leader: str) -> Given:
        seats = [{**each, "leader": leader} if each["seat"] == seat else each for each in GROUPS["seats"]]  # type: ignore[dict-item]
        return {**GROUPS, "seats": seats}

    wanted: list[tuple[Given, list[tuple[str, list[str], str | None]]]] = [
        (led("DAILY", "TO-3.daily"), [("NO_LEADER", ["DAILY"], None)]),
        (led("DAILY", ""), [("NO_LEADER", ["DAILY"], None)]),
        (led("DAILY", "TO-3.chief"), [("TWO_SEATS", ["SOURCE", "DAILY"], f"{B}.sun-hao")]),
        (led("DAILY", "TO-5.chief"), [("FOREIGN_POST", ["DAILY"], None)]),
    ]
    for body, faults in wanted:
        await bureau.plan("OFFICE-3", body)
        (found,) = await bureau.divisions("huang-zhen", f"{B}.TO-3")
        said = [(e["kind"], e["seats"], e["person"] and e["person"]["id"]) for e in found["faults"]]
        assert said == faults


async def test_an_assignment_is_held_against_the_template_when_it_is_heard_of(bureau: Bureau) -> None:
    assert await bureau.scan() == Scanned(0, 0, 0)
    gone = PersonChanged(person_id=f"{B}.daily-3", bureau_id=B, name="daily-3")
    only = PersonChanged(person_id=f"{B}.papers-5", bureau_id=B, name="papers-5")
    for event in (gone, only):
        async with bureau.runtime.db.transaction(system(B)) as conn:
            await on_person_changed_recheck(Uow(conn, system(B), bureau.clock.now()), event)
    # A leader still sits in the group of three; nobody is left for the documents.
    assert [(each.unit, each.duties) for each in await bureau.known()] == [
        (f"{B}.TO-5", ("TOO_FEW", "DOCUMENTS")),
    ]  # fmt: skip


async def test_a_finding_of_an_office_is_not_closed_while_it_is_at_fault(bureau: Bureau) -> None:
    await bureau.seed(staffed(leave=["other-5"]))
    await bureau.scan()
    async with bureau.runtime.db.read(system(B)) as conn:
        (found,) = await findings(conn, B)
    with pytest.raises(StillThere):
        await bureau.runtime.execute(
            bureau.who("luo-fang"), remedy_finding, Remedy(found.id, "CLOSED", "done")
        )
    await bureau.seed(staffed())
    await bureau.runtime.execute(bureau.who("luo-fang"), remedy_finding, Remedy(found.id, "CLOSED", "done"))
    assert await bureau.known() == []


async def test_a_past_day_has_its_own_plan(bureau: Bureau) -> None:
    bureau.clock.set(datetime(2026, 5, 1, 2, tzinfo=UTC))
    await bureau.plan("OFFICE-5", {**KEY, "seats": KEY["seats"][:2]})
    (now,) = await bureau.divisions("huang-zhen", f"{B}.TO-5")
    (then,) = await bureau.divisions("huang-zhen", f"{B}.TO-5", "2026-04-30")
    assert [each["kind"] for each in now["faults"]] == ["TOO_FEW"]
    assert then["faults"] == []
    assert await bureau.divisions("huang-zhen", f"{B}.TO-5", "2026-03-31") == []


async def test_a_plan_names_a_template_in_force_and_its_seats(bureau: Bureau) -> None:
    wrong: list[Given] = [
        {**KEY, "template": "NO-SUCH"},
        {**KEY, "seats": [{"seat": "DAILY"}]},
        {**KEY, "seats": [{"seat": "SOURCE"}, {"seat": "SOURCE"}]},
    ]
    for body in wrong:
        with pytest.raises(Invalid):
            await bureau.plan("OFFICE-7", body)
    one = {"title_zh": "一岗", "citation": "x", "seats": [{"code": "A", "title_zh": "甲"}]}
    command = RecordEntry(EntryKind.OFFICE_TEMPLATE, "OWN-ONE", one, DAY)
    with pytest.raises(Invalid):
        await bureau.runtime.execute(bureau.who("luo-fang"), record, command)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("huang-zhen", ["TO-3", "TO-5"]), ("ma-qing", ["TO-3", "TO-5"]), ("luo-fang", ["TO-3", "TO-5"]),
        ("auditor", ["TO-3", "TO-5"]), ("xie-tao", ["TO-3", "TO-5"]), ("tang-li", ["TO-3", "TO-5"]),
        ("sun-hao", ["TO-3"]), ("pan-yu", ["TO-5"]), ("zhou-min", []), ("he-jun", []), ("gu-ping", []),
    ],
)  # fmt: skip
async def test_an_office_shows_to_those_who_oversee_and_to_its_own_line(
    bureau: Bureau, who: str, seen: list[str]
) -> None:
    assert [each["unit"]["id"] for each in await bureau.divisions(who)] == [f"{B}.{each}" for each in seen]
