"""The special audit of an extension, tenure on a person, and the timeline: each to those whom it is for (SoD-12, R21)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient, Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_org.parts import Span
from plumbline_org.principal import principal_of
from plumbline_org.testing import linjiang, person, seed_replica
from plumbline_shared.auth import ANONYMOUS_CLAIMS, Claims
from plumbline_shared.clock import ManualClock, today
from plumbline_shared.database import Connection, identify
from plumbline_shared.errors import PlumblineError
from plumbline_shared.principal import Principal, system
from plumbline_shared.problems import on_plumbline_error
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.api.downloads import routes
from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.catalogue import Control, ControlFamily, Entry, EntryKind
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import audit_resource
from risk_registry.storage.catalogue import record_entry
from risk_registry.storage.rotation import AskedExtension, add_extension
from risk_registry.storage.rotation_audits import AuditResult, RotationAudit, add_audit
from risk_registry.testing import description, put_point
from risk_registry.use_cases.extend_rotation import (
    AskExtension,
    DecideExtension,
    ask_extension,
    decide_extension,
)
from starlette.applications import Starlette

Ask = Callable[..., Any]
B = "R04"
LIN, POST = f"{B}.lin-jie", f"{B}.POLICY.reviewer"
AT, YEAR = datetime(2025, 1, 1, tzinfo=UTC), date(2025, 1, 1)
AUDITS = (
    "{ rotationAudits { extensionId person { id } control dueOn overdue result finding auditedBy { id } } }"
)
RECORD = """mutation ($i: RecordRotationAuditInput!) {
  recordRotationAudit(input: $i) { extensionId userErrors { code } } }"""
TENURE = """query ($id: ID!, $on: Date) { _entities(representations: [{__typename: "Person", id: $id}]) {
  ... on Person { tenure(asOf: $on) { post { id } grade heldSince monthsHeld limitOn state daysLeft } } } }"""
TIMELINE = "query ($unit: ID) { rotationTimeline(unit: $unit) }"


class Bureau:
    """A bureau in which Lin Jie's limit of 2026-07-01 was extended, an audit standing in."""

    def __init__(self, runtime: Runtime, clock: ManualClock, graphql: RunGraphQL) -> None:
        self.runtime, self.clock, self.graphql = runtime, clock, graphql
        small = linjiang(B)
        lin = person(B, "lin-jie", "林杰", "POLICY.reviewer", ("REVIEWER",), span=Span(date(2021, 7, 1)))
        lin = replace(lin, name_en="Lin Jie")
        auditor = person(B, "auditor", "审计", "OFFICE.audit", ("INTERNAL_AUDITOR",))
        self.org = replace(small, persons={**small.persons, LIN: lin, auditor.id: auditor})

    def who(self, name: str) -> Principal:
        return principal_of(self.org, f"{B}.{name}", today(self.clock))

    async def ask(self, who: str, document: str, **variables: Any) -> Any:
        answer = await self.graphql(self.runtime, self.who(who), document, variables)
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    async def record(self, who: str, extension: str, result: str = "CLEAR", **given: Any) -> list[str]:
        wanted = {"extensionId": extension, "result": result, "auditedOn": "2026-08-20", **given}
        done = await self.ask(who, RECORD, i={"clientMutationId": uuid4().hex, **wanted})
        return [each["code"] for each in done["userErrors"]]

    async def extended(self) -> str:
        asking = AskExtension(LIN, POST, date(2026, 9, 30), "无人接替", "CT-AUDIT", date(2026, 8, 31))
        asked = await self.runtime.execute(self.who("xie-tao"), ask_extension, asking)
        assert await self.record("auditor", asked.id) == ["NOT_FOUND"]
        deciding = DecideExtension(asked.id, True, "同意")
        await self.runtime.execute(self.who("huang-zhen"), decide_extension, deciding)
        return asked.id


@pytest_asyncio.fixture
async def bureau(runtime: Runtime, clock: ManualClock, graphql: RunGraphQL) -> Bureau:
    clock.set(datetime(2026, 6, 20, 2, tzinfo=UTC))
    one = Bureau(runtime, clock, graphql)
    async with runtime.db.transaction(system(B)) as conn:
        await seed_replica(conn, one.org)
        await put_point(conn, "RP-A", RiskGrade.HIGH, description([POST], f"{B}.POLICY"), YEAR, AT, B)
        control = Control("专项审计", ControlFamily.EXTERNAL, AlertPhase.EX_POST, "R#1")
        await record_entry(conn, B, Entry(EntryKind.CONTROL, "CT-AUDIT", control), False, YEAR, AT, "x")
    return one


async def test_an_audit_is_due_then_overdue_then_has_its_result_once(bureau: Bureau) -> None:
    extension = await bureau.extended()
    (due,) = await bureau.ask("xie-tao", AUDITS)
    assert due == {
        "extensionId": extension, "person": {"id": LIN}, "control": "CT-AUDIT", "dueOn": "2026-08-31", "overdue": False,
        "result": None, "finding": None, "auditedBy": None,
    }  # fmt: skip
    bureau.clock.set(datetime(2026, 9, 1, 2, tzinfo=UTC))
    assert (await bureau.ask("huang-zhen", AUDITS))[0]["overdue"] is True
    for who in ("xie-tao", "huang-zhen", "lin-jie", "bai-xue", "chen-gang"):
        assert await bureau.record(who, extension) == ["NOT_FOUND"]
    for wrong in (
        {"auditedOn": "2026-06-19"}, {"auditedOn": "2026-09-02"}, {"result": "FINDINGS"},
    ):  # fmt: skip
        assert await bureau.record("auditor", extension, **wrong) == ["INVALID_INPUT"]
    assert await bureau.record("auditor", extension, "FINDINGS", finding="两笔未复核") == []
    assert await bureau.record("auditor", extension) == ["AUDIT_RECORDED"]
    (found,) = await bureau.ask("ma-qing", AUDITS)
    assert (found["result"], found["finding"], found["overdue"]) == ("FINDINGS", "两笔未复核", False)
    assert found["auditedBy"] == {"id": f"{B}.auditor"}
    for who in ("lin-jie", "chen-gang", "zhou-min", "bai-xue"):
        assert await bureau.ask(who, AUDITS) == []


