"""Builders for tests of education: a bureau, assignments, and answers that reach a score."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from plumbline_org.model import Org
from plumbline_org.parts import Post, PostKind
from plumbline_org.testing import ALWAYS, linjiang, person
from plumbline_shared.clock import start_of_day
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal

from education.domain.assignment import Assignment
from education.domain.curriculum import Kind, Trigger
from education.storage.assignments import add_assignments, open_batch
from education.storage.curricula import questions_of
from education.use_cases.submit_quiz import Answer

CLEARANCE = {
    "cai-ling": "TO-2", "dai-yang": "TO-2", "feng-bo": "TO-4", "guan-xin": "TO-4",
    "hou-jie": "TO-6", "wu-bin": "TO-7", "yuan-qi": "TO-7",
}  # fmt: skip

As = Callable[[str], Principal]


def district(bureau: str) -> Org:
    """The small bureau with the clearance posts of four offices and the chief of TO-7."""
    small = linjiang(bureau)
    held = {name: f"{unit}.clearance" for name, unit in CLEARANCE.items()} | {"fang-lei": "TO-7.chief"}
    persons = {f"{bureau}.{name}": person(bureau, name, name, post) for name, post in held.items()}
    posts = {f"{bureau}.{post}": _post(bureau, post) for post in held.values()}
    return replace(small, persons={**small.persons, **persons}, posts={**small.posts, **posts})


def _post(bureau: str, name: str) -> Post:
    unit, _, role = name.partition(".")
    rank = PostKind.CHIEF if role == "chief" else PostKind.OFFICER
    return Post(f"{bureau}.{name}", bureau, f"{bureau}.{unit}", role, rank, span=ALWAYS)


ORGS = {"D01": district("D01"), "D02": district("D02")}

LESSON = ("HIGH_POINT_LESSON", 1)
PLEDGE = ("HIGH_POINT_PLEDGE", 1)


def assignment(
    assignment_id: str = "ea_1",
    who: str = "wu-bin",
    unit: str = "TO-7",
    kind: Kind = Kind.LESSON,
    *,
    bureau: str = "D01",
    by: str = "system",
    due_on: date = date(2026, 3, 23),
) -> Assignment:
    """A lesson or pledge of the batch `eb_<id>` because of a regraded point."""
    code, version = LESSON if kind is Kind.LESSON else PLEDGE
    return Assignment(
        id=assignment_id,
        batch_id=f"eb_{assignment_id}",
        bureau_id=bureau,
        person_id=f"{bureau}.{who}",
        unit_id=f"{bureau}.{unit}",
        kind=kind,
        curriculum=code,
        curriculum_version=version,
        point_id=f"{bureau}.RP-CANCEL-CLEARANCE-01",
        incident_id=None,
        assigned_on=date(2026, 3, 9),
        started_on=date(2026, 3, 9),
        due_on=due_on,
        provisional=False,
        assigned_by=by if by == "system" else f"{bureau}.{by}",
    )


OPENED = date(2026, 3, 9)


async def put(conn: Connection, one: Assignment) -> None:
    """Store an assignment with a batch of its own."""
    now = start_of_day(OPENED)
    cause = (Trigger.RISK_POINT_REGRADED, one.batch_id)
    await open_batch(conn, one.batch_id, one.bureau_id, cause, "", one.assigned_by, now)
    await add_assignments(conn, [one])


async def answers(conn: Connection, wrong: int = 0, lesson: tuple[str, int] = LESSON) -> list[Answer]:
    """Answers to a lesson of which the first `wrong` are wrong."""
    found: list[Answer] = []
    for number, question in enumerate(await questions_of(conn, *lesson)):
        others = [option.id for option in question.options if option.id not in question.correct]
        found.append(Answer(question.id, sorted(question.correct) if number >= wrong else others[:1]))
    return found
