"""The score of a quiz."""

import pytest
from education.domain.quiz import Option, Question, score
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid

OPTIONS = tuple(Option(key, key, key) for key in "abc")
CHOICES = st.frozensets(st.sampled_from("abc"), min_size=1)


def questions(*correct: str) -> list[Question]:
    return [Question(f"q{n}", "问", "?", OPTIONS, frozenset(right)) for n, right in enumerate(correct)]


FIVE = questions("a", "b", "ab", "c", "a")
RIGHT = {one.id: one.correct for one in FIVE}


@given(st.sets(st.sampled_from(sorted(RIGHT))))
def test_each_wrong_answer_of_five_costs_twenty_percent(wrong: set[str]) -> None:
    given_answers = {key: frozenset("abc") if key in wrong else right for key, right in RIGHT.items()}
    assert score(FIVE, given_answers) == 100 - 20 * len(wrong)


@given(st.lists(CHOICES, min_size=1, max_size=12), st.data())
def test_the_score_is_the_share_rounded_down(correct: list[frozenset[str]], data: st.DataObject) -> None:
    quiz = [Question(f"q{n}", "问", "?", OPTIONS, right) for n, right in enumerate(correct)]
    chosen = {one.id: data.draw(CHOICES) for one in quiz}
    right = sum(chosen[one.id] == one.correct for one in quiz)
    assert score(quiz, chosen) == int(100 * right / len(quiz))


def test_part_of_several_right_options_is_wrong() -> None:
    assert score(questions("ab"), {"q0": frozenset("a")}) == 0


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "q0 is missing"),
        ({"q0": frozenset[str]()}, "q0 is missing"),
        ({"q0": frozenset("z")}, "no option z"),
        ({"q0": frozenset("a"), "q9": frozenset("a")}, "no question q9"),
    ],
)
def test_an_answer_sheet_must_fit_the_quiz(answers: dict[str, frozenset[str]], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        score(questions("a"), answers)
