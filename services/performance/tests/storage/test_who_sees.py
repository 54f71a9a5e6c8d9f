"""Rows visible under row-level security are the rows Cedar allows (requirements §5.3, column Score)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from performance.domain.ledger import Entry, EntryKind
from performance.domain.rules import RuleCode
from performance.domain.subjects import Subject, SubjectKind, person, unit
from performance.permissions import POLICY, deputy_post_of, score_resource
from performance.storage.entries import add
from plumbline_org.testing import linjiang
from plumbline_shared.principal import system
from plumbline_shared.testing.policy import VisibleRows, principals

ORGS = {bureau: linjiang(bureau) for bureau in ("D01", "D02")}
UNITS = ["D01.POLICY", "D01.TO-3", "D01.OFFICE", "D02.POLICY"]
PEOPLE = ["D01.chen-gang", "D01.lin-jie", "D02.chen-gang"]
NOW = datetime(2026, 6, 4, tzinfo=UTC)

everybody = principals(
    people=PEOPLE,
    roles=[
        "BUREAU_HEAD",
        "DEPUTY_HEAD",
        "DISCIPLINE_LEAD",
        "DISCIPLINE_OFFICER",
        "SECTION_CHIEF",
        "OFFICE_CHIEF",
        "SUPERVISION_OFFICE",
        "INTERNAL_AUDITOR",
        "HR_OFFICER",
    ],
    units=UNITS,
    posts=["D01.LEAD.deputy-1", "D01.LEAD.deputy-2", "D02.LEAD.deputy-1"],
)
subjects = st.sampled_from([*map(unit, UNITS), *map(person, PEOPLE)])


def entry(subject: Subject) -> Entry:
    return Entry(
        id=f"{subject.kind}/{subject.id}",
        kind=EntryKind.POSTED,
        subject=subject,
        bureau_id=subject.id[:3],
        unit_id=subject.id if subject.kind is SubjectKind.UNIT else f"{subject.id[:3]}.POLICY",
        rule=RuleCode.SR_01,
        rule_set_version="DEMO-2026",
        points=Decimal("-2.0"),
        event_id="ev",
        incident_id=None,
        occurred_on=date(2026, 5, 1),
        recorded_at=NOW,
    )


def resource(subject: Subject):
    org = ORGS[subject.id[:3]]
    return score_resource(subject, org.bureau.id, deputy_post_of(org, subject.id), entry(subject).id)


async def insert(conn, subject: Subject) -> None:
    await add(conn, [entry(subject)])


EQUAL = VisibleRows(POLICY, "read", "select id from entry", insert, resource)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(principal=everybody, rows=st.lists(subjects, unique=True))
async def test_rows_visible_are_rows_allowed(performance, principal, rows) -> None:
    await EQUAL.hold(performance.db, principal, rows)


LEDGER = {
    "entry": "reason",
    "fact": "identity",
    "rule_set": "version",
    "reversal_request": "reason",
    "reversal_decision": "decided_by",
}


async def test_the_ledger_is_only_ever_added_to(performance) -> None:
    for table, column in LEDGER.items():
        for statement in (f"delete from {table}", f"update {table} set {column} = 'x'"):  # noqa: S608
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with performance.db.transaction(system()) as conn:
                    await conn.execute(statement)


async def test_nobody_but_the_service_reads_facts(performance, person) -> None:
    head = person("D01.huang-zhen", roles={"BUREAU_HEAD", "SUPERVISION_OFFICE"})
    async with performance.db.transaction(system()) as conn:
        await conn.execute("insert into fact values ('i', 'D01', 'ev', '{k}', 'DEMO-2026', '{}', now())")
    async with performance.db.read(head) as conn:
        assert await conn.fetch("select * from fact") == []
