"""Interests and requests for recusal: rows visible under row-level security == rows Cedar allows (I-016)."""

from datetime import UTC, date, datetime

from case_flow.domain.recusal import Interest, RecusalRequest, Relation
from case_flow.interest_access import POLICY, interest_resource, request_resource
from case_flow.storage import interest as interests
from case_flow.testing import WorkedBureau
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = ("D01.a", "D01.b", "D02.c")
ROLES = ("DISCIPLINE_LEAD", "BUREAU_HEAD", "HR_OFFICER", "INTERNAL_AUDITOR", "SECTION_CHIEF")
AT = datetime(2026, 8, 1, tzinfo=UTC)
ON = date(2026, 8, 1)
BUREAU = "select set_config('plumbline.bureau', $1, true), set_config('plumbline.actor', 'system', true)"
ITEM = """
insert into item_version (bureau_id, item_code, version, content_hash, definition, source, published_at, published_by)
values ($1, 'I', 1, 'h', '{}', '', $2, 'x') on conflict do nothing
"""
MATTER = """
insert into matter (id, bureau_id, case_ref, item_code, item_version, item_hash, domain, state, title, unit_id, people,
                    units, accepted_at, accepted_on)
values ($1, $2, $1, 'I', 1, 'h', '', 'IN_HAND', 't', 'D01.U', '{}', '{}', $3, $4) on conflict do nothing
"""
BUREAUS = st.sampled_from(["D01", "D02"])
IDS = st.uuids().map(str)
HELD = st.lists(
    st.builds(
        Interest,
        id=IDS,
        bureau_id=BUREAUS,
        person_id=st.sampled_from(PEOPLE),
        relation=st.sampled_from(Relation),
        reason=st.just("r"),
        declared_by=st.just("x"),
        declared_at=st.just(AT),
        party=IDS,
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)
ASKED = st.lists(
    st.builds(
        RecusalRequest,
        id=IDS,
        matter_id=IDS,
        bureau_id=BUREAUS,
        officer=IDS,
        grounds=st.just("g"),
        asked_by=st.sampled_from([*PEOPLE, "applicant"]),
        asked_at=st.just(AT),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)
ASKERS = principals(people=PEOPLE, roles=ROLES, units=("D01.U",))
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


async def add_interest(conn: Connection, one: Interest) -> None:
    await conn.execute(BUREAU, one.bureau_id)
    assert await interests.add(conn, one)


async def add_request(conn: Connection, one: RecusalRequest) -> None:
    await conn.execute(BUREAU, one.bureau_id)
    await conn.execute(ITEM, one.bureau_id, AT)
    await conn.execute(MATTER, one.matter_id, one.bureau_id, AT, ON)
    assert await interests.ask(conn, one)


INTERESTS = VisibleRows(POLICY, "read", "select id from interest", add_interest, interest_resource)
REQUESTS = VisibleRows(POLICY, "read", "select id from recusal_request", add_request, request_resource)


@QUIET
@given(ASKERS, HELD)
async def test_interests(bureau: WorkedBureau, asker: Principal, stored: list[Interest]) -> None:
    await INTERESTS.hold(bureau.db, asker, stored)


@QUIET
@given(ASKERS, ASKED)
async def test_requests(bureau: WorkedBureau, asker: Principal, stored: list[RecusalRequest]) -> None:
    await REQUESTS.hold(bureau.db, asker, stored)
