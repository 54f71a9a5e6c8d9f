"""A holder of a HIGH post comes to the limit of five years: notices, overdue months, extension, the end (S2-021)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import uuid4

import pytest
import pytest_asyncio
from google.protobuf import json_format
from plumbline_contracts.directory.v1 import PersonChanged
from plumbline_contracts.registry import message_type_of
from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.parts import Span
from plumbline_org.principal import principal_of
from plumbline_org.testing import linjiang, person, seed_replica
from plumbline_shared.clock import SHANGHAI, ManualClock, local_date
from plumbline_shared.errors import NotFound, PlumblineError
from plumbline_shared.events import EventMeta
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.timers import run_due
from plumbline_shared.use_case import Uow
from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.avoidance import Relation
from risk_registry.domain.catalogue import Control, ControlFamily, Entry, EntryKind
from risk_registry.domain.standing import PointState, Standing
from risk_registry.storage.catalogue import record_entry
from risk_registry.storage.standings import add_standings
from risk_registry.subscriptions import SUBSCRIPTIONS, TIMERS
from risk_registry.testing import description, put_point
from risk_registry.use_cases.check_rotation import ScanRotation, grades_change, scan_rotation
from risk_registry.use_cases.extend_rotation import (
    AskExtension,
    DecideExtension,
    ask_extension,
    decide_extension,
)
from risk_registry.use_cases.keep_kin import DeclareKin, WithdrawKin, declare_kin, withdraw_kin
from risk_registry.use_cases.keep_rotation_rule import (
    ApproveRotationRule,
    ProposeRotationRule,
    approve_rotation_rule,
    propose_rotation_rule,
)
from risk_registry.use_cases.plan_rotation import PlanRotation, plan_rotation

B, LIN = "R01", "R01.lin-jie"
POST = f"{B}.POLICY.reviewer"
YEAR = date(2025, 1, 1)
AT = datetime(2025, 1, 1, tzinfo=UTC)
LONG = Span(date(2021, 7, 1))
Result = TypeVar("Result")


def bureau_org() -> Org:
    """D01's cast in a bureau of its own; Lin Jie has reviewed since 2021-07-01, Bai Xue for long."""
    small = linjiang(B)
    lin = person(B, "lin-jie", "林杰", "POLICY.reviewer", ("REVIEWER",), span=LONG)
    return replace(small, persons={**small.persons, LIN: lin})


ORG = bureau_org()


class Bureau:
    """The registry of one bureau on one clock."""

    def __init__(self, runtime: Runtime, clock: ManualClock) -> None:
        self.runtime, self.clock = runtime, clock

    async def at(self, when: str) -> None:
        self.clock.set(datetime.fromisoformat(when).replace(tzinfo=SHANGHAI))
        await run_due(self.runtime.db, self.clock, TIMERS)

    def who(self, name: str) -> Principal:
        return principal_of(ORG, f"{B}.{name}", local_date(self.clock.now()))

    async def do(self, name: str, use_case: Callable[..., Any], command: Any) -> Any:
        return await self.runtime.execute(self.who(name), use_case, command)

    async def refused(self, name: str, use_case: Callable[..., Any], command: Any) -> str:
        with pytest.raises(PlumblineError) as error:
            await self.do(name, use_case, command)
        return error.value.code

    async def told(self) -> list[tuple[str, Any]]:
        async with self.runtime.db.read(system(B)) as conn:
            rows = await conn.fetch("select subject, data::text as data from outbox order by id")
        found = [(row["subject"].rpartition(".")[2], row["subject"], row["data"]) for row in rows]
        return [
            (name, json_format.Parse(data, message_type_of(subject)()))
            for name, subject, data in found
            if name.startswith(("Rotation", "Avoidance"))
        ]

    async def receive(self, event: PersonChanged) -> None:
        now = self.clock.now()
        async with self.runtime.db.transaction(system(B)) as conn:
            meta = EventMeta("ev", "directory.v1.PersonChanged", event.person_id, 1, now, B)
            await SUBSCRIPTIONS[PersonChanged](Uow(conn, system(B), now, meta), event)


def lin_until(until: str, post: str = POST) -> PersonChanged:
    """Lin Jie leaves the post."""
    kept = PersonChanged.Assignment(
        assignment_id="a1", post_id=post, unit_id=f"{B}.POLICY", kind="ASSIGNMENT_KIND_PERMANENT",
        effective_from="2021-07-01", effective_to=until,
    )  # fmt: skip
    return PersonChanged(
        person_id=LIN, bureau_id=B, name="林杰", status="PERSON_STATUS_ACTIVE", assignments=[kept]
    )


