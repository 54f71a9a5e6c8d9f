"""The subgraph as its callers meet it."""

from datetime import date, timedelta
from typing import Any

import pytest
from education.domain.curriculum import Kind
from education.subscriptions import TIMERS
from education.testing import As, answers, assignment, put
from plumbline_shared.clock import ManualClock, start_of_day
from plumbline_shared.principal import ANONYMOUS, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from plumbline_shared.timers import run_due
from plumbline_shared.use_case import Uow

ONE = """
query ($id: ID!) { educationAssignment(id: $id) {
  id kind status dueOn overdueFrom score person { id } unit { id } riskPoint { id } incident { id }
  curriculum { code version passMark titleZh citation { text } }
  deadline { unit length startedOn dueOn overdueBy }
  quiz { id several options { id } } attempts { score passed }
} }
"""
MINE = "query ($after: String) { myAssignments(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }"
SUBMIT = """
mutation ($input: SubmitQuizInput!) { submitQuiz(input: $input) {
  attempt { score passed } assignment { status score attempts { score } } userErrors { code path } } }
"""
ENTITIES = """
query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Person { id educationAssignments { id } }
  ... on RiskPoint { id lessons { id } }
  ... on EducationAssignment { id } } }
"""
ALERTS = "{ educationAlerts { nodes { kind grade raisedAt person { id } assignment { id } } } }"
REPRESENTATIONS = [
    {"__typename": "Person", "id": "D01.wu-bin"},
    {"__typename": "RiskPoint", "id": "D01.RP-CANCEL-CLEARANCE-01"},
    {"__typename": "EducationAssignment", "id": "ea_lesson"},
]


@pytest.fixture(autouse=True)
async def _given(runtime: Runtime, clock: ManualClock) -> None:
    clock.set(start_of_day(date(2026, 3, 10)))
    async with runtime.db.transaction(system("D01")) as conn:
        await put(conn, assignment("ea_lesson"))
        await put(conn, assignment("ea_pledge", kind=Kind.PLEDGE, due_on=date(2026, 3, 16)))
        uow = Uow(conn, system("D01"), clock.now())
        payload = {"batch": "eb_ea_lesson", "due_on": "2026-03-23"}
        await uow.schedule("batch_due", "eb_ea_lesson", start_of_day(date(2026, 3, 24)), payload)


async def test_an_assignment_says_what_when_and_why(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, clock: ManualClock
) -> None:
    clock.set(start_of_day(date(2026, 3, 25)))
    answer = await graphql(runtime, act_as("D01.wu-bin"), ONE, {"id": "ea_lesson"})
    found = answer["data"]["educationAssignment"]
    assert (found["status"], found["overdueFrom"]) == ("OVERDUE", "2026-03-24")
    assert found["riskPoint"] == {"id": "D01.RP-CANCEL-CLEARANCE-01"}
    assert found["incident"] is None
    assert found["deadline"] == {
        "unit": "WORKING_DAY", "length": 10, "startedOn": "2026-03-09", "dueOn": "2026-03-23", "overdueBy": 2,
    }  # fmt: skip
    assert found["curriculum"]["passMark"] == 80
    assert len(found["quiz"]) == 5
    assert "correct" not in str(found)


@pytest.mark.parametrize("name", ["D01.yuan-qi", "D01.pan-yu", "D02.deng-yi", "D02.wu-bin"])
async def test_absent_and_forbidden_answer_alike(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, name: str
) -> None:
    forbidden = await graphql(runtime, act_as(name), ONE, {"id": "ea_lesson"})
    absent = await graphql(runtime, act_as(name), ONE, {"id": "ea_nothing"})
    assert forbidden == absent == {"data": {"educationAssignment": None}}


async def entities(runtime: Runtime, graphql: RunGraphQL, who: Any) -> list[Any]:
    answer = await graphql(runtime, who, ENTITIES, {"of": REPRESENTATIONS})
    return answer["data"]["_entities"]


