"""Faults that no screen should let through: tiers that overlap, units and bureaus in a ring, leaders who hold the point."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.errors import PlumblineError
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.discretion_packs import shipped_standard
from risk_registry.domain.discretion_check import TierGap, TierOverlap
from risk_registry.domain.sign_off import UpperOpinionRequired
from risk_registry.storage import totals
from risk_registry.testing import description, put_point
from risk_registry.use_cases.cast_grade_vote import CastGradeVote, cast_grade_vote
from risk_registry.use_cases.close_grading_review import CloseGradingReview, close_grading_review
from risk_registry.use_cases.keep_discretion import (
    DraftStandard,
    PublishStandard,
    draft_standard,
    publish_standard,
)
from risk_registry.use_cases.open_grading_review import OpenGradingReview, open_grading_review
from risk_registry.use_cases.sign_off_grading_review import SignOffGradingReview, sign_off_grading_review

As = Callable[[str], Principal]
HEAD, LEAD, LEGAL = "D01.huang-zhen", "D01.ma-qing", "D01.luo-fang"
PANEL = [f"D01.{name}" for name in ("huang-zhen", "zhou-min", "tang-li", "ma-qing", "luo-fang", "song-ke")]
DAY, NOW = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 10, tzinfo=SHANGHAI)
LINES = """
{ riskPoints(first: 9) { nodes { id oversight { holder { id } managers { id } monitors { id } } } } }
"""


@pytest.mark.parametrize(
    ("place", "days", "fault", "message"),
    [(1, [1, 31], TierOverlap, "GENERAL and SERIOUS"), (2, [91, None], TierGap, "days 31 to 90")],
)
async def test_tiers_with_a_gap_or_an_overlap_are_not_published(
    runtime: Runtime,
    act_as: As,
    place: int,
    days: list[int | None],
    fault: type[PlumblineError],
    message: str,
) -> None:
    body: dict[str, Any] = json.loads(json.dumps(msgspec.to_builtins(shipped_standard("demo"))))
    body["points"]["LATE_CHANGE_REGISTRATION"]["tiers"][place]["days"] = days
    draft = await runtime.execute(act_as(LEGAL), draft_standard, DraftStandard("FINES", body))
    with pytest.raises(fault, match=message):
        await runtime.execute(act_as(HEAD), publish_standard, PublishStandard(draft.id, date(2026, 4, 1)))
    async with runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from discretion_publication") == 0


@pytest_asyncio.fixture
async def ring_of_units(runtime: Runtime) -> AsyncIterator[None]:
    """TO-7 stands under LEVY and LEVY under TO-7, as between two events of a move."""
    parents = "update org_unit set parent_id = $2 where id = $1"
    async with runtime.db.transaction(system("D01")) as conn:
        before = await conn.fetch("select id, parent_id from org_unit where id in ('D01.TO-7', 'D01.LEVY')")
        await conn.executemany(parents, [("D01.TO-7", "D01.LEVY"), ("D01.LEVY", "D01.TO-7")])
    yield
    async with runtime.db.transaction(system("D01")) as conn:
        await conn.executemany(parents, [tuple(each.values()) for each in before])


@pytest.mark.usefixtures("ring_of_units")
@pytest.mark.parametrize("grade", RiskGrade)
async def test_units_in_a_ring_still_give_every_point_a_line_that_its_holder_is_not_in(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, grade: RiskGrade
) -> None:
    posts = ["D01.TO-7.clearance", "D01.TO-7.chief", "D01.LEVY.chief", "D01.LEAD.head", "D01.DISC.lead"]
    async with runtime.db.transaction(system("D01")) as conn:
        for number, post in enumerate(posts):
            await put_point(conn, f"RP-{number}", grade, description([post], "D01.LEVY"), DAY, NOW)
    for who in (HEAD, "D01.fang-lei", "D01.song-ke"):
        answer = await graphql(runtime, act_as(who), LINES)
        assert "errors" not in answer
        lines = [line for point in answer["data"]["riskPoints"]["nodes"] for line in point["oversight"]]
        assert lines
        for line in lines:
            assert line["managers"]
            assert line["holder"] not in [*line["managers"], *line["monitors"]]


async def test_bureaus_in_a_ring_are_counted_once(runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-1", RiskGrade.LOW, description(), DAY, NOW)
    try:
        async with runtime.db.transaction(system("C01")) as conn:
            await conn.execute("update org_bureau set parent_id = 'D01' where id = 'C01'")
        for scope in ("C01", "D01"):
            async with runtime.db.read(system(scope)) as conn:
                found = await totals.totals_on(conn, scope, DAY, below=True)
            assert sum(found.values()) == 1
    finally:
        async with runtime.db.transaction(system("C01")) as conn:
            await conn.execute("update org_bureau set parent_id = null where id = 'C01'")


@pytest.mark.parametrize(("post", "signs"), [("D01.LEAD.head", LEAD), ("D01.DISC.lead", HEAD)])
async def test_a_leader_who_holds_the_point_neither_votes_nor_signs(
    runtime: Runtime, act_as: As, clock: ManualClock, post: str, signs: str
) -> None:
    clock.set(FRIDAY)
    other = HEAD if signs == LEAD else LEAD
    async with runtime.db.transaction(system("D01")) as conn:
        point = await put_point(conn, "RP-1", RiskGrade.LOW, description([post], "D01.LEVY"), DAY, NOW)
    opening = OpenGradingReview(point, PANEL, [])
    review = (await runtime.execute(act_as(signs), open_grading_review, opening)).review_id
    for person in PANEL:
        if person != other:
            await runtime.execute(act_as(person), cast_grade_vote, CastGradeVote(review, RiskGrade.HIGH))
    for opinion in ("", "市局意见"):
        closing = CloseGradingReview(review, date(2026, 3, 9), upper_opinion=opinion)
        state_hash = (await runtime.execute(act_as(signs), close_grading_review, closing)).state_hash
        signing = SignOffGradingReview(review, state_hash)
        if not opinion:
            with pytest.raises(UpperOpinionRequired):
                await runtime.execute(act_as(signs), sign_off_grading_review, signing)
            continue
        assert (await runtime.execute(act_as(signs), sign_off_grading_review, signing)).effective