@pytest_asyncio.fixture
async def bureau(runtime: Runtime, clock: ManualClock) -> Bureau:
    async with runtime.db.transaction(system(B)) as conn:
        await seed_replica(conn, ORG)
        text = description([POST], f"{B}.POLICY")
        await put_point(conn, "RP-A", RiskGrade.HIGH, text, YEAR, AT, B)
        control = Control("专项审计", ControlFamily.EXTERNAL, AlertPhase.EX_POST, "R#1")
        await record_entry(conn, B, Entry(EntryKind.CONTROL, "CT-AUDIT", control), False, YEAR, AT, "x")
    one = Bureau(runtime, clock)
    await one.at("2026-04-01 09:00")
    await one.do("xie-tao", scan_rotation, ScanRotation())
    return one


EXTENSION = AskExtension(LIN, POST, date(2026, 9, 30), "专业岗位无人接替", "CT-AUDIT", date(2026, 8, 31))


async def test_notices_at_ninety_and_thirty_days_and_overdue_from_midnight(bureau: Bureau) -> None:
    assert await bureau.told() == []
    await bureau.at("2026-04-01 23:59")
    assert await bureau.told() == []
    await bureau.at("2026-04-02 00:00")
    await bureau.at("2026-07-01 23:59")
    soon = await bureau.told()
    assert [(name, one.days_left) for name, one in soon] == [("RotationDueSoon", 90), ("RotationDueSoon", 30)]
    assert (soon[0][1].person_id, soon[0][1].held_since, soon[0][1].due_on) == (
        LIN,
        "2021-07-01",
        "2026-07-01",
    )
    await bureau.at("2026-07-02 00:00")
    _, overdue = (await bureau.told())[-1]
    assert (overdue.overdue_from, overdue.month, overdue.started_on) == (
        "2026-07-02",
        "2026-07",
        "2026-07-02",
    )
    await bureau.at("2026-09-30 12:00")
    months = [(one.month, one.started_on) for name, one in await bureau.told() if name == "RotationOverdue"]
    assert months == [("2026-07", "2026-07-02"), ("2026-08", "2026-08-01"), ("2026-09", "2026-09-01")]


async def test_nothing_is_told_twice(bureau: Bureau) -> None:
    await bureau.at("2026-07-02 09:00")
    before = await bureau.told()
    await bureau.do("huang-zhen", scan_rotation, ScanRotation())
    await bureau.receive(lin_until(""))
    assert await bureau.told() == before


async def test_leaving_the_post_ends_it_on_its_day(bureau: Bureau) -> None:
    await bureau.at("2026-07-20 09:00")
    await bureau.receive(lin_until("2026-08-01"))
    assert [name for name, _ in await bureau.told()][-1] == "RotationOverdue"
    await bureau.at("2026-08-01 00:00")
    name, ended = (await bureau.told())[-1]
    assert (name, ended.resolved_on, ended.outcome) == ("RotationResolved", "2026-08-01", 1)
    await bureau.at("2027-01-01 00:00")
    assert len(await bureau.told()) == 4


async def test_a_move_heard_of_late_ends_it_on_the_day_it_happened(bureau: Bureau) -> None:
    await bureau.at("2026-08-05 09:00")
    await bureau.receive(lin_until("2026-07-25"))
    name, ended = (await bureau.told())[-1]
    assert (name, ended.resolved_on) == ("RotationResolved", "2026-07-25")


