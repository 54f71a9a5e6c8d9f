"""Rows visible under row-level security are the rows that Cedar allows."""

from datetime import UTC, datetime

import pytest
from education.domain.alert import EducationAlert
from education.domain.assignment import Assignment
from education.policies import POLICY, alert_resource, assignment_resource
from education.storage.alerts import raise_alert
from education.testing import As, assignment, put
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals

NAMES, UNITS, BUREAUS = ("wu-bin", "yuan-qi", "bai-xue"), ("TO-6", "TO-7"), ("D01", "D02")
ROLES = (
    "BUREAU_HEAD", "DEPUTY_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "SECTION_CHIEF", "OFFICE_CHIEF",
    "EDUCATION_ADMIN", "HR_OFFICER", "INTERNAL_AUDITOR", "TAX_ADMINISTRATOR",
)  # fmt: skip
WHO = principals(
    people=[f"{bureau}.{name}" for bureau in BUREAUS for name in NAMES],
    roles=ROLES,
    units=[f"{bureau}.{unit}" for bureau in BUREAUS for unit in UNITS],
)
NOW = datetime(2026, 3, 24, tzinfo=UTC)
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@st.composite
def stored(draw: st.DrawFn) -> list[Assignment]:
    wanted = draw(
        st.lists(
            st.tuples(
                st.sampled_from(NAMES), st.sampled_from(UNITS), st.sampled_from(BUREAUS),
                st.sampled_from(["system", *NAMES]),
            ),
            max_size=6,
        )
    )  # fmt: skip
    return [
        assignment(f"ea_{number}", who, unit, bureau=bureau, by=by)
        for number, (who, unit, bureau, by) in enumerate(wanted)
    ]


async def insert(conn: Connection, one: Assignment) -> None:
    await conn.execute("select set_config('plumbline.bureau', $1, true)", one.bureau_id)
    await put(conn, one)


async def insert_with_alert(conn: Connection, one: EducationAlert) -> None:
    who, unit = one.person_id.partition(".")[2], one.unit_id.partition(".")[2]
    about = assignment(one.assignment_id, who, unit, bureau=one.bureau_id)
    await insert(conn, about)
    await raise_alert(conn, one.id, about, NOW)


ASSIGNMENTS = VisibleRows(POLICY, "view", "select id from assignment_state", insert, assignment_resource)
ALERTS = VisibleRows(POLICY, "read", "select id from education_alert", insert_with_alert, alert_resource)


@FEW
@given(who=WHO, rows=stored())
async def test_assignments_visible_are_assignments_allowed(
    runtime: Runtime, who: Principal, rows: list[Assignment]
) -> None:
    await ASSIGNMENTS.hold(runtime.db, who, rows)


@FEW
@given(who=WHO, rows=stored())
async def test_alerts_visible_are_alerts_allowed(
    runtime: Runtime, who: Principal, rows: list[Assignment]
) -> None:
    alerts = [
        EducationAlert(
            f"al_{one.id}", one.id, one.bureau_id, one.person_id, one.unit_id, "EDUCATION_OVERDUE", "LOW", NOW
        )
        for one in rows
    ]
    await ALERTS.hold(runtime.db, who, alerts)


VIEWERS = {
    "wu-bin": True,  # oneself
    "fang-lei": True,  # chief of TO-7
    "tang-li": True,  # deputy in charge of the offices
    "huang-zhen": True,
    "ma-qing": True,
    "deng-yi": True,
    "xie-tao": True,
    "yuan-qi": False,  # colleague in the same office
    "pan-yu": False,  # chief of another office
    "zhou-min": False,  # deputy in charge of other units
    "bai-xue": False,  # discipline officer who did not assign it
    "luo-fang": False,
    "operator-07": False,
}
READERS = {"wu-bin", "fang-lei", "deng-yi"}


@pytest.mark.parametrize(("name", "sees"), VIEWERS.items())
async def test_who_sees_an_assignment_and_its_alert(
    runtime: Runtime, act_as: As, name: str, sees: bool
) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put(conn, assignment())
        await raise_alert(conn, "al_1", assignment(), NOW)
    async with runtime.db.read(act_as(f"D01.{name}")) as conn:
        assert bool(await conn.fetchval("select count(*) from assignment_state")) is sees
        assert bool(await conn.fetchval("select count(*) from education_alert")) is (name in READERS)


async def test_nobody_changes_or_deletes_what_happened(runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put(conn, assignment())
    for table in ("batch", "assignment", "attempt", "completion", "waiver", "education_alert", "curriculum"):
        for statement in (f"delete from {table}", f"update {table} set {_column(table)} = {_column(table)}"):  # noqa: S608
            with pytest.raises(Exception, match="permission denied"):
                async with runtime.db.transaction(system("D01")) as conn:
                    await conn.execute(statement)


def _column(table: str) -> str:
    return "code" if table == "curriculum" else "bureau_id"
