"""Federation over real subgraphs: what naive executors get wrong."""

from typing import Any

import pytest
from conftest import World

CASES: dict[str, tuple[str, dict[str, Any], Any]] = {
    "one subgraph": ('{ person(id: "p1") { name } }', {}, {"person": {"name": "Chen Gang"}}),
    "key": (
        "{ points { id holder { name } } }",
        {},
        {
            "points": [
                {"id": "r1", "holder": {"name": "Chen Gang"}},
                {"id": "r2", "holder": {"name": "Chen Gang"}},
                {"id": "r3", "holder": None},
            ]
        },
    ),
    "back and forth": (
        '{ person(id: "p1") { points { matters { officer { name deputy { name } } } } } }',
        {},
        {
            "person": {
                "points": [
                    {
                        "matters": [
                            {"officer": {"name": "Li Wei", "deputy": None}},
                            {"officer": {"name": "Zhao Min", "deputy": {"name": "Chen Gang"}}},
                        ]
                    },
                    {"matters": [{"officer": None}]},
                ]
            }
        },
    ),
    "compound key stays in one object": (
        '{ person(id: "p2") { unit { title } } }',
        {},
        {"person": {"unit": {"title": "D01/POLICY"}}},
    ),
    "requires": (
        'query($u: String!) { point(id: "r1") { budget(unit: $u) title } }',
        {"u": "days"},
        {"point": {"budget": "HIGH 5 days", "title": "Relief"}},
    ),
    "requires through another entity": (
        '{ matters { id point { budget(unit: "d") } } }',
        {},
        {
            "matters": [
                {"id": "m1", "point": {"budget": "HIGH 5 d"}},
                {"id": "m2", "point": {"budget": "HIGH 5 d"}},
                {"id": "m3", "point": {"budget": "LOW 2 d"}},
            ]
        },
    ),
    "provides": (
        '{ point(id: "r1") { holder { badge } } }',
        {},
        {"point": {"holder": {"badge": "from the registry"}}},
    ),
    "not provided": ('{ person(id: "p2") { badge } }', {}, {"person": {"badge": "#p2"}}),
    "interface": (
        "{ nodes { __typename id ... on RiskPoint { holder { name } } ... on Alert { level text } } }",
        {},
        {
            "nodes": [
                {"__typename": "RiskPoint", "id": "r1", "holder": {"name": "Chen Gang"}},
                {"__typename": "Alert", "id": "a1", "level": 1, "text": "Due"},
            ]
        },
    ),
    "interface without its type": ("{ nodes { id } }", {}, {"nodes": [{"id": "r1"}, {"id": "a1"}]}),
    "union": (
        '{ findings { ... on Alert { level } ... on RiskPoint { budget(unit: "h") } ... on Node { id } } }',
        {},
        {"findings": [{"level": 1, "id": "a1"}, {"budget": "LOW 2 h", "id": "r2"}]},
    ),
    "aliases of one field with other arguments": (
        '{ points(filter: {ids: ["r1"]}) { holder { short: nick long: nick(style: LONG) } h: budget(unit: "h") '
        'd: budget(unit: "d") } }',
        {},
        {"points": [{"holder": {"short": "Chen", "long": "Gang"}, "h": "HIGH 5 h", "d": "HIGH 5 d"}]},
    ),
    "the same field twice at the root": (
        '{ a: person(id: "p1") { deputy { points { id } } } b: person(id: "p3") { deputy { points { title } } } }',
        {},
        {
            "a": {"deputy": {"points": []}},
            "b": {"deputy": {"points": [{"title": "Relief"}, {"title": "Seal"}]}},
        },
    ),
    "input object and enum": (
        "query($f: Filter) { points(filter: $f) { id grade } }",
        {"f": {"grade": "LOW"}},
        {"points": [{"id": "r2", "grade": "LOW"}]},
    ),
    "fragments": (
        'query { person(id: "p1") { ...P deputy { ...P } } } fragment P on Person { name ...B } '
        "fragment B on Person { badge }",
        {},
        {
            "person": {
                "name": "Chen Gang",
                "badge": "#p1",
                "deputy": {"name": "Li Wei", "badge": "#p2"},
            }
        },
    ),
    "typename": (
        "{ t: __typename persons { kind: __typename } }",
        {},
        {"t": "Query", "persons": [{"kind": "Person"}] * 3},
    ),
    "order of the answer": (
        '{ point(id: "r2") { matters { id } title holder { badge name } id } }',
        {},
        {
            "point": {
                "matters": [{"id": "m3"}],
                "title": "Seal",
                "holder": {"badge": "from the registry", "name": "Chen Gang"},
                "id": "r2",
            }
        },
    ),
    "nothing found": ('{ person(id: "nobody") { name points { id } } }', {}, {"person": None}),
    "default of a variable": (
        'query($s: Style = LONG) { person(id: "p1") { nick(style: $s) } }',
        {},
        {"person": {"nick": "Gang"}},
    ),
    "include and skip": (
        'query($a: Boolean!, $b: Boolean!) { person(id: "p1") { name @include(if: $a) badge @skip(if: $b) '
        "... @include(if: $b) { points { id } } } }",
        {"a": False, "b": True},
        {"person": {"points": [{"id": "r1"}, {"id": "r2"}]}},
    ),
    "everything skipped": (
        'query($a: Boolean!) { person(id: "p1") { name @include(if: $a) } }',
        {"a": False},
        {"person": {}},
    ),
}