async def test_an_extension_needs_two_officers_an_audit_and_an_end(bureau: Bureau) -> None:
    await bureau.at("2026-06-20 09:00")
    for wrong, code in (
        (replace_command(EXTENSION, extended_until=date(2026, 7, 1)), "INVALID_INPUT"),
        (replace_command(EXTENSION, extended_until=date(2027, 7, 2)), "EXTENSION_TOO_LONG"),
        (replace_command(EXTENSION, audit_on=date(2026, 10, 1)), "INVALID_INPUT"),
        (replace_command(EXTENSION, control="CT-NONE"), "INVALID_INPUT"),
        (replace_command(EXTENSION, reason=" "), "INVALID_INPUT"),
        (replace_command(EXTENSION, post="LEGAL.chief"), "INVALID_INPUT"),
    ):
        assert await bureau.refused("xie-tao", ask_extension, wrong) == code
    assert await bureau.refused("huang-zhen", ask_extension, EXTENSION) == "NOT_FOUND"
    asked = await bureau.do("xie-tao", ask_extension, EXTENSION)
    yes = DecideExtension(asked.id, True, "同意")
    assert await bureau.refused("xie-tao", decide_extension, yes) == "NOT_FOUND"
    await bureau.do("huang-zhen", decide_extension, yes)
    assert await bureau.refused("huang-zhen", decide_extension, yes) == "EXTENSION_DECIDED"
    assert await bureau.refused("xie-tao", ask_extension, EXTENSION) == "EXTENSION_TOO_LONG"
    await bureau.at("2026-09-30 23:59")
    after = [(name, getattr(one, "days_left", 0)) for name, one in (await bureau.told())[2:]]
    assert after == [("RotationExtended", 0), ("RotationDueSoon", 90), ("RotationDueSoon", 30)]
    await bureau.at("2026-10-01 00:00")
    name, overdue = (await bureau.told())[-1]
    assert (name, overdue.overdue_from, overdue.month) == ("RotationOverdue", "2026-10-01", "2026-10")


async def test_an_extension_that_is_refused_changes_nothing(bureau: Bureau) -> None:
    asked = await bureau.do("xie-tao", ask_extension, EXTENSION)
    await bureau.do("huang-zhen", decide_extension, DecideExtension(asked.id, False, "应轮岗"))
    await bureau.at("2026-07-02 00:00")
    assert (await bureau.told())[-1][0] == "RotationOverdue"


async def test_an_extension_while_overdue_stops_the_months(bureau: Bureau) -> None:
    await bureau.at("2026-07-10 09:00")
    asked = await bureau.do("xie-tao", ask_extension, EXTENSION)
    await bureau.do("huang-zhen", decide_extension, DecideExtension(asked.id, True, "同意"))
    await bureau.at("2026-09-29 09:00")
    overdue = [one.month for name, one in await bureau.told() if name == "RotationOverdue"]
    assert overdue == ["2026-07"]


async def test_a_regrade_shortens_the_limit_from_its_day(bureau: Bureau) -> None:
    async with bureau.runtime.db.transaction(system(B)) as conn:
        post = f"{B}.TO-5.administrator"
        old = person(B, "he-jun", "何军", "TO-5.administrator", span=Span(date(2019, 6, 1)))
        await seed_replica(conn, replace(ORG, persons={**ORG.persons, old.id: old}))
        point = await put_point(conn, "RP-B", RiskGrade.MEDIUM, description([post]), YEAR, AT, B)
        rise = Standing(PointState.ACTIVE, RiskGrade.HIGH, date(2026, 5, 1), AT)
        await add_standings(conn, B, [(point, rise)])
        await grades_change(Uow(conn, system(B), bureau.clock.now()), B, date(2026, 5, 1))
    await bureau.at("2026-05-02 00:00")
    found = [(name, one.due_on) for name, one in await bureau.told() if one.person_id == f"{B}.he-jun"]
    assert found == [("RotationDueSoon", "2026-05-01"), ("RotationOverdue", "2026-05-01")]
    async with bureau.runtime.db.transaction(system(B)) as conn:
        await add_standings(
            conn, B, [(point, replace(rise, grade=RiskGrade.LOW, valid_from=date(2026, 5, 3)))]
        )
        await grades_change(Uow(conn, system(B), bureau.clock.now()), B, date(2026, 5, 3))
    await bureau.at("2026-05-03 00:00")
    name, ended = (await bureau.told())[-1]
    assert (name, ended.outcome, ended.resolved_on) == ("RotationResolved", 2, "2026-05-03")


