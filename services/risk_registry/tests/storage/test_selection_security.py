"""Two-way selection: rows visible under row-level security are the rows Cedar allows, and a ranking is its author's."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import asyncpg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection, identify
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.selection import Outcome
from risk_registry.policies import POLICY
from risk_registry.policies.selection import selection_resource
from risk_registry.storage.selection import Campaign, Decision, add_campaign, add_choice, add_round, decide

NOW = datetime(2026, 10, 1, tzinfo=UTC)
PEOPLE, UNITS = ["D01.a", "D01.b", "D01.c"], ["D01.POLICY", "D01.TO-2"]
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "HR_OFFICER", "DEPUTY_HEAD", "SECTION_CHIEF", "OFFICE_CHIEF",
    "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "TAX_ADMINISTRATOR",
]  # fmt: skip
WHO = principals(people=PEOPLE, roles=ROLES, units=UNITS, bureaus=("D01", "D01", "D02"))
RELAXED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Row:
    """A campaign with its candidates and the unit of its post."""

    number: int
    candidates: tuple[str, ...]
    unit: str

    @property
    def campaign(self) -> Campaign:
        return Campaign(
            f"sc_{self.number}", "D01", "t", date(2027, 1, 1), "", (f"{self.unit}.x",), (self.unit,), self.candidates,
            "D01.hr", NOW,
        )  # fmt: skip


ROWS = st.lists(
    st.builds(
        Row, st.integers(1, 99), st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True).map(tuple),
        st.sampled_from(UNITS),
    ),
    max_size=4, unique_by=lambda row: row.number,
)  # fmt: skip


async def insert(conn: Connection, row: Row) -> None:
    await add_campaign(conn, row.campaign)
    await add_round(conn, row.campaign, 1, Outcome((), ()), "D01.hr", NOW)
    await decide(conn, row.campaign, Decision(True, "r", "D01.head", NOW))


def resource(row: Row) -> Resource:
    return selection_resource(f"sc_{row.number}", "D01", row.candidates, [row.unit])


CAMPAIGNS = VisibleRows(POLICY, "read", "select id from selection_campaign", insert, resource)
DECISIONS = VisibleRows(POLICY, "read", "select campaign_id from selection_decision", insert, resource)
ROUNDS = VisibleRows(POLICY, "read_outcome", "select campaign_id from selection_round", insert, resource)


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_campaigns_rounds_and_decisions(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    for table in (CAMPAIGNS, DECISIONS, ROUNDS):
        await table.hold(runtime.db, who, rows, author=system("D01"))


class Undo(Exception):
    """Leaves the transaction without its rows."""


@RELAXED
@given(who=WHO)
async def test_a_ranking_is_its_authors_alone(runtime: Runtime, who: Principal) -> None:
    campaign = Row(1, tuple(PEOPLE), UNITS[0]).campaign
    seen: set[str] = set()
    try:
        async with runtime.db.transaction(system("D01")) as conn:
            await add_campaign(conn, campaign)
            for person in PEOPLE:
                await add_choice(conn, campaign, 1, "PERSON", person, campaign.posts, person, NOW)
            await identify(conn, who)
            seen = {row[0] for row in await conn.fetch("select chosen_by from selection_choice")}
            raise Undo
    except Undo:
        pass
    here = who.bureau_id == "D01"
    mine = {who.person_id} & set(PEOPLE) if who.kind == "person" else set[str]()
    assert seen == (set(PEOPLE) if who.kind == "system" and here else mine if here else set())


@RELAXED
@given(who=WHO.filter(lambda who: who.kind == "person"), act=st.sampled_from(["run", "decide"]))
async def test_who_opens_and_who_decides(runtime: Runtime, who: Principal, act: str) -> None:
    campaign, wrote = Row(1, ("D01.a",), UNITS[0]).campaign, True
    try:
        async with runtime.db.transaction(system("D01")) as conn:
            if act == "decide":
                await add_campaign(conn, campaign)
            await identify(conn, who)
            if act == "run":
                await add_campaign(conn, campaign)
            else:
                await decide(conn, campaign, Decision(True, "r", who.person_id or "", NOW))
            raise Undo
    except asyncpg.InsufficientPrivilegeError:
        wrote = False
    except Undo:
        pass
    assert wrote is POLICY.allows(who, act, selection_resource("sc_1", "D01"))
