"""How a bureau shows a grade: colour and word are data, the grade itself is neutral (C-01, C-02)."""

from dataclasses import dataclass

from plumbline_org.grades import RiskGrade


@dataclass(frozen=True)
class GradeDisplay:
    """The word is always printed beside the colour: colours mean different grades in different profiles."""

    profile: str
    grade: RiskGrade
    colour: str
    word_zh: str
    word_en: str
    citation: str