async def test_a_rotation_is_planned_for_the_turn_of_the_year_and_never_to_kin(bureau: Bureau) -> None:
    plan = PlanRotation(LIN, "TO-5.administrator", date(2027, 1, 1))
    assert (await bureau.do("xie-tao", plan_rotation, plan)).id
    within = replace_command(plan, effective_from=date(2026, 8, 1))
    assert await bureau.refused("xie-tao", plan_rotation, within) == "NOT_AT_YEAR_BOUNDARY"
    assert (await bureau.do("xie-tao", plan_rotation, replace_command(within, reason="风险"))).id
    for wrong in ({"person_id": "R01.nobody"}, {"to_post": "NO.post"}, {"to_post": "POLICY.reviewer"}):
        assert (
            await bureau.refused("xie-tao", plan_rotation, replace_command(plan, **wrong)) == "INVALID_INPUT"
        )
    past = replace_command(plan, effective_from=date(2026, 1, 1))
    assert await bureau.refused("xie-tao", plan_rotation, past) == "EFFECTIVE_IN_PAST"
    assert await bureau.refused("chen-gang", plan_rotation, plan) == "NOT_FOUND"
    kin = await bureau.do("lin-jie", declare_kin, DeclareKin(f"{B}.pan-yu", Relation.SPOUSE))
    assert await bureau.refused("xie-tao", plan_rotation, plan) == "KIN_AVOIDANCE"
    await bureau.do("xie-tao", withdraw_kin, WithdrawKin(kin.id, "已离婚"))
    assert (await bureau.do("xie-tao", plan_rotation, plan)).id


async def test_kin_in_a_direct_line_are_found_once_and_closed_when_apart(bureau: Bureau) -> None:
    declared = DeclareKin(f"{B}.chen-gang", Relation.COLLATERAL)
    kin = await bureau.do("lin-jie", declare_kin, declared)
    assert await bureau.do("lin-jie", declare_kin, declared) == kin
    other_way = DeclareKin(LIN, Relation.COLLATERAL, f"{B}.chen-gang")
    assert await bureau.do("xie-tao", declare_kin, other_way) == kin
    (found,) = await bureau.told()
    assert found[0] == "AvoidanceFound"
    assert LIN not in str(found[1])
    assert await bureau.refused("he-jun", declare_kin, other_way) == "NOT_FOUND"
    assert await bureau.refused("lin-jie", declare_kin, DeclareKin(LIN, Relation.SPOUSE)) == "INVALID_INPUT"
    await bureau.receive(lin_until("2026-04-01"))
    async with bureau.runtime.db.read(system(B)) as conn:
        assert await conn.fetchval("select count(*) from avoidance_closing") == 1
        assert await conn.fetchval("select count(*) from avoidance_finding") == 1


async def test_a_bureau_has_limits_of_its_own_once_two_officers_agree(bureau: Bureau) -> None:
    name = uuid4().hex
    own = ProposeRotationRule(name, date(2026, 5, 1), 58, 80, 100, 6, "D01")
    version = f"{B}.{name}"
    assert await bureau.refused("huang-zhen", propose_rotation_rule, own) == "NOT_FOUND"
    for wrong, code in (
        (replace_command(own, months_high=90), "INVALID_INPUT"),
        (replace_command(own, effective_from=date(2026, 3, 1)), "EFFECTIVE_IN_PAST"),
        (replace_command(own, citation=""), "INVALID_INPUT"),
        (replace_command(own, notice_days=()), "INVALID_INPUT"),
    ):
        assert await bureau.refused("xie-tao", propose_rotation_rule, wrong) == code
    assert (await bureau.do("xie-tao", propose_rotation_rule, own)).version == version
    assert await bureau.refused("xie-tao", propose_rotation_rule, own) == "ROTATION_RULE_EXISTS"
    await bureau.at("2026-04-30 12:00")
    assert [name for name, _ in await bureau.told()] == ["RotationDueSoon"]
    await bureau.do("huang-zhen", approve_rotation_rule, ApproveRotationRule(version))
    assert await bureau.refused("huang-zhen", approve_rotation_rule, ApproveRotationRule(version)) == (
        "ROTATION_RULE_EXISTS"
    )
    await bureau.at("2026-05-02 00:00")
    told = [(name, one.due_on) for name, one in await bureau.told()]
    assert told == [
        ("RotationDueSoon", "2026-07-01"), ("RotationDueSoon", "2026-05-01"), ("RotationOverdue", "2026-05-01"),
    ]  # fmt: skip


async def test_whoever_may_not_scan_scans_nothing(bureau: Bureau) -> None:
    with pytest.raises(NotFound):
        await bureau.do("lin-jie", scan_rotation, ScanRotation())


def replace_command(command: Any, **changes: Any) -> Any:
    return type(command)(
        **{**{name: getattr(command, name) for name in command.__struct_fields__}, **changes}
    )
