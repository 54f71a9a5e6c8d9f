"""Two locks on one door: rows visible under row-level security are the rows that Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.alerts import Alert, AlertPhase
from risk_registry.domain.points import point_id
from risk_registry.domain.reviews import Review
from risk_registry.policies import POLICY, review_resource
from risk_registry.storage.alerts import add_alert
from risk_registry.storage.reviews import add_review
from risk_registry.storage.signals import add_signal
from risk_registry.testing import description, put_point

DAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = ["D01.a", "D01.b", "D01.c"]
UNITS = ["D01.POLICY", "D01.TO-2", "D01.TO-5"]
POSTS = [f"{unit}.{name}" for unit in UNITS for name in ("chief", "officer")]
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "DEPUTY_HEAD",
    "SECTION_CHIEF", "OFFICE_CHIEF", "SUPERVISION_OFFICE", "TAX_ADMINISTRATOR", "HOTLINE_OPERATOR",
]  # fmt: skip
BUREAUS = ("D01", "D01", "D01", "D02")
WHO = principals(people=PEOPLE, roles=ROLES, units=UNITS, posts=POSTS, bureaus=BUREAUS)
LEADERS = principals(people=PEOPLE, roles=ROLES[:3], posts=POSTS, bureaus=BUREAUS)
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Carried:
    """A point with the posts that carry it and the owner of its process."""

    number: int
    posts: tuple[str, ...]
    owner: str

    @property
    def id(self) -> str:
        return point_id("D01", f"RP-{self.number:03d}")


CARRIED = st.builds(
    Carried,
    number=st.integers(1, 99),
    posts=st.lists(st.sampled_from(POSTS), max_size=3, unique=True).map(tuple),
    owner=st.sampled_from(["", *UNITS]),
)


async def insert_point(conn: Connection, row: Carried) -> None:
    text = description(row.posts, row.owner)
    await put_point(conn, f"RP-{row.number:03d}", RiskGrade.LOW, text, DAY, NOW)


def resource(row: Carried, kind: str = "RiskPoint") -> Resource:
    units = {post.rpartition(".")[0] for post in row.posts}
    attrs = {"bureau": "D01", "units": units, "posts": row.posts, "owner": row.owner or None}
    return Resource(kind, row.id, attrs)


READ_POINTS = VisibleRows(
    POLICY, "read", "select point_id from risk_point_description", insert_point, resource
)


@RELAXED
@given(who=WHO, rows=st.lists(CARRIED, max_size=5, unique_by=lambda row: row.number))
async def test_points(runtime: Runtime, who: Principal, rows: list[Carried]) -> None:
    await READ_POINTS.hold(runtime.db, who, rows, author=system("D01"))


async def insert_signalled(conn: Connection, row: Carried) -> None:
    await insert_point(conn, row)
    await add_signal(conn, f"sg_{row.number}", row.id, "D01", DAY)


READ_HEIGHTENED = VisibleRows(
    POLICY, "read_heightened", "select point_id from heightened_monitoring", insert_signalled, resource
)


@RELAXED
@given(who=LEADERS, rows=st.lists(CARRIED, max_size=5, unique_by=lambda row: row.number))
async def test_heightened_monitoring(runtime: Runtime, who: Principal, rows: list[Carried]) -> None:
    await READ_HEIGHTENED.hold(runtime.db, who, rows, author=system("D01"))


@dataclass(frozen=True)
class Panelled:
    """A review of one point with its panel."""

    number: int
    members: frozenset[str]


async def insert_review(conn: Connection, row: Panelled) -> None:
    point = await put_point(conn, f"RP-{row.number:03d}", RiskGrade.LOW, description(), DAY, NOW)
    await add_review(
        conn, Review(f"gr_{row.number}", point, "D01", "MAX-1", row.members, frozenset(), "D01.a", NOW)
    )


READ_REVIEWS = VisibleRows(
    POLICY,
    "read",
    "select id from grading_review",
    insert_review,
    lambda row: review_resource(f"gr_{row.number}", "D01", row.members, ()),
)
PANELLED = st.builds(Panelled, number=st.integers(1, 99), members=st.frozensets(st.sampled_from(PEOPLE)))


@RELAXED
@given(who=WHO, rows=st.lists(PANELLED, max_size=4, unique_by=lambda row: row.number))
async def test_reviews(runtime: Runtime, who: Principal, rows: list[Panelled]) -> None:
    await READ_REVIEWS.hold(runtime.db, who, rows, author=system("D01"))


async def insert_alert(conn: Connection, row: Carried) -> None:
    unit = row.owner or "D01.HALL"
    alert = Alert(f"al_{row.number}", row.id, "D01", unit, "mt_1", "X", AlertPhase.EX_POST, None, NOW)
    await add_alert(conn, alert)


COUNT_ALERTS = VisibleRows(
    POLICY,
    "count",
    "select alert_id from alert_ledger",
    insert_alert,
    lambda row: Resource(
        "AlertEntry", f"al_{row.number}", {"bureau": "D01", "unit": row.owner or "D01.HALL"}
    ),
)


@RELAXED
@given(who=WHO, rows=st.lists(CARRIED, max_size=5, unique_by=lambda row: row.number))
async def test_alerts(runtime: Runtime, who: Principal, rows: list[Carried]) -> None:
    await COUNT_ALERTS.hold(runtime.db, who, rows, author=system("D01"))
