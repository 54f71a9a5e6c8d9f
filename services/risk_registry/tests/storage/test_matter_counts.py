"""Matters counted by month: every event adds one, and rows visible are the rows that Cedar allows."""

from collections import Counter
from datetime import UTC, date, datetime

from google.protobuf.message import Message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_contracts.case_flow.v1 import MatterAccepted, MatterClosed
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from plumbline_shared.use_case import Uow
from risk_registry.domain.work import Counted
from risk_registry.policies import POLICY
from risk_registry.storage.matter_counts import closed_in, count_matter
from risk_registry.subscriptions import SUBSCRIPTIONS

UNITS = ["D01.HALL", "D01.POLICY", "D01.TO-2"]
DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))
RELAXED = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "DEPUTY_HEAD",
    "SECTION_CHIEF", "SUPERVISION_OFFICE", "TAX_ADMINISTRATOR",
]  # fmt: skip
WHO = principals(people=["D01.a"], roles=ROLES, units=UNITS, bureaus=("D01", "D01", "D02"))


def accepted(unit: str, on: date) -> MatterAccepted:
    return MatterAccepted(matter_id="mt", bureau_id="D01", item_code="X", unit_id=unit, accepted_on=f"{on}")


def closed(unit: str, on: date) -> MatterClosed:
    return MatterClosed(matter_id="mt", bureau_id="D01", item_code="X", unit_id=unit, closed_on=f"{on}")


EVENTS = st.lists(st.builds(lambda make, *given: make(*given), st.sampled_from([accepted, closed]),
                            st.sampled_from(UNITS), DAYS), max_size=30)  # fmt: skip


class Undo(Exception):
    """Leaves the transaction without its rows."""


@RELAXED
@given(events=EVENTS, start=DAYS, end=DAYS)
async def test_closed_matters_of_whole_months(
    runtime: Runtime, events: list[Message], start: date, end: date
) -> None:
    found: Counter[tuple[str, str]] = Counter()
    try:
        async with runtime.db.transaction(system("D01")) as conn:
            for each in events:
                await SUBSCRIPTIONS[type(each)](Uow(conn, system("D01"), datetime.now(UTC)), each)
            found = await closed_in(conn, "D01", start, end)
            raise Undo
    except Undo:
        pass
    months = (start.replace(day=1), end.replace(day=1))
    wanted = Counter(
        (each.unit_id, "X")
        for each in events
        if isinstance(each, MatterClosed)
        and months[0] <= date.fromisoformat(each.closed_on).replace(day=1) <= months[1]
    )
    assert +found == wanted


async def insert(conn: Connection, unit: str) -> None:
    await count_matter(conn, Counted("D01", (unit, "X"), date(2026, 1, 5), closed=True))


READ = VisibleRows(
    POLICY, "count", "select unit_id from matter_month", insert,
    lambda unit: Resource("WorkCount", unit, {"bureau": "D01", "unit": unit}),
)  # fmt: skip


@RELAXED
@given(who=WHO, rows=st.lists(st.sampled_from(UNITS), unique=True))
async def test_who_reads_how_much_work_there_was(runtime: Runtime, who: Principal, rows: list[str]) -> None:
    await READ.hold(runtime.db, who, rows, author=system("D01"))
