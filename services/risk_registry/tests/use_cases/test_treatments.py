"""Changing a process treats the risks on it, beside their controls: both are named with the point (S1-037, S1-107)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest_asyncio
from plumbline_shared.clock import ManualClock, start_of_day
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.reform import DispositionKind
from risk_registry.testing_reform import (
    CHIEF,
    DAY,
    HEAD,
    LEGAL,
    NEW,
    PROCESS,
    nine_points,
    old_version,
)
from risk_registry.use_cases.dispose_point import AcceptTransfer, DisposePoint, accept_transfer, dispose_point
from risk_registry.use_cases.draft_process import DraftProcess, draft_process
from risk_registry.use_cases.keep_catalogue import RecordEntry, record
from risk_registry.use_cases.publish_process import PublishProcess, publish_process

As = Callable[[str], Principal]
POINT, CLERK = "D01.RP-R-1", "D01.wu-yan"
ASK = """query ($point: ID!, $on: Date) { riskTreatments(pointId: $point, asOf: $on) {
  kind state title control effectiveFrom disposition { kind fromStep toStep receiver { id } acceptedBy { id } } } }"""
WHAT_IF = """query ($id: ID!) { processWhatIf(versionId: $id, effectiveFrom: "2026-06-01") {
  before { approvalLevels approvalChain } after { approvalLevels approvalChain } } }"""
CONTROL = {
    "title_zh": "二次复核", "family": "EXTERNAL", "phase": "EX_POST", "basis": "REG-RELIEF#3", "points": ["RP-R-1"],
}  # fmt: skip


@pytest_asyncio.fixture
async def draft(runtime: Runtime, act_as: As) -> str:
    """A reform that moves eight points and their control, in draft."""
    await old_version(runtime, act_as)
    points = await nine_points(runtime)
    done = await runtime.execute(act_as(CHIEF), draft_process, DraftProcess(PROCESS, "D01.POLICY", NEW))
    for point in points:
        moved = DisposePoint(
            done.version_id,
            point,
            DispositionKind.TRANSFERRED_TO_POST,
            to_step="accept",
            receiver="HALL.window-23",
        )
        await runtime.execute(act_as(CHIEF), dispose_point, moved)
        await runtime.execute(act_as(CLERK), accept_transfer, AcceptTransfer(done.version_id, point))
    await runtime.execute(act_as(LEGAL), record, RecordEntry(EntryKind.CONTROL, "CT-SECOND", CONTROL, DAY))
    return done.version_id


async def ask(runtime: Runtime, graphql: RunGraphQL, who: Principal, on: str | None = None) -> Any:
    answer = await graphql(runtime, who, ASK, {"point": POINT, "on": on})
    return (
        answer["data"]["riskTreatments"]
        if "errors" not in answer
        else answer["errors"][0]["extensions"]["code"]
    )


async def test_a_change_of_the_process_is_planned_then_in_effect(
    runtime: Runtime, graphql: RunGraphQL, act_as: As, clock: ManualClock, draft: str
) -> None:
    planned, control = await ask(runtime, graphql, act_as(HEAD))
    assert (planned["kind"], planned["state"], planned["title"]) == (
        "PROCESS_CHANGE",
        "PLANNED",
        f"{PROCESS} 2",
    )
    assert planned["disposition"] == {
        "kind": "TRANSFERRED_TO_POST", "fromStep": "gone-1", "toStep": "accept",
        "receiver": {"id": "D01.HALL.window-23"}, "acceptedBy": {"id": CLERK},
    }  # fmt: skip
    assert (control["kind"], control["state"], control["control"]) == ("CONTROL", "IN_EFFECT", "CT-SECOND")
    await runtime.execute(act_as(HEAD), publish_process, PublishProcess(draft, date(2026, 6, 1)))
    clock.set(start_of_day(date(2026, 6, 1)))
    for on, state in (("2026-05-31", "PLANNED"), ("2026-06-01", "IN_EFFECT")):
        (change, _control) = await ask(runtime, graphql, act_as(HEAD), on)
        assert (change["state"], change["effectiveFrom"]) == (state, "2026-06-01")


async def test_who_may_not_see_the_point_learns_of_no_treatment(
    runtime: Runtime, graphql: RunGraphQL, act_as: As, draft: str
) -> None:
    for who in ("D01.lin-jie", "D01.sun-hao", "D01.gu-ping", "D02.huang-zhen"):
        assert await ask(runtime, graphql, act_as(who)) == "NOT_FOUND"
    # The holder of the post reads the point, neither drafts nor controls.
    assert await ask(runtime, graphql, act_as("D01.he-jun")) == []
    kinds = [each["kind"] for each in await ask(runtime, graphql, act_as(CHIEF))]
    assert kinds == ["PROCESS_CHANGE", "CONTROL"]


async def test_the_comparison_says_how_high_approval_climbs_before_and_after(
    runtime: Runtime, graphql: RunGraphQL, act_as: As, draft: str
) -> None:
    flat = replace(NEW, steps=tuple(each for each in NEW.steps if each.code != "review"))
    done = await runtime.execute(act_as(CHIEF), draft_process, DraftProcess(PROCESS, "D01.POLICY", flat))
    answer = await graphql(runtime, act_as(CHIEF), WHAT_IF, {"id": done.version_id})
    assert answer["data"]["processWhatIf"] == {
        "before": {"approvalLevels": 2, "approvalChain": ["review", "approve"]},
        "after": {"approvalLevels": 1, "approvalChain": ["approve"]},
    }
