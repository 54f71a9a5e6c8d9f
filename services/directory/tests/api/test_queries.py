from datetime import UTC, date, datetime

from directory.use_cases.import_directory import ImportDirectory, import_directory
from plumbline_shared.principal import ANONYMOUS, Principal

LIN = Principal("person", "D01.lin-jie", "D01", frozenset({"REVIEWER"}), frozenset({"D01.POLICY"}))
HR = Principal("person", "D01.xie-tao", "D01", frozenset({"HR_OFFICER"}))
CITY = Principal("person", "C01.li", "C01")
OTHER = Principal("person", "D02.wang", "D02", frozenset({"HR_OFFICER", "BUREAU_HEAD"}))
ROLLOUT = Principal("person", "C01.roll-out", "C01", frozenset({"ROLLOUT_ADMIN"}))
LOADER = Principal("client", scopes=frozenset({"directory:import"}))


async def test_a_unit_is_walked_as_of_a_day(directory, graphql) -> None:
    query = """query($on: Date) { unit(id: "D01.POLICY", asOf: $on) {
      name functions chief { id name } deputyInCharge { id } bureau { id parent { id level } }
      posts { id holders { id } } persons { id } } }"""
    answer = await graphql(directory, LIN, query, {"on": "2026-04-01"})
    assert answer["data"]["unit"] == {
        "name": "税政科",
        "functions": ["POLICY", "RELIEF"],
        "chief": {"id": "D01.chen-gang", "name": "陈刚"},
        "deputyInCharge": {"id": "D01.zhou-min"},
        "bureau": {"id": "D01", "parent": {"id": "C01", "level": "CITY"}},
        "posts": [
            {"id": "D01.POLICY.chief", "holders": [{"id": "D01.chen-gang"}]},
            {"id": "D01.POLICY.hr", "holders": [{"id": "D01.xie-tao"}]},
            {"id": "D01.POLICY.reviewer", "holders": [{"id": "D01.lin-jie"}]},
        ],
        "persons": [{"id": "D01.chen-gang"}, {"id": "D01.lin-jie"}, {"id": "D01.xie-tao"}],
    }


async def test_before_the_first_assignment_nobody_is_chief(directory, graphql) -> None:
    answer = await graphql(directory, LIN, '{ unit(id: "D01.POLICY", asOf: "2024-06-01") { chief { id } } }')
    assert answer["data"]["unit"]["chief"] is None


async def test_an_old_name_is_the_name_of_its_day(directory, graphql, make_file, clock) -> None:
    clock.set(datetime(2026, 6, 1, 4, tzinfo=UTC))
    renamed = {
        "units": [
            {"id": "D01.POLICY", "name": "政策科", "kind": "SECTION", "head_post_id": "D01.POLICY.chief"},
        ]
    }
    await directory.execute(HR, import_directory, ImportDirectory(make_file(renamed)))
    query = (
        '{ old: unit(id: "D01.POLICY", asOf: "2026-05-31") { name } new: unit(id: "D01.POLICY") { name } }'
    )
    answer = await graphql(directory, LIN, query)
    assert answer["data"] == {"old": {"name": "税政科"}, "new": {"name": "政策科"}}


async def test_the_viewer_sees_who_they_are(directory, graphql) -> None:
    query = "{ viewer { person { id name enforcementQualified } posts { id } roles } }"
    answer = await graphql(directory, LIN, query)
    assert answer["data"]["viewer"] == {
        "person": {"id": "D01.lin-jie", "name": "林杰", "enforcementQualified": True},
        "posts": [{"id": "D01.POLICY.reviewer"}],
        "roles": ["REVIEWER"],
    }
    assert (await graphql(directory, ANONYMOUS, query))["data"]["viewer"] is None


async def test_the_level_above_sees_names_and_the_own_bureau_the_rest(directory, graphql) -> None:
    query = '{ person(id: "D01.lin-jie") { name posts { id } status roles { role unit { id } } assignments { kind } } }'
    seen = (await graphql(directory, LIN, query))["data"]["person"]
    assert seen["status"] == "ACTIVE"
    assert seen["roles"] == [{"role": "REVIEWER", "unit": {"id": "D01.POLICY"}}]
    above = (await graphql(directory, CITY, query))["data"]["person"]
    assert above["name"] == "林杰"
    assert (above["status"], above["roles"], above["assignments"]) == (None, None, None)
    assert (await graphql(directory, ROLLOUT, query))["data"]["person"]["status"] == "ACTIVE"


