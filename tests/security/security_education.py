"""Education: own lessons and pledges, units that somebody leads, and the whole bureau for those who assign."""

from datetime import date

from education.domain.curriculum import Kind
from education.testing import answers, assignment, put
from plumbline_shared.principal import system
from security_cast import ORGS
from security_world import World


async def play(world: World) -> None:
    """He Jun of TO-5 has a lesson and a pledge because of a point."""
    await world.open(*ORGS.values())
    async with world.runtime.db.transaction(system("D01")) as conn:
        await put(conn, assignment("ea_lesson", "he-jun", "TO-5", due_on=date(2026, 5, 6)))
        await put(conn, assignment("ea_pledge", "he-jun", "TO-5", Kind.PLEDGE, due_on=date(2026, 5, 6)))
        wrong = await answers(conn, wrong=5)
    world.made |= {
        "EducationAssignment": "ea_lesson",
        "Person": "D01.he-jun",
        "ProgrammeDashboard": "D01:2026",
        "RiskPoint": "D01.RP-CANCEL-CLEARANCE-01",
    }
    given = [{"questionId": one.question_id, "optionIds": one.option_ids} for one in wrong]
    own = {"he-jun"}
    await world.step("he-jun", "submitQuiz", {"assignmentId": "ea_lesson", "answers": given}, allowed=own)
    await world.everybody("signPledge", {"assignmentId": "ea_pledge", "version": 1}, allowed=own)
    # Whoever assigns for the bureau lifts: R4, R20 (assign B).
    lift = {"assignmentId": "ea_lesson", "reason": "长期病假"}
    await world.everybody("waiveEducationAssignment", lift, allowed={"ma-qing", "deng-yi"})
    # Education, assign: R4 B, R5, R20 B, the chief of the unit; R1, R2 and R21 only view.
    lesson = {"curriculum": "HIGH_POINT_LESSON", "personIds": ["D01.he-jun"], "reason": "新到岗"}
    assigners = {"ma-qing", "bai-xue", "deng-yi", "pan-yu"}
    await world.everybody("assignCurriculum", lesson, allowed=assigners)
