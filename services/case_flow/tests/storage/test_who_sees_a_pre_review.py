"""Pre-reviews and reviews after handling: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from case_flow.domain.post_review import Review
from case_flow.domain.pre_review import PreReview
from case_flow.hall_access import POLICY, post_review_resource, review_resource
from case_flow.storage import post_review as drawn
from case_flow.storage import pre_review as reviews
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection, Database
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE, UNITS = ("D01.a", "D01.b", "D02.c"), ("D01.HALL", "D01.POLICY")
ROLES = (
    "GUIDE",
    "WINDOW_CLERK",
    "SECTION_CHIEF",
    "OFFICE_CHIEF",
    "BUREAU_HEAD",
    "DEPUTY_HEAD",
    "REVIEWER",
    "DISCIPLINE_LEAD",
)
AT = datetime(2026, 10, 9, tzinfo=UTC)
BUREAU = "select set_config('plumbline.bureau', $1, true)"


@dataclass(frozen=True)
class Row:
    """One application, as far as visibility asks."""

    id: str
    bureau: str
    unit: str
    opened_by: str


rows = st.lists(
    st.builds(
        Row,
        id=st.uuids().map(str),
        bureau=st.sampled_from(["D01", "D02"]),
        unit=st.sampled_from(UNITS),
        opened_by=st.sampled_from(PEOPLE),
    ),
    max_size=5,
    unique_by=lambda row: row.id,
)
askers = principals(
    people=PEOPLE, roles=ROLES, units=UNITS, scopes=("leads:D01.HALL", "leads:D01.POLICY", "hall:queue")
)


def review_of(row: Row) -> PreReview:
    return PreReview(
        id=row.id,
        bureau_id=row.bureau,
        receipt_no=row.id,
        item_code="ITEM",
        item_version=1,
        item_hash="h",
        step="pre_review",
        unit_id=row.unit,
        title="t",
        opened_by=row.opened_by,
        opened_at=AT,
    )


async def add(conn: Connection, row: Row) -> None:
    await conn.execute(BUREAU, row.bureau)
    await reviews.add(conn, review_of(row), b"hash")


def as_resource(row: Row) -> Resource:
    return review_resource(review_of(row))


REVIEWS = VisibleRows(POLICY, "read", "select id from pre_review", add, as_resource)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(askers, rows)
async def test_pre_reviews(shared_database: Database, asker: Principal, stored: list[Row]) -> None:
    await REVIEWS.hold(shared_database, asker, stored)


def drawn_of(row: Row) -> Review:
    return Review(
        id=row.id,
        bureau_id=row.bureau,
        item_code="ITEM",
        local_on=date(2026, 10, 9),
        matter_id=row.id,
        case_ref="C",
        ticket="t",
        unit_id=row.unit,
        role="REVIEWER",
        point="",
        domain="",
        people=(row.opened_by,),
        units=(),
        due_on=date(2026, 10, 15),
        drawn_at=AT,
    )


async def add_drawn(conn: Connection, row: Row) -> None:
    await conn.execute(BUREAU, row.bureau)
    await drawn.add(conn, [drawn_of(row)])


def drawn_resource(row: Row) -> Resource:
    return post_review_resource(drawn_of(row))


DRAWN = VisibleRows(POLICY, "read", "select id from post_review", add_drawn, drawn_resource)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(askers, rows)
async def test_post_reviews(shared_database: Database, asker: Principal, stored: list[Row]) -> None:
    await DRAWN.hold(shared_database, asker, stored)
