"""What is previewed is what a matter gets: the same engine, the same calendar, on every kind of day (I-002)."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from case_flow.testing import WorkedBureau
from case_flow.testing_calendar import SEED, calendar_published
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.recompute_clocks import on_calendar_published
from plumbline_shared.deadline import DayUnit
from plumbline_shared.principal import system

ITEM = """
item: {unit}
version: 1
name: {{zh: 预览, en: Previewed}}
citation: {{source: a rule}}
limit: {{length: 5, unit: {unit}, citation: {{source: a rule}}}}
steps:
  - {{code: take, name: {{zh: 收, en: Take}}, role: WINDOW_CLERK, unit: HALL, next: work}}
  - {{code: work, name: {{zh: 办, en: Work}}, role: INVESTIGATOR, unit: TO-3, end: true}}
"""
PREVIEW = """
query ($rule: String!, $start: Date!) {
  deadlinePreview(ruleId: $rule, start: $start, bureau: "D01") { dueOn provisional length unit }
}
"""
DUE = "select due_on::text, due_provisional from matter where id = $1"


@pytest.fixture
async def previewed(graph: Any) -> AsyncIterator[Any]:
    for unit in DayUnit:
        await graph.bureau.run(system("D01"), publish_item, PublishItem(ITEM.format(unit=unit)))
    yield graph
    await graph.bureau.receive(on_calendar_published, calendar_published(SEED.version, {}))


async def preview(graph: Any, unit: str, start: str) -> dict[str, Any]:
    return (await graph.ask("wu-yan", PREVIEW, rule=f"{unit}.limit", start=start))["deadlinePreview"]


async def got(bureau: WorkedBureau, unit: str, start: str) -> tuple[str, bool]:
    """The due date of a matter that is accepted on this day."""
    await bureau.at(f"{start} 09:00")
    taken = await bureau.do("wu-yan", accept_matter, AcceptMatter(unit, "x"))
    [row] = await bureau.within(system("D01"), lambda uow: uow.conn.fetch(DUE, taken.matter_id))
    return tuple(row)


@pytest.mark.parametrize("unit", DayUnit)
@pytest.mark.parametrize(
    ("start", "working", "calendar"),
    [
        ("2026-04-30", "2026-05-11", "2026-05-05"),
        ("2026-02-28", "2026-03-06", "2026-03-05"),
        ("2026-09-18", "2026-09-24", "2026-09-23"),
        ("2026-09-20", "2026-09-28", "2026-09-25"),
        ("2026-12-28", "2027-01-04", "2027-01-02"),
    ],
)
async def test_a_preview_is_what_the_matter_gets(
    previewed: Any, unit: str, start: str, working: str, calendar: str
) -> None:
    expected = working if unit == DayUnit.WORKING_DAY else calendar
    beyond = unit == DayUnit.WORKING_DAY and expected > str(SEED.horizon)
    shown = await preview(previewed, unit, start)
    assert shown == {"dueOn": expected, "provisional": beyond, "length": 5, "unit": unit}
    assert await got(previewed.bureau, unit, start) == (expected, beyond)


async def test_a_preview_follows_a_corrected_calendar(previewed: Any) -> None:
    unit = DayUnit.WORKING_DAY
    before = await preview(previewed, unit, "2026-04-13")
    corrected = calendar_published("corrected-1", {date(2026, 4, 15): False})
    await previewed.bureau.receive(on_calendar_published, corrected)
    after = await preview(previewed, unit, "2026-04-13")
    assert (before["dueOn"], after["dueOn"]) == ("2026-04-20", "2026-04-21")
    assert await got(previewed.bureau, unit, "2026-04-13") == ("2026-04-21", False)
