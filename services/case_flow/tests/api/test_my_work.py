"""One ordered list of what somebody has to do (operation 8): steps, explanations, verifications, votes, orders."""

from datetime import date
from typing import Any

from case_flow.domain.my_work import Line, WorkKind, page_of
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import PANEL, deliberated, overdue, served
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.issue_rectification import IssueRectification, issue_rectification
from hypothesis import given
from hypothesis import strategies as st

WORK = """
query ($due: DueRange, $kinds: [WorkKind!], $first: Int! = 50, $after: String) {
  myWork(due: $due, kinds: $kinds, first: $first, after: $after) {
    nodes {
      kind step dueOn mine matter { id } alert { kind } hold { code } inquiry { number } rectification { subject }
      workOrder { id }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 9)) | st.just(date.max)
LINES = st.lists(
    st.builds(Line, DAYS, st.sampled_from(["a", "b", "c"]), st.sampled_from(WorkKind), st.sampled_from(["", "s"])),
    max_size=12, unique_by=lambda one: one.key,
)  # fmt: skip


async def work(graph: Any, name: str, **asked: Any) -> list[dict[str, Any]]:
    return (await graph.ask(name, WORK, **asked))["myWork"]["nodes"]


def kinds(found: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(one["kind"], one["dueOn"]) for one in found]


async def test_each_has_what_they_owe_beside_their_steps(bureau: WorkedBureau, graph: Any) -> None:
    _, _, alert = await overdue(bureau)
    await bureau.at("2026-05-06 09:00")
    mine = await work(graph, "lin-jie")
    assert {one["kind"] for one in mine} >= {"STEP", "EXPLAIN"}
    (explain,) = [one for one in mine if one["kind"] == "EXPLAIN"]
    assert (explain["alert"], explain["dueOn"], explain["matter"]) == (
        {"kind": "DEADLINE_MISSED"}, "2026-05-11", None,
    )  # fmt: skip
    asked = [one for one in await work(graph, "chen-gang") if one["kind"] == "ACKNOWLEDGE"]
    assert ("DEADLINE_MISSED", "2026-05-06") in [(one["alert"]["kind"], one["dueOn"]) for one in asked]
    assert [one for one in await work(graph, "luo-fang") if one["kind"] == "VERIFY"] == []
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(alert.id))
    assert kinds(await work(graph, "luo-fang", kinds=["VERIFY"])) == [("VERIFY", "2026-05-11")]
    assert await work(graph, "wu-yan", kinds=["EXPLAIN", "VERIFY", "ACKNOWLEDGE"]) == []


async def test_an_explanation_is_owed_until_it_is_given(bureau: WorkedBureau, graph: Any) -> None:
    _, _, alert = await overdue(bureau)
    said = {"alertId": alert.id, "explanation": "the paper came late"}
    await graph.do("lin-jie", "explainAlert", said, "alert { id }")
    assert await work(graph, "lin-jie", kinds=["EXPLAIN"]) == []


async def test_a_vote_is_owed_by_whoever_is_present_and_not_barred(bureau: WorkedBureau, graph: Any) -> None:
    inquiry = await deliberated(bureau)
    owing = {name for name in PANEL if await work(graph, name, kinds=["VOTE"])}
    assert owing == {*PANEL[:8]} - {"luo-fang"}
    await graph.do("gu-ping", "castRollCallVote", {"inquiryId": inquiry, "choice": "FOR"}, "inquiry { id }")
    assert await work(graph, "gu-ping", kinds=["VOTE"]) == []


async def test_a_defence_is_owed_by_each_respondent_until_it_is_stated(
    bureau: WorkedBureau, graph: Any
) -> None:
    await served(bureau)
    assert kinds(await work(graph, "sun-hao", kinds=["DEFENCE"])) == [("DEFENCE", "2026-05-28")]
    assert await work(graph, "lin-jie", kinds=["DEFENCE"]) == []


async def test_an_order_is_owed_by_its_unit_and_a_range_of_days_narrows(
    bureau: WorkedBureau, graph: Any
) -> None:
    order = IssueRectification("D01.TO-3", "slips", "acknowledge every slip in a day")
    await bureau.do("huang-zhen", issue_rectification, order)
    (owed,) = await work(graph, "sun-hao", kinds=["RECTIFY"])
    assert (owed["rectification"], owed["mine"]) == ({"subject": "slips"}, False)
    due = owed["dueOn"]
    assert await work(graph, "sun-hao", kinds=["RECTIFY"], due={"until": due}) == [owed]
    assert await work(graph, "sun-hao", kinds=["RECTIFY"], due={"since": due, "until": due}) == [owed]
    assert await work(graph, "sun-hao", kinds=["RECTIFY"], due={"until": "2026-04-02"}) == []
    assert await work(graph, "chen-gang", kinds=["RECTIFY"]) == []


async def test_pages_of_one_follow_one_another_through_all_kinds(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    whole, paged, after = await work(graph, "chen-gang"), [], None
    for _ in range(20):
        page = (await graph.ask("chen-gang", WORK, first=1, after=after))["myWork"]
        paged += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(whole) > 1
    assert paged == whole


@given(LINES, st.integers(1, 5), st.none() | DAYS)
def test_a_page_has_the_earliest_lines_in_their_order(
    lines: list[Line], first: int, until: date | None
) -> None:
    page = page_of(reversed(lines), first, until)
    left = [one for one in lines if one not in page.lines and (until is None or one.due_on <= until)]
    assert [one.key for one in page.lines] == sorted(one.key for one in page.lines)
    assert all(one.key > page.lines[-1].key for one in left)
    assert page.more == bool(left)
    assert until is None or all(one.due_on <= until for one in page.lines)
