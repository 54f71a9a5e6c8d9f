"""Row-level security and Cedar show the same matters (requirements 5.3, invariant 14)."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from case_flow.access import POLICY
from case_flow.domain.matter import Matter
from case_flow.matter_access import matter_resource
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = ("D01.a", "D01.b", "D01.c")
UNITS = ("D01.POLICY", "D01.TO-3", "D01.HALL")
ROLES = (
    "BUREAU_HEAD",
    "DEPUTY_HEAD",
    "SECTION_CHIEF",
    "OFFICE_CHIEF",
    "MATTER_TRACKER",
    "REVIEWER",
    "WINDOW_CLERK",
)
SCOPES = ("leads:D01.POLICY", "leads:D01.TO-3", "tracks:RELIEF", "tracks:*", "tracks:PENALTY")

INSERT = """
insert into matter (id, bureau_id, case_ref, item_code, item_version, item_hash, domain, state, title, unit_id, people,
                    units, queue_unit, queue_roles, accepted_at, accepted_on)
values ($1, $2, $1, 'I', 1, 'h', $3, 'IN_HAND', 't', $4, $5, $6, $7, $8, $9, $10)
"""
ITEM = """
insert into item_version (bureau_id, item_code, version, content_hash, definition, source, published_at, published_by)
values ($1, 'I', 1, 'h', '{}', '', now(), 'x') on conflict do nothing
"""
BUREAU = "select set_config('plumbline.bureau', $1, true)"


def _some(values):
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


MATTERS = st.builds(
    Matter,
    id=st.uuids().map(lambda one: f"mt_{one.hex}"),
    bureau_id=st.sampled_from(["D01", "D02"]),
    case_ref=st.just(""),
    item_code=st.just("I"),
    item_version=st.just(1),
    item_hash=st.just("h"),
    title=st.just("t"),
    unit_id=st.sampled_from(UNITS),
    people=_some(PEOPLE),
    units=_some(UNITS),
    domain=st.sampled_from(["RELIEF", "PENALTY"]),
    queue_unit=st.sampled_from([None, *UNITS]),
    queue_roles=_some(ROLES),
    accepted_at=st.just(datetime(2026, 4, 1, tzinfo=UTC)),
    accepted_on=st.just(date(2026, 4, 1)),
)


async def _insert(conn, one):
    await conn.execute(BUREAU, one.bureau_id)
    await conn.execute(ITEM, one.bureau_id)
    await conn.execute(
        INSERT,
        *(
            one.id,
            one.bureau_id,
            one.domain,
            one.unit_id,
            one.people,
            one.units,
            one.queue_unit,
            one.queue_roles,
        ),
        *(one.accepted_at, one.accepted_on),
    )


EQUAL = VisibleRows(POLICY, "read", "select id from matter", _insert, matter_resource)


@pytest.fixture
def database(bureau):
    return bureau.db


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    principal=principals(people=PEOPLE, roles=ROLES, units=UNITS, scopes=SCOPES),
    rows=st.lists(MATTERS, max_size=6, unique_by=lambda one: one.id),
)
async def test_rows_visible_are_rows_allowed(database, principal, rows):
    await EQUAL.hold(database, principal, rows)


def _matter(**changes):
    base = Matter(
        id="mt_1", bureau_id="D01", case_ref="", item_code="I", item_version=1, item_hash="h", title="t",
        unit_id="D01.POLICY", people=("D01.a",), units=("D01.POLICY",), domain="RELIEF",
        accepted_at=datetime(2026, 4, 1, tzinfo=UTC), accepted_on=date(2026, 4, 1),
    )  # fmt: skip
    return msgspec.structs.replace(base, **changes)


@pytest.mark.parametrize(
    ("given_to", "sees"),
    [
        ({"person_id": "D01.a"}, True),
        ({"person_id": "D01.b"}, False),
        ({"person_id": "D01.b", "roles": {"BUREAU_HEAD"}}, True),
        ({"person_id": "D01.b", "roles": {"SECTION_CHIEF"}, "units": {"D01.POLICY"}}, True),
        ({"person_id": "D01.b", "roles": {"SECTION_CHIEF"}, "units": {"D01.LEVY"}}, False),
        ({"person_id": "D01.b", "roles": {"REVIEWER"}, "units": {"D01.POLICY"}}, False),
        ({"person_id": "D01.b", "scopes": {"leads:D01.POLICY"}}, True),
        ({"person_id": "D01.b", "roles": {"MATTER_TRACKER"}, "scopes": {"tracks:RELIEF"}}, True),
        ({"person_id": "D01.b", "roles": {"MATTER_TRACKER"}, "scopes": {"tracks:PENALTY"}}, False),
        ({"person_id": "D02.a", "roles": {"BUREAU_HEAD"}}, False),
    ],
)
async def test_the_scope_letters_of_the_matrix(database, person, given_to, sees):
    seen = await EQUAL.hold(database, person(**given_to), [_matter()])
    assert bool(seen) is sees
