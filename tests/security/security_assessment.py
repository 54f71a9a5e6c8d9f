"""A review on likelihood and severity: who proposes, votes, chairs, dissents and signs."""

from datetime import UTC, date, datetime

from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import system
from risk_registry.testing import description, put_point
from security_world import World

POINT = "D01.RP-ASSESSED-01"
ASSESSORS = ("huang-zhen", "zhou-min", "ma-qing", "luo-fang", "panelist")
# Risk register read is who may propose: B, then U and D of the post's and the process's unit, O.
PROPOSERS = {"huang-zhen", "ma-qing", "bai-xue", "luo-fang", "legal-clerk", "auditor"}
PROPOSERS |= {"pan-yu", "tang-li", "chen-gang", "zhou-min", "he-jun"}
CHAIR = {"huang-zhen", "ma-qing"}


async def assessment(world: World) -> None:
    """From the proposal to the first of two signatures."""
    async with world.runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.TO-5.administrator"], "D01.POLICY")
        start = datetime(2026, 1, 1, tzinfo=UTC)
        await put_point(conn, "RP-ASSESSED-01", RiskGrade.LOW, text, date(2026, 1, 1), start)
    wanted = {"pointId": POINT, "grade": "HIGH", "reason": "x"}
    await world.everybody("proposeGrade", wanted, allowed=PROPOSERS)
    # A new risk is proposed by those who would read it, on the same post: no unit owns its process yet.
    seen = {"title": "核定凭印象", "process": "QUOTA", "step": "fix", "cause": "缺少典型调查"}
    risk = {
        "post": "D01.TO-5.administrator",
        "risk": seen,
        "grade": "MEDIUM",
        "reason": "x",
        "origin": "INCIDENT",
    }
    await world.everybody("proposeRisk", risk, allowed=PROPOSERS - {"chen-gang", "zhou-min"})
    members = [f"D01.{name}" for name in ASSESSORS]
    opening = {"pointId": POINT, "members": members, "kind": "FACTORS"}
    opened = await world.step(
        "huang-zhen", "openGradingReview", opening, "gradingReview { id }", allowed=CHAIR
    )
    world.made["assessed review"] = review = opened["gradingReview"]["id"]
    # Grade vote: those of R1, R2, R4, R8, R18 who sit on the panel.
    vote = {"reviewId": review, "likelihood": 4, "severity": 5}
    await world.everybody("castAssessmentVote", vote, allowed=set(ASSESSORS))
    for name in ASSESSORS:
        await world.do(name, "castAssessmentVote", vote)
    await world.step("huang-zhen", "closeAssessmentRound", {"reviewId": review, "round": 1}, allowed=CHAIR)
    dissent = {"reviewId": review, "reason": "x"}
    await world.step("zhou-min", "dissentFromGrade", dissent, allowed=set(ASSESSORS))
    ready = {"reviewId": review, "effectiveFrom": "2026-04-06"}
    shape = "gradingReview { assessment { stateHash } }"
    put_up = await world.step("huang-zhen", "putGradeForSignOff", ready, shape, allowed=CHAIR)
    # §5.2, HIGH: head and discipline lead, both.
    signed = {"reviewId": review, "stateHash": put_up["gradingReview"]["assessment"]["stateHash"]}
    await world.step("huang-zhen", "signOffGradingReview", signed, allowed=CHAIR)
