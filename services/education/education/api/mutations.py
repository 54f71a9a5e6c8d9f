"""Writes: one input with its `clientMutationId`, one payload with user errors."""

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from education.api import loaders
from education.api.types import EducationAssignment, QuizAttempt
from education.use_cases.assign_curriculum import AssignCurriculum, assign_curriculum
from education.use_cases.sign_pledge import SignPledge, sign_pledge
from education.use_cases.submit_quiz import Answer, SubmitQuiz, submit_quiz
from education.use_cases.waive_assignment import WaiveAssignment, waive_assignment


@strawberry.input
class QuizAnswerInput:
    question_id: strawberry.ID
    option_ids: list[strawberry.ID]


@strawberry.input
class SubmitQuizInput:
    client_mutation_id: str
    assignment_id: strawberry.ID
    answers: list[QuizAnswerInput]


@strawberry.input(description="`version` is the version of the pledge that you have read.")
class SignPledgeInput:
    client_mutation_id: str
    assignment_id: strawberry.ID
    version: int


@strawberry.input
class WaiveAssignmentInput:
    client_mutation_id: str
    assignment_id: strawberry.ID
    reason: str


@strawberry.input
class AssignCurriculumInput:
    client_mutation_id: str
    curriculum: str
    person_ids: list[strawberry.ID]
    reason: str


@strawberry.type
class EducationAssignmentPayload:
    assignment: EducationAssignment | None
    user_errors: list[UserError]


@strawberry.type
class SubmitQuizPayload:
    assignment: EducationAssignment | None
    attempt: QuizAttempt | None
    user_errors: list[UserError]


@strawberry.type
class AssignCurriculumPayload:
    assignments: list[EducationAssignment]
    user_errors: list[UserError]


@strawberry.type
class Mutation:
    @strawberry.mutation(description="Submit the quiz of your lesson; at the pass mark it is done.")
    async def submit_quiz(self, info: Info, input: SubmitQuizInput) -> SubmitQuizPayload:
        answers = [Answer(one.question_id, list(one.option_ids)) for one in input.answers]
        command = SubmitQuiz(input.assignment_id, answers)
        done, errors = await run(info, submit_quiz, command, input.client_mutation_id)
        if done is None:
            return SubmitQuizPayload(assignment=None, attempt=None, user_errors=errors)
        shown = await _shown(info, done.assignment_id)
        made = await loaders.attempts(info.context, done.assignment_id)
        attempt = next(one for one in made if one.id == done.attempt_id)
        return SubmitQuizPayload(assignment=shown, attempt=QuizAttempt.of(attempt), user_errors=[])

    @strawberry.mutation(description="Sign your pledge in the version that you have read.")
    async def sign_pledge(self, info: Info, input: SignPledgeInput) -> EducationAssignmentPayload:
        command = SignPledge(input.assignment_id, input.version)
        done, errors = await run(info, sign_pledge, command, input.client_mutation_id)
        shown = await _shown(info, done.assignment_id) if done else None
        return EducationAssignmentPayload(assignment=shown, user_errors=errors)

    @strawberry.mutation(description="Lift an assignment of somebody else, with a reason.")
    async def waive_education_assignment(
        self, info: Info, input: WaiveAssignmentInput
    ) -> EducationAssignmentPayload:
        command = WaiveAssignment(input.assignment_id, input.reason)
        done, errors = await run(info, waive_assignment, command, input.client_mutation_id)
        shown = await _shown(info, done.assignment_id) if done else None
        return EducationAssignmentPayload(assignment=shown, user_errors=errors)

    @strawberry.mutation(description="Give people of your reach a lesson or a pledge, due from today.")
    async def assign_curriculum(self, info: Info, input: AssignCurriculumInput) -> AssignCurriculumPayload:
        command = AssignCurriculum(input.curriculum, list(input.person_ids), input.reason)
        done, errors = await run(info, assign_curriculum, command, input.client_mutation_id)
        made = [await _shown(info, one) for one in (done.assignment_ids if done else [])]
        return AssignCurriculumPayload(assignments=[one for one in made if one], user_errors=errors)


async def _shown(info: Info, assignment_id: str) -> EducationAssignment | None:
    loaders.forget(info.context)
    found = await loaders.assignment(info.context, assignment_id)
    return EducationAssignment.of(found, info.context.today) if found else None
