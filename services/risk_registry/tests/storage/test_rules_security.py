"""Rules, drafts, findings and self-checks: rows visible under row-level security are the rows that Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection, identify
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.catalogue import Conduct, Control, ControlFamily, Entry, EntryKind
from risk_registry.domain.entry_drafts import EntryDraft
from risk_registry.domain.identification import Line, Saved, Step
from risk_registry.domain.processes import Graph, StepFunction
from risk_registry.domain.processes import Step as ProcessStep
from risk_registry.domain.reform import Disposition, DispositionKind
from risk_registry.domain.segregation import Violation
from risk_registry.domain.self_checks import Advice, Cycle, Reached, SelfCheck, Stage
from risk_registry.policies import (
    POLICY,
    disposition_resource,
    entry_resource,
    finding_resource,
    process_resource,
    self_check_resource,
)
from risk_registry.storage.catalogue import record_entry
from risk_registry.storage.dispositions import classify
from risk_registry.storage.entry_drafts import add_draft
from risk_registry.storage.findings import add_findings
from risk_registry.storage.identification import add_step
from risk_registry.storage.processes import add_graph, add_version, load_versions, publish
from risk_registry.storage.self_checks import add_advice, add_check, add_cycle
from risk_registry.testing import description, put_point

DAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = ["D01.a", "D01.b"]
UNITS = ["D01.POLICY", "D01.TO-2"]
POSTS = ["D01.POLICY.chief", "D01.TO-2.officer"]
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "INTERNAL_AUDITOR", "DEPUTY_HEAD",
    "SECTION_CHIEF", "OFFICE_CHIEF", "SUPERVISION_OFFICE", "TAX_ADMINISTRATOR", "ROLLOUT_ADMIN",
]  # fmt: skip
WHO = principals(people=PEOPLE, roles=ROLES, units=UNITS, posts=POSTS, bureaus=("D01", "D01", "D02"))
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
GRAPH = Graph("t", (ProcessStep("a", "a", StepFunction.ACCEPT),), 5)


@dataclass(frozen=True)
class Row:
    """One row of any of the tables: what may differ, its number aside."""

    number: int
    unit: str
    person: str
    post: str
    flag: bool


ROWS = st.lists(
    st.builds(
        Row, number=st.integers(1, 99), unit=st.sampled_from(UNITS), person=st.sampled_from(PEOPLE),
        post=st.sampled_from(POSTS), flag=st.booleans(),
    ),
    max_size=4, unique_by=lambda row: row.number,
)  # fmt: skip


def entry(row: Row) -> Entry:
    if row.flag:
        body = Control("c", ControlFamily.SYSTEM, AlertPhase.EX_POST, "R#1")
        return Entry(EntryKind.CONTROL, f"E-{row.number:02d}", body)
    return Entry(EntryKind.CONDUCT, f"E-{row.number:02d}", Conduct("c", prohibited=True))


async def insert_entry(conn: Connection, row: Row) -> None:
    await record_entry(conn, "D01", entry(row), False, DAY, NOW, "D01.a")


READ_ENTRIES = VisibleRows(
    POLICY, "read", "select kind || '/' || code from bureau_entry", insert_entry,
    lambda row: entry_resource("D01", entry(row).kind, entry(row).code),
)  # fmt: skip


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_entries(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ_ENTRIES.hold(runtime.db, who, rows, author=system("D01"))


async def insert_draft(conn: Connection, row: Row) -> None:
    body = {"title_zh": "c", "prohibited": True}
    draft = EntryDraft(str(row.number), EntryKind.CONDUCT, "E-1", body, False, DAY, row.person, NOW)
    await add_draft(conn, "D01", draft)


READ_DRAFTS = VisibleRows(
    POLICY, "read_drafts", "select id from entry_draft", insert_draft,
    lambda row: Resource("Rules", str(row.number), {"bureau": "D01"}),
)  # fmt: skip


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_drafts_of_rules(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ_DRAFTS.hold(runtime.db, who, rows, author=system("D01"))


async def insert_version(conn: Connection, row: Row) -> None:
    id_ = f"pv_{row.number}"
    await add_version(conn, id_, "D01", f"P{row.number}", 1, None, row.unit, "D01.a", NOW)
    await add_graph(conn, id_, "D01", GRAPH, "D01.a", NOW)
    if row.flag:
        (version,) = await load_versions(conn, "D01", [id_])
        await publish(conn, version, DAY, "D01.b", NOW)


def version_resource(row: Row) -> Resource:
    return process_resource(f"pv_{row.number}", "D01", row.unit, published=row.flag)


READ_VERSIONS = VisibleRows(
    POLICY, "read", "select id from process_version", insert_version, version_resource
)
READ_GRAPHS = VisibleRows(
    POLICY, "read", "select version_id from process_draft", insert_version, version_resource
)


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_versions_and_their_graphs(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ_VERSIONS.hold(runtime.db, who, rows, author=system("D01"))
    await READ_GRAPHS.hold(runtime.db, who, rows, author=system("D01"))


async def insert_disposition(conn: Connection, row: Row) -> None:
    draft = Row(row.number, row.unit, row.person, row.post, flag=False)
    await insert_version(conn, draft)
    point = await put_point(conn, f"RP-{row.number:03d}", RiskGrade.LOW, description(), DAY, NOW)
    given = Disposition(point, DispositionKind.TRANSFERRED_TO_POST, "a", "a", row.post)
    await classify(conn, "D01", f"pv_{row.number}", given, "D01.a", NOW)


READ_DISPOSITIONS = VisibleRows(
    POLICY, "read", "select replace(version_id, 'pv_', '') from risk_disposition", insert_disposition,
    lambda row: disposition_resource(row.number, "D01", row.unit, row.post),
)  # fmt: skip


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_dispositions(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ_DISPOSITIONS.hold(runtime.db, who, rows, author=system("D01"))


async def insert_finding(conn: Connection, row: Row) -> None:
    await add_findings(
        conn, "D01", [Violation(f"SOD-{row.number}", row.person, (row.post,), ("x",))], "s", NOW
    )


READ_FINDINGS = VisibleRows(
    POLICY, "read", "select rule from sod_finding", insert_finding,
    lambda row: finding_resource(f"SOD-{row.number}", "D01"),
)  # fmt: skip


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_findings(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ_FINDINGS.hold(runtime.db, who, rows, author=system("D01"))


async def insert_check(conn: Connection, row: Row) -> None:
    cycle = f"ic_{row.number}"
    first = Reached(Stage.IDENTIFY, NOW, "D01.a")
    await add_cycle(conn, "D01", Cycle(cycle, "t", DAY, DAY, (first,)))
    given = SelfCheck(f"sc_{row.number}", cycle, row.person, row.post, row.unit, (), True, NOW)
    await add_check(conn, "D01", given)
    await add_advice(conn, "D01", Advice(f"pa_{row.number}", cycle, (), "x", row.person, "", "", ""), NOW)


async def insert_step(conn: Connection, row: Row) -> None:
    """As its officer: nobody saves a step for another."""
    cycle = f"ic_{row.number}"
    first = Reached(Stage.IDENTIFY, NOW, "D01.a")
    await add_cycle(conn, "D01", Cycle(cycle, "t", DAY, DAY, (first,)))
    await identify(conn, Principal("person", row.person, "D01"))
    saved = Saved(Step.DUTIES, (Line("D-1", "x"),), NOW)
    await add_step(conn, "D01", cycle, (row.person, row.post, row.unit), saved)
    await identify(conn, system("D01"))


READ_CHECKS = VisibleRows(
    POLICY, "read", "select id from self_check", insert_check,
    lambda row: self_check_resource(f"sc_{row.number}", "D01", row.person, row.unit),
)  # fmt: skip
READ_ADVICE = VisibleRows(
    POLICY, "read", "select id from prevention_advice", insert_check,
    lambda row: finding_resource(f"pa_{row.number}", "D01"),
)  # fmt: skip


READ_STEPS = VisibleRows(
    POLICY, "read", "select replace(cycle_id, 'ic_', 'sc_') from identification_step", insert_step,
    lambda row: self_check_resource(f"sc_{row.number}", "D01", row.person, row.unit),
)  # fmt: skip


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_saved_steps_of_identification(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ_STEPS.hold(runtime.db, who, rows, author=system("D01"))


@RELAXED
@given(who=WHO, rows=ROWS)
async def test_self_checks_and_advice(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ_CHECKS.hold(runtime.db, who, rows, author=system("D01"))
    await READ_ADVICE.hold(runtime.db, who, rows, author=system("D01"))
