"""The register over GraphQL: who sees which point on which day, and the numbers beside it."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.principal import ANONYMOUS, Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.standing import PointState, Standing
from risk_registry.storage.signals import add_signal
from risk_registry.storage.standings import add_standings
from risk_registry.testing import declaring, description, put_point, row, sheet

As = Callable[[str], Principal]
Ask = Callable[..., Any]
YEAR = date(2026, 1, 1)
AT = datetime(2026, 1, 1, tzinfo=UTC)
L, M, H = RiskGrade.LOW, RiskGrade.MEDIUM, RiskGrade.HIGH
CLEARANCE = [f"D01.{unit}.clearance" for unit in ("TO-2", "TO-4", "TO-6", "TO-7")]
LIST = """
query ($filter: RiskPointFilter, $asOf: Date, $first: Int! = 50, $after: String) {
  riskPoints(filter: $filter, asOf: $asOf, first: $first, after: $after) {
    nodes { id code grade status category }
    pageInfo { hasNextPage endCursor }
    facets { size ungraded cells { category grade count } categories { category count } grades { grade count } }
  }
}
"""
ONE = """
query ($id: ID!, $asOf: Date) {
  riskPoint(id: $id, asOf: $asOf) {
    id grade heightenedSince posts { id } units { id } ownerUnit { id }
    gradeDisplay { profile colour wordZh }
    gradeHistory { grade status validFrom validTo }
    holders { id }
    oversight { holder { id } managers { id } monitors { id } circularFixed escalatedToUpper }
  }
}
"""


@pytest_asyncio.fixture
async def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    """`await ask("D01.huang-zhen", QUERY, **variables)` gives the data and fails on any error."""
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-A", M, description(["D01.POLICY.reviewer"], "D01.POLICY"), YEAR, AT)
        await put_point(conn, "RP-B", H, description(["D01.POLICY.chief"], process="X", step="y"), YEAR, AT)
        cancel = await put_point(conn, "RP-C", L, description(CLEARANCE, "D01.LEVY"), YEAR, AT)
        lifted = Standing(PointState.ACTIVE, H, date(2026, 3, 9), AT, reason="collective review")
        await add_standings(conn, "D01", [(cancel, lifted)])
        await put_point(conn, "RP-D", None, description(), YEAR, AT)
        await put_point(conn, "RP-H", H, description(["D01.LEAD.head"]), YEAR, AT)
    async with runtime.db.transaction(system("D02")) as conn:
        await put_point(conn, "RP-A", L, description(["D02.POLICY.reviewer"]), YEAR, AT, "D02")

    async def run(who: str | Principal, query: str, **variables: Any) -> Any:
        principal = act_as(who) if isinstance(who, str) else who
        answer = await graphql(runtime, principal, query, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    return run


def ids(data: Any) -> list[str]:
    return [node["code"] for node in data["riskPoints"]["nodes"]]


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("D01.huang-zhen", ["RP-A", "RP-B", "RP-C", "RP-H"]),
        ("D01.ma-qing", ["RP-A", "RP-B", "RP-C", "RP-H"]),
        ("D01.zhou-min", ["RP-A", "RP-B", "RP-C"]),
        ("D01.tang-li", ["RP-C"]),
        ("D01.chen-gang", ["RP-A", "RP-B"]),
        ("D01.song-ke", ["RP-C"]),
        ("D01.fang-lei", ["RP-C"]),
        ("D01.lin-jie", ["RP-A"]),
        ("D01.wu-bin", ["RP-C"]),
        ("D01.pan-yu", []),
        ("D01.operator-07", []),
        ("D02.huang-zhen", ["RP-A"]),
        ("C01.city-head", []),
    ],
)
async def test_each_reader_has_their_own_register(ask: Ask, who: str, codes: list[str]) -> None:
    data = await ask(who, LIST)
    assert ids(data) == codes
    facets = data["riskPoints"]["facets"]
    assert facets["size"] == len(codes)
    assert sum(cell["count"] for cell in facets["cells"]) == len(codes)


@pytest.mark.parametrize(
    ("narrowed", "codes"),
    [
        ({"grade": "HIGH"}, ["RP-B", "RP-C", "RP-H"]),
        ({"category": "PARTY_AFFAIRS"}, []),
        ({"unit": "D01.TO-4"}, ["RP-C"]),
        ({"holder": "D01.wu-bin"}, ["RP-C"]),
        ({"holder": "D01.nobody"}, []),
        ({"process": "X"}, ["RP-B"]),
        ({"process": "X", "step": "z"}, []),
        ({"status": ["PROPOSED"]}, ["RP-D"]),
        ({"status": []}, []),
    ],
)
async def test_filters_narrow_the_list_and_its_facets(ask: Ask, narrowed: Any, codes: list[str]) -> None:
    data = await ask("D01.huang-zhen", LIST, filter=narrowed)
    assert ids(data) == codes
    assert data["riskPoints"]["facets"]["size"] + data["riskPoints"]["facets"]["ungraded"] == len(codes)


async def test_the_register_of_an_earlier_day_is_as_it_was(ask: Ask) -> None:
    before = await ask("D01.huang-zhen", LIST, asOf="2026-03-08")
    after = await ask("D01.huang-zhen", LIST, asOf="2026-03-09")
    assert {node["code"]: node["grade"] for node in before["riskPoints"]["nodes"]}["RP-C"] == "LOW"
    assert {node["code"]: node["grade"] for node in after["riskPoints"]["nodes"]}["RP-C"] == "HIGH"
    assert ids(await ask("D01.huang-zhen", LIST, asOf="2025-12-31")) == []


async def test_pages_continue_after_the_cursor(ask: Ask) -> None:
    first = await ask("D01.huang-zhen", LIST, first=3)
    assert (ids(first), first["riskPoints"]["pageInfo"]["hasNextPage"]) == (["RP-A", "RP-B", "RP-C"], True)
    second = await ask("D01.huang-zhen", LIST, first=3, after=first["riskPoints"]["pageInfo"]["endCursor"])
    assert (ids(second), second["riskPoints"]["pageInfo"]["hasNextPage"]) == (["RP-H"], False)
    assert second["riskPoints"]["facets"]["size"] == 4


async def test_a_point_shows_its_history_its_holders_and_their_oversight(ask: Ask) -> None:
    point = (await ask("D01.huang-zhen", ONE, id="D01.RP-C"))["riskPoint"]
    assert [each["id"] for each in point["holders"]] == [
        f"D01.{name}"
        for name in ("cai-ling", "dai-yang", "feng-bo", "guan-xin", "hou-jie", "wu-bin", "yuan-qi")
    ]
    assert [(each["grade"], each["validFrom"], each["validTo"]) for each in point["gradeHistory"]] == [
        ("LOW", "2026-01-01", "2026-03-09"),
        ("HIGH", "2026-03-09", None),
    ]
    line = next(each for each in point["oversight"] if each["holder"]["id"] == "D01.wu-bin")
    assert [each["id"] for each in line["managers"]] == ["D01.tang-li"]
    assert [each["id"] for each in line["monitors"]] == ["D01.huang-zhen", "D01.ma-qing"]
    assert point["gradeDisplay"] == {"profile": "NATIONAL", "colour": "red", "wordZh": "高"}


async def test_the_line_of_the_day_before_the_regrade_is_the_chief(ask: Ask) -> None:
    point = (await ask("D01.fang-lei", ONE, id="D01.RP-C", asOf="2026-03-08"))["riskPoint"]
    assert [each["grade"] for each in point["gradeHistory"]] == ["LOW"]
    line = next(each for each in point["oversight"] if each["holder"]["id"] == "D01.wu-bin")
    assert [each["id"] for each in line["managers"] + line["monitors"]] == ["D01.fang-lei", "D01.fang-lei"]


async def test_a_head_who_holds_a_point_is_overseen_from_above(ask: Ask) -> None:
    (line,) = (await ask("D01.ma-qing", ONE, id="D01.RP-H"))["riskPoint"]["oversight"]
    assert (line["holder"]["id"], line["escalatedToUpper"]) == ("D01.huang-zhen", True)
    people = {each["id"] for each in line["managers"] + line["monitors"]}
    assert people == {"C01.city-head", "C01.city-lead"}


async def test_who_held_the_post_then_reads_that_day_and_not_today(ask: Ask, runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-T", L, description(["D01.TO-5.administrator"]), YEAR, AT)
    for day, codes in {"2026-02-28": ["RP-T"], "2026-03-01": [], "2026-04-01": []}.items():
        assert ids(await ask("D01.old-hand", LIST, asOf=day)) == codes
        point = (await ask("D01.old-hand", ONE, id="D01.RP-T", asOf=day))["riskPoint"]
        assert (point is not None) is bool(codes)


@pytest.mark.parametrize("who", ["D01.pan-yu", "D01.operator-07", "D02.huang-zhen", "C01.city-head"])
async def test_a_point_of_others_and_a_point_that_is_not_there_look_the_same(ask: Ask, who: str) -> None:
    assert await ask(who, ONE, id="D01.RP-C") == await ask(who, ONE, id="D01.RP-NONE") == {"riskPoint": None}


ENTITIES = """
query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on RiskPoint { id grade } ... on GradingReview { id } }
}
"""


@pytest.mark.parametrize(
    ("who", "seen"),
    [("D01.huang-zhen", True), ("D01.wu-bin", True), ("D01.pan-yu", False), ("D02.ma-qing", False)],
)
async def test_the_entity_door_is_the_same_door(ask: Ask, who: str, seen: bool) -> None:
    asked = [{"__typename": "RiskPoint", "id": id_} for id_ in ("D01.RP-C", "D01.RP-NONE")]
    found = (await ask(who, ENTITIES, representations=asked))["_entities"]
    assert found == [{"id": "D01.RP-C", "grade": "HIGH"} if seen else None, None]


async def test_nobody_gets_nothing_through_the_entity_door(ask: Ask) -> None:
    asked = [{"__typename": "RiskPoint", "id": "D01.RP-C"}, {"__typename": "GradingReview", "id": "gr_1"}]
    for who in (ANONYMOUS, Principal("client", bureau_id="D01"), Principal("person")):
        assert (await ask(who, ENTITIES, representations=asked))["_entities"] == [None, None]


@pytest.mark.parametrize(
    ("who", "since"),
    [
        ("D01.huang-zhen", "2026-03-20"),
        ("D01.ma-qing", "2026-03-20"),
        ("D01.bai-xue", None),
        ("D01.luo-fang", None),
        ("D01.zhou-min", None),
        ("D01.chen-gang", None),
    ],
)
async def test_heightened_monitoring_is_for_head_and_discipline_lead(
    ask: Ask, runtime: Runtime, who: str, since: str | None
) -> None:
    quiet = await ask(who, ONE, id="D01.RP-B")
    async with runtime.db.transaction(system("D01")) as conn:
        await add_signal(conn, "sg_1", "D01.RP-B", "D01", date(2026, 3, 20))
    signalled = await ask(who, ONE, id="D01.RP-B")
    assert quiet["riskPoint"]["heightenedSince"] is None
    assert signalled["riskPoint"].pop("heightenedSince") == since
    quiet["riskPoint"].pop("heightenedSince")
    assert signalled == quiet


async def test_the_head_does_not_learn_of_a_signal_on_a_point_of_his_own(ask: Ask, runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await add_signal(conn, "sg_2", "D01.RP-H", "D01", date(2026, 3, 20))
    assert (await ask("D01.huang-zhen", ONE, id="D01.RP-H"))["riskPoint"]["heightenedSince"] is None
    assert (await ask("D01.ma-qing", ONE, id="D01.RP-H"))["riskPoint"]["heightenedSince"] == "2026-03-20"


COUNTS = """
query ($bureau: ID!) { registerCounts(bureauId: $bureau) { suppressed facets { size cells { count } } } }
"""


async def test_leaders_count_in_full_and_those_above_without_small_numbers(ask: Ask) -> None:
    full = (await ask("D01.huang-zhen", COUNTS, bureau="D01"))["registerCounts"]
    assert (full["suppressed"], full["facets"]["size"]) == (False, 4)
    for who in ("C01.city-head", "D01.gu-ping"):
        above = (await ask(who, COUNTS, bureau="D01"))["registerCounts"]
        assert above["suppressed"] is True
        assert above["facets"]["size"] is None
        assert {cell["count"] for cell in above["facets"]["cells"]} == {None}


@pytest.mark.parametrize(
    ("who", "bureau"), [("D01.wu-bin", "D01"), ("D02.huang-zhen", "D01"), ("D01.huang-zhen", "X")]
)
async def test_others_do_not_count(
    ask: Ask, runtime: Runtime, act_as: As, graphql: RunGraphQL, who: str, bureau: str
) -> None:
    answer = await graphql(runtime, act_as(who), COUNTS, {"bureau": bureau})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"filter": {"grade": "PURPLE"}}, "GRAPHQL_VALIDATION_FAILED"),
        ({"asOf": "2026-02-30"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"asOf": "2026-04-02"}, "INVALID_INPUT"),
        ({"first": 0}, "INVALID_INPUT"),
        ({"first": 201}, "INVALID_INPUT"),
        ({"after": "not-a-cursor"}, "INVALID_INPUT"),
    ],
)
async def test_bad_input_gives_a_typed_error(
    ask: Ask, runtime: Runtime, act_as: As, graphql: RunGraphQL, variables: dict[str, Any], code: str
) -> None:
    answer = await graphql(runtime, act_as("D01.huang-zhen"), LIST, variables)
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


async def test_a_bureau_shows_grades_in_its_own_colours_from_the_day_it_chose(
    ask: Ask, clock: ManualClock
) -> None:
    choose = """
    mutation ($input: ChooseDisplayProfileInput!) {
      chooseDisplayProfile(input: $input) { profile userErrors { code path } }
    }
    """

    async def chosen(who: str, profile: str, on: str) -> Any:
        wanted = {"clientMutationId": f"{who}{profile}{on}", "profile": profile, "effectiveFrom": on}
        return (await ask(who, choose, input=wanted))["chooseDisplayProfile"]

    assert (await chosen("D01.huang-zhen", "S1_HUBEI_2010", "2026-04-02"))["profile"] == "S1_HUBEI_2010"
    assert (await chosen("D01.huang-zhen", "RAINBOW", "2026-04-02"))["userErrors"][0][
        "code"
    ] == "INVALID_INPUT"
    assert (await chosen("D01.huang-zhen", "NATIONAL", "2026-03-31"))["userErrors"][0][
        "code"
    ] == "EFFECTIVE_IN_PAST"
    assert (await chosen("D01.ma-qing", "NATIONAL", "2026-04-02"))["userErrors"][0]["code"] == "NOT_FOUND"
    today = await ask("D01.huang-zhen", ONE, id="D01.RP-A")
    clock.set(datetime(2026, 4, 2, 9, tzinfo=SHANGHAI))
    tomorrow = await ask("D01.huang-zhen", ONE, id="D01.RP-A")
    assert today["riskPoint"]["gradeDisplay"] == {"profile": "NATIONAL", "colour": "orange", "wordZh": "中"}
    assert tomorrow["riskPoint"]["gradeDisplay"] == {
        "profile": "S1_HUBEI_2010", "colour": "yellow", "wordZh": "黄色风险"
    }  # fmt: skip
    assert tomorrow["riskPoint"]["grade"] == today["riskPoint"]["grade"] == "MEDIUM"


PREVIEW = """
query ($file: RegisterFileInput!) {
  registerImportPreview(file: $file, effectiveFrom: "2026-04-01") {
    origin points created unchanged missing totalsDeclared
    badCells { row column value code message } badTotals { what expected actual }
  }
}
"""
IMPORT = """
mutation ($input: ImportRegisterInput!) {
  importRegister(input: $input) { register { origin created unchanged } userErrors { code message path } }
}
"""


def upload(content: bytes) -> dict[str, str]:
    return {"name": "register.csv", "contentBase64": base64.b64encode(content).decode()}


async def test_a_preview_names_every_bad_cell_and_writes_nothing(ask: Ask) -> None:
    rows = [row(code="RP-N1"), row(code="RP-N2", grade="红", posts="MOON.x")]
    content = sheet(rows, [("size", "", 3)])
    seen = (await ask("D01.huang-zhen", PREVIEW, file=upload(content)))["registerImportPreview"]
    assert (seen["points"], seen["created"], seen["totalsDeclared"]) == (2, 2, False)
    assert [(cell["row"], cell["column"], cell["code"]) for cell in seen["badCells"]] == [
        (4, "grade", "COLOUR_IS_NO_GRADE"),
        (4, "posts", "UNKNOWN_POST"),
    ]
    assert seen["badTotals"] == [{"what": "register size", "expected": 3, "actual": 2}]
    assert seen["missing"] == ["RP-A", "RP-B", "RP-C", "RP-H"]
    assert ids(await ask("D01.huang-zhen", LIST)) == ["RP-A", "RP-B", "RP-C", "RP-H"]


async def test_an_import_answers_once_for_one_key(ask: Ask) -> None:
    rows = [row(code="RP-N1"), row(code="RP-N2")]
    wanted = {
        "clientMutationId": "import-1", "effectiveFrom": "2026-04-01", "dissolveMissing": True,
        "file": upload(sheet(rows, declaring(rows))),
    }  # fmt: skip
    first = await ask("D01.huang-zhen", IMPORT, input=wanted)
    assert first["importRegister"]["register"] == {"origin": "REGISTER", "created": 2, "unchanged": 0}
    assert await ask("D01.huang-zhen", IMPORT, input=wanted) == first
    other = await ask("D01.huang-zhen", IMPORT, input={**wanted, "dissolveMissing": False})
    assert other["importRegister"]["userErrors"][0]["code"] == "IDEMPOTENCY_MISMATCH"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ({"name": "a.csv", "contentBase64": "%%%"}, "INVALID_INPUT"),
        ({"name": "a.pdf", "contentBase64": ""}, "INVALID_INPUT"),
        (upload(sheet([row(code="RP-N1")])), "TOTALS_MISSING"),
    ],
)
async def test_a_bad_file_is_a_user_error(ask: Ask, file: Any, code: str) -> None:
    wanted = {"clientMutationId": "import-2", "effectiveFrom": "2026-04-01", "file": file}
    answer = (await ask("D01.huang-zhen", IMPORT, input=wanted))["importRegister"]
    assert answer["register"] is None
    assert [error["code"] for error in answer["userErrors"]] == [code]