async def test_entities_are_loaded_as_their_reader(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> None:
    seen = await entities(runtime, graphql, act_as("D01.fang-lei"))
    assert [one["id"] for one in seen[0]["educationAssignments"]] == ["ea_pledge", "ea_lesson"]
    assert [one["id"] for one in seen[1]["lessons"]] == ["ea_lesson"]
    assert seen[2] == {"id": "ea_lesson"}


@pytest.mark.parametrize("name", ["D01.yuan-qi", "D01.luo-fang", "D02.huang-zhen", None])
async def test_entities_open_no_door(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, name: str | None
) -> None:
    seen = await entities(runtime, graphql, act_as(name) if name else ANONYMOUS)
    assert (seen[0]["educationAssignments"], seen[1]["lessons"], seen[2]) == ([], [], None)


async def test_pages_follow_each_other(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> None:
    who = act_as("D01.wu-bin")
    first = (await graphql(runtime, who, MINE))["data"]["myAssignments"]
    assert first["nodes"] == [{"id": "ea_pledge"}]
    after = {"after": first["pageInfo"]["endCursor"]}
    second = (await graphql(runtime, who, MINE, after))["data"]["myAssignments"]
    assert second["nodes"] == [{"id": "ea_lesson"}]
    assert second["pageInfo"]["hasNextPage"] is False


async def test_a_list_narrows(runtime: Runtime, act_as: As, graphql: RunGraphQL, clock: ManualClock) -> None:
    clock.set(start_of_day(date(2026, 3, 20)))
    query = "query ($f: EducationAssignmentFilter) { assignments(filter: $f) { nodes { id } } }"

    async def ids(**wanted: str) -> list[str]:
        answer = await graphql(runtime, act_as("D01.deng-yi"), query, {"f": wanted})
        return [one["id"] for one in answer["data"]["assignments"]["nodes"]]

    assert await ids() == ["ea_pledge", "ea_lesson"]
    assert await ids(status="OVERDUE") == ["ea_pledge"]
    assert await ids(status="OPEN", unitId="D01.TO-7") == ["ea_lesson"]
    assert await ids(personId="D01.yuan-qi") == []


async def test_a_quiz_is_passed_over_the_wire(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> None:
    async with runtime.db.read(system("D01")) as conn:
        sheet = await answers(conn, wrong=1)
    given = [{"questionId": one.question_id, "optionIds": one.option_ids} for one in sheet]
    variables = {"input": {"clientMutationId": "1", "assignmentId": "ea_lesson", "answers": given}}
    done = (await graphql(runtime, act_as("D01.wu-bin"), SUBMIT, variables))["data"]["submitQuiz"]
    assert done["attempt"] == {"score": 80, "passed": True}
    assert done["assignment"] == {"status": "COMPLETED", "score": 80, "attempts": [{"score": 80}]}
    again = {"input": variables["input"] | {"clientMutationId": "2"}}
    refused = (await graphql(runtime, act_as("D01.wu-bin"), SUBMIT, again))["data"]["submitQuiz"]
    assert refused == {
        "attempt": None, "assignment": None, "userErrors": [{"code": "ASSIGNMENT_CLOSED", "path": []}],
    }  # fmt: skip


async def test_attempts_are_their_authors_alone(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> None:
    async with runtime.db.read(system("D01")) as conn:
        sheet = await answers(conn, wrong=5)
    given = [{"questionId": one.question_id, "optionIds": one.option_ids} for one in sheet]
    variables = {"input": {"clientMutationId": "1", "assignmentId": "ea_lesson", "answers": given}}
    await graphql(runtime, act_as("D01.wu-bin"), SUBMIT, variables)
    for name, seen in {"wu-bin": [{"score": 0, "passed": False}], "fang-lei": [], "huang-zhen": []}.items():
        answer = await graphql(runtime, act_as(f"D01.{name}"), ONE, {"id": "ea_lesson"})
        assert answer["data"]["educationAssignment"]["attempts"] == seen


@pytest.mark.parametrize(
    ("name", "seen"),
    [("wu-bin", 1), ("fang-lei", 1), ("deng-yi", 1), ("huang-zhen", 0), ("tang-li", 0), ("yuan-qi", 0)],
)
async def test_the_overdue_alert_is_for_three(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, clock: ManualClock, name: str, seen: int
) -> None:
    clock.set(start_of_day(date(2026, 3, 24)) + timedelta(hours=9))
    await run_due(runtime.db, clock, TIMERS)
    answer = await graphql(runtime, act_as(f"D01.{name}"), ALERTS)
    found = answer["data"]["educationAlerts"]["nodes"]
    assert len(found) == seen
    expected = {
        "kind": "EDUCATION_OVERDUE", "grade": "LOW", "raisedAt": "2026-03-23T16:00:00+00:00",
        "person": {"id": "D01.wu-bin"}, "assignment": {"id": "ea_lesson"},
    }  # fmt: skip
    assert all(one == expected for one in found)


@pytest.mark.parametrize("query", ["{ myAssignments { nodes { id } } }", "{ curricula { code } }", ALERTS])
async def test_nobody_gets_nothing(runtime: Runtime, graphql: RunGraphQL, query: str) -> None:
    answer = await graphql(runtime, ANONYMOUS, query)
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("after", ["nonsense", "WyJ4Il0", ""])
async def test_a_cursor_of_somebody_else_is_refused(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, after: str
) -> None:
    answer = await graphql(runtime, act_as("D01.wu-bin"), MINE, {"after": after or "="})
    assert answer["errors"][0]["extensions"]["code"] == "INVALID_INPUT"
