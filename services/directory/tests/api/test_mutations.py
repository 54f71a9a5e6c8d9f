import base64

from plumbline_shared.principal import Principal

HR = Principal("person", "D01.xie-tao", "D01", frozenset({"HR_OFFICER"}))
CHEN = Principal("person", "D01.chen-gang", "D01", frozenset({"SECTION_CHIEF"}))
LIN = Principal("person", "D01.lin-jie", "D01")
LOADER = Principal("client", scopes=frozenset({"directory:import"}))

IMPORT = """mutation($i: ImportDirectoryInput!) { importDirectory(input: $i) {
  report { applied changes { kind added changed } problems { sheet row column message } }
  userErrors { code message path } } }"""
ASSIGN = """mutation($i: ChangeAssignmentInput!) { changeAssignment(input: $i) {
  person { id posts { id } assignments { effectiveTo post { id } } } userErrors { code path } } }"""
GRANT = """mutation($i: GrantRoleInput!) { grantRole(input: $i) { person { roles { role } } userErrors { code } } }"""
ROSTER = """mutation($i: SetDutyRosterInput!) { setDutyRoster(input: $i) {
  bureau { dutyDirectors { id } } userErrors { code path } } }"""
DELEGATE = """mutation($i: DelegateInput!) { delegate(input: $i) { person { id } userErrors { code } } }"""
CALENDAR = """mutation($i: ImportCalendarInput!) { importCalendar(input: $i) {
  calendar { version offDays } userErrors { code path } } }"""


def file_of(make_file, book) -> str:
    return base64.b64encode(make_file(book)).decode()


async def test_an_import_is_previewed_then_applied(directory, graphql, make_file) -> None:
    file = file_of(make_file, {"persons": [{"id": "D01.wu-yan", "name": "吴燕"}]})
    preview = await graphql(
        directory, HR, IMPORT, {"i": {"clientMutationId": "1", "file": file, "dryRun": True}}
    )
    assert preview["data"]["importDirectory"]["report"]["applied"] is False
    done = await graphql(directory, HR, IMPORT, {"i": {"clientMutationId": "2", "file": file}})
    assert done["data"]["importDirectory"] == {
        "report": {
            "applied": True,
            "changes": [{"kind": "person", "added": 1, "changed": 0}],
            "problems": [],
        },
        "userErrors": [],
    }


async def test_a_file_that_is_none_is_a_user_error(directory, graphql) -> None:
    for file in ("%%%", "bm8gd29ya2Jvb2s="):
        answer = await graphql(directory, HR, IMPORT, {"i": {"clientMutationId": file, "file": file}})
        assert answer["data"]["importDirectory"]["userErrors"][0]["code"] == "INVALID_INPUT"


async def test_an_assignment_answers_with_the_person(directory, graphql) -> None:
    command = {
        "clientMutationId": "1",
        "personId": "D01.chen-gang",
        "postId": "D01.TO-3.chief",
        "effectiveFrom": "2026-04-01",
    }
    answer = (await graphql(directory, HR, ASSIGN, {"i": command}))["data"]["changeAssignment"]
    assert answer["userErrors"] == []
    assert answer["person"] == {
        "id": "D01.chen-gang",
        "posts": [{"id": "D01.TO-3.chief"}],
        "assignments": [
            {"effectiveTo": "2026-04-01", "post": {"id": "D01.POLICY.chief"}},
            {"effectiveTo": None, "post": {"id": "D01.TO-3.chief"}},
        ],
    }
    again = (await graphql(directory, HR, ASSIGN, {"i": command}))["data"]["changeAssignment"]
    assert again["person"]["id"] == "D01.chen-gang"
    other = {**command, "postId": "D01.POLICY.hr"}
    refused = (await graphql(directory, HR, ASSIGN, {"i": other}))["data"]["changeAssignment"]
    assert refused["userErrors"][0]["code"] == "IDEMPOTENCY_MISMATCH"


