"""Adjudications, referrals and cases about staff: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from case_flow.access import POLICY
from case_flow.adjudication_access import adjudication_resource
from case_flow.domain.adjudication import Adjudication, AdjudicationState
from case_flow.domain.discretion import Party
from case_flow.domain.referral import Addressee, Referral, ReferralKind
from case_flow.domain.staff_case import StaffCase, StaffCaseState
from case_flow.referral_access import referral_resource, staff_case_resource
from case_flow.storage import adjudication as adjudications
from case_flow.storage import participant
from case_flow.storage import referral as referrals
from case_flow.storage import staff_case as cases
from case_flow.testing import WorkedBureau
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = ("D01.a", "D01.b", "D02.c")
ROLES = ("BUREAU_HEAD", "LEGAL_OFFICER", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "PROCURATORATE_LIAISON")
AT, DAY = datetime(2026, 8, 1, tzinfo=UTC), date(2026, 8, 1)
AUTHOR = """
select set_config('plumbline.bureau', $1, true), set_config('plumbline.person', 'x', true),
       set_config('plumbline.actor', 'person', true)
"""
ITEM = """
insert into item_version (bureau_id, item_code, version, content_hash, definition, source, published_at, published_by)
values ($1, 'I', 1, 'h', '{}', '', now(), 'x') on conflict do nothing
"""
MATTER = """
insert into matter (id, bureau_id, case_ref, item_code, item_version, item_hash, domain, state, title, unit_id, people,
                    units, accepted_at, accepted_on)
values ($1, $2, $1, 'I', 1, 'h', '', 'IN_HAND', 't', 'U', '{}', '{}', $3, $4)
"""


@dataclass(frozen=True)
class Row:
    """One object, as far as visibility asks."""

    id: str
    bureau: str
    people: frozenset[str]
    subjects: frozenset[str]


rows = st.lists(
    st.builds(
        Row,
        id=st.uuids().map(str),
        bureau=st.sampled_from(["D01", "D02"]),
        people=st.frozensets(st.sampled_from(PEOPLE)),
        subjects=st.frozensets(st.sampled_from(PEOPLE)),
    ),
    max_size=4,
    unique_by=lambda row: row.id,
)
askers = principals(people=PEOPLE, roles=ROLES, units=("D01.U1",))
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def adjudication_of(row: Row) -> Adjudication:
    return Adjudication(
        row.id, row.bureau, row.id, AdjudicationState.PROPOSED, Party.CITIZEN, 1, "d", "p", "x", DAY, "t"
    )


def referral_of(row: Row) -> Referral:
    return Referral(
        row.id, row.bureau, ReferralKind.MAJOR_MATTER, Addressee.SUPERIOR, False, "U", "t", "s", DAY, "x", AT, "p"
    )  # fmt: skip


def case_of(row: Row) -> StaffCase:
    people = (tuple(sorted(row.subjects)), StaffCaseState.LEAD, "x", AT, tuple(sorted(row.people)))
    return StaffCase(row.id, row.bureau, row.id, "REPORTED", "l", *people)


async def _begin(conn: Connection, row: Row) -> None:
    await conn.execute(AUTHOR, row.bureau)
    await conn.execute(ITEM, row.bureau)
    await conn.execute(MATTER, row.id, row.bureau, AT, DAY)
    await participant.add(conn, row.bureau, row.id, [(person, "MEMBER") for person in row.people], AT)


async def add_adjudication(conn: Connection, row: Row) -> None:
    await _begin(conn, row)
    await adjudications.add(conn, adjudication_of(row))


async def add_referral(conn: Connection, row: Row) -> None:
    await _begin(conn, row)
    await referrals.add(conn, referral_of(row))


async def add_case(conn: Connection, row: Row) -> None:
    await _begin(conn, row)
    await cases.add(conn, case_of(row))


def adjudication_resources(row: Row) -> Resource:
    return adjudication_resource(adjudication_of(row), row.people)


def referral_resources(row: Row) -> Resource:
    return referral_resource(referral_of(row), row.people)


ADJUDICATIONS = VisibleRows(
    POLICY, "read", "select id from adjudication", add_adjudication, adjudication_resources
)
REFERRALS = VisibleRows(POLICY, "read", "select id from referral", add_referral, referral_resources)
CASES = VisibleRows(
    POLICY, "read", "select id from staff_case", add_case, lambda row: staff_case_resource(case_of(row))
)


@quick
@given(askers, rows)
async def test_adjudications(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await ADJUDICATIONS.hold(bureau.db, asker, stored)


@quick
@given(askers, rows)
async def test_referrals(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await REFERRALS.hold(bureau.db, asker, stored)


@quick
@given(askers, rows)
async def test_cases_about_staff(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await CASES.hold(bureau.db, asker, stored)
