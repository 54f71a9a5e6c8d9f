"""The public view: for everybody without a token, frozen, by the head, and without a word about weaknesses."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import ANONYMOUS, Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.catalogue import EntryKind, Power, plain
from risk_registry.testing import description, put_point
from risk_registry.testing_reform import AT, DAY, HEAD, LEGAL, PROCESS, YEAR, nine_points, old_version
from risk_registry.use_cases.disclose import (
    PublishPublicView,
    WithdrawPublicView,
    publish_public_view,
    withdraw_public_view,
)
from risk_registry.use_cases.keep_catalogue import RecordEntry, record

As = Callable[[str], Principal]
ASK = """
query ($bureau: ID!) { publicView(bureauId: $bureau) {
  id sha256 content powers { code basis posts } processes { code limitDays steps { title basis procedure post } }
} }
"""
PUBLISH = """
mutation { publishPublicView(input: {clientMutationId: "p"}) { snapshotId sha256 userErrors { code } } }
"""
POWER = Power("减免税审批权", "REG-RELIEF#3", ("POLICY.reviewer",), process=PROCESS, step="review")
SECRETS = ("限时责任不明", "RP-", "MEDIUM", "DISC.officer", "cause", "monitor", "control", "grade", "risk")


async def fill(runtime: Runtime, act_as: As) -> None:
    await old_version(runtime, act_as)
    await nine_points(runtime)
    async with runtime.db.transaction(system("D01")) as conn:
        text = description(process=PROCESS, step="review")
        await put_point(conn, "RP-WEAK", RiskGrade.HIGH, text, YEAR, AT)
    await runtime.execute(act_as(LEGAL), record, RecordEntry(EntryKind.POWER, "PW-RELIEF", plain(POWER), DAY))


async def seen(runtime: Runtime, graphql: RunGraphQL, who: Principal = ANONYMOUS, bureau: str = "D01") -> Any:
    answer = await graphql(runtime, who, ASK, {"bureau": bureau})
    assert "errors" not in answer, answer["errors"]
    return answer["data"]["publicView"]


async def test_everybody_sees_power_basis_procedure_and_post(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    await fill(runtime, act_as)
    assert await seen(runtime, graphql) is None
    done = (await graphql(runtime, act_as(HEAD), PUBLISH, {}))["data"]["publishPublicView"]
    view = await seen(runtime, graphql)
    assert view["id"] == done["snapshotId"]
    assert view["sha256"] == done["sha256"] == hashlib.sha256(view["content"].encode()).hexdigest()
    assert view["powers"] == [{"code": "PW-RELIEF", "basis": "REG-RELIEF#3", "posts": ["POLICY.reviewer"]}]
    (process,) = view["processes"]
    first = {"title": "accept", "basis": "REG-RELIEF#1", "procedure": "按办法办理", "post": "HALL.window-23"}
    assert (process["code"], process["limitDays"], process["steps"][0]) == (PROCESS, 60, first)
    assert await seen(runtime, graphql, bureau="D02") is None


async def test_no_cause_weakness_grade_or_monitor_gets_out(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    await fill(runtime, act_as)
    await runtime.execute(act_as(HEAD), publish_public_view, PublishPublicView(DAY))
    content = (await seen(runtime, graphql))["content"]
    assert [each for each in SECRETS if each in content] == []


async def test_a_snapshot_stays_as_it_was_frozen_until_it_is_withdrawn(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    await fill(runtime, act_as)
    first = await runtime.execute(act_as(HEAD), publish_public_view, PublishPublicView(DAY))
    again = RecordEntry(EntryKind.POWER, "PW-OTHER", plain(POWER), DAY)
    await runtime.execute(act_as(LEGAL), record, again)
    assert (await seen(runtime, graphql))["sha256"] == first.sha256
    second = await runtime.execute(act_as(HEAD), publish_public_view, PublishPublicView(DAY))
    assert (await seen(runtime, graphql))["id"] == second.snapshot_id
    for snapshot, left in ((second, first.snapshot_id), (first, None)):
        command = WithdrawPublicView(snapshot.snapshot_id, "有误")
        await runtime.execute(act_as(HEAD), withdraw_public_view, command)
        await runtime.execute(act_as(HEAD), withdraw_public_view, command)
        view = await seen(runtime, graphql)
        assert (view["id"] if view else None) == left


@pytest.mark.parametrize("who", ["D01.ma-qing", LEGAL, "D01.chen-gang", "D01.lin-jie", "D02.huang-zhen"])
async def test_only_the_head_publishes_and_withdraws(runtime: Runtime, act_as: As, who: str) -> None:
    await fill(runtime, act_as)
    done = await runtime.execute(act_as(HEAD), publish_public_view, PublishPublicView(DAY))
    command = WithdrawPublicView(done.snapshot_id, "有误")
    with pytest.raises(NotFound):
        await runtime.execute(act_as(who), withdraw_public_view, command)
    if not who.startswith("D02"):
        with pytest.raises(NotFound):
            await runtime.execute(act_as(who), publish_public_view, PublishPublicView(DAY))


async def test_a_reason_is_needed_and_something_to_show(runtime: Runtime, act_as: As) -> None:
    with pytest.raises(Invalid):
        await runtime.execute(act_as(HEAD), publish_public_view, PublishPublicView(DAY))
    with pytest.raises(Invalid):
        await runtime.execute(act_as(HEAD), withdraw_public_view, WithdrawPublicView("pv_x", " "))


async def test_row_level_security_lets_nobody_else_write(runtime: Runtime, act_as: As) -> None:
    await fill(runtime, act_as)
    insert = """insert into public_snapshot (id, bureau_id, as_of, content, sha256, published_by, published_at)
    values ('pv_x', 'D01', '2026-04-01', '', encode(sha256(''), 'hex'), 'x', now())"""
    for who in (ANONYMOUS, act_as(LEGAL), act_as("D02.huang-zhen")):
        with pytest.raises(Exception, match="row-level security"):
            async with runtime.db.transaction(who) as conn:
                await conn.execute(insert)
