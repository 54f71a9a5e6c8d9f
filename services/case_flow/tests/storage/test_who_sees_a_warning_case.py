"""Warning material and its drafts: rows visible under row-level security == rows Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from case_flow.domain.alert import Alert, AlertPhase, AlertState
from case_flow.domain.definition import Text
from case_flow.domain.incident import Incident, IncidentLevel, RootCause
from case_flow.domain.inquiry import Inquiry, InquiryState
from case_flow.domain.warning_case import WarningCase, WarningContent, WarningDraft
from case_flow.storage import alert as alerts
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.storage import warning_case as store
from case_flow.testing import WorkedBureau
from case_flow.warning_access import POLICY, case_resource, draft_resource
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = ("D01.a", "D02.c")
ROLES = ("BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER")
SYSTEM = "select set_config('plumbline.bureau', $1, true), set_config('plumbline.actor', 'system', true)"
WORD = Text(zh="甲", en="A")
CONTENT = WarningContent(title=WORD, facts=WORD, causes=WORD, lesson=WORD)
AT, ON = datetime(2026, 6, 1, tzinfo=UTC), date(2026, 6, 1)


@dataclass(frozen=True)
class Row:
    """One draft or case, as far as visibility asks."""

    id: str
    bureau: str


rows = st.lists(
    st.builds(Row, id=st.uuids().map(str), bureau=st.sampled_from(["D01", "D02"])), max_size=4, unique_by=lambda one: one.id
)  # fmt: skip


async def add_draft(conn: Connection, row: Row) -> None:
    await conn.execute(SYSTEM, row.bureau)
    alert = Alert(
        row.id, row.bureau, row.id, "k", AlertPhase.EX_POST, AlertState.RAISED, RiskGrade.LOW, None, None, ("u",), (), "",
        {}, "p", AT,
    )  # fmt: skip
    await alerts.record(conn, alert)
    incident = Incident(
        row.id, row.bureau, "k", IncidentLevel.ORDINARY, RootCause.WORKLOAD, row.id, None, None, RiskGrade.LOW,
        "u", ON, ON, "x", 0, "",
    )  # fmt: skip
    await incidents.add(conn, incident, ())
    about = Inquiry(row.id, row.bureau, row.id, "u", InquiryState.PROPOSED, "", "x", ON)
    await inquiries.add(conn, about)
    await store.put(conn, WarningDraft(row.id, row.bureau, row.id, row.id, CONTENT, "x"), AT)


async def add_case(conn: Connection, row: Row) -> None:
    await conn.execute(SYSTEM, row.bureau)
    await store.add(conn, WarningCase(row.id, row.bureau, CONTENT, "k", "c", "", "", "l", "LOW", 2026, ON))


def as_case(row: Row) -> Resource:
    return case_resource(row.bureau, row.id)


def as_draft(row: Row) -> Resource:
    return draft_resource(row.bureau, row.id)


CASES = VisibleRows(POLICY, "read", "select id from warning_case", add_case, as_case)
DRAFTS = VisibleRows(POLICY, "read", "select id from warning_draft", add_draft, as_draft)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(principals(people=PEOPLE, roles=ROLES), rows)
async def test_cases(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await CASES.hold(bureau.db, asker, stored)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(principals(people=PEOPLE, roles=ROLES), rows)
async def test_drafts(bureau: WorkedBureau, asker: Principal, stored: list[Row]) -> None:
    await DRAFTS.hold(bureau.db, asker, stored)