@pytest.mark.parametrize("name", CASES)
async def test_data(bureau: World, name: str) -> None:
    query, variables, expected = CASES[name]
    found = await bureau.data(query, variables)
    assert found == expected
    assert _keys(found) == _keys(expected)


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, _keys(one)) for key, one in value.items()]
    return [_keys(one) for one in value] if isinstance(value, list) else None


async def test_include_changes_with_its_variable(bureau: World) -> None:
    query = 'query($a: Boolean!) { person(id: "p1") { name badge @include(if: $a) } }'
    for wanted in (True, False, True):
        found = await bureau.data(query, {"a": wanted})
        assert ("badge" in found["person"]) is wanted
    bureau.sent("cases")
    await bureau.data(query, {"a": False})
    assert bureau.sent("cases") == []


async def test_representations_are_sent_once(bureau: World) -> None:
    bureau.sent("directory")
    await bureau.data("{ points { holder { name } } matters { point { holder { name } } } }")
    sent = [seen.variables["representations"] for seen in bureau.sent("directory")]
    assert all(one == [{"__typename": "Person", "id": "p1"}] for one in sent)
    assert len(sent) <= 2


async def test_shared_entities_do_not_share_their_answers(bureau: World) -> None:
    query = """{ points(filter: {ids: ["r1", "r2"]}) { id holder { deputy { name } } }
      first: point(id: "r1") { holder { deputy { nick } } }
      second: point(id: "r2") { holder { deputy { nick(style: LONG) } } } }"""
    found = await bureau.data(query)
    assert found["first"]["holder"]["deputy"] == {"nick": "Li"}
    assert found["second"]["holder"]["deputy"] == {"nick": "Wei"}


async def test_mutations_run_in_order(bureau: World) -> None:
    query = """mutation { a: regrade(id: "r1", grade: LOW) { id } close(id: "m1") { officer { name } }
      b: regrade(id: "r2", grade: HIGH) { holder { name } } c: regrade(id: "r1", grade: HIGH) { title } log }"""
    found = await bureau.data(query)
    assert found["close"] == {"officer": {"name": "Li Wei"}}
    assert found["b"] == {"holder": {"name": "Chen Gang"}}
    assert found["log"] == ["r1:LOW", "r2:HIGH", "r1:HIGH"]


async def test_inaccessible_is_absent(bureau: World) -> None:
    for query in ("{ secret }", '{ person(id: "p1") { nick(style: HIDDEN) } }'):
        answer = await bureau.ask(query)
        assert answer["status"] == 400
        assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


OVERRIDING: dict[str, tuple[str, Any]] = {
    "override": ("{ song { plays title } }", {"song": {"plays": 1000, "title": "Rain"}}),
    "interface object extends each type": (
        "{ media { title rating ... on Film { minutes } } }",
        {"media": [{"title": "Rain", "rating": 115}, {"title": "River", "rating": 102, "minutes": 90}]},
    ),
    "interface object becomes concrete": (
        '{ rated { __typename id rating title likes(by: "ann") } }',
        {
            "rated": [
                {"__typename": "Song", "id": "s1", "rating": 115, "title": "Rain", "likes": 3},
                {
                    "__typename": "Film",
                    "id": "f1",
                    "rating": 102,
                    "title": "River",
                    "likes": 3,
                },
            ]
        },
    ),
    "interface object alone": (
        "{ rated { id rating } }",
        {"rated": [{"id": "s1", "rating": 115}, {"id": "f1", "rating": 102}]},
    ),
    "null keys and null items": (
        "{ maybe { owner { name } plays } }",
        {
            "maybe": [
                {"owner": {"name": "Ann"}, "plays": 1000},
                None,
                {"owner": {"name": None}, "plays": 1000},
            ]
        },
    ),
}


@pytest.mark.parametrize("name", OVERRIDING)
async def test_override_and_interface_objects(overriding: World, name: str) -> None:
    query, expected = OVERRIDING[name]
    assert await overriding.data(query) == expected
