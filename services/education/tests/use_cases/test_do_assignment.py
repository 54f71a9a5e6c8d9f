"""Passing a quiz, signing a pledge, lifting an assignment: once, by the right person, or not at all."""

import pytest
from education.domain.assignment import AssignmentClosed, PledgeChanged, WrongKind
from education.domain.curriculum import Kind
from education.testing import As, answers, assignment, put
from education.use_cases.sign_pledge import SignPledge, sign_pledge
from education.use_cases.submit_quiz import Answer, QuizSubmitted, SubmitQuiz, submit_quiz
from education.use_cases.waive_assignment import WaiveAssignment, waive_assignment
from plumbline_shared.errors import IdempotencyMismatch, Invalid, NotFound
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime


@pytest.fixture(autouse=True)
async def _given(runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put(conn, assignment("ea_lesson"))
        await put(conn, assignment("ea_pledge", kind=Kind.PLEDGE))


async def submit(runtime: Runtime, act_as: As, by: str, wrong: int, key: str | None = None) -> QuizSubmitted:
    async with runtime.db.read(system("D01")) as conn:
        sheet = await answers(conn, wrong)
    command = SubmitQuiz("ea_lesson", sheet)
    return await runtime.execute(act_as(f"D01.{by}"), submit_quiz, command, key=key)


async def counts(runtime: Runtime) -> tuple[int, int, int]:
    """Attempts, completions, events."""
    async with runtime.db.read(system("D01")) as conn:
        row = await conn.fetchrow(
            "select (select count(*) from attempt), (select count(*) from completion), (select count(*) from outbox)"
        )
    return tuple(row)


@pytest.mark.parametrize(
    ("wrong", "score", "passed"), [(0, 100, True), (1, 80, True), (2, 60, False), (5, 0, False)]
)
async def test_eighty_percent_pass(
    runtime: Runtime, act_as: As, wrong: int, score: int, passed: bool
) -> None:
    done = await submit(runtime, act_as, "wu-bin", wrong)
    assert (done.score, done.passed) == (score, passed)
    assert await counts(runtime) == (1, int(passed), int(passed))


async def test_a_failed_quiz_may_be_repeated_and_every_attempt_is_kept(runtime: Runtime, act_as: As) -> None:
    for wrong in (5, 2, 1):
        await submit(runtime, act_as, "wu-bin", wrong)
    assert await counts(runtime) == (3, 1, 1)
    with pytest.raises(AssignmentClosed):
        await submit(runtime, act_as, "wu-bin", 0)
    assert await counts(runtime) == (3, 1, 1)


async def test_the_same_key_has_one_effect(runtime: Runtime, act_as: As) -> None:
    first = await submit(runtime, act_as, "wu-bin", 0, key="k")
    assert await submit(runtime, act_as, "wu-bin", 0, key="k") == first
    assert await counts(runtime) == (1, 1, 1)
    with pytest.raises(IdempotencyMismatch):
        await submit(runtime, act_as, "wu-bin", 1, key="k")


@pytest.mark.parametrize("by", ["fang-lei", "deng-yi", "huang-zhen", "yuan-qi"])
async def test_nobody_learns_or_signs_for_another(runtime: Runtime, act_as: As, by: str) -> None:
    with pytest.raises(NotFound):
        await submit(runtime, act_as, by, 0)
    with pytest.raises(NotFound):
        await runtime.execute(act_as(f"D01.{by}"), sign_pledge, SignPledge("ea_pledge", 1))
    assert await counts(runtime) == (0, 0, 0)


async def test_a_pledge_is_signed_once_in_the_version_read(runtime: Runtime, act_as: As) -> None:
    who = act_as("D01.wu-bin")
    with pytest.raises(PledgeChanged):
        await runtime.execute(who, sign_pledge, SignPledge("ea_pledge", 2))
    with pytest.raises(WrongKind):
        await runtime.execute(who, sign_pledge, SignPledge("ea_lesson", 1))
    await runtime.execute(who, sign_pledge, SignPledge("ea_pledge", 1))
    with pytest.raises(AssignmentClosed):
        await runtime.execute(who, sign_pledge, SignPledge("ea_pledge", 1))
    assert await counts(runtime) == (0, 1, 1)


@pytest.mark.parametrize(
    "sheet",
    [[], [Answer("hp-1", ["b"])], [Answer("hp-1", ["b"]), Answer("hp-1", ["a"])], [Answer("nope", ["a"])]],
)
async def test_an_answer_sheet_that_does_not_fit_keeps_nothing(
    runtime: Runtime, act_as: As, sheet: list[Answer]
) -> None:
    with pytest.raises(Invalid):
        await runtime.execute(act_as("D01.wu-bin"), submit_quiz, SubmitQuiz("ea_lesson", sheet))
    assert await counts(runtime) == (0, 0, 0)


async def test_an_assignment_is_lifted_with_a_reason_and_then_closed(runtime: Runtime, act_as: As) -> None:
    admin = act_as("D01.deng-yi")
    with pytest.raises(Invalid, match="say why"):
        await runtime.execute(admin, waive_assignment, WaiveAssignment("ea_lesson", " "))
    await runtime.execute(admin, waive_assignment, WaiveAssignment("ea_lesson", "on leave"))
    with pytest.raises(AssignmentClosed):
        await runtime.execute(admin, waive_assignment, WaiveAssignment("ea_lesson", "again"))
    with pytest.raises(AssignmentClosed):
        await submit(runtime, act_as, "wu-bin", 0)


@pytest.mark.parametrize("by", ["wu-bin", "fang-lei", "huang-zhen", "bai-xue"])
async def test_nobody_else_lifts_one(runtime: Runtime, act_as: As, by: str) -> None:
    with pytest.raises(NotFound):
        await runtime.execute(act_as(f"D01.{by}"), waive_assignment, WaiveAssignment("ea_lesson", "x"))


async def test_the_admin_does_not_lift_their_own(runtime: Runtime, act_as: As) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put(conn, assignment("ea_own", "deng-yi", "OFFICE"))
    with pytest.raises(NotFound):
        await runtime.execute(act_as("D01.deng-yi"), waive_assignment, WaiveAssignment("ea_own", "x"))
