"""Officers of the demonstration at their lessons: pledges signed, quizzes answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from plumbline_local.demo.people import CallFailed
from plumbline_local.demo.world import World

MINE = """
query Mine { myAssignments(first: 100) { nodes {
  id kind status dueOn curriculum { code version } quiz { id options { id } }
} } }
"""
SIGN = """
mutation Sign($input: SignPledgeInput!) {
  signPledge(input: $input) { assignment { id status } userErrors { code message path } }
}
"""
SUBMIT = """
mutation Submit($input: SubmitQuizInput!) {
  submitQuiz(input: $input) {
    assignment { id status score } attempt { score passed } userErrors { code message path }
  }
}
"""
# What somebody who has read the lesson answers.
KEY: Mapping[str, tuple[str, ...]] = {
    "hp-1": ("b",), "hp-2": ("a",), "hp-3": ("a", "b"), "hp-4": ("a",), "hp-5": ("b",),
    "tp-1": ("a",), "tp-2": ("a",), "tp-3": ("a",), "tp-4": ("b",), "tp-5": ("a", "b"),
    "tl-1": ("b",), "tl-2": ("b",), "tl-3": ("a",), "tl-4": ("a", "b"), "tl-5": ("a",),
}  # fmt: skip


async def assignments_of(world: World, person: str) -> Sequence[Mapping[str, Any]]:
    """What a person has to do or has done."""
    return (await world.people(person).ask(MINE))["myAssignments"]["nodes"]


async def sign_pledge(world: World, person: str) -> str:
    """Signs the person's open pledge; its status afterwards."""
    pledge = await _open(world, person, "PLEDGE")
    version = pledge["curriculum"]["version"]
    entry = {"clientMutationId": f"sign-{pledge['id']}", "assignmentId": pledge["id"], "version": version}
    return (await world.people(person).do(SIGN, input=entry))["assignment"]["status"]


async def take_lesson(world: World, person: str, wrong: int = 0, code: str = "") -> Mapping[str, Any]:
    """Answers the quiz of the person's open lesson, the first `wrong` questions wrongly: `{score, passed}`."""
    lesson = await _open(world, person, "LESSON", code)
    answers = [
        {
            "questionId": question["id"],
            "optionIds": _wrong(question) if number < wrong else KEY[question["id"]],
        }
        for number, question in enumerate(lesson["quiz"])
    ]
    key = f"quiz-{lesson['id']}-{wrong}"
    entry = {"clientMutationId": key, "assignmentId": lesson["id"], "answers": answers}
    return (await world.people(person).do(SUBMIT, input=entry))["attempt"]


async def _open(world: World, person: str, kind: str, code: str = "") -> Mapping[str, Any]:
    for one in await assignments_of(world, person):
        wanted = one["kind"] == kind and code in ("", one["curriculum"]["code"])
        if wanted and one["status"] in ("OPEN", "OVERDUE"):
            return one
    raise CallFailed(f"{person} has no open {kind}")


def _wrong(question: Mapping[str, Any]) -> list[str]:
    """The first option that is not the whole right answer."""
    right = set(KEY[question["id"]])
    return [next(option["id"] for option in question["options"] if {option["id"]} != right)]