ENTITIES = [
    ("Bureau", "D01"),
    ("Unit", "D01.POLICY"),
    ("Post", "D01.POLICY.chief"),
    ("Person", "D01.chen-gang"),
]


async def test_no_id_of_this_bureau_resolves_in_another(directory, graphql) -> None:
    reference = "query($r: [_Any!]!) { _entities(representations: $r) { __typename } }"
    variables = {"r": [{"__typename": kind, "id": identifier} for kind, identifier in ENTITIES]}
    roots = " ".join(f'{kind.lower()}(id: "{identifier}") {{ id }}' for kind, identifier in ENTITIES)
    for nobody in (OTHER, ANONYMOUS, Principal("person"), Principal("client", scopes=frozenset({"intake"}))):
        assert (await graphql(directory, nobody, reference, variables))["data"]["_entities"] == [None] * 4
        answer = await graphql(directory, nobody, f"{{ {roots} }}")
        assert answer["data"] == {kind.lower(): None for kind, _ in ENTITIES}
    seen = await graphql(directory, LIN, reference, variables)
    assert seen["data"]["_entities"] == [{"__typename": kind} for kind, _ in ENTITIES]


async def test_absent_and_forbidden_answer_alike(directory, graphql) -> None:
    query = "query($b: ID!) { persons(bureauId: $b) { nodes { id } } }"
    forbidden = await graphql(directory, OTHER, query, {"b": "D01"})
    absent = await graphql(directory, OTHER, query, {"b": "D99"})
    assert forbidden["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert forbidden == absent


async def test_lists_are_paged_by_id(directory, graphql) -> None:
    query = """query($after: String) { persons(bureauId: "D01", first: 2, after: $after) {
      nodes { id } pageInfo { hasNextPage endCursor } } }"""
    found, after, more = [], None, True
    while more:
        page = (await graphql(directory, LIN, query, {"after": after}))["data"]["persons"]
        found += [node["id"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert found == sorted(
        f"D01.{one}" for one in ("chen-gang", "huang-zhen", "lin-jie", "xie-tao", "zhou-min")
    )


async def test_lists_are_narrowed_by_unit_and_role(directory, graphql) -> None:
    query = """{ hr: persons(bureauId: "D01", role: HR_OFFICER) { nodes { id } }
      office: units(bureauId: "D01", under: "D01.TO-3") { nodes { id } }
      posts(bureauId: "D01", under: "D01.POLICY") { nodes { id } } }"""
    data = (await graphql(directory, LIN, query))["data"]
    assert data["hr"]["nodes"] == [{"id": "D01.xie-tao"}]
    assert data["office"]["nodes"] == [{"id": "D01.TO-3"}, {"id": "D01.TO-3.TEAM"}]
    assert len(data["posts"]["nodes"]) == 3
    hidden = await graphql(directory, CITY, '{ persons(bureauId: "D01", role: HR_OFFICER) { nodes { id } } }')
    assert hidden["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_bad_page_is_refused(directory, graphql) -> None:
    for arguments in ("first: 0", "first: 500", 'after: "nonsense"'):
        answer = await graphql(
            directory, LIN, f'{{ units(bureauId: "D01", {arguments}) {{ nodes {{ id }} }} }}'
        )
        assert answer["errors"][0]["extensions"]["code"] == "INVALID_INPUT", arguments


async def test_the_calendar_is_everybodys(directory, graphql) -> None:
    answer = await graphql(
        directory, LIN, "{ workingCalendar { version horizon madeUpDays offDays citation } }"
    )
    calendar = answer["data"]["workingCalendar"]
    assert "2026-10-10" in calendar["madeUpDays"]
    assert "2026-10-01" in calendar["offDays"]
    assert date.fromisoformat(calendar["horizon"]) >= date(2026, 12, 31)
