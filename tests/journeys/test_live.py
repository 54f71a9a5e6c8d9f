"""Live journeys: alerts and scores reach those whom they concern as they happen, and nobody else."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from journeys_calls import accepted, corrected_hold, tracker_role
from journeys_streams import Answer, Stream, hint, over_sse, over_websocket
from plumbline_local.demo import case_documents as documents
from plumbline_local.demo.cases import call, viewers
from plumbline_local.demo.world import World
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.clock import SHANGHAI, start_of_day

ALERTS = """
subscription Alerts($after: String) {
  alertRaised(after: $after) { cursor alert { id kind raisedAt matter { id } } }
}
"""
SCORES = (
    "subscription Scores($unit: ID!) { scorePosted(unitId: $unit) { id points rule { code } person { id } } }"
)
MATTER = """
subscription Matter($id: ID!) { matterChanged(matterId: $id) { cursor matter { id step { code } unit { nameEn } } } }
"""
KNOWN = 'query Known { personScore(personId: "D01.he-jun", year: 2026) { entries { id } } }'
APPROACHING, MISSED = "DEADLINE_APPROACHING", "DEADLINE_MISSED"
ACCEPTED_AT = datetime(2026, 8, 3, 9, 40, tzinfo=SHANGHAI)


def days_before(due: date, days: int) -> date:
    """The working day on which so many are left."""
    calendar, on = seed_calendar(), due
    while calendar.working_days_between(on, due) < days or not calendar.is_working(on):
        on -= timedelta(days=1)
    return on


def next_day(on: date) -> date:
    return on + timedelta(days=1)


async def test_an_alert_reaches_its_line_as_it_is_raised(world: World) -> None:
    """Two doors, an outsider who hears only of his own, and a tracker who is none when the second is raised."""
    await world.time.move_to(max(world.time.now, ACCEPTED_AT))
    matter = await accepted(world, "RELIEF-APPROVAL", "TO-3", "wu-yan")
    due = date.fromisoformat(matter["dueOn"])
    five, two = days_before(due, 5), days_before(due, 2)
    async with (
        over_websocket(world, "qian-lu", ALERTS) as tracker,
        over_sse(world, "sun-hao", ALERTS) as chief,
        over_websocket(world, "he-jun", ALERTS) as outsider,
    ):
        for stream in (tracker, chief, outsider):
            await stream.begun()
        await world.time.move_to(start_of_day(five))
        assert await approaching(tracker, matter) == await approaching(chief, matter)
        cursor = chief.cursor
        seen = await viewers(world, matterId=matter["id"], kind=APPROACHING)
        assert {"qian-lu", "sun-hao"} <= seen
        assert "he-jun" not in seen

        await tracker_role(world, "qian-lu", "2024-01-01", two.isoformat())
        await world.time.move_to(start_of_day(two))
        second = await approaching(chief, matter)
        await tracker_role(world, "qian-lu", next_day(two).isoformat(), None)
        await world.time.move_to(start_of_day(next_day(due)))
        later = of(matter, await tracker.until(lambda one: bool(of(matter, [one])) and one["kind"] == MISSED))
        assert [one for one in later if one["kind"] == APPROACHING] == []

        async with over_sse(world, "sun-hao", ALERTS, after=cursor) as again:
            await again.begun()
            assert await approaching(again, matter) == second

        own = await corrected_hold(world)
        assert [one["matter"]["id"] for one in await outsider.until(lambda one: True)] == [own]


def of(matter: Answer, alerts: Sequence[Answer]) -> list[Answer]:
    return [one for one in alerts if one["matter"] and one["matter"]["id"] == matter["id"]]


async def approaching(stream: Stream, matter: Answer) -> str:
    """The id of the next alert that the matter's limit approaches."""
    found = await stream.until(lambda one: bool(of(matter, [one])) and one["kind"] == APPROACHING)
    return found[-1]["id"]


async def test_a_matter_is_followed_as_it_goes_on(world: World) -> None:
    """Dispatched, it is told with what the directory knows of its unit."""
    matter = await accepted(world, "RELIEF-APPROVAL", "TO-3", "wu-yan")
    async with over_websocket(world, "sun-hao", MATTER, id=matter["id"]) as chief:
        await chief.begun()
        work = {"matterId": matter["id"], "step": "investigate"}
        await call(world, "sun-hao", documents.ASSIGN, **work, people=["D01.li-wei", "D01.zhao-qiang"])
        assert await chief.next() == {
            "id": matter["id"], "step": {"code": "investigate"}, "unit": {"nameEn": "Tax office 3"},
        }  # fmt: skip


async def test_a_score_is_delivered_as_it_is_posted(world: World) -> None:
    """SR-02: the third corrected hold within thirty days."""
    (known, *_) = (await world.people("huang-zhen").ask(KNOWN))["personScore"]["entries"]

    def change(data: dict[str, Any]) -> None:
        data.update(subjectKind="SUBJECT_KIND_PERSON", subjectId="D01.he-jun")
        data["entries"][0]["entryId"] = known["id"]

    async def probe() -> str:
        await hint(world, "performance.v1.ScoreEntryPosted", change)
        return known["id"]

    async with over_websocket(world, "huang-zhen", SCORES, unit="D01.TO-5") as scores:
        await scores.ready(probe)
        for _ in range(3):
            await corrected_hold(world)
        posted = await scores.until(lambda one: one["rule"]["code"] == "SR-02")
    assert posted[-1]["person"] == {"id": "D01.he-jun"}
    assert Decimal(posted[-1]["points"]) == -1
