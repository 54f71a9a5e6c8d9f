"""Events become evidence once and propose upward; who has no clearance sees no trace of what is sealed (§9.4, 10)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_contracts.case_flow.v1 import (
    AlertRaised,
    DeadlineMissed,
    FindingRecorded,
    IncidentConfirmed,
    IncidentSetAside,
)
from plumbline_contracts.complaints.v1 import ComplaintOverturned, ComplaintSubstantiated, RiskSignalRaised
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Connection
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from plumbline_shared.testing.policy import VisibleRows, principals
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow
from risk_registry.domain.evidence_facts import EvidenceKind, Fact
from risk_registry.policies import POLICY
from risk_registry.storage.evidence import add_facts, evidence_scheme_on, facts_of
from risk_registry.storage.evidence_proposals import evidence_proposals
from risk_registry.subscriptions import SUBSCRIPTIONS
from risk_registry.testing import description, put_point
from risk_registry.use_cases.weigh_evidence import on_evidence_batch

POINT = "D01.RP-RELIEF-TIME-02"
PLACED, NOW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 5, 11, 2, tzinfo=UTC)
EXPLAIN = """
query ($id: ID!) {
  gradeExplanation(pointId: $id) {
    grade reviewId proposed words wordsEn svg prior { mean years } posterior { mean years }
    chances { grade prior posterior } shares { share verified kind reference occurredOn }
  }
  evidenceProposals { pointId present proposed status }
}
"""


async def put(runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-RELIEF-TIME-02", RiskGrade.MEDIUM, description(), date(2026, 1, 1), PLACED)


async def receive(runtime: Runtime, event: Message, at: datetime = NOW) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        meta = EventMeta("ev_1", subject_of(event), POINT, 1, at, "D01")
        await SUBSCRIPTIONS[type(event)](Uow(conn, system("D01"), at, meta), event)


def incident(number: int, alert: str = "") -> IncidentConfirmed:
    return IncidentConfirmed(
        incident_id=f"in_{number}", bureau_id="D01", point_id=POINT, occurred_on="2026-05-01",
        confirmed_on="2026-05-11", alert_id=alert,
    )  # fmt: skip


def complaint(incident_id: str = "", point: str = POINT) -> ComplaintSubstantiated:
    return ComplaintSubstantiated(
        complaint_id="cp_1", bureau_id="D01", decided_on="2026-05-11", incident_id=incident_id, point_id=point
    )


RAISED = {"raised_at": Timestamp(seconds=1_777_564_800), "point_id": POINT, "bureau_id": "D01"}
ALERT = AlertRaised(alert_id="al_1", phase="CONTROL_PHASE_EX_POST", **RAISED)
WARNING = AlertRaised(alert_id="al_2", phase="CONTROL_PHASE_EX_ANTE", **RAISED)
MISSED = DeadlineMissed(alert_id="al_1", point_id=POINT, bureau_id="D01")
FINDING = FindingRecorded(
    finding_id="f_1", bureau_id="D01", point_id=POINT, verified=True, found_on="2026-05-01"
)
ASIDE = IncidentSetAside(incident_id="in_1", bureau_id="D01", point_id=POINT, set_aside_on="2026-05-25")
OVERTURNED = ComplaintOverturned(complaint_id="cp_1", bureau_id="D01", decided_on="2026-05-12")


@pytest.mark.parametrize(
    ("events", "effects"),
    [
        ([ALERT, MISSED, ALERT], ["ALERT/al_1"]),
        ([WARNING], []),
        ([ALERT, incident(1, "al_1")], ["ALERT/al_1", "ALERT/al_1/REVERSED", "INCIDENT/in_1"]),
        ([incident(1), ASIDE, ASIDE], ["INCIDENT/in_1", "INCIDENT/in_1/REVERSED"]),
        ([ASIDE], []),
        ([FINDING, FINDING], ["FINDING/f_1"]),
        ([complaint(), OVERTURNED, OVERTURNED], ["COMPLAINT/cp_1", "COMPLAINT/cp_1/REVERSED"]),
        ([complaint("in_1"), complaint(point=""), complaint(point="D02.RP-X"), OVERTURNED], []),
    ],
)
async def test_each_fact_counts_once(runtime: Runtime, events: list[Message], effects: list[str]) -> None:
    await put(runtime)
    for event in events:
        await receive(runtime, event)
    async with runtime.db.read(system("D01")) as conn:
        assert [each.effect for each in await facts_of(conn, POINT)] == effects


async def test_incidents_propose_once_and_change_no_grade(
    runtime: Runtime, clock: ManualClock, act_as: Callable[[str], Principal], graphql: RunGraphQL
) -> None:
    await put(runtime)
    clock.set(NOW)
    for number in range(8):
        await receive(runtime, incident(number))
    async with runtime.db.read(system("D01")) as conn:
        (made,) = await evidence_proposals(conn, "D01")
        assert await conn.fetchval("select count(*) from risk_point_standing") == 1
        assert await conn.fetchval("select count(*) from outbox") == 0
    assert (made.present, made.proposed) == (RiskGrade.MEDIUM, RiskGrade.HIGH)
    assert made.probability >= 0.8
    found = (await graphql(runtime, act_as("D01.ma-qing"), EXPLAIN, {"id": POINT}))["data"]
    assert found["evidenceProposals"] == [
        {"pointId": POINT, "present": "MEDIUM", "proposed": "HIGH", "status": "OPEN"}
    ]
    assert {each["reference"] for each in found["gradeExplanation"]["shares"]} == {
        f"in_{n}" for n in range(8)
    }


async def test_a_reader_without_clearance_sees_no_digit_of_what_is_sealed(
    runtime: Runtime, clock: ManualClock, act_as: Callable[[str], Principal], graphql: RunGraphQL
) -> None:
    """Forty signals, their batch day and the proposal they open: every other reader's answer stays byte for byte."""
    await put(runtime)
    clock.set(datetime(2026, 6, 2, tzinfo=UTC))
    for number in range(3):
        await receive(runtime, incident(number))
    others = ["D01.luo-fang", "D01.chen-gang", "D01.zhou-min", "C01.city-head", "D02.huang-zhen"]

    async def ask(who: str) -> Any:
        return await graphql(runtime, act_as(who), EXPLAIN, {"id": POINT})

    before, cleared = {who: await ask(who) for who in others}, await ask("D01.ma-qing")
    assert before["D01.luo-fang"]["data"]["gradeExplanation"]
    for number in range(40):
        signal = RiskSignalRaised(
            signal_id=f"sg_canary_{number}", bureau_id="D01", point_id=POINT, sealed=True
        )
        await receive(runtime, signal, datetime(2026, 5, 19, 16, tzinfo=UTC))
    async with runtime.db.transaction(system("D01")) as conn:
        at = datetime(2026, 5, 31, 16, tzinfo=UTC)
        await on_evidence_batch(
            Uow(conn, system("D01"), at), Timer("tm", "D01", "evidence_batch", "D01", at, {})
        )
    assert {who: await ask(who) for who in others} == before
    answer = before["D01.luo-fang"]["data"]
    assert answer["evidenceProposals"] == []
    assert {each["reference"] for each in answer["gradeExplanation"]["shares"]} == {None}
    after = await ask("D01.ma-qing")
    assert after != cleared
    assert "sg_canary_0" in str(after)
    async with runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from evidence where effect like '%canary%'") == 0
        assert await conn.fetchval("select count(*) from outbox") == 0