async def test_tenure_is_on_the_person_for_whom_it_may_be_known(bureau: Bureau) -> None:
    own = {
        "post": {"id": POST}, "grade": "HIGH", "heldSince": "2021-07-01", "monthsHeld": 59, "limitOn": "2026-07-01",
        "state": "DUE_SOON", "daysLeft": 11,
    }  # fmt: skip
    for who, seen in {
        "lin-jie": True, "chen-gang": True, "zhou-min": True, "xie-tao": True, "huang-zhen": True, "ma-qing": True,
        "tang-li": False, "bai-xue": False, "gu-ping": False, "wu-bin": False,
    }.items():  # fmt: skip
        assert await bureau.ask(who, TENURE, id=LIN) == [{"tenure": [own] if seen else []}]
    (then,) = await bureau.ask("xie-tao", TENURE, id=LIN, on="2026-01-01")
    assert (then["tenure"][0]["monthsHeld"], then["tenure"][0]["state"]) == (54, "IN_TIME")
    for stranger in ("D01.lin-jie", f"{B}.nobody"):
        assert await bureau.ask("xie-tao", TENURE, id=stranger) == [{"tenure": []}]


async def test_the_timeline_says_in_both_languages_who_and_until_when(bureau: Bureau) -> None:
    svg = await bureau.ask("xie-tao", TIMELINE)
    words = [each.text or "" for each in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
    assert any(each.startswith("林杰 Lin Jie · ") and each.endswith("高 High") for each in words)
    assert "将到期 due soon · 2021-07-01 → 2026-07-01 · 剩 11 天 11 days left" in words
    assert {"任期内 in time", "将到期 due soon", "超期 overdue", "延期 extended"} <= set(words)
    for who, unit in (("xie-tao", f"{B}.TO-5"), ("gu-ping", None)):
        assert "林杰" not in await bureau.ask(who, TIMELINE, unit=unit)


class Doors:
    """Tokens that are a person's id."""

    async def authenticate(self, header: str | None) -> Claims:
        return Claims(header, B, "person") if header else ANONYMOUS_CLAIMS


async def test_the_timeline_is_a_file_for_whom_it_may_be_drawn(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bureau.runtime, "authenticator", Doors())
    app = Starlette(
        routes=list(routes(bureau.runtime)), exception_handlers={PlumblineError: on_plumbline_error}
    )
    async with AsyncClient(transport=ASGITransport(app), base_url="http://registry") as http:

        async def fetch(who: str, query: str = "") -> Response:
            headers = {"authorization": f"{B}.{who}"} if who else {}
            return await http.get(f"/rotation.svg{query}", headers=headers)

        drawn = await fetch("xie-tao")
        assert (drawn.status_code, drawn.headers["cache-control"]) == (200, "private, no-store")
        assert drawn.headers["content-type"].startswith("image/svg+xml")
        assert "林杰" in drawn.text
        assert "将到期 due soon · 2" in drawn.text
        assert "将到期 due soon · 2" not in (await fetch("xie-tao", "?asOf=2026-01-01")).text
        assert "林杰" not in (await fetch("xie-tao", f"?unit={B}.TO-5")).text
        assert "林杰" not in (await fetch("gu-ping")).text
        assert (await fetch("xie-tao", "?asOf=later")).status_code == 400
        assert (await fetch("")).status_code == 401


AUDITOR = Principal("person", "D01.auditor", "D01", frozenset({"INTERNAL_AUDITOR"}))
ROLES = [
    "BUREAU_HEAD", "DISCIPLINE_LEAD", "HR_OFFICER", "INTERNAL_AUDITOR", "SECTION_CHIEF", "DISCIPLINE_OFFICER",
    "TAX_ADMINISTRATOR",
]  # fmt: skip
WHO = principals(people=["D01.a", "D01.b"], roles=ROLES, units=["D01.POLICY"], bureaus=("D01", "D01", "D02"))


async def insert(conn: Connection, number: int) -> None:
    day = date(2026, 7, 1)
    later = date(2026, 12, 31)
    asked = AskedExtension(
        f"re_{number}", "ro", "D01.a", "P", "D01.POLICY", day, later, "r", "CT", later, "D01.hr", AT
    )
    await add_extension(conn, "D01", asked)
    await identify(conn, AUDITOR)
    made = RotationAudit(asked.id, AuditResult.FINDINGS, "x", day, "D01.auditor", AT)
    await add_audit(conn, "D01", made)
    await identify(conn, system("D01"))


READ = VisibleRows(
    POLICY,
    "read",
    "select extension_id from rotation_audit",
    insert,
    lambda n: audit_resource(f"re_{n}", "D01"),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=WHO, rows=st.lists(st.integers(1, 99), max_size=3, unique=True))
async def test_rows_and_cedar_agree_on_who_reads_an_audit(
    runtime: Runtime, who: Principal, rows: list[int]
) -> None:
    await READ.hold(runtime.db, who, rows, author=system("D01"))
