"""The register of relief decisions: rows visible under row-level security == rows Cedar allows (S1-135)."""

from datetime import UTC, date, datetime

from case_flow.access import POLICY, decision_register
from case_flow.domain.decision_register import FoundDecision
from case_flow.storage import decision_register as register
from case_flow.testing import WorkedBureau
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection, identify
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

ROLES = ("INTERNAL_AUDITOR", "DISCIPLINE_OFFICER", "DISCIPLINE_LEAD", "BUREAU_HEAD", "SECTION_CHIEF")
FOUND = st.lists(
    st.builds(
        FoundDecision,
        bureau_id=st.sampled_from(["D01", "D02"]),
        decision_no=st.uuids().map(str),
        unit_id=st.just("D01.POLICY"),
        decided_on=st.just(date(2026, 8, 1)),
        source=st.just("s"),
        reported_by=st.sampled_from(["D01.a", "core-tax"]),
        reported_at=st.just(datetime(2026, 8, 1, tzinfo=UTC)),
    ),
    max_size=5,
    unique_by=lambda one: one.decision_no,
)
ASKERS = principals(people=("D01.a", "D02.c"), roles=ROLES, scopes=("decisions:report",))


async def add(conn: Connection, one: FoundDecision) -> None:
    core = Principal(kind="client", bureau_id=one.bureau_id, scopes=frozenset({"decisions:report"}))
    await identify(conn, core)
    assert await register.add(conn, one)


def as_resource(one: FoundDecision) -> Resource:
    found = decision_register(one.bureau_id)
    return Resource(found.type, one.decision_no, found.attrs)


REGISTER = VisibleRows(POLICY, "read", "select decision_no as id from decision_register", add, as_resource)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ASKERS, FOUND)
async def test_decisions(bureau: WorkedBureau, asker: Principal, stored: list[FoundDecision]) -> None:
    await REGISTER.hold(bureau.db, asker, stored)
