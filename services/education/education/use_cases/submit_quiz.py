"""Submit the quiz of a lesson: every attempt is kept, the first one at the pass mark completes it."""

from collections.abc import Sequence

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from education.domain.curriculum import Kind
from education.domain.quiz import score
from education.publications import completed
from education.storage.curricula import load_curricula, questions_of
from education.storage.outcomes import Attempt, add_attempt, add_completion
from education.use_cases.own import assignment_for


class Answer(msgspec.Struct, frozen=True):
    """What was chosen for one question."""

    question_id: str
    option_ids: list[str]


class SubmitQuiz(msgspec.Struct, frozen=True):
    """Answers to every question of the assignment's quiz."""

    assignment_id: str
    answers: list[Answer]


class QuizSubmitted(msgspec.Struct, frozen=True):
    """The attempt; `score` in percent."""

    assignment_id: str
    attempt_id: str
    score: int
    passed: bool


async def submit_quiz(uow: Uow, command: SubmitQuiz) -> QuizSubmitted:
    """Refuses with NOT_FOUND, WRONG_KIND, ASSIGNMENT_CLOSED or INVALID_INPUT; then nothing is kept."""
    assignment = await assignment_for(uow, command.assignment_id, "take")
    assignment.require_open(Kind.LESSON)
    version = (assignment.curriculum, assignment.curriculum_version)
    curriculum = (await load_curricula(uow.conn, [version]))[version]
    answers = _by_question(command.answers)
    reached = score(await questions_of(uow.conn, *version), answers)
    passed = reached >= (curriculum.pass_mark or 0)
    attempt = Attempt(new_id("at"), assignment.id, reached, passed, uow.now)
    await add_attempt(uow.conn, attempt, assignment, answers)
    if passed:
        await add_completion(uow.conn, assignment, reached, uow.now)
        message = completed(assignment, uow.now, reached)
        await uow.emit(assignment.id, message, bureau_id=assignment.bureau_id)
    await uow.audit("submit_quiz", "Assignment", assignment.id, {"score": reached, "passed": passed})
    return QuizSubmitted(assignment.id, attempt.id, reached, passed)


def _by_question(answers: Sequence[Answer]) -> dict[str, frozenset[str]]:
    chosen = {answer.question_id: frozenset(answer.option_ids) for answer in answers}
    if len(chosen) < len(answers):
        raise Invalid("answer every question once", path=("answers",))
    return chosen