async def test_the_shipped_scheme_caps_unverified_sources(runtime: Runtime) -> None:
    async with runtime.db.read(system("D01")) as conn:
        scheme = await evidence_scheme_on(conn, date(2026, 5, 1))
    assert scheme.rules.unverified_cap == 0.27
    assert {kind for kind, each in scheme.weights.items() if not each.verified} == {
        EvidenceKind.ALERT, EvidenceKind.UNSIGNED_FINDING, EvidenceKind.SIGNAL
    }  # fmt: skip
    assert set(scheme.weights) == set(EvidenceKind)


POSTS = ["D01.POLICY.chief", "D01.POLICY.reviewer", "D01.TO-2.chief"]
WHO = principals(
    people=["D01.a", "D01.b"],
    roles=["BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "LEGAL_OFFICER", "SECTION_CHIEF"],
    posts=POSTS,
    bureaus=("D01", "D01", "D02"),
)
Row = tuple[int, tuple[str, ...]]


async def insert(conn: Connection, row: Row) -> None:
    text = description(row[1])
    id_ = await put_point(conn, f"RP-{row[0]:03d}", RiskGrade.LOW, text, date(2026, 1, 1), PLACED)
    known = PLACED + timedelta(days=1)
    await add_facts(
        conn, [Fact(f"ALERT/{id_}", "ev", id_, "D01", EvidenceKind.ALERT, "al", known.date(), known)]
    )


def resource(row: Row) -> Resource:
    return Resource("RiskPoint", f"D01.RP-{row[0]:03d}", {"bureau": "D01", "posts": row[1], "units": ()})


READ = VisibleRows(POLICY, "read_evidence", "select point_id from evidence", insert, resource)
ROWS = st.lists(
    st.tuples(st.integers(1, 99), st.lists(st.sampled_from(POSTS), max_size=2, unique=True).map(tuple)),
    max_size=4,
    unique_by=lambda row: row[0],
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=WHO, rows=ROWS)
async def test_rows_and_policy_agree_on_who_reads_evidence(
    runtime: Runtime, who: Principal, rows: list[Row]
) -> None:
    await READ.hold(runtime.db, who, rows, author=system("D01"))
