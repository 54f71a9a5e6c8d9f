"""A panel reads the point it is to grade, until it has; education and personnel see posts and grades, and no point."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.testing import description, put_point
from risk_registry.use_cases.cast_grade_vote import CastGradeVote, cast_grade_vote
from risk_registry.use_cases.close_grading_review import CloseGradingReview, close_grading_review
from risk_registry.use_cases.open_grading_review import OpenGradingReview, open_grading_review

As = Callable[[str], Principal]
PANEL = [f"D01.{name}" for name in ("huang-zhen", "zhou-min", "tang-li", "ma-qing", "luo-fang", "song-ke")]
POINT = "D01.RP-C"
ONE = "query ($id: ID!) { riskPoint(id: $id) { id title cause } suggestedGrades(pointId: $id) { id } }"
LIST = "{ riskPoints { nodes { id } } }"
REVIEW = "query ($id: ID!) { gradingReview(id: $id) { point { id } } }"
GRADES = "{ postRiskGrades { post { id } unit { id } grade } }"


class Asked:
    def __init__(self, runtime: Runtime, act_as: As, graphql: RunGraphQL) -> None:
        self.runtime, self.act_as, self.graphql = runtime, act_as, graphql

    async def answer(self, who: str, document: str, id_: str = POINT) -> Any:
        return await self.graphql(self.runtime, self.act_as(f"D01.{who}"), document, {"id": id_})

    async def seen(self, who: str) -> tuple[bool, list[str]]:
        """Whether the one point is shown, and which points the list shows."""
        one, many = await self.answer(who, ONE), await self.answer(who, LIST)
        return one["data"]["riskPoint"] is not None, [
            each["id"] for each in many["data"]["riskPoints"]["nodes"]
        ]

    async def do(self, who: str, use_case: Any, command: Any) -> Any:
        return await self.runtime.execute(self.act_as(f"D01.{who}"), use_case, command)


@pytest_asyncio.fixture
async def asked(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Asked:
    day, at = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-C", RiskGrade.LOW, description(["D01.OFFICE.hotline"], "D01.LEVY"), day, at)
        await put_point(conn, "RP-X", RiskGrade.HIGH, description(["D01.TO-5.administrator"]), day, at)
        await put_point(conn, "RP-Y", RiskGrade.MEDIUM, description(["D01.TO-5.administrator"]), day, at)
    return Asked(runtime, act_as, graphql)


async def test_a_member_reads_the_point_while_it_is_to_be_graded(asked: Asked) -> None:
    assert await asked.seen("tang-li") == (False, ["D01.RP-X", "D01.RP-Y"])
    opening = OpenGradingReview(POINT, PANEL, [])
    review = (await asked.do("huang-zhen", open_grading_review, opening)).review_id
    assert await asked.seen("tang-li") == (True, [POINT, "D01.RP-X", "D01.RP-Y"])
    shown = await asked.answer("tang-li", REVIEW, review)
    assert shown["data"]["gradingReview"]["point"] == {"id": POINT}
    for outsider in ("lin-jie", "pan-yu", "chen-gang"):
        assert not (await asked.seen(outsider))[0]
    for member in PANEL:
        await asked.do(member.removeprefix("D01."), cast_grade_vote, CastGradeVote(review, RiskGrade.MEDIUM))
    closing = CloseGradingReview(review, asked.runtime.clock.now().date())
    await asked.do("huang-zhen", close_grading_review, closing)
    assert await asked.seen("tang-li") == (False, ["D01.RP-X", "D01.RP-Y"])


async def test_who_was_recused_has_no_dossier(asked: Asked) -> None:
    opening = OpenGradingReview(POINT, PANEL, ["D01.tang-li"])
    review = (await asked.do("huang-zhen", open_grading_review, opening)).review_id
    assert (await asked.seen("zhou-min"))[0]
    assert not (await asked.seen("tang-li"))[0]
    shown = await asked.answer("tang-li", REVIEW, review)
    assert shown["data"]["gradingReview"]["point"] is None


async def test_education_and_personnel_see_posts_and_grades_and_no_point(asked: Asked) -> None:
    other = {"post": {"id": "D01.OFFICE.hotline"}, "unit": {"id": "D01.OFFICE"}, "grade": "LOW"}
    office = {"post": {"id": "D01.TO-5.administrator"}, "unit": {"id": "D01.TO-5"}, "grade": "HIGH"}
    for who in ("deng-yi", "xie-tao", "ma-qing", "luo-fang"):
        assert (await asked.answer(who, GRADES))["data"]["postRiskGrades"] == [other, office]
    for who in ("deng-yi", "xie-tao"):
        assert await asked.seen(who) == (False, [])
    for who in ("tang-li", "pan-yu", "gu-ping", "wu-bin"):
        (error,) = (await asked.answer(who, GRADES))["errors"]
        assert error["extensions"]["code"] == "NOT_FOUND"
