"""Reform of an item, 12 → 5 steps: nothing is published until every point has an accepted place (scenario 7, S1-131)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from plumbline_contracts.risk_registry.v1 import (
    ProcessVersionPublished,
    RiskPointDissolved,
    RiskPointPublished,
)
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import ManualClock, start_of_day
from plumbline_shared.errors import Invalid, NotFound, Refused
from plumbline_shared.events import message_of
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow
from risk_registry.domain.processes import Graph
from risk_registry.domain.reform import DispositionKind, Tightened
from risk_registry.storage.points import load_points
from risk_registry.storage.processes import load_versions, versions_on
from risk_registry.storage.standings import standings_of
from risk_registry.storage.totals import totals_on
from risk_registry.testing import description, put_point
from risk_registry.testing_reform import (
    AT,
    CHIEF,
    DAY,
    GONE,
    HEAD,
    KEPT,
    MERGED,
    NEW,
    PROCESS,
    YEAR,
    F,
    nine_points,
    old_version,
    regulation,
    step,
)
from risk_registry.use_cases.dispose_point import AcceptTransfer, DisposePoint, accept_transfer, dispose_point
from risk_registry.use_cases.draft_process import DraftProcess, ReviseDraft, draft_process, revise_draft
from risk_registry.use_cases.examine_reform import examine_reform
from risk_registry.use_cases.publish_process import (
    AuthorApproves,
    PublishProcess,
    on_process_effective,
    publish_process,
)

As = Callable[[str], Principal]
JUNE = date(2026, 6, 1)
CLERK = "D01.wu-yan"
WHAT_IF = "query ($id: ID!, $on: Date!) { processWhatIf(versionId: $id, effectiveFrom: $on) { declared } }"
TO_CLERK = {"to_step": "accept", "receiver": "HALL.window-23"}


async def draft(runtime: Runtime, act_as: As, graph: Graph = NEW) -> str:
    done = await runtime.execute(act_as(CHIEF), draft_process, DraftProcess(PROCESS, "D01.POLICY", graph))
    return done.version_id


async def dispose(
    runtime: Runtime, act_as: As, version: str, point: str, kind: DispositionKind, **more: Any
) -> None:
    await runtime.execute(act_as(CHIEF), dispose_point, DisposePoint(version, point, kind, **more))


async def transfer(runtime: Runtime, act_as: As, version: str, points: Sequence[str]) -> None:
    for point in points:
        await dispose(runtime, act_as, version, point, DispositionKind.TRANSFERRED_TO_POST, **TO_CLERK)


async def reduce_and_dissolve(runtime: Runtime, act_as: As, version: str, points: Sequence[str]) -> None:
    for point in points[:-1]:
        await dispose(
            runtime,
            act_as,
            version,
            point,
            DispositionKind.REDUCED,
            to_step="review",
            tightened=Tightened.TIME_LIMIT,
        )
    reason = "纳税人声明代替内部核对"
    await dispose(runtime, act_as, version, points[-1], DispositionKind.DISSOLVED, reason=reason)


async def refusal(runtime: Runtime, act_as: As, version: str, on: date = JUNE) -> str:
    with pytest.raises(Refused) as refused:
        await runtime.execute(act_as(HEAD), publish_process, PublishProcess(version, on))
    return refused.value.code


async def sent(runtime: Runtime, kind: type[Any]) -> list[Any]:
    subject = f"risk_registry.v1.{kind.__name__}"
    async with runtime.db.read(system("D01")) as conn:
        rows = await conn.fetch("select data from outbox where subject = $1 order by id", subject)
    return [message_of(kind, row["data"].encode()) for row in rows]


async def test_scenario_7(runtime: Runtime, act_as: As, clock: ManualClock) -> None:
    first = await old_version(runtime, act_as)
    points = await nine_points(runtime)
    version = await draft(runtime, act_as, MERGED)
    await transfer(runtime, act_as, version, points[:5])
    await reduce_and_dissolve(runtime, act_as, version, points[5:])
    assert await refusal(runtime, act_as, version) == "SOD_VIOLATION"

    await runtime.execute(act_as(CHIEF), revise_draft, ReviseDraft(version, NEW))
    second = await draft(runtime, act_as)
    await transfer(runtime, act_as, second, points[:5])
    for point in points[:5]:
        await runtime.execute(act_as(CLERK), accept_transfer, AcceptTransfer(second, point))
    await reduce_and_dissolve(runtime, act_as, second, points[5:8])
    assert await refusal(runtime, act_as, second) == "DISPOSITION_MISSING"

    assert await refusal(runtime, act_as, version) == "TRANSFER_NOT_ACCEPTED"
    for point in points[:5]:
        await runtime.execute(act_as(CLERK), accept_transfer, AcceptTransfer(version, point))
    done = await runtime.execute(act_as(HEAD), publish_process, PublishProcess(version, JUNE))
    assert (done.transferred, done.reduced, done.dissolved) == (5, 3, 1)

    async with runtime.db.read(system("D01")) as conn:
        before = await versions_on(conn, "D01", JUNE - timedelta(days=1), PROCESS)
        after = await versions_on(conn, "D01", JUNE, PROCESS)
        may, june = await totals_on(conn, "D01", date(2026, 5, 31)), await totals_on(conn, "D01", JUNE)
        moved = await load_points(conn, "D01", JUNE, points)
    assert [each.id for each in (*before, *after)] == [first, version]
    assert (sum(may.values()), sum(june.values())) == (9, 8)
    assert {moved[p].description.posts for p in points[:5]} == {("D01.HALL.window-23",)}
    assert {moved[p].description.step for p in points[5:8]} == {"review"}

    (_first, told) = await sent(runtime, ProcessVersionPublished)
    assert (told.effective_from, told.limit_days, told.previous_limit_days) == ("2026-06-01", 20, 60)
    assert list(told.removed_steps) == list(GONE)
    assert len(told.dispositions) == 9
    assert await sent(runtime, RiskPointDissolved) == []
    clock.set(start_of_day(JUNE))
    async with runtime.db.transaction(system("D01")) as conn:
        timer = await conn.fetchrow(
            "select id, bureau_id, kind, ref, fire_at from timer where ref = $1", version
        )
        assert timer
        assert timer["fire_at"] == start_of_day(JUNE)
        await on_process_effective(Uow(conn, system("D01"), clock.now()), Timer(**dict(timer), payload={}))
    (gone,) = await sent(runtime, RiskPointDissolved)
    assert gone.point_id == points[8]
    assert {each.post_id for each in await sent(runtime, RiskPointPublished)} == {
        "D01.HALL.window-23", "D01.TO-5.administrator",
    }  # fmt: skip


async def test_a_what_if_shows_all_before_anything_is_published(runtime: Runtime, act_as: As) -> None:
    await old_version(runtime, act_as)
    points = await nine_points(runtime)
    version = await draft(runtime, act_as)
    await reduce_and_dissolve(runtime, act_as, version, points[:2])
    async with runtime.db.read(system("D01")) as conn:
        found = (await load_versions(conn, "D01", [version]))[0]
        reform = await examine_reform(conn, found, JUNE)
    assert reform.before
    assert (reform.before.steps, reform.before.limit_days) == (12, 60)
    assert (reform.after.steps, reform.after.limit_days) == (5, 20)
    assert reform.before.hand_overs > reform.after.hand_overs
    assert [each.subject for each in reform.problems] == points[2:]
    assert (reform.totals_before.size, reform.totals_after.size) == (9, 8)


async def test_the_dispositions_of_the_district_take_745_to_734(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    """51 + 30 + 11 = 92; the register counts 734 from the day on and 745 until then.

    The 11 lie on internal checks that a taxpayer's declaration replaces, and are closed for that reason (S1-139).
    """
    function = F.INVESTIGATE
    steps = (*KEPT, *(step(f"g{n}", "TO-5.administrator", function) for n in range(92)))
    await regulation(runtime, act_as)
    first = await draft(runtime, act_as, Graph("减免税审批", steps, 60))
    await runtime.execute(act_as(HEAD), publish_process, PublishProcess(first, DAY))
    async with runtime.db.transaction(system("D01")) as conn:
        points = [
            await put_point(
                conn, f"RP-{n:03d}", RiskGrade.LOW,
                description(["D01.TO-5.administrator"], "D01.POLICY", process=PROCESS if n < 92 else "X", step=f"g{n}"),
                YEAR, AT,
            )
            for n in range(745)
        ]  # fmt: skip
    checks = tuple(f"g{n}" for n in range(81, 92))
    declaring = replace(KEPT[0], declares="所报数据真实、准确", replaces=checks)
    version = await draft(runtime, act_as, replace(NEW, steps=(declaring, *KEPT[1:])))
    await transfer(runtime, act_as, version, points[:51])
    for point in points[:51]:
        await runtime.execute(act_as(CLERK), accept_transfer, AcceptTransfer(version, point))
    for point in points[51:81]:
        await dispose(
            runtime,
            act_as,
            version,
            point,
            DispositionKind.REDUCED,
            to_step="accept",
            tightened=Tightened.STEP,
        )
    for point in points[81:92]:
        await dispose(runtime, act_as, version, point, DispositionKind.DISSOLVED, reason="责任归还纳税人")
    preview = await graphql(runtime, act_as(CHIEF), WHAT_IF, {"id": version, "on": "2026-06-01"})
    assert sorted(preview["data"]["processWhatIf"]["declared"]) == sorted(points[81:92])
    done = await runtime.execute(act_as(HEAD), publish_process, PublishProcess(version, JUNE))
    assert (done.transferred, done.reduced, done.dissolved) == (51, 30, 11)
    async with runtime.db.read(system("D01")) as conn:
        days = [JUNE - timedelta(days=1), JUNE]
        assert [sum((await totals_on(conn, "D01", day)).values()) for day in days] == [745, 734]
        closed = [each[-1] for each in (await standings_of(conn, points[81:92])).values()]
    assert {each.state for each in closed} == {"DISSOLVED"}
    assert {each.reason for each in closed} == {
        "责任归还纳税人 （纳税人声明 taxpayer declares: 所报数据真实、准确）"
    }


@pytest.mark.parametrize(
    ("declares", "replaces", "code"),
    [
        ("", ("check",), "DECLARATION_MISSING"),
        ("真实", ("deliver",), "CHECK_STAYS"),
        ("真实", ("archive",), "NOT_A_CHECK"),
    ],
)
async def test_a_declaration_replaces_an_internal_check_that_goes_and_nothing_else(
    runtime: Runtime, act_as: As, declares: str, replaces: tuple[str, ...], code: str
) -> None:
    await regulation(runtime, act_as)
    gone = (step("check", "TO-5.administrator", F.REVIEW), step("archive", "TO-5.administrator", F.RECORD))
    first = await draft(runtime, act_as, Graph("减免税审批", (*KEPT, *gone), 60))
    await runtime.execute(act_as(HEAD), publish_process, PublishProcess(first, DAY))
    declaring = replace(KEPT[0], declares=declares, replaces=replaces)
    version = await draft(runtime, act_as, replace(NEW, steps=(declaring, *KEPT[1:])))
    assert await refusal(runtime, act_as, version) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"basis": ""}, "NO_LEGAL_BASIS"),
        ({"basis": "REG-RELIEF#9"}, "NO_LEGAL_BASIS"),
        ({"procedure": " "}, "NO_PROCEDURE"),
        ({"monitor": ""}, "NO_MONITOR"),
        ({"monitor": "HALL.window-23"}, "NO_MONITOR"),
    ],
)
async def test_a_step_that_lacks_an_invariant_is_not_published(
    runtime: Runtime, act_as: As, change: dict[str, str], code: str
) -> None:
    await regulation(runtime, act_as)
    version = await draft(runtime, act_as, Graph("x", (step("only", "HALL.window-23", **change),), 5))
    assert await refusal(runtime, act_as, version) == code


async def test_a_step_needs_its_accountable_post(runtime: Runtime, act_as: As) -> None:
    await regulation(runtime, act_as)
    version = await draft(runtime, act_as, Graph("x", (step("only", "HALL.nobody"),), 5))
    assert await refusal(runtime, act_as, version) == "NO_ACCOUNTABLE_POST"


async def test_who_wrote_a_draft_does_not_publish_it(runtime: Runtime, act_as: As) -> None:
    await regulation(runtime, act_as)
    version = await draft(runtime, act_as)
    await runtime.execute(act_as(HEAD), revise_draft, ReviseDraft(version, NEW))
    with pytest.raises(AuthorApproves):
        await runtime.execute(act_as(HEAD), publish_process, PublishProcess(version, JUNE))


async def test_drafts_are_for_owners_and_transfers_for_receivers(runtime: Runtime, act_as: As) -> None:
    await old_version(runtime, act_as)
    (point, *_more) = await nine_points(runtime)
    version = await draft(runtime, act_as)
    for stranger in ("D01.pan-yu", "D01.lin-jie", "D02.huang-zhen"):
        with pytest.raises(NotFound):
            await runtime.execute(act_as(stranger), revise_draft, ReviseDraft(version, NEW))
    with pytest.raises(NotFound):
        await runtime.execute(act_as(CHIEF), publish_process, PublishProcess(version, JUNE))
    await transfer(runtime, act_as, version, [point])
    for stranger in ("D01.lin-jie", CHIEF, "D02.wu-yan"):
        with pytest.raises(NotFound):
            await runtime.execute(act_as(stranger), accept_transfer, AcceptTransfer(version, point))


async def test_a_disposition_says_what_it_must(runtime: Runtime, act_as: As) -> None:
    await old_version(runtime, act_as)
    (point, *_more) = await nine_points(runtime)
    version = await draft(runtime, act_as)
    for kind, more in [
        (DispositionKind.TRANSFERRED_TO_POST, {"to_step": "accept"}),
        (DispositionKind.TRANSFERRED_TO_POST, {"to_step": "accept", "receiver": "HALL.nobody"}),
        (DispositionKind.REDUCED, {"to_step": "accept"}),
        (DispositionKind.DISSOLVED, {}),
    ]:
        with pytest.raises(Invalid):
            await dispose(runtime, act_as, version, point, kind, **more)


async def test_a_point_on_an_untouched_step_takes_no_disposition(runtime: Runtime, act_as: As) -> None:
    await old_version(runtime, act_as)
    async with runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.POLICY.reviewer"], "D01.POLICY", process=PROCESS, step="review")
        point = await put_point(conn, "RP-REVIEW", RiskGrade.LOW, text, YEAR, AT)
    version = await draft(runtime, act_as)
    await dispose(
        runtime, act_as, version, point, DispositionKind.REDUCED, to_step="review", tightened=Tightened.STEP
    )
    assert await refusal(runtime, act_as, version) == "NOT_AFFECTED"
