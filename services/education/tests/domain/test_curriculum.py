"""Which curricula a cause asks for."""

from dataclasses import replace

from education.domain.curriculum import Curriculum, Kind, Trigger, for_grade, for_incident
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.deadline import DayUnit, DeadlineRule

RULE = DeadlineRule("X", "1", DayUnit.WORKING_DAY, 10, "S1-016")
PLAIN = Curriculum("X", 1, Kind.LESSON, Trigger.INQUIRY_DECIDED, "", "课", "Lesson", "", RULE, 80)
HIGH = replace(PLAIN, code="HIGH", trigger=Trigger.RISK_POINT_REGRADED, match="HIGH")
TIME = replace(PLAIN, code="TIME", match="TIME_LIMIT_MISSED")
ALL = [PLAIN, HIGH, TIME]


def test_only_a_point_that_becomes_high_asks_for_education() -> None:
    assert {grade: for_grade(ALL, grade) for grade in RiskGrade} == {
        RiskGrade.LOW: [],
        RiskGrade.MEDIUM: [],
        RiskGrade.HIGH: [HIGH],
    }


def test_a_kind_of_incident_gets_its_own_lesson_and_any_other_the_general_one() -> None:
    assert for_incident(ALL, "TIME_LIMIT_MISSED") == [TIME]
    assert for_incident(ALL, "PROCEDURAL_VIOLATION") == [PLAIN]


@given(st.text(max_size=20))
def test_every_incident_gets_some_lesson(kind: str) -> None:
    assert for_incident(ALL, kind)