CASES = {
    "assign as somebody without the role": (
        LIN,
        ASSIGN,
        {"personId": "D01.chen-gang", "postId": "D01.TO-3.chief", "effectiveFrom": "2026-05-01"},
        "NOT_FOUND",
    ),
    "grant to oneself": (
        HR,
        GRANT,
        {"personId": "D01.xie-tao", "role": "ROLLOUT_ADMIN", "effectiveFrom": "2026-05-01"},
        "OWN_AUTHORITY",
    ),
    "grant a chief's role": (
        HR,
        GRANT,
        {"personId": "D01.lin-jie", "role": "SECTION_CHIEF", "effectiveFrom": "2026-05-01"},
        "ROLE_COMES_WITH_POST",
    ),
    "a roster of no leaders": (
        HR,
        ROSTER,
        {"bureauId": "D01", "month": "2026-05", "duties": [{"on": "2026-05-01", "personId": "D01.lin-jie"}]},
        "NOT_A_LEADER",
    ),
    "delegate what is not held": (
        LIN,
        DELEGATE,
        {
            "grantorId": "D01.lin-jie",
            "delegateId": "D01.chen-gang",
            "authority": "DEPUTY_HEAD",
            "effectiveFrom": "2026-05-01",
        },
        "AUTHORITY_NOT_HELD",
    ),
    "the national calendar": (
        HR,
        CALENDAR,
        {"version": "x", "firstDay": "2026-01-01", "horizon": "2026-12-31", "citation": "x"},
        "NOT_FOUND",
    ),
}


async def test_a_refusal_is_data_with_a_code(directory, graphql, sent) -> None:
    before = await sent()
    for what, (who, mutation, command, code) in CASES.items():
        answer = await graphql(directory, who, mutation, {"i": {"clientMutationId": "1", **command}})
        payload = next(iter(answer["data"].values()))
        assert [one["code"] for one in payload["userErrors"]] == [code], what
    assert await sent() == before


async def test_a_roster_a_delegation_and_a_calendar_answer_with_what_they_made(directory, graphql) -> None:
    duties = [{"on": "2026-04-01", "personId": "D01.huang-zhen"}]
    roster = {"clientMutationId": "1", "bureauId": "D01", "month": "2026-04", "duties": duties}
    answer = (await graphql(directory, HR, ROSTER, {"i": roster}))["data"]["setDutyRoster"]
    assert answer["bureau"]["dutyDirectors"] == [{"id": "D01.huang-zhen"}]
    authority = {
        "clientMutationId": "2",
        "grantorId": "D01.chen-gang",
        "delegateId": "D01.lin-jie",
        "authority": "SECTION_CHIEF",
        "effectiveFrom": "2026-06-01",
    }
    assert (await graphql(directory, CHEN, DELEGATE, {"i": authority}))["data"]["delegate"]["person"] == {
        "id": "D01.lin-jie"
    }
    calendar = {
        "clientMutationId": "3",
        "version": "2026-b",
        "firstDay": "2026-01-01",
        "horizon": "2026-12-31",
        "citation": "国办发明电",
        "offDays": ["2026-04-02"],
    }
    answer = (await graphql(directory, LOADER, CALENDAR, {"i": calendar}))["data"]["importCalendar"]
    assert answer == {"calendar": {"version": "2026-b", "offDays": ["2026-04-02"]}, "userErrors": []}


async def test_an_unknown_role_or_a_date_that_does_not_exist_never_reaches_the_use_case(
    directory, graphql
) -> None:
    wrong = {
        "clientMutationId": "1",
        "personId": "D01.lin-jie",
        "role": "KING",
        "effectiveFrom": "2026-05-01",
    }
    assert (await graphql(directory, HR, GRANT, {"i": wrong}))["data"] is None
    no_day = {**wrong, "role": "REVIEWER", "effectiveFrom": "2026-02-30"}
    assert (await graphql(directory, HR, GRANT, {"i": no_day}))["data"] is None
