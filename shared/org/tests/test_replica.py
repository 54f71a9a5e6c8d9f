from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio
from google.protobuf.message import Message
from plumbline_org import messages
from plumbline_org.calendars import CalendarData, calendar_data, working_calendar
from plumbline_org.model import Org
from plumbline_org.parts import Delegation, Duty, PersonStatus, Span, StatusSpan
from plumbline_org.principal import org_principal
from plumbline_org.replica import ORG_MIGRATIONS, ORG_SUBSCRIPTIONS
from plumbline_org.storage.load import load_org
from plumbline_org.testing import city, linjiang, seed_replica
from plumbline_shared.auth import Claims
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import SHARED_MIGRATIONS
from plumbline_shared.testing.plugin import DatabaseFor
from plumbline_shared.use_case import Uow

DAY = date(2026, 4, 1)


@pytest_asyncio.fixture
async def conn(database_for: DatabaseFor) -> AsyncIterator[Connection]:
    database = await database_for(("org", [SHARED_MIGRATIONS, ORG_MIGRATIONS]))
    async with database.transaction(system()) as open_connection:
        yield open_connection


async def receive(conn: Connection, *events: Message) -> None:
    uow = Uow(conn, system(), datetime(2026, 4, 1, tzinfo=UTC))
    for event in events:
        await ORG_SUBSCRIPTIONS[type(event)](uow, event)


def published(org: Org) -> list[Message]:
    return [
        messages.bureau_changed(org.bureau),
        *(messages.unit_changed(one) for one in org.units.values()),
        *(messages.post_changed(one) for one in org.posts.values()),
        *(messages.person_changed(one, DAY) for one in org.persons.values()),
        *(messages.delegation_changed(org.bureau.id, one) for one in org.delegations),
        messages.duty_roster_changed(org.bureau.id, "2026-04", org.duties),
    ]


def everything(upper: Org) -> Org:
    org = linjiang(upper=upper)
    left = (StatusSpan(PersonStatus.ACTIVE, Span(None, DAY)), StatusSpan(PersonStatus.LEFT, Span(DAY)))
    gone = replace(org.persons["D01.wu-bin"], statuses=left, account="wubin@tax", managed_by_bureau_id="C01")
    return replace(
        org,
        persons={**org.persons, gone.id: gone},
        duties=(Duty(DAY, 1, "D01.zhou-min"), Duty(DAY, 2, "D01.tang-li")),
        delegations=(
            Delegation("dg_1", "D01.chen-gang", "D01.lin-jie", "SECTION_CHIEF", "D01.POLICY", Span(DAY)),
        ),
    )


async def test_what_is_published_is_what_the_replica_gives_back(conn: Connection) -> None:
    upper = city()
    org = everything(upper)
    await receive(conn, *published(upper), *published(org))
    found = await load_org(conn, "D01")
    for part in ("bureau", "units", "posts", "persons", "delegations"):
        assert getattr(found, part) == getattr(org, part), part
    assert set(found.duties) == set(org.duties)
    assert found.upper is not None
    assert found.upper.persons == upper.persons


async def test_a_repeated_event_changes_nothing(conn: Connection) -> None:
    org = everything(city())
    await receive(conn, *published(city()), *published(org), *published(org))
    assert (await load_org(conn, "D01")).persons == org.persons


async def test_a_snapshot_is_kept_until_its_bureau_or_the_one_above_changes(conn: Connection) -> None:
    await seed_replica(conn, city(), linjiang(upper=city()))
    first = await load_org(conn, "D01")
    assert await load_org(conn, "D01") is first
    await receive(conn, messages.person_changed(city().persons["C01.city-head"], DAY))
    second = await load_org(conn, "D01")
    assert second is not first
    await receive(conn, messages.person_changed(replace(first.persons["D01.wu-yan"], name="吴艳"), DAY))
    assert (await load_org(conn, "D01")).persons["D01.wu-yan"].name == "吴艳"
    assert second.persons["D01.wu-yan"].name == "吴燕"


async def test_a_bureau_knows_nothing_of_another(conn: Connection) -> None:
    await seed_replica(conn, linjiang("D01"), linjiang("D02"))
    org = await load_org(conn, "D02")
    assert all(one.startswith("D02.") for one in (*org.units, *org.posts, *org.persons))
    assert org.person("D01.chen-gang") is None


async def test_an_unknown_bureau_is_not_found(conn: Connection) -> None:
    with pytest.raises(NotFound):
        await load_org(conn, "D09")


async def test_the_calendar_of_the_nearest_bureau_above_is_used(conn: Connection) -> None:
    await seed_replica(conn, city(), linjiang(upper=city()))
    assert (await load_org(conn, "D01")).calendar.version == seed_calendar().version
    data = replace(
        calendar_data(seed_calendar()), version="corrected", off_days=frozenset({date(2026, 4, 2)})
    )
    await receive(conn, messages.calendar_published("C01", data, "国办发明电"))
    calendar = (await load_org(conn, "D01")).calendar
    assert calendar.version == "corrected"
    assert not calendar.is_working(date(2026, 4, 2))


def test_a_calendar_survives_being_written_as_exceptions() -> None:
    seed = seed_calendar()
    data = calendar_data(seed)
    assert working_calendar(data).working_days() == seed.working_days()
    assert date(2026, 10, 10) in data.made_up_days
    assert isinstance(data, CalendarData)


async def test_a_token_becomes_a_principal_with_the_roles_of_the_day(conn: Connection) -> None:
    await seed_replica(conn, linjiang())
    found = await org_principal(conn, Claims("D01.chen-gang", "D01", "person", frozenset({"openid"})), DAY)
    assert found == Principal(
        "person",
        "D01.chen-gang",
        "D01",
        roles=frozenset({"SECTION_CHIEF"}),
        unit_ids=frozenset({"D01.POLICY"}),
        post_ids=frozenset({"D01.POLICY.chief"}),
        scopes=frozenset({"openid"}),
    )


@pytest.mark.parametrize(
    ("subject", "bureau", "on"),
    [
        ("D01.nobody", "D01", DAY),
        ("D01.chen-gang", "D02", DAY),
        ("wubin@tax", "D01", DAY),
        ("D01.wu-bin", "D01", DAY - timedelta(days=1)),
    ],
)
async def test_whoever_does_not_serve_here_is_nobody(
    conn: Connection, subject: str, bureau: str, on: date
) -> None:
    await seed_replica(conn, city(), everything(city()), linjiang("D02"))
    assert await org_principal(conn, Claims(subject, bureau, "person"), on) == Principal("person")


async def test_an_account_names_the_person_until_the_last_day(conn: Connection) -> None:
    await seed_replica(conn, city(), everything(city()))
    found = await org_principal(conn, Claims("wubin@tax", None, "person"), DAY - timedelta(days=1))
    assert (found.person_id, found.bureau_id) == ("D01.wu-bin", "D01")


async def test_a_client_keeps_what_its_token_says(conn: Connection) -> None:
    claims = Claims("hotline", "D01", "client", frozenset({"intake"}))
    assert await org_principal(conn, claims, DAY) == Principal(
        "client", None, "D01", scopes=frozenset({"intake"})
    )
