"""A quiz: the score is the share of questions answered exactly right, in whole percent, rounded down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plumbline_shared.errors import Invalid


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    id: str
    text_zh: str
    text_en: str


@dataclass(frozen=True)
class Question:
    """One question; `correct` holds the ids of every right option."""

    id: str
    text_zh: str
    text_en: str
    options: tuple[Option, ...]
    correct: frozenset[str]


def score(questions: Sequence[Question], answers: Mapping[str, frozenset[str]]) -> int:
    """Percent, 0 to 100. Raises Invalid when an answer is missing, foreign or chooses an unknown option."""
    known = {question.id: question for question in questions}
    if unknown := sorted(answers.keys() - known.keys()):
        raise Invalid(f"there is no question {unknown[0]} in this quiz", path=("answers",))
    for question in questions:
        _check(question, answers.get(question.id, frozenset()))
    right = sum(answers[question.id] == question.correct for question in questions)
    return right * 100 // len(questions)


def _check(question: Question, chosen: frozenset[str]) -> None:
    if not chosen:
        raise Invalid(f"answer every question: {question.id} is missing", path=("answers",))
    if unknown := sorted(chosen - {option.id for option in question.options}):
        raise Invalid(f"question {question.id} has no option {unknown[0]}", path=("answers",))
