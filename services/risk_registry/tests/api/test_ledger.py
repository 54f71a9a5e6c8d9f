"""The ledger shows each alert to its line, with posts and persons of its instant, its rule, limits and outcome."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.testing import description, put_point
from risk_registry.testing_alerts import ended, noted, raised, receive
from risk_registry.use_cases.load_indicators import LoadIndicators, load_indicators

As = Callable[[str], Principal]
Ask = Callable[..., Any]
MISSED = datetime(2026, 5, 1, tzinfo=SHANGHAI)
LINE = ("lin-jie", "chen-gang", "zhou-min", "luo-fang", "ma-qing", "qian-lu")
OTHERS = ("huang-zhen", "pan-yu", "he-jun", "bai-xue", "gu-ping", "xie-tao", "tang-li")
LIST = """query ($f: AlertLedgerFilter, $first: Int! = 50, $after: String) {
  alertLedger(filter: $f, first: $first, after: $after) { nodes { alert { id } kind raisedAt outcome incidentId facts
    lines { part person { id } post { id } basis } explanation { code number title basis condition }
    acknowledge { dueOn metAt lateWorkingDays rule { text version } } verify { dueOn lateWorkingDays } }
    pageInfo { hasNextPage endCursor } } }"""
TOTALS = """query { alertTotals(from: "2026-01-01", to: "2026-12-31") {
  phase total outcomes { outcome count } } }"""
ENTITY = """query ($id: ID!) { _entities(representations: [{__typename: "Alert", id: $id}]) {
  ... on Alert { id ledgerEntry { kind } } } }"""


@pytest.fixture
def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    async def run(who: str, document: str, **variables: Any) -> Any:
        answer = await graphql(runtime, act_as(f"D01.{who}"), document, variables)
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    return run


@pytest.fixture
async def register(runtime: Runtime, clock: ManualClock) -> None:
    """The point of scenario 1 and the indicators that ship, in force since the year began."""
    day = date(2026, 1, 1)
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-RELIEF-TIME-02", RiskGrade.MEDIUM, description(), day, clock.now())
    await runtime.execute(system("D01"), load_indicators, LoadIndicators(day))
    clock.set(MISSED)


async def ids(ask: Ask, who: str, **narrowed: Any) -> list[str]:
    return [one["alert"]["id"] for one in (await ask(who, LIST, f=narrowed))["nodes"]]


@pytest.mark.usefixtures("register")
async def test_an_alert_is_for_its_line_with_posts_rule_and_limits(runtime: Runtime, ask: Ask) -> None:
    await receive(runtime, raised("al_4", MISSED), MISSED)
    await receive(runtime, raised("al_4", MISSED), MISSED)
    for who in LINE:
        assert await ids(ask, who) == ["al_4"], who
        assert (await ask(who, ENTITY, id="al_4"))[0]["ledgerEntry"] == {"kind": "DEADLINE_MISSED"}
    for who in OTHERS:
        assert await ids(ask, who) == [], who
        assert await ask(who, ENTITY, id="al_4") == [None]
    (row,) = (await ask("lin-jie", LIST))["nodes"]
    parts = [(one["part"], one["person"]["id"], (one["post"] or {}).get("id")) for one in row["lines"]]
    assert parts[:2] == [
        ("ANSWERABLE", "D01.lin-jie", "D01.POLICY.reviewer"),
        ("MANAGER", "D01.chen-gang", "D01.POLICY.chief"),
    ]
    assert row["explanation"]["condition"] == "days_past_due >= 1"
    assert (row["explanation"]["code"], row["explanation"]["number"]) == ("DEADLINE-MISSED", 1)
    assert (row["facts"]["days_past_due"], row["facts"]["due_on"]) == (1, "2026-04-30")
    assert row["acknowledge"]["dueOn"] == "2026-05-06"
    assert row["acknowledge"]["rule"]["version"] == "ALERT-LIMITS-1"
    assert row["verify"]["dueOn"] == "2026-05-11"


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("grade", "due"), [("HIGH", "2026-05-08"), ("MEDIUM", "2026-05-11"), ("LOW", "2026-05-18")]
)
async def test_the_graver_the_sooner_it_is_to_be_verified(
    runtime: Runtime, ask: Ask, grade: str, due: str
) -> None:
    """Three, five and ten working days after 1 May; noted within one, whatever its grade (§5.2 d)."""
    await receive(runtime, raised("al_4", MISSED, grade=grade), MISSED)
    (row,) = (await ask("lin-jie", LIST))["nodes"]
    assert (row["acknowledge"]["dueOn"], row["verify"]["dueOn"]) == ("2026-05-06", due)


@pytest.mark.usefixtures("register")
async def test_lateness_counts_working_days_until_it_is_met(
    runtime: Runtime, ask: Ask, clock: ManualClock
) -> None:
    await receive(runtime, raised("al_4", MISSED), MISSED)

    async def late() -> tuple[int, int]:
        (row,) = (await ask("chen-gang", LIST))["nodes"]
        return row["acknowledge"]["lateWorkingDays"], row["verify"]["lateWorkingDays"]

    clock.set(datetime(2026, 5, 6, 23, tzinfo=SHANGHAI))
    assert (await late(), await ids(ask, "chen-gang", overdue=True)) == ((0, 0), [])
    clock.set(datetime(2026, 5, 8, 9, tzinfo=SHANGHAI))
    assert (await late(), await ids(ask, "chen-gang", overdue=True)) == ((2, 0), ["al_4"])
    await receive(runtime, noted("al_4", clock.now()), clock.now())
    clock.set(datetime(2026, 5, 13, 9, tzinfo=SHANGHAI))
    assert (await late(), await ids(ask, "chen-gang", overdue=True)) == ((2, 2), ["al_4"])
    for _ in range(2):
        await receive(runtime, ended("al_4", clock.now(), "CONFIRMED", "in_1"), clock.now())
    clock.set(datetime(2026, 6, 13, 9, tzinfo=SHANGHAI))
    assert (await late(), await ids(ask, "chen-gang", overdue=True)) == ((2, 2), [])
    assert await ids(ask, "chen-gang", outcome="CONFIRMED", open=False) == ["al_4"]
    assert await ids(ask, "chen-gang", open=True) == []


@pytest.mark.usefixtures("register")
async def test_a_confirmed_alert_is_for_the_discipline_lead_whatever_its_grade(
    runtime: Runtime, ask: Ask
) -> None:
    low = raised("al_low", MISSED, grade="LOW", subjects=["D01.he-jun"], unit="D01.TO-5")
    await receive(runtime, low, MISSED)
    assert (await ids(ask, "ma-qing"), await ids(ask, "pan-yu")) == ([], ["al_low"])
    await receive(runtime, ended("al_low", MISSED, "FALSE_POSITIVE"), MISSED)
    assert await ids(ask, "ma-qing") == []
    await receive(runtime, raised("al_2", MISSED, grade="LOW", subjects=["D01.he-jun"]), MISSED)
    await receive(runtime, ended("al_2", MISSED), MISSED)
    assert await ids(ask, "ma-qing") == ["al_2"]


@pytest.mark.usefixtures("register")
async def test_who_saw_an_alert_keeps_it_after_a_regrade_and_new_holders_do_not_get_it(
    runtime: Runtime, ask: Ask, clock: ManualClock
) -> None:
    await receive(runtime, raised("al_4", MISSED), MISSED)
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-OTHER", RiskGrade.HIGH, description(), date(2026, 5, 2), clock.now())
    clock.set(clock.now() + timedelta(days=40))
    await receive(runtime, raised("al_5", clock.now(), grade="HIGH"), clock.now())
    assert await ids(ask, "chen-gang") == ["al_4"]
    assert await ids(ask, "huang-zhen") == ["al_5"]


@pytest.mark.usefixtures("register")
async def test_pages_follow_one_another_and_filters_narrow(runtime: Runtime, ask: Ask) -> None:
    for number in range(5):
        at = MISSED + timedelta(minutes=number // 2)
        kind, phase = ("DEADLINE_APPROACHING", "EX_ANTE") if number % 2 else ("DEADLINE_MISSED", "EX_POST")
        await receive(runtime, raised(f"al_{number}", at, kind=kind, phase=phase), at)
    seen: list[str] = []
    after: str | None = None
    while True:
        found = await ask("chen-gang", LIST, first=2, after=after)
        seen += [one["alert"]["id"] for one in found["nodes"]]
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
    assert seen == ["al_4", "al_3", "al_2", "al_1", "al_0"]
    assert await ids(ask, "chen-gang", phase="EX_ANTE") == ["al_3", "al_1"]
    assert await ids(ask, "chen-gang", raisedTo="2026-04-30") == []
    await receive(runtime, ended("al_4", MISSED, "EXPLAINED"), MISSED)
    counted = {one["phase"]: (one["total"], one["outcomes"]) for one in await ask("huang-zhen", TOTALS)}
    assert counted == {
        "EX_ANTE": (2, [{"outcome": None, "count": 2}]),
        "IN_PROCESS": (0, []),
        "EX_POST": (3, [{"outcome": "EXPLAINED", "count": 1}, {"outcome": None, "count": 2}]),
    }
    assert [one["total"] for one in await ask("he-jun", TOTALS)] == [0, 0, 0]


async def test_without_an_indicator_an_alert_is_kept_and_says_so(runtime: Runtime, ask: Ask) -> None:
    await receive(runtime, raised("al_9", MISSED, point=""), MISSED)
    (row,) = (await ask("chen-gang", LIST))["nodes"]
    assert (row["explanation"], row["verify"]["dueOn"]) == (None, "2026-05-11")
